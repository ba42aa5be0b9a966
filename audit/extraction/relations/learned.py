"""Divisions that the text itself shows to be complete: parts of the same names that elsewhere make up their whole.

`偿还本息19亿元,其中:本金15亿元,利息4亿元` shows that 本金 and 利息 are all, so that they are in the next such list too. So do
shares that come to a hundred (`其中A 6亿元,占60%,B 4亿元,占40%`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import Tied, amount, half_of, is_level

_FEWEST = 2
_HUNDRED = Decimal(100)


def with_learned(readings: Sequence[Reading], found: Sequence[Tied]) -> list[Tied]:
    """The relations of a text, where sums that left it open whether their parts are all are told to be so by others."""
    following = {one.quantity.start: other for one, other in pairwise(readings)}
    alike: dict[frozenset[str], list[Tied]] = {}
    for tied in found:
        names = frozenset(part.indicator for part in tied.parts)
        if tied.kind == "sum" and not tied.given and len(names) == len(tied.parts) >= _FEWEST:
            alike.setdefault(names, []).append(tied)
    shares = _shares(found)
    learned = {
        tied.key
        for ties in alike.values()
        for tied in ties
        if not tied.binding
        and _ends_its_list(tied, following)
        and (_are_shown(tied, ties) or _come_to_hundred(tied, shares))
    }
    return [replace(tied, binding=True, sure="inferred") if tied.key in learned else tied for tied in found]


_Shares = dict[tuple[int, int], Reading]


def _shares(found: Sequence[Tied]) -> _Shares:
    """The share that a part is said to have in a whole, by the places of both."""
    told: _Shares = {}
    for tied in found:
        if tied.kind == "share":
            by_role = dict(tied.figures)
            told[by_role["whole"].quantity.start, by_role["part"].quantity.start] = by_role["share"]
    return told


def _come_to_hundred(tied: Tied, shares: _Shares) -> bool:
    """Whether every part has its share told, and all shares come to a hundred as far as their last digits tell."""
    told = [shares.get((tied.whole.quantity.start, part.quantity.start)) for part in tied.parts]
    stated = [(amount(one), half_of(one)) for one in told if one is not None]
    if len(stated) < len(told):
        return False
    off = sum((value for value, _ in stated if value is not None), -_HUNDRED)
    return None not in (value for value, _ in stated) and abs(off) <= sum(half for _, half in stated)


def _are_shown(tied: Tied, ties: Sequence[Tied]) -> bool:
    """Whether other sums of parts of the same names are made up by these: one, or two where the parts are but two, which a
    text may well name alone among others.
    """
    return sum(_shows(one, tied) for one in ties) >= (1 if len(tied.parts) > _FEWEST else 2)


def _shows(one: Tied, other: Tied) -> bool:
    """Whether one sum, of other numbers than another, is made up by its parts."""
    amounts = [[amount(reading) for _, reading in tied.figures] for tied in (one, other)]
    return sorted(map(str, amounts[0])) != sorted(map(str, amounts[1])) and _fills(one)


def _fills(tied: Tied) -> bool:
    """Whether the parts come to the whole, as far as their last digits tell."""
    off, room = Decimal(0), Decimal(0)
    for role, reading in tied.figures:
        stated = amount(reading)
        if stated is None:
            return False
        off += stated if role == "whole" else -stated
        room += half_of(reading)
    return abs(off) <= room


def _ends_its_list(tied: Tied, following: dict[int, Reading]) -> bool:
    """Whether no other level follows the last part in its sentence: it may be a part in another unit."""
    last = max(tied.parts, key=lambda part: part.quantity.start)
    after = following.get(last.quantity.start)
    return after is None or after.sentence != last.sentence or not is_level(after)
