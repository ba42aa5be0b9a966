"""How two versions of plans differ: figures, other rows of tables, clauses that moved, relations."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Check, FigureUse

FigureKind = Literal["added", "removed", "changed", "reworded", "moved"]
RowKind = Literal["added", "removed", "changed"]
RelationKind = Literal["broke", "eased", "other gap", "lost"]


@frozen
class FigureChange:
    """A figure that is new, gone, or another: `changed` in number or unit, `reworded` with the same number, `moved`.

    `before` is `None` for an added figure, `after` for a removed one. `delta` is the new value minus the
    old one, where both are single numbers of one unit.
    """

    kind: FigureKind
    before: FigureUse | None
    after: FigureUse | None
    delta: Decimal | None = None

    @property
    def either(self) -> FigureUse:
        """The figure as it is now, or was."""
        figure = self.after or self.before
        assert figure is not None
        return figure


@frozen
class RowChange:
    """A row of a table other than the figures'. `cells` has, by column, the cell before and after (blank: "").

    For an added or removed row these are all its cells that are not blank.
    """

    table: str
    kind: RowKind
    key: dict[str, str]
    cells: dict[str, tuple[str, str]]


@frozen
class ClauseMove:
    """A clause that has another number now; `figures` of them moved with it and are not told again."""

    document: str
    before: str
    after: str
    heading: str
    figures: int


@frozen
class RelationChange:
    """A relation that fares otherwise.

    `broke`: it holds less well (holds, reconcilable, violated, in this order), or it is new and does not
    hold; `eased`: it holds better; `other gap`: as before but with another imbalance; `lost`: it can no
    longer be tested.
    """

    kind: RelationKind
    title: Phrase
    before: Check | None
    after: Check | None


@frozen
class Difference:
    """All that differs between `old` and `new` (their names as given), in the order of the tables and rules."""

    old: str
    new: str
    figures: tuple[FigureChange, ...]
    rows: tuple[RowChange, ...]
    moves: tuple[ClauseMove, ...]
    relations: tuple[RelationChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs but the offsets of what stands in the texts."""
        return not (self.figures or self.rows or self.moves or self.relations)
