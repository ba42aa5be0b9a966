"""Groups of one cell each come to what adding their cells up comes to."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact
from audit.engine.cells import Cells
from audit.engine.figures import Ends
from audit.engine.groups import grouped
from audit.engine.intervals import Interval
from audit.engine.vocabulary import Vocabulary

numbers = st.none() | st.decimals(-9, 9, places=1)
sides = st.sampled_from([-1, 0, 1])
rows = st.lists(st.tuples(numbers, st.none() | st.decimals(0, 3, places=1), sides), min_size=1, max_size=6)


def told(interval: Interval, known: np.ndarray) -> list[tuple[object, ...]]:
    """What intervals say, where something is known."""
    ends = (interval.low, interval.high)
    return [
        tuple(
            (exact.decimal_at(end, place), int(end.kinds[place]), int(exact.hairs(end)[place]))
            for end in ends
        )
        for place in np.flatnonzero(known)
    ]


@given(rows, st.sampled_from([(None, None), (Decimal(0), None), (Decimal(-3), Decimal(5))]))
def test_groups_of_one_cell_are_their_cells(rows, limits):
    values: list[Decimal | None] = [value for value, _, _ in rows]
    number = exact.of_decimals(values)
    number = exact.opened(
        number, np.array([side for _, _, side in rows], dtype=np.int8) * (number.kinds == 0)
    )
    width = exact.of_decimals([None if value is None else by for value, by, _ in rows])
    ends = Ends(number, number, exact.subtract(number, width), exact.add(number, width))
    every = np.arange(len(rows))
    groups = grouped(Cells(Vocabulary(("",)), (every,), (), True, every, ends, every, limits=limits))
    stated, allowed = groups.totals("sum")
    added, added_allowed = groups.sums.pair
    assert len(stated.low) == len(added.low) == len(rows) + 1
    assert told(stated, np.append(groups.stated.stated, True)) == told(
        added, np.append(groups.stated.stated, True)
    )
    known = np.append(groups.stated.stated | groups.stated.supposed, True)
    assert told(allowed, known) == told(added_allowed, known)
