"""The variants of a table of figures: one for every slip of every figure, each with exactly one figure changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audit.diagnosis.figures import FIGURES
from audit.diagnosis.mutation.slips import Slip, Surroundings, slips
from audit.diagnosis.trials.trial import Change, Row, Trial
from audit.model.codes import CodeList
from audit.model.frozen import frozen
from audit.model.period import period_of, years
from audit.model.rows import Document


@frozen
class Variant:
    """The table of figures in which the figure in row `figure` (from 0) has slipped to `changed` (None: deleted)."""

    name: str
    figure: int
    slip: Slip
    changed: Row | None

    @property
    def trial(self) -> Trial:
        return Trial(self.name, (Change(FIGURES, self.figure, self.changed),))


def variants(
    rows: Sequence[Row], documents: Sequence[Document], regions: CodeList | None
) -> tuple[Variant, ...]:
    """Every slip of every figure, in the order of the table. `rows` are all figures as text by column.

    Figures of one document stand in the order of its text. Without a code list of regions no district is exchanged.
    """
    spans = {document.id: document.period or "" for document in documents}
    found = [
        (figure, slip, changed)
        for figure, row in enumerate(rows)
        for slip, changed in slips(row, _surroundings(rows, figure, spans, regions))
    ]
    return tuple(Variant(str(number), *one) for number, one in enumerate(found, start=1))


def _surroundings(
    rows: Sequence[Row], figure: int, spans: Mapping[str, str], regions: CodeList | None
) -> Surroundings:
    row = rows[figure]
    document = [other for other in rows if other["document"] == row["document"]]
    here = next(place for place, other in enumerate(document) if other is row)
    near = (*document[here + 1 :], *reversed(document[:here]))
    alike = (o for o in near if o["unit"] == row["unit"] and o["value"] and o["value"] != row["value"])
    stated = {other["region"] for other in document}
    return Surroundings(
        neighbour=next(alike, None),
        year=_next(row["period"], tuple(_years(spans.get(row["document"] or "", "")))),
        region=_next(row["region"], tuple(r for r in _sisters(row["region"], regions) if r in stated)),
    )


def _next(member: str | None, members: Sequence[str]) -> str | None:
    """The member after this one, the one before it for the last; None for one that is not among them or alone."""
    if member not in members or len(members) < 2:
        return None
    place = members.index(member)
    return members[place + 1] if place + 1 < len(members) else members[place - 1]


def _years(span: str) -> Iterator[str]:
    """The years of a span: `2017/2019` has three."""
    period = period_of(span)
    if period is not None:
        yield from map(
            str, years(period.first_year, period.last_year).divided("year") or (period.first_year,)
        )


def _sisters(region: str | None, regions: CodeList | None) -> tuple[str, ...]:
    """The regions under the same parent, this one among them."""
    member = regions.members.get(region or "") if regions is not None else None
    if regions is None or member is None or not member.parent:
        return ()
    return regions.children(member.parent)
