"""How far a stated result may be off and still agree: by half a unit of its last digit, and more where it was computed
from a rate or made to add up with others.
"""

from __future__ import annotations

from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import Tied, amount, half_of
from audit.model.relation import RelationRole
from audit.numbers.units import scale_of


def slack(tied: Tied, role: RelationRole) -> Decimal:
    """What comes to the half unit of a result, in the unit of its row; 0 for all other figures.

    Shares that were made to add up to a hundred may each be off by a unit of the last digit. A level reached by a yearly
    rate is as unsure as the rounded rate leaves it after all the years.
    """
    if tied.kind == "share" and role == "share" and tied.made_up:
        return half_of(_named(tied, "share"))
    if tied.kind == "average" and role == "level":
        start, rate, years = amount(_named(tied, "base")), _named(tied, "rate"), tied.years or 1
        growth = 1 + (amount(rate) or Decimal(0)) / 100
        grown = (start or Decimal(0)) * years * growth ** (years - 1) * half_of(rate) / 100
        return grown / scale_of(_named(tied, "level").quantity.unit)
    return Decimal(0)


def _named(tied: Tied, role: RelationRole) -> Reading:
    return next(reading for name, reading in tied.figures if name == role)
