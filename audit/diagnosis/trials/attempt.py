"""What becomes of the checks when rows of the tables are edited: two reports compared for whoever made the edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.diagnosis.baseline import change
from audit.diagnosis.trials.kept_range import KeptRange, kept_range
from audit.diagnosis.trials.trial import Row
from audit.language.rule import Rule
from audit.model.frozen import frozen
from audit.model.report import Cell, Check, Finding, Report


@frozen
class RowTried:
    """A row as it stands and as it is tried, told by its table, its number there from 0, and its name, with its file and
    line (0: of no line).

    `asked` are the columns that were to be edited; others may follow.
    """

    table: str
    number: int
    name: str
    source: str
    line: int
    before: Row
    after: Row
    asked: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose cells differ."""
        return tuple(name for name in self.before if self.before[name] != self.after[name])

    def holds(self, cell: Cell) -> bool:
        """Whether a cell of a report is of this row: by its line; where it has none by what the row goes by, as all rows
        about one figure do."""
        if self.line:
            return (cell.source, cell.line) == (self.source, self.line)
        return cell.id in (self.name, self.after.get("id"))


@frozen(slots=False)
class Attempt:
    """What edits would do: findings that come or get worse, that go, that stay for a row edited; checks that come to
    hold or can no longer be tested; the range of each number edited; the files as they are and would be.

    `unreckoned` are checks of a row edited on what was worked out of it before, so that nothing is known of them.
    """

    rows: tuple[RowTried, ...]
    broken: tuple[Finding, ...]
    settled: tuple[Finding, ...]
    staying: tuple[Finding, ...]
    holding: tuple[Check, ...]
    lost: tuple[Check, ...]
    ranges: tuple[KeptRange, ...]
    files: Mapping[str, tuple[bytes, bytes]]
    unreckoned: tuple[Check, ...] = ()


def compared(
    rows: tuple[RowTried, ...], files: Mapping[str, tuple[bytes, bytes]], before: Report, after: Report,
    rules: Mapping[str, Rule],
) -> Attempt:  # fmt: skip
    """What the edits of `rows` do, told from the reports before and after them, both with all their checks."""
    ids = ((row.before.get("id"), row.after.get("id")) for row in rows)
    renamed = {after_id: before_id for before_id, after_id in ids if before_id and after_id}

    def key(check: Check) -> tuple[object, ...]:
        """A check whatever the edited rows go by: an edit of what a row goes by makes no other check of it."""
        cells = sorted({cell.document for cell in check.cells})
        named = tuple(sorted((name, renamed.get(value, value)) for name, value in check.key.items()))
        return check.rule, named, tuple(cells)

    earlier, later = ({key(f.check): f for f in report.findings} for report in (before, after))
    held, known, now = (
        {key(check) for check in before.checks if check.verdict == "holds"},
        {key(check) for check in before.checks if check.verdict != "untestable"},
        {key(check): check for check in after.checks},
    )
    broken = [f for one, f in later.items() if change(f, earlier.get(one)) in ("new", "worsened")]
    return Attempt(
        rows=rows,
        broken=tuple(broken),
        settled=tuple(f for one, f in earlier.items() if one not in later),
        staying=tuple(
            f for one, f in later.items() if one in earlier and f not in broken and _touches(f.check, rows)
        ),
        holding=tuple(check for one, check in now.items() if check.verdict == "holds" and one not in held),
        lost=tuple(check for one, check in now.items() if check.verdict == "untestable" and one in known),
        ranges=tuple(_ranges(rows, after, rules)),
        files=files,
    )


def _touches(check: Check, rows: Sequence[RowTried]) -> bool:
    return any(row.holds(cell) for row in rows for cell in check.cells)


def _ranges(rows: Sequence[RowTried], after: Report, rules: Mapping[str, Rule]) -> list[KeptRange]:
    """The range of every number that was to be edited, the other edits being made.

    A figure that stands in several tables, each time as the same number in the same unit, is one.
    """
    found = []
    for row in rows:
        for column in row.asked:
            own = [
                (check, cell)
                for check in after.checks
                for cell in check.cells
                if cell.column == column and row.holds(cell) and cell.value is not None
            ]
            if not own:
                continue
            figure = own[0][1]
            concerned = {check.id: _about(check, row, figure) for check, _ in own}
            kept = kept_range(figure, tuple(concerned.values()), rules)
            if kept is not None:
                found.append(kept)
    return found


def _about(check: Check, row: RowTried, figure: Cell) -> Check:
    """The check with the cells of a row that state the same number as a figure stating it in the same way."""
    cells = (
        replace(cell, id=figure.id, column=figure.column, low=figure.low, high=figure.high)
        if row.holds(cell) and (cell.value, cell.unit) == (figure.value, figure.unit)
        else cell
        for cell in check.cells
    )
    return replace(check, cells=tuple(cells))
