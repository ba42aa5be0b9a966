"""audit for those who work with pandera (pandas and Polars).

    import pandera.pandas as pa
    import audit.pandera

    pa.DataFrameSchema({…}, checks=audit.pandera.check("zone == east + west"))
    audit.pandera.schema("my-plans", "targets").validate(frame, lazy=True)

`check` is a rule as a `Check` of anyone's schema, `schema` a table of a workspace as a typed schema; both are kept by
`to_yaml` and read back where this module is imported. In the `Config` of a `DataFrameModel` the check is `audit_rule`.

pandera is at this edge and, inside, looks at the cells of tables the first time they are read; what was found is
remembered by content, since its machinery takes four times as long as the checks themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit.integrations.pandera.rule_check import RuleCheck
from audit.integrations.pandera.schema import schema
from audit.integrations.rows import rule_text

__all__ = ["RuleCheck", "check", "schema"]


def check(
    rule: str, *, codes: Mapping[str, Mapping[str, str | None]] | None = None, table: str | None = None,
    keys: Sequence[str] = (), strict: bool = False, bound: bool = True, options: Mapping[str, Any] | None = None,
    **parts: Any,
) -> RuleCheck:  # fmt: skip
    """A rule as a check of whole frames, for the `checks` of a schema.

    `rule` is an expression or a text of rules (YAML, several lines). The operands of an expression are the columns of
    each row (`zone == east + west`), unless `parts` say otherwise, with the keys of a rule: `for_each=["period"],
    hierarchy="region"` makes `whole == sum(parts)` the sums of the code list `codes={"region": {"city": None,
    "east": "city"}}` over a column `value`. `table` and `keys`, `strict` and `bound` are those of `RuleCheck`, `options`
    those of every pandera check (`raise_warning`, `n_failure_cases`, `error`).

    Raises pandera's `SchemaDefinitionError` for a rule that is broken.
    """
    text = rule if "\n" in rule or not parts else rule_text(rule, **parts)
    return RuleCheck(text, codes, table, keys, strict, bound, **(options or {}))
