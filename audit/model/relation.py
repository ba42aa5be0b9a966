"""Relations that a text itself states between its figures, one row per figure in a relation."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from audit.model.frozen import frozen

RelationKind = Literal[
    "sum",
    "former",
    "mean",
    "hundred",
    "share",
    "growth",
    "fall",
    "increase",
    "decrease",
    "multiple",
    "average",
    "yearly",
]
RelationRole = Literal["whole", "part", "share", "level", "base", "rate", "change", "times"]
RelationSureness = Literal["certain", "inferred", "guess"]


@frozen(guarded=False)
class Relation:
    """A figure and the part it plays in a relation; rows with the same `relation` belong together.

    What must hold, rates and shares in %: `sum` whole == Σ part if `binding`, else whole >= Σ part; `former` the same of
    what whole and parts were a period before, by the `rate` or `change` said of each; `mean` min part <= whole <= max
    part; `hundred` Σ part == 100; `share` share == 100·part/whole; `growth` rate == 100·(level/base − 1); `fall` rate
    == 100·(1 − level/base); `increase` rate == 100·change/(level − change); `decrease` rate == 100·change/(level +
    change); `multiple` level == base·times; `average` level == base·(1 + rate/100)^years; `yearly`
    whole == part·years.
    `value`, `low`, `high` are in `unit`, one unit per relation; `half` is half a unit of the last written digit in
    it, 0 for an exact count; more for
    a result of other figures, whose rounding it takes in. A blank `value` is a range or what a figure was, blank `low`
    or `high` is open. `figure` is the id of the figure, `years` the years that a yearly rate runs, or a
    yearly amount is given.
    """

    document: str
    relation: str
    kind: RelationKind
    role: RelationRole
    figure: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    half: Decimal
    unit: str | None
    literal: str
    binding: bool
    sure: RelationSureness
    evidence: str
    start: int
    end: int
    years: int | None = None
