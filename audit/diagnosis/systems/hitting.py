"""Sets that meet every one of some sets, the cheapest first.

R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32 (1987): the sets to be met are asked
for one by one, each time the cheapest candidate fails.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def hitting_sets(
    unmet: Callable[[frozenset[Item]], frozenset[Item] | None], cost: Mapping[Item, int], most: int
) -> Iterator[frozenset[Item]]:
    """The smallest sets (none within another) for which `unmet` finds nothing more to meet, cheapest first.

    `unmet(chosen)` gives a set of which none is chosen yet, or None. Sets of equal cost come in the order of their
    items, which is that of `cost`. At most `most` candidates are tried.
    """
    order = {item: place for place, item in enumerate(cost)}
    found: list[frozenset[Item]] = []
    queue: list[tuple[int, int, tuple[int, ...], frozenset[Item]]] = [(0, 0, (), frozenset())]
    seen = {frozenset[Item]()}
    known: list[frozenset[Item]] = []
    for _ in range(most):
        if not queue:
            return
        price, _, _, chosen = heapq.heappop(queue)
        if any(smaller <= chosen for smaller in found):
            continue
        missed = next((one for one in known if not one & chosen), None)
        if missed is None and (missed := unmet(chosen)) is not None:
            known.append(missed)
        if missed is None:
            found.append(chosen)
            yield chosen
            continue
        for item in sorted(missed, key=order.__getitem__):
            larger = chosen | {item}
            if larger not in seen:
                seen.add(larger)
                places = tuple(sorted(order[one] for one in larger))
                heapq.heappush(queue, (price + cost[item], len(larger), places, larger))
