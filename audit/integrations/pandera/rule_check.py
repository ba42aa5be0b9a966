"""Rules as a pandera `Check` of whole frames, for pandas and Polars alike, that YAML keeps.

What pandera lacks is kept in its own words: a failing check is one failure case that holds all its operands; what is
reconcilable or untestable is a `SchemaWarning`; a broken rule is a `SchemaDefinitionError`, never bad data; a rule that
found nothing to check fails.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pandera.api.base.checks import CheckResult
from pandera.api.checks import Check
from pandera.errors import SchemaDefinitionError, SchemaWarning

from audit.integrations.rows import confronted, places, rule_text, rules_of, told
from audit.model.errors import InputError
from audit.model.report import Check as ReportCheck
from audit.model.report import Report

NAME = "audit_rule"
"""What the check is called: `Check.audit_rule`, in YAML and in the `Config` of a model."""
_OUTPUT = "check_output"
_Case = tuple[int | None, tuple[int, ...], str, str]
"""The row a failure case stands at, all its rows, the columns of its figures, and what it says."""


class RuleCheck(Check):
    """Rules that a frame must fulfil as a whole; `Check.audit_rule(…)` makes one.

    `rule` is a text of rules (YAML, several lines), or the expression of a rule on each row whose operands are columns.
    `codes` are its code lists (code to parent, by dimension), `table` what the frame is called in rules for several
    tables, `keys` the columns that tell rows apart. With `strict` what could not be tested fails too; `bound=False` lets
    a rule pass that found nothing to check.
    """

    def __init__(
        self, rule: str, codes: Mapping[str, Mapping[str, str | None]] | None = None, table: str | None = None,
        keys: Sequence[str] = (), strict: bool = False, bound: bool = True, **options: Any,
    ) -> None:  # fmt: skip
        text = rule if "\n" in rule else rule_text(rule)
        try:
            self.rules = rules_of(text)
        except InputError as error:
            raise SchemaDefinitionError(str(error)) from error
        self.rule, self.codes, self.table, self.keys = rule, codes, table, tuple(keys)
        self.strict, self.bound = strict, bound
        given = {
            "rule": rule, "codes": codes and {name: dict(parents) for name, parents in codes.items()}, "table": table,
            "keys": list(keys), "strict": strict, "bound": None if bound else False,
        }  # fmt: skip
        options = {"error": ", ".join(one.check_text for one in self.rules), "ignore_na": False, **options}
        super().__init__(
            self._passes, name=NAME, strategy=_no_example, **options,
            statistics={name: value for name, value in given.items() if value not in (None, False, [])
                        or (name == "bound" and value is False)},
        )  # fmt: skip

    def __call__(self, check_obj: Any, column: str | None = None) -> CheckResult:
        """What pandera asks of a check: which rows pass, and the failure cases."""
        if isinstance(check_obj, pd.DataFrame):
            return self._on_pandas(check_obj)
        if type(check_obj).__module__.startswith("polars") and hasattr(check_obj, "lazy"):
            return self._on_polars(check_obj.lazy().collect())
        raise SchemaDefinitionError(
            f"the rule “{self.error}” is on whole rows; put it among the checks of the schema, not of a column"
        )

    def _passes(self, frame: Any) -> bool:
        return not self._cases(frame, len(frame))

    def _on_pandas(self, frame: pd.DataFrame) -> CheckResult:
        cases = self._cases(frame, len(frame))
        output = pd.Series(True, index=frame.index)
        for _, rows, _, _ in cases:
            output.iloc[list(rows)] = False
        shown = cases[: self.n_failure_cases] if self.n_failure_cases else cases
        index = [frame.index[at] if at is not None else None for at, _, _, _ in shown]
        failures = pd.DataFrame(
            {"column": [c for _, _, c, _ in shown], "failure_case": [t for *_, t in shown], "index": index}
        )
        return CheckResult(output, not cases, frame, failures)

    def _on_polars(self, frame: Any) -> CheckResult:
        """As many rows of the output fail as there are cases, since pandera takes a row for a case."""
        import polars as pl

        cases = sorted(self._cases(frame, frame.height), key=lambda case: (case[0] is None, case[0]))
        shown = cases[: self.n_failure_cases] if self.n_failure_cases else cases
        rows = pl.LazyFrame({_OUTPUT: [False] * len(cases) if cases else [True]})
        at = {case[0] for case in cases if case[0] is not None}
        if cases and len(at) == len(cases):
            rows = pl.LazyFrame({_OUTPUT: [row not in at for row in range(frame.height)]})
        failures = pl.LazyFrame(
            {"failure_case": [case[3] for case in shown]}, schema={"failure_case": pl.String}
        )
        return CheckResult(rows, pl.LazyFrame({_OUTPUT: [not cases]}), frame, failures)

    def _cases(self, frame: Any, length: int) -> list[_Case]:
        try:
            report = confronted(frame, length, self.rules, self.codes, self.table, self.keys)
        except InputError as error:
            raise SchemaDefinitionError(str(error)) from error
        return [*self._failing(report), *(self._unbound(report) if self.bound else ())]

    def _failing(self, report: Report) -> list[_Case]:
        titles = {rule.id: rule.title.en for rule in report.rules}
        failing: list[ReportCheck] = []
        noted: list[ReportCheck] = []
        for check in (*(finding.check for finding in report.findings), *report.untestable):
            fails = check.verdict == "violated" or (self.strict and check.verdict == "untestable")
            (failing if fails else noted).append(check)
        if noted:
            warnings.warn("\n".join(told(check, titles) for check in noted), SchemaWarning, stacklevel=2)
        cases: list[_Case] = []
        for check in failing:
            rows = places(check)
            columns = ", ".join(dict.fromkeys(cell.column for cell in check.cells if cell.column))
            cases.append((rows[0] if rows else None, rows, columns, told(check, titles)))
        return cases

    def _unbound(self, report: Report) -> list[_Case]:
        return [
            (None, (), "", f"nothing to check: no row has what {rule} needs") for rule in report.unbound_rules
        ]


def _no_example(*_: Any, **__: Any) -> Any:
    raise SchemaDefinitionError(
        "an example of a schema with rules of audit cannot be drawn: figures that fulfil a relation are not found by "
        "trying. Take the example of the schema without its `audit_rule`, or rows of your own."
    )


Check.REGISTERED_CUSTOM_CHECKS.setdefault(NAME, RuleCheck)
