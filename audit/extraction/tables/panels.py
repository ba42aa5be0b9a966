"""What a table is to its readers: cells, rows with their names, panels side by side, and the whole grid."""

from __future__ import annotations

from audit.extraction.tables.heads import Column, Role
from audit.extraction.text.layout import LayoutBlock
from audit.model.frozen import frozen


@frozen
class Cell:
    """A cell that is not blank: its text without blanks around it, its stretch of the cleaned text, how far it is set
    in, and how many columns it covers."""

    text: str
    start: int
    end: int
    indent: int
    span: int


@frozen
class Row:
    """A row of a panel: its labels from left to right, those of merged cells above included.

    `label` is the cell of the last one; `place` is the label of a column of places; `group` is what the group of rows
    is called that it is in.
    """

    index: int
    block: LayoutBlock
    names: tuple[str, ...]
    label: Cell | None
    code: str
    unit: str | None
    group: str
    place: str = ""

    @property
    def name(self) -> str:
        """The last of its labels."""
        return self.names[-1] if self.names else ""


@frozen
class Panel:
    """A block of a table whose rows have labels of their own: a whole table, or one of those side by side."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def values(self) -> tuple[Column, ...]:
        """The columns of numbers."""
        return tuple(column for column in self.columns if column.role == "value")

    def having(self, role: Role) -> Column | None:
        """The first column of that role."""
        return next((column for column in self.columns if column.role == role), None)


@frozen
class Grid:
    """A table of a text. `cells` are those of its body by row and column; `notes` are rows of text across it."""

    number: int
    caption: str
    unit: str | None
    panels: tuple[Panel, ...]
    cells: dict[tuple[int, int], Cell]
    notes: tuple[Cell, ...] = ()
