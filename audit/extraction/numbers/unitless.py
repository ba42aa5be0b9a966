"""Numbers without a unit of their own: an index, or a number of a list that shares the unit of the next."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.lexicon import only, pattern
from audit.numbers.quantities import Quantity
from audit.numbers.units import unit_class, units

POINTS = only("points")
"""The unit of a difference between two shares."""


def share_points(found: list[Quantity], clean: str) -> list[Quantity]:
    """`31.1个和26.3个百分点`: a broken number of 个 means 个百分点 when the next of its list does."""
    return [
        replace(quantity, unit=POINTS)
        if quantity.unit == "个" and quantity.decimals and following is not None and following.unit == POINTS
        and _SHARED.fullmatch(clean[quantity.span_end : following.span_start])
        else quantity
        for quantity, following in zip(found, [*found[1:], None], strict=False)
    ]  # fmt: skip


_INDEX = pattern(r"<what has no unit>(?:\(\w+\))?<adverb of a value>?<value verb>?$")
_SHARED = re.compile(r"\s*[、,，和及与]\s*$")


def settle_bare(found: list[Quantity], bare: list[tuple[int, Quantity]], clean: str) -> list[Quantity]:
    """Keep a number without a unit only if it is an index, or shares the unit of the next in its list."""
    kept: dict[int, Quantity | None] = {}
    for index, quantity in reversed(bare):
        following = kept.get(index + 1, found[index + 1]) if index + 1 < len(found) else None
        settled: Quantity | None = None
        if (
            following is not None
            and following.unit
            and _SHARED.fullmatch(clean[quantity.end : following.span_start])
        ):
            if pattern("<each>").search(clean[max(0, quantity.start - 40) : quantity.start]):
                settled = _sharing(quantity, following, clean)
        elif headed := _headed(clean, quantity):
            settled = replace(quantity, unit=headed)
        elif _INDEX.search(clean[max(0, quantity.span_start - 12) : quantity.span_start]):
            settled = quantity if clean[quantity.span_end : quantity.span_end + 1] in _STOPS else None
        kept[index] = settled
    return [q for i, item in enumerate(found) if (q := kept.get(i, item)) is not None]


_HEADED = re.compile(r"[一-龥]\((?P<words>[百千万亿]{0,2})(?P<unit>[^()\d]{1,6})\)[:为]?$")


def _headed(clean: str, quantity: Quantity) -> str | None:
    """The unit that the noun of a number bears in a bracket (`发行总额(亿元)10.00`)."""
    match = _HEADED.search(clean, max(0, quantity.span_start - 12), quantity.span_start)
    ends = clean[quantity.span_end : quantity.span_end + 1] in _STOPS
    return match["words"] + match["unit"] if match and ends and match["unit"] in units() else None


_STOPS = frozenset({"", "/", "，", "。", "；", ",", ";", "、", "\n", "\t", ")", "）", ".", "！"})


def _sharing(quantity: Quantity, following: Quantity, clean: str) -> Quantity:
    """The same number with the unit of the next; a number word inside that literal multiplies it too."""
    words = following.literal[len(following.literal.rstrip("百千万亿")) :]
    value = quantity.value
    if value is None or not words or unit_class(following.unit) != "count":
        return replace(quantity, unit=following.unit)
    return replace(quantity, unit=words + (following.unit or ""))
