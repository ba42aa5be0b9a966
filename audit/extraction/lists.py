"""Lists: a stated number of things with the things named (`A、B、C等4个平台`, `6条政策,包括A、B…`).

`等` leaves a list open, even when it names as many things as it states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.extraction.quantities import Quantity
from audit.model.units import unit_class

_ITEMS_BEFORE = re.compile(
    r"(?P<items>[^,;。:!?()\n、]{1,30}(?:(?:、|和|与|及|以及)[^,;。:!?()\n、]{1,30}?)+?)(?P<etc>等)?(?:这|共)?$"
)
_QUOTED_BEFORE = re.compile(r"(?P<items>(?:“[^”]+”[、和]?){2,})(?P<etc>等)?$")
_ITEMS_AFTER = re.compile(r"[^。;\n]{0,24}?(?:,?(?:包括|即|分别(?:是|为))|:)(?P<items>[^。;\n:]{1,300})")
_SPLIT = re.compile(r"、|以及|(?<=[一-龥”])[和与及](?=[一-龥“])")
_VERB = re.compile(
    r"^.*?(?:打造|建设|推进|推动|发展|培育|搭建|形成|构建|组建|依托|利用|设立|实施|开展|将|以|在|重点|抓好|聚焦|围绕|支持|完善|促进|"
    r"增值税)(?=[一-龥“]{2})"
)


_IS_CLAUSE = re.compile(
    r"等|的$|在|(?:打造|建设|建成|推进|推动|发展|培育|搭建|形成|构建|组建|设立|实施|开展|完善|支持|引进|新增|达到)"
)
"""What shows that the words before a number are a clause, not the last of the things it counts."""


@dataclass(frozen=True, slots=True)
class ListSpan:
    """A stated number with the things it counts; `items` is empty when none are named."""

    quantity: Quantity
    noun: str
    stated: int
    items: tuple[str, ...]
    open_ended: bool
    start: int
    end: int


def find_lists(clean: str, counted: Sequence[tuple[Quantity, str]]) -> list[ListSpan]:
    """The lists among figures that count things; `counted` gives each figure with its noun. Open bounds are no
    lists.
    """
    found = []
    for quantity, noun in counted:
        if quantity.value is None or quantity.bound != "exact" or not 2 <= quantity.value <= 60:
            continue
        if unit_class(quantity.unit) != "count" or quantity.value != quantity.value.to_integral_value():
            continue
        listed = _before(clean, quantity) or _after(clean, quantity)
        if listed is not None:
            items, start, end, open_ended = listed
            found.append(ListSpan(quantity, noun, int(quantity.value), items, open_ended, start, end))
    return found


def _before(clean: str, quantity: Quantity) -> tuple[tuple[str, ...], int, int, bool] | None:
    window_start = max(0, quantity.start - 160)
    window = clean[window_start : quantity.start]
    match = _QUOTED_BEFORE.search(window) or _ITEMS_BEFORE.search(window)
    if match is None or not clean[quantity.span_end : quantity.span_end + 1].strip("、,。;和及)"):
        return None
    items = _split_items(match["items"])
    if (
        len(items) < 2
        or _IS_CLAUSE.search(items[-1])
        or (match["etc"] is None and len(items) < int(quantity.value or 0))
    ):
        return None
    return items, window_start + match.start(), quantity.span_end, match["etc"] is not None


def _after(clean: str, quantity: Quantity) -> tuple[tuple[str, ...], int, int, bool] | None:
    match = _ITEMS_AFTER.match(clean, quantity.span_end)
    if match is None:
        return None
    text = match["items"]
    items = _split_items(text)
    if len(items) < 2 or any(re.search(r"\d", item) for item in items):
        return None
    return items, quantity.start, match.end(), bool(re.search(r"等", text))


def _split_items(text: str) -> tuple[str, ...]:
    items = [item.strip("“”, ") for item in _SPLIT.split(text) if item.strip("“”, ")]
    if not items:
        return ()
    first = items[0]
    longest = max((len(item) for item in items[1:]), default=0)
    verb = _VERB.match(first) if len(first) > max(longest, 3) else None
    items[0] = (first[verb.end() :] if verb else first).lstrip("与和及同")
    items[-1] = re.sub(r"等$", "", items[-1])
    return tuple(item for item in items if item)
