"""Parts after a whole: `A 100亿元,其中B 60亿元、C 40亿元`, `60枚(金牌21枚、银牌19枚、铜牌20枚)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.counted import are_counted
from audit.extraction.relations.groups import (
    AMONG,
    Group,
    closing,
    evenly_listed,
    group_after,
    in_brackets,
    own_levels,
    runs,
    sentence_start,
)
from audit.extraction.relations.pairs import paired_sums
from audit.extraction.relations.partitions import is_complete
from audit.extraction.relations.scopes import is_part_by_name, is_sibling, may_overlap, qualified_alike
from audit.extraction.relations.ties import Tied, between, comparable, is_level, phrase_before, sum_of
from audit.lexicon import entries, only, pattern
from audit.model.period import period_of
from audit.model.relation import RelationSureness
from audit.numbers.units import unit_class

_MOST_PARTS = 60
"""How many figures the parts of one whole may take."""

_OPENS = pattern("<among>|\\(|由")
_ETC = pattern(r"等(?!级|\d|<the rest>)")
_REST = pattern("(?:.*等)?<the rest>")
_HEADING_OF_BUDGET = pattern("<the rest><side>")


_BESIDE = pattern(r"<beside>|<came or went>\d|(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|<end of it>)?:")
"""What in a bracket is no part of the figure before it (`不含…`, `上年为…`, `2024年末：…`)."""


def breakdowns(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 100亿元,其中B 60亿元、C 40亿元` and `60枚(金牌21枚、银牌19枚、铜牌20枚)`.

    Parts after `其中` need not be all; those in a bracket without it, after `包括` or for each year of a span are.
    """
    found: list[Tied] = []
    start, end = paragraph[0].quantity.start, paragraph[-1].quantity.start
    if not _OPENS.search(clean, start, end):
        return found
    for place, whole in enumerate(paragraph[:-1]):
        if not is_level(whole) or (whole.quantity.value or 0) < 0 or _is_mean(clean, whole):
            continue
        if _is_of_each(clean, paragraph[:place], whole):
            continue
        later = paragraph[place + 1 : place + 1 + _MOST_PARTS]
        group = _opening(clean, whole, paragraph[:place], later)
        if group is not None:
            beside = paired_sums(clean, paragraph[place - 1], whole, group, later) if place else []
            found.extend(beside or _broken_down(clean, whole, group, later))
    return found


def _is_mean(clean: str, whole: Reading) -> bool:
    """Whether a level is told for a year on average (`年均超收20亿元`)."""
    return whole.measure == "per_year" or bool(_MEAN.search(phrase_before(clean, whole)))


def _is_of_each(clean: str, earlier: Sequence[Reading], whole: Reading) -> bool:
    """Whether a bound is what each of some things is above (`8个县收入超10亿元,其中A县15亿元`), or may be."""
    counted = earlier[-1] if earlier else None
    above = counted is not None and whole.quantity.bound in ("above", "at_least")
    return (
        counted is not None
        and above
        and unit_class(counted.quantity.unit) == "count"
        and not re.search("[,;。:、]", between(clean, counted, whole))
    )


_ALL_TOLD = frozenset(entries("opens all parts"))
_TWO_OF_MORE = frozenset(entries("may name the main parts"))
"""Words after which two parts alone may be the main ones of more."""
_MEAN = pattern("<mean of years>")


def _broken_down(clean: str, whole: Reading, group: Group, later: Sequence[Reading]) -> list[Tied]:
    """The sums of a whole with the parts of its group, and with those beyond that are known to complete them."""
    beyond = group.end if group.word == "(" else _sentence_end(clean, group.end)
    inside = own_levels(clean, [r for r in later if group.start <= r.quantity.start < beyond])
    levels = _of_the_whole(clean, whole, inside)
    if levels and ";" in clean[group.start : levels[0].quantity.span_start]:  # `包括:董事长甲;执行董事2名`
        return _one_by_one(whole, [level for level in levels if level.quantity.start < group.end])
    names = [level.indicator for level in levels]
    for count in range(2, min(len(levels), 8) + 1):
        if is_complete(whole.indicator, names[:count]) and qualified_alike(clean, whole, levels[:count]):
            first, levels = levels[:count], levels[count:]
            rest = [level for level in levels if level.quantity.start < group.end]
            return [*_summed(whole, [first], told=True), *_one_by_one(whole, rest if group.wide else [])]
    divided = runs(clean, [level for level in levels if level.quantity.start < group.end])
    if not divided:
        return []
    nested = len(divided) > 1 and len(divided[0]) > 1
    if nested and group.wide:
        return list(_nested(whole, divided))
    parts = divided[0]
    within = [r for r in inside if r.quantity.start < group.end]
    even = evenly_listed(clean, parts) and not group.word.startswith(":")
    sure: RelationSureness = "certain" if even else "inferred"
    every = len(parts) == len(within) and not _ETC.search(clean[group.start : group.end])
    sure = "inferred" if group.word in _TWO_OF_MORE and len(parts) == 2 else sure
    counted = are_counted(phrase_before(clean, whole), parts)
    all_told = counted or group.word in _ALL_TOLD or _covers(whole.period, parts) or _ends_with_rest(parts)
    found = _tied(whole, parts, told=every and all_told, sure="inferred" if counted else sure)
    for more in divided[1:]:
        if is_complete(whole.indicator, [level.indicator for level in more]):
            found.extend(_tied(whole, more, told=True))
    return found


def _ends_with_rest(parts: Sequence[Reading]) -> bool:
    """Whether the last of some parts is all the rest (`保险费收入60亿元、财政补贴收入30亿元、其他收入10亿元`); `其他支出` of the
    general budget is one of its headings, and no rest.
    """
    last = parts[-1]
    heading = last.account in (None, only("general budget")) and _HEADING_OF_BUDGET.fullmatch(last.indicator)
    return len(parts) >= 2 and bool(_REST.match(last.indicator)) and not heading


def _nested(whole: Reading, divided: Sequence[Sequence[Reading]]) -> Iterator[Tied]:
    """What a list of lists ties (`A 105,a 81,b 24;B 33,a 21,b 12`): where every list goes on with the same names, its
    first level is a part of the whole and holds the rest; where not, each of the first list is within the whole.
    """
    later = {tuple(level.indicator for level in levels[1:]) for levels in divided}
    if len(later) > 1:
        yield from _one_by_one(whole, divided[0])
        return
    yield from _tied(whole, [levels[0] for levels in divided], told=False)
    for first, *rest in divided:
        yield from _tied(first, rest, told=False)


def _sentence_end(clean: str, at: int) -> int:
    return min((end for sign in "。\n" if (end := clean.find(sign, at)) >= 0), default=len(clean))


def _tied(
    whole: Reading, parts: Sequence[Reading], told: bool, sure: RelationSureness = "certain"
) -> list[Tied]:
    """The sum of the parts; parts that may hold one another are compared with the whole one by one."""
    if may_overlap(whole, parts):
        return _one_by_one(whole, parts)
    return _summed(whole, [parts], told, sure)


def _one_by_one(whole: Reading, parts: Sequence[Reading]) -> list[Tied]:
    return _summed(whole, [[part] for part in parts], told=False)


def _summed(
    whole: Reading, several: Sequence[Sequence[Reading]], told: bool, sure: RelationSureness = "certain"
) -> list[Tied]:
    sums = (sum_of(whole, parts, told, sure) for parts in several)
    return [tied for tied in sums if tied is not None]


def _goes_on(clean: str, whole: Reading, before: Reading, level: Reading) -> bool:
    """Whether a level after a semicolon is named as the whole is and the part before it is not: the outer list goes on
    (`参加养老保险人数16万人。其中,离退休人数4万人;参加失业保险人数7万人`).
    """
    named_alike = is_sibling(whole.indicator, level.indicator) and not is_sibling(
        whole.indicator, before.indicator
    )
    return named_alike and ";" in between(clean, before, level)


def _tells_an_act(clean: str, level: Reading) -> bool:
    """Whether the phrase of a level begins with what was done (`建成投产2900万吨`), and so with something of its own."""
    return bool(_ACT.match(_MARK.sub("", phrase_before(clean, level))))


_TAKEN = pattern("<down>|<adjusted down>")
"""What is taken away is no part of what is added (`增支6亿元,其中新增8亿元、压减2亿元`)."""
_ACT = pattern("<act of its own>")
_ADJUSTED = pattern("<after a correction>")
"""What a figure comes to when it is corrected (`剔除退税因素后为1805亿元`) is no part of it."""
_BEGUN, _FINISHED = pattern("<begun>"), pattern("<finished>")
"""What was finished was begun as well, and is counted there too (`开工75个、竣工50个`)."""
_MARK = pattern("^<among>[,:]?")


def _of_the_whole(clean: str, whole: Reading, levels: Sequence[Reading]) -> list[Reading]:
    """The levels of a group up to the first that speaks of something else; none where some are taken away and not added."""
    parts: list[Reading] = []
    taken = any(_TAKEN.match(_MARK.sub("", phrase_before(clean, level)).split("%")[-1]) for level in levels)
    if taken and not _TAKEN.search(phrase_before(clean, whole)):
        return []
    for level in levels:
        if not comparable(whole, level):
            continue
        own = is_part_by_name(whole, level) or _is_another_year(parts, level)
        if not own or (parts and _goes_on(clean, whole, parts[-1], level)):
            break
        if parts and _tells_an_act(clean, level) and not _tells_an_act(clean, parts[0]):
            break
        if _ADJUSTED.search(phrase_before(clean, level)):
            break
        if _FINISHED.search(phrase_before(clean, level)) and any(
            _BEGUN.search(phrase_before(clean, part)) for part in parts
        ):
            break
        if level.quantity.bound in ("exact", "about", "range"):
            parts.append(level)
    return parts


def _is_another_year(parts: Sequence[Reading], level: Reading) -> bool:
    """Whether a level goes on with a list of years, the last of which may be that of the whole
    (`三年新增90家,其中2024年30家…`).
    """
    years = {part.period for part in parts}
    return (
        len(parts) > 0
        and len(years) == len(parts)
        and level.period not in years
        and all(part.indicator == level.indicator for part in parts)
    )


def _covers(span: str | None, parts: Sequence[Reading]) -> bool:
    """Whether yearly parts go through every year of the whole's span (`2024—2026年累计90名,其中2024年25名…`)."""
    whole = period_of(span or "")
    stated = sorted(part.period or "" for part in parts)
    return whole is not None and whole.is_span and stated == [str(year) for year in whole.divided("year")]


def _opening(
    clean: str, whole: Reading, earlier: Sequence[Reading], later: Sequence[Reading]
) -> Group | None:
    """Where the parts of a whole stand: in a bracket or after `其中` that follows it with no other level between."""
    at = whole.quantity.span_end
    if clean[at : at + 1] == "(":
        return _bracket(clean, at)
    following = next((r for r in later if is_level(r)), None)
    if following is None:
        return None
    composed = _COMPOSED.match(clean, at)
    if composed is not None:
        return Group(composed.end("word"), composed.end(), composed["word"], False)
    opened = AMONG.search(clean, at, following.quantity.span_start)
    if opened is None or in_brackets(clean, at, opened.start()) or _is_one_of_a_row(clean, whole, earlier):
        return None
    lead = clean[at : opened.start()]
    if lead.count(")") > lead.count("("):
        return None
    if lead.endswith((";", "。")) and opened["word"] != only("of which"):
        return None
    if re.search(r"[。;\n]", lead.rstrip("。;\n ")):
        return None
    if re.search(r"[。\n]", lead) and not _is_alone(clean, whole, earlier):
        return None
    return group_after(clean, at, opened)


_COMPOSED = pattern(r",?(?P<word>由)[^,;。:\d]{1,16}\d[^;。]{0,200}?<composed of them>")
"""`由A 50亿元、B 40亿元和C 30亿元组成`, right after the whole."""


def _is_one_of_a_row(clean: str, whole: Reading, earlier: Sequence[Reading]) -> bool:
    """Whether a level follows another of its unit after `、`: the parts after both may be of either (`100个、开工63个，其中`)."""
    before = earlier[-1] if earlier else None
    return (
        before is not None
        and comparable(before, whole)
        and bool(re.fullmatch("[^,;。:、]*、[^,;。:]*", between(clean, before, whole)))
    )


def _bracket(clean: str, at: int) -> Group | None:
    """The group in a bracket that opens at a place, unless it tells of something beside the figure before it."""
    close = closing(clean, at)
    if close < 0 or _BESIDE.match(clean, at + 1):
        return None
    opened = AMONG.match(clean, at + 1)
    if opened is None and _SOME.match(clean, at + 1):
        return Group(at + 1, close, only("of which"), True)
    return Group(opened.end(), close, opened["word"], True) if opened else Group(at + 1, close, "(", True)


_SOME = pattern("<opens some parts>")
"""With what a bracket begins that tells some of what is in the figure before it (`41亿元(含高新区6亿元)`)."""


def _is_alone(clean: str, whole: Reading, earlier: Sequence[Reading]) -> bool:
    """Whether a level is the only one of its unit in its sentence, so that what follows the sentence is of it."""
    start = sentence_start(clean, whole.quantity.start)
    return not any(r.quantity.start >= start and is_level(r) and comparable(whole, r) for r in earlier)
