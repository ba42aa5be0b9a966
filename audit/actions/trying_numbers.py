"""Numbers of a workspace in memory tried otherwise, a plan that was read among them: what comes of it, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from audit.actions.trying import row_tried, rows_tried, tried_on
from audit.diagnosis.checks import Rows
from audit.diagnosis.trials.attempt import Attempt, RowTried, compared
from audit.language.plan import Plan
from audit.model.errors import InputError
from audit.model.report import Report
from audit.numbers.numerals import parse_cell
from audit.tables.amending import plain
from audit.workspace.binding import resolved
from audit.workspace.loading import Workspace
from audit.workspace.rows import Wanted, row_numbers
from audit.workspace.rulebook import Rulebook


class Checked(Protocol):
    """Confronts a workspace with the rules in force, telling all checks in which one of the rows `about` takes part;
    `bound` are the plans of the rules, where they are known."""

    def __call__(
        self, workspace: Workspace, book: Rulebook, about: Rows, bound: Sequence[Plan] | None
    ) -> Report: ...


class Numbers:
    """The figures of a workspace, to be tried otherwise; there is nothing to write.

    `before` is the report on it with all its checks, as `checked` gives it. What does not depend on the numbers tried is
    worked out once: which row a figure is, which checks a row takes part in, and what the rules are bound to.
    """

    def __init__(self, workspace: Workspace, book: Rulebook, before: Report, checked: Checked) -> None:
        self._workspace = workspace
        self._book = book
        self._before = before
        self._checked = checked

    def tried(self, values: Mapping[str, str]) -> Attempt:
        """What other numbers would do; `values` are as a plan writes them, by the id of the figure.

        Only rules that look at a row edited, or might where they apply only sometimes, are asked again, and only checks
        in which such a row takes part are told, so that the answer comes at once. What other tables say of a figure
        follows its value. Raises `InputError` for what is no number and for a figure that is not there.
        """
        rows = rows_tried([self._wanted(*item) for item in values.items()], self._workspace.tables)
        rows += tuple(one for row in rows for one in self._following(row))
        edited: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            edited[row.table].add(row.number)
        met = {check for row in rows for check in self._met(row)}
        looking = {self._before.checks[at].rule for at in met}
        sometimes = {
            plan.rule.id
            for plan in self._bound
            if plan.rule.applies is not None and any(operand.table in edited for operand in plan.operands)
        }
        concerned = [rule for rule in self._book.rules if rule.id in looking | sometimes]
        after = replace(self._before, checks=(), findings=())
        if looking:
            ids = {rule.id for rule in concerned}
            after = self._checked(
                tried_on(self._workspace, rows), self._book.chosen(concerned),
                {name: frozenset(numbers) for name, numbers in edited.items()},
                [plan for plan in self._bound if plan.rule.id in ids],
            )  # fmt: skip
        checks = [self._before.checks[at] for at in sorted(met)]
        unreckoned = tuple(check for check in checks if check.key.get("relation") in self._worked_out)
        after = _without(after, {check.id for check in unreckoned})
        told = {check.id for check in after.checks} | {check.id for check in checks}
        told -= {check.id for check in unreckoned}
        own = replace(
            self._before,
            checks=tuple(check for check in self._before.checks if check.id in told),
            findings=tuple(finding for finding in self._before.findings if finding.id in told),
        )
        found = compared(rows, {}, own, after, {rule.id: rule for rule in self._book.rules})
        return replace(found, unreckoned=unreckoned)

    @cached_property
    def _bound(self) -> tuple[Plan, ...]:
        return resolved(self._book, self._workspace)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], int]:
        return row_numbers(self._workspace.tables)

    @cached_property
    def _columns(self) -> Mapping[str, tuple[str, str]]:
        """The table and the column of every figure."""
        return {use.cell.id: (use.cell.table, use.cell.column) for use in self._before.figures}

    @cached_property
    def _checks(self) -> Mapping[object, set[int]]:
        """The checks, by place in the report, in which a row takes part: by what it goes by, and by file and line."""
        found: dict[object, set[int]] = defaultdict(set)
        for at, check in enumerate(self._before.checks):
            for cell in check.cells:
                found[cell.id].add(at)
                found[cell.source, cell.line].add(at)
        return found

    @cached_property
    def _about_figures(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """The rows of tables that tell the value of a figure, by table and figure."""
        found: dict[str, dict[str, list[int]]] = {}
        for table in self._workspace.tables.values():
            if {"figure", "value"} <= table.columns.keys():
                own = found.setdefault(table.name, defaultdict(list))
                for number, row in enumerate(table.texts()):
                    own[row["figure"] or ""].append(number)
        return found

    @cached_property
    def _worked_out(self) -> frozenset[str]:
        """The relations with a range that was worked out of figures when the plan was read: how, no table tells."""
        return frozenset(
            row["relation"] or ""
            for table in self._workspace.tables.values()
            if {"figure", "value", "relation"} <= table.columns.keys()
            for row in table.texts()
            if not row["value"]
        )

    def _wanted(self, figure: str, value: str) -> Wanted:
        if figure not in self._columns:
            raise InputError("there is no figure “{name}” in this file.", name=figure)
        if not value.strip():
            raise InputError("write a number to try, like 1650.")
        table, column = self._columns[figure]
        return Wanted(table, self._rows[table, figure], figure, column, value.strip())

    def _met(self, row: RowTried) -> set[int]:
        """The checks in which a row takes part, as `RowTried.holds` has it."""
        if row.line:
            return self._checks.get((row.source, row.line), set())
        return self._checks.get(row.name, set()) | self._checks.get(row.after.get("id"), set())

    def _following(self, row: RowTried) -> Iterator[RowTried]:
        """The rows of other tables that tell the value of an edited figure, perhaps in another unit, as they would be."""
        old, new = (parse_cell(one.get("value") or "") for one in (row.before, row.after))
        if "value" not in row.asked or old is None or new is None:
            return
        for name, figures in self._about_figures.items():
            table = self._workspace.tables[name]
            for number in figures.get(row.name, ()):
                stated = parse_cell(table.texts()[number]["value"] or "")
                if stated is not None and (old.value or stated.value == old.value):
                    value = stated.value * new.value / old.value if old.value else new.value
                    yield replace(row_tried(table, number, row.name, {"value": plain(value)}), asked=())


def _without(report: Report, ids: Collection[str]) -> Report:
    """A report without some of its checks and their findings."""
    return replace(
        report,
        checks=tuple(check for check in report.checks if check.id not in ids),
        findings=tuple(finding for finding in report.findings if finding.id not in ids),
    )
