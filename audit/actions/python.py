"""Checking frames from Python: `audit.check(tables=…, rules=…, codes=…)`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.actions.tracing import causes_of
from audit.diagnosis.findings import build_report
from audit.engine.frames import Table
from audit.files import content_of
from audit.language.files import rule_files
from audit.language.plan import Catalogue, Limits, TableShape
from audit.language.reading import read_rules, read_rules_text
from audit.language.resolution import resolve
from audit.language.rule import Rule
from audit.model.codes import CodeList
from audit.model.errors import InputError
from audit.model.nearest import nearest
from audit.model.report import Input, Report, Severity
from audit.model.text_frame import TextFrame
from audit.tables.code_lists import read_code_list
from audit.tables.reading import TableFile
from audit.workspace.standard import completed, standard_members

Rules = str | Path | Rule | Iterable[str | Path | Rule]
_Limits = tuple[Decimal | float | None, Decimal | float | None]
Codes = Mapping[str, CodeList | Mapping[str, str | None] | Any]


def check(
    tables: Mapping[str, Any], rules: Rules, codes: Codes | None = None, *,
    keys: Mapping[str, Sequence[str]] | None = None, limits: Mapping[str, Mapping[str, _Limits]] | None = None,
    severity: Severity = "info", everything: bool = False, causes: bool = False,
) -> Report:  # fmt: skip
    """Check tables against rules and return the report.

    `tables` are by name: Polars, pandas or Arrow frames, Polars lazy frames, DuckDB relations, which stay in DuckDB, or
    PySpark frames, which are checked on the executors (the package has to be installed there too).
    Figures stand in a table called `targets` with a column `value` (and as far as there are `low`, `high`, `literal`,
    `unit`); the text columns are the dimensions, null and "" are blank. A cell of a number column that is no number
    (infinite, NaN, more than 60 digits) is refused.

    `rules` are rule files or folders, a text of YAML (with line ends), rules, or several of these. `codes` are the
    code lists by dimension: a `CodeList`, a frame with the columns `code`, `parent` and any attributes, or a mapping
    from code to parent (None at the top).

    `keys` are the columns that tell the rows of a table apart, by table; a column `id` does without being named. Where
    neither does, a set of columns is inferred in which no two rows are equal, else a row goes by all that stands in
    it; the report says so (`notes`, `identities`).

    `limits` are the least and the greatest number (None for none) of number columns, by table and column: what is blank
    there lies within them, so that `100 >= 120 + x` is violated with a blank `x` that is not negative.

    Findings of `severity` and above are reported; with `everything` the report also holds every check and figure, which
    may take many times as long as the checks themselves; with `causes` it tells what stands behind the findings. It is
    the same for the same rows in the same order, whatever the kind of frame; DuckDB relations and PySpark frames have
    no order, their rows are taken as sorted by all columns. Raises `audit.errors.InputError` for broken rules and for
    frames that cannot be used.
    """
    known = {name: _table(name, frame, (keys or {}).get(name, ())) for name, frame in tables.items()}
    lists = {dimension: _code_list(dimension, given) for dimension, given in (codes or {}).items()}
    shapes = {
        name: TableShape(
            name,
            table.columns,
            table.key,
            standard_members(name),
            dict(_limits(table, (limits or {}).get(name, {}))),
        )
        for name, table in known.items()
    }
    catalogue = Catalogue(
        shapes, lists, lambda table, column: known[table].observed(column), lambda table: known[table].texts()
    )
    given, inputs = _read(rules)
    read = tuple(rule.among(known) for rule in given)
    plans = resolve(read, catalogue)
    report = build_report(plans, read, known, inputs=inputs, least=severity, everything=everything)
    if not causes:
        return report
    return replace(report, causes=causes_of(report.findings, report, plans, read, known, lists))


def _table(name: str, frame: Any, key: Sequence[str]) -> Table:
    """A frame as a table; one that is a `Table` already (our bridges number its rows) stays as it is."""
    own = tuple([key] if isinstance(key, str) else key)
    table = frame if isinstance(frame, Table) else Table(name, frame, key=own)
    for column in table.key:
        if column not in table.columns:
            raise InputError(
                "the key of the table “{table}” names “{name}”, which is no column; the nearest is {nearest}.",
                table=name, name=column, nearest=nearest(column, table.columns),
            )  # fmt: skip
    return completed(table)


def _limits(table: Table, given: Mapping[str, _Limits]) -> Iterable[tuple[str, Limits]]:
    for column, (least, most) in given.items():
        if table.columns.get(column) != "number":
            raise InputError(
                "the limits of the table “{table}” name “{name}”, which is no number column; the nearest is {nearest}.",
                table=table.name, name=column, nearest=nearest(column, table.columns),
            )  # fmt: skip
        yield column, (_exactly(least), _exactly(most))


def _exactly(limit: Decimal | float | None) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))


def _read(given: Rules) -> tuple[tuple[Rule, ...], tuple[Input, ...]]:
    """The rules given, and the rule files among them with their digests."""
    if isinstance(given, Rule):
        return (given,), ()
    if isinstance(given, str) and "\n" in given:
        return read_rules_text(given), ()
    if isinstance(given, str | Path):
        files = [(path, path.as_posix()) for path in rule_files([Path(given)])]
        inputs = (Input(shown, sha256(content_of(path)).hexdigest()) for path, shown in files)
        return read_rules(files), tuple(inputs)
    parts = [_read(one) for one in given]
    return tuple(r for rules, _ in parts for r in rules), tuple(
        dict.fromkeys(i for _, own in parts for i in own)
    )


def _code_list(dimension: str, given: Any) -> CodeList:
    if isinstance(given, CodeList):
        return given
    import narwhals as nw
    import polars as pl

    if isinstance(given, Mapping):
        frame = pl.DataFrame({"code": list(given), "parent": list(given.values())}, strict=False)
    else:
        frame = nw.from_native(given).lazy().collect("polars").to_native()
    text = frame.with_columns(pl.all().cast(pl.String).replace("", None))
    return read_code_list(
        dimension,
        TableFile(f"codes[{dimension}]", TextFrame.of_polars(text), tuple(range(1, len(text) + 1)), ""),
    )
