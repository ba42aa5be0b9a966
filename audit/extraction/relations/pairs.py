"""Parts that are told in two measures: `项目9个、投资50亿元,其中甲类4个、投资30亿元,乙类5个、投资20亿元`."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.counted import are_counted
from audit.extraction.relations.groups import Group, own_levels
from audit.extraction.relations.scopes import are_opposed, is_part_by_name
from audit.extraction.relations.ties import Tied, amount, between, comparable, is_level, phrase_before, sum_of
from audit.lexicon import pattern

_FEWEST = 2
_JOINED = pattern(r"[、,和及]?[^、,;。:()\d]{0,14}")


def paired_sums(
    clean: str, first: Reading, second: Reading, group: Group, later: Sequence[Reading]
) -> list[Tied]:
    """The sums of two wholes that stand side by side, with the parts of a group that tell both of each; none where the
    group does not go on in pairs. Parts that make up the one whole make up the other.
    """
    if not is_level(first) or comparable(first, second) or not _are_joined(clean, first, second):
        return []
    levels = own_levels(clean, [r for r in later if group.start <= r.quantity.start < group.end])
    firsts, seconds = levels[::2], levels[1::2]
    pairs = list(zip(firsts, seconds, strict=False))
    if len(levels) != 2 * len(pairs) or len(pairs) < _FEWEST:
        return []
    named = len({one.indicator for one in firsts}) == len(firsts)
    if not named or not all(_is_pair(clean, first, second, *pair) for pair in pairs):
        return []
    every = are_counted(phrase_before(clean, first), firsts)
    fills = every or _make_up(first, firsts) or _make_up(second, seconds)
    sums = (sum_of(whole, parts, fills, "inferred") for whole, parts in ((first, firsts), (second, seconds)))
    return [tied for tied in sums if tied is not None]


def _are_joined(clean: str, one: Reading, other: Reading) -> bool:
    return one.sentence == other.sentence and bool(_JOINED.fullmatch(between(clean, one, other)))


def _is_pair(clean: str, first: Reading, second: Reading, one: Reading, other: Reading) -> bool:
    """Whether two levels tell of one part what the two wholes tell of the whole."""
    alike = comparable(first, one) and comparable(second, other) and _are_joined(clean, one, other)
    opposed = are_opposed(second.indicator, other.indicator)
    return alike and is_part_by_name(first, one) and not opposed and one.quantity.bound == "exact"


def _make_up(whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether the parts come to just the whole, as they are stated."""
    amounts = [amount(part) for part in parts]
    return None not in amounts and sum(one for one in amounts if one is not None) == amount(whole)
