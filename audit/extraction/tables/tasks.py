"""Tasks of a table that says who answers for them (`重点任务分工表`): every row is a task with its bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.extraction.tables.heads import says
from audit.extraction.tables.panels import Grid, Panel, Row
from audit.extraction.text.clauses import ClauseSpan, clause_at
from audit.extraction.things.bodies import responsible_bodies
from audit.lexicon import only

_TASK = 3


def with_table_tasks(clauses: Sequence[ClauseSpan], grids: Sequence[Grid]) -> list[ClauseSpan]:
    """The clauses with the tasks of tables among them, in the order of the text."""
    tasks = [
        task
        for grid in grids
        for panel in grid.panels
        if panel.having("lead") is not None
        for task in _tasks(list(clauses), grid, panel)
    ]
    return sorted((*clauses, *tasks), key=lambda clause: clause.start)


def _tasks(clauses: list[ClauseSpan], grid: Grid, panel: Panel) -> Iterator[ClauseSpan]:
    for place, row in enumerate(panel.rows, 1):
        heading = _heading(panel, row, grid)
        if heading is None:
            continue
        around = clause_at(clauses, row.block.start)
        serial = panel.having("serial")
        cell = grid.cells.get((row.index, serial.index)) if serial else None
        parent = around.id if around else None
        yield ClauseSpan(
            f"{parent or ''}表{grid.number + 1}-{cell.text if cell else place}", parent, cell.text if cell else None,
            "task", heading, _TASK, row.block.start, row.block.end, _bodies(panel, row, grid, "lead"),
            _bodies(panel, row, grid, "support"),
        )  # fmt: skip


def _heading(panel: Panel, row: Row, grid: Grid) -> str | None:
    """What the row is called: the cell under a head like `重点任务`, or its last name."""
    columns = [column for column in panel.columns if column.role in ("label", "text")]
    told = [column for column in columns if says(column.head, "task")] or columns[-1:]
    cells = [grid.cells[row.index, c.index] for c in told if (row.index, c.index) in grid.cells]
    return cells[0].text if cells else None


def _bodies(panel: Panel, row: Row, grid: Grid, role: str) -> tuple[str, ...]:
    found: list[str] = []
    for column in panel.columns:
        cell = grid.cells.get((row.index, column.index))
        if column.role == role and cell is not None:
            found += responsible_bodies(f"{only('label of bodies')}:{cell.text}")[0]
    return tuple(dict.fromkeys(found))
