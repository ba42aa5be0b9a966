"""Relations as rows: every figure with its role, all numbers of a relation in one unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.relations import find_relations
from audit.extraction.relations.rounding import slack
from audit.extraction.relations.table_relations import find_table_relations
from audit.extraction.relations.ties import Tied, half_of
from audit.model.relation import Relation, RelationRole
from audit.model.rows import Figure
from audit.numbers.reading import written_step
from audit.numbers.units import scale_of


def relation_rows(
    clean: str, readings: Sequence[Reading], figures: Sequence[Figure], document: str
) -> tuple[Relation, ...]:
    """The rows of every relation that running text and tables state; `figures` are the rows of the readings."""
    by_start = {reading.quantity.start: figure for reading, figure in zip(readings, figures, strict=True)}
    seen: dict[str, int] = {}
    rows: list[Relation] = []
    for tied in [*find_relations(clean, readings), *find_table_relations(readings)]:
        first = by_start[tied.figures[0][1].quantity.start]
        key = f"{document}/{tied.kind}/{first.id.removeprefix(document + '/')}"
        count = seen[key] = seen.get(key, 0) + 1
        name = key if count == 1 else f"{key}#{count}"
        rows.extend(
            _row(tied, name, role, reading, by_start[reading.quantity.start])
            for role, reading in tied.figures
        )
    return tuple(rows)


def _row(tied: Tied, name: str, role: RelationRole, reading: Reading, figure: Figure) -> Relation:
    quantity = reading.quantity
    unit, factor = _unit(tied, role, reading)
    given = dict(tied.given).get(quantity.start)
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    if given is not None:
        low, high = _outward(given, unit)
        value, half = low if low == high else None, Decimal(0)
    else:
        value, low, high = (
            None if number is None else number * factor
            for number in (quantity.value, quantity.low, quantity.high)
        )
        half = Decimal(0) if role == "times" else half_of(reading) / scale_of(quantity.unit) * factor
        half += slack(tied, role)
    as_stated = (unit, value, low, high) == (figure.unit, figure.value, figure.low, figure.high)
    return Relation(
        document=figure.document,
        relation=name,
        kind=tied.kind,
        role=role,
        figure=figure.id,
        value=value,
        low=low,
        high=high,
        half=half,
        unit=unit,
        literal=figure.literal if as_stated else _literal(figure, unit, value, low, high),
        binding=tied.binding,
        sure=tied.sure,
        years=tied.years if role == "rate" or (tied.kind, role) == ("yearly", "part") else None,
        evidence=figure.evidence,
        start=figure.start,
        end=figure.end,
    )


def _literal(
    figure: Figure, unit: str | None, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> str:
    """The figure as written, where that states what the row gives; else, of a number deduced or told in another unit
    (`27500万元` in 亿元), that number with its digits (`2.7500`).
    """
    ends = [end for end in ((low, high) if value is None else (value,)) if end is not None]
    step = written_step(figure.literal, unit, value, low, high)
    if not ends or (step is not None and scale_of(unit) == scale_of(figure.unit)):
        return figure.literal
    told = "-".join(f"{end if value is not None else end.normalize():f}" for end in dict.fromkeys(ends))
    exact = step is None or written_step(told, unit, value, low, high) == step
    return told if exact else figure.literal  # digits cannot tell that 1.1亿元 is 11000万元 to the thousand


def _unit(tied: Tied, role: RelationRole, reading: Reading) -> tuple[str | None, Decimal]:
    """The unit of a row and what a number in the figure's own unit is multiplied by to get there.

    Amounts take the unit of the whole or the level; rates and shares are in %, `倍` and bare ratios too; `翻一番` counts times.
    """
    own = reading.quantity.unit
    if role == "times":
        return "次", Decimal(1)
    if role in ("rate", "share") or tied.kind == "hundred" or _is_rate(reading):
        return "%", Decimal(100 if own == "倍" or (role == "share" and not own) else 1)
    unit = next((r.quantity.unit for r_role, r in tied.figures if r_role in ("whole", "level")), own)
    return unit, Decimal(scale_of(own)) / Decimal(scale_of(unit))


def _is_rate(reading: Reading) -> bool:
    return reading.role == "growth" and reading.quantity.unit in ("%", "倍")


_SHOWN = Decimal("0.0001")


def _outward(span: tuple[Decimal, Decimal], unit: str | None) -> tuple[Decimal, Decimal]:
    """Both ends in a unit; where they are two, to four decimals away from each other."""
    low, high = (end / scale_of(unit) for end in span)
    if low == high:
        return low, high
    return low.quantize(_SHOWN, ROUND_FLOOR), high.quantize(_SHOWN, ROUND_CEILING)
