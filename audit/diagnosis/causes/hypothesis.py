"""A hypothesis: what may have been written wrongly, as changes of rows that can be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.trials.outcomes import Key
from audit.diagnosis.trials.trial import Change, Row
from audit.model.cause import CauseKind
from audit.model.frozen import frozen
from audit.model.phrase import Phrase


@frozen
class Hypothesis:
    """Changes of one kind. `about` says in words what is taken for right instead of what stands there.

    `asked` are findings that only ask whether the hypothesis is so: that it settles them is no evidence for it.
    `likelihood` is how likely it is, of all slips that can be made here, that this one was; `beside` that of others of
    the same figures that are not proposed. `least` is how many findings it must settle to be told at all. `concerns`
    are the ids of untestable checks that it is about. `evidence` is what speaks for it beside the findings, a finding
    being 1. `cells` are the figures that it corrects, where these are not its rows. Of a number that is `computed` no
    slip of the pen leads to what is written: it is only what other figures leave.
    """

    kind: CauseKind
    changes: tuple[Change, ...]
    about: Phrase
    asked: frozenset[Key] = frozenset()
    likelihood: float = 0.02
    beside: float = 0.0
    least: int = 1
    concerns: frozenset[str] = frozenset()
    evidence: Decimal = Decimal(0)
    cells: int = 0
    computed: bool = False


def with_cells(situation: Situation, places: Sequence[Place], cells: Mapping[str, str]) -> tuple[Change, ...]:
    """Rows with other cells in the given columns; rows that have them already are left out."""
    found = []
    for place in places:
        row = situation.row(place)
        after: Row = {**row, **cells}
        if after != row:
            found.append(Change(*place, after))
    return tuple(found)


def one_a_row(situation: Situation, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes of rows that are there, with one for each row: what several of them change in a row is one change."""
    rows: dict[Place, dict[str, str | None]] = {}
    for change in changes:
        if change.row is not None and change.after is not None:
            place = (change.table, change.row)
            before = situation.row(place)
            own = rows.setdefault(place, dict(before))
            own.update({name: cell for name, cell in change.after.items() if cell != before.get(name)})
    return tuple(Change(*place, row) for place, row in rows.items() if row != situation.row(place))
