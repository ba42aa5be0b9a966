"""Shares: parts that make up a hundred, and a share with the levels it is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest

from audit.extraction.figures.figures import Reading
from audit.extraction.figures.nouns import BRACKETS
from audit.extraction.figures.wordings import INDUSTRY, INVESTMENT, SHARE, SHARE_ALONE
from audit.extraction.numbers.ratios import is_structure
from audit.extraction.relations.divided import LEAD_IN, PARTIAL
from audit.extraction.relations.groups import is_base
from audit.extraction.relations.partitions import are_opposites
from audit.extraction.relations.scopes import are_opposed
from audit.extraction.relations.statements import span_of
from audit.extraction.relations.ties import (
    Figures,
    Tied,
    amount,
    between,
    comparable,
    is_enclosed,
    is_level,
    outer_before,
)
from audit.lexicon import entries, meanings, only, pattern
from audit.model.relation import RelationSureness


def hundreds(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """Shares that make up a hundred: the parts of a ratio, `占比分别为…` of a division, known parts one by one."""
    found = []
    named: list[Reading] = []
    for listed in _share_lists(clean, paragraph):
        group = _named_as_before(clean, named, listed)
        named = group
        first = group[0]
        values = [r.quantity.value for r in group]
        if any(value is None for value in values):
            continue
        start = max(
            clean.rfind(sign, max(0, first.quantity.start - 200), first.quantity.start) for sign in "。\n;"
        )
        lead = clean[start + 1 : first.quantity.start]
        ratio = clean[first.quantity.end : first.quantity.end + 1] in ":∶"
        names = [r.indicator.removesuffix(SHARE).removesuffix(SHARE_ALONE) for r in group]
        divided = bool(LEAD_IN.search(lead)) and not PARTIAL.search(lead)
        sectors = len(group) == len(_SECTORS) and _INDUSTRIES in lead
        told = ratio and is_structure(clean, first.quantity.start)
        of_all = told or (ratio and len(group) > 2)
        if of_all or divided or sectors or are_opposites(names) or _three_sectors(names):
            found.append(
                Tied("hundred", tuple(("part", r) for r in group), True, "certain" if told else "inferred")
            )
    return found


def _named_as_before(clean: str, before: Sequence[Reading], group: list[Reading]) -> list[Reading]:
    """A ratio that another was changed to bears the names of the other (`由12:41:47调整为10:40:50`)."""
    if len(before) != len(group) or not _CHANGED_TO.search(between(clean, before[-1], group[0])):
        return group
    return [replace(new, indicator=old.indicator) for old, new in zip(before, group, strict=True)]


_INDUSTRIES, _ = entries("three industries")
_SECTORS = "一二三"
_CHANGED_TO = pattern("<turns to>(?:为|到|至)$")


def _three_sectors(names: Sequence[str]) -> bool:
    return len(names) == len(_SECTORS) and all(
        any(name.startswith(f"第{n}{INDUSTRY}") for name in names) for n in _SECTORS
    )


def _share_lists(clean: str, paragraph: list[Reading]) -> list[list[Reading]]:
    """Shares one after another: joined by `:` or `、` (`15%、30%、65%`), or of the same kind in one sentence."""
    lists: list[list[Reading]] = []
    run: list[Reading] = []
    for reading in paragraph:
        share = reading.quantity.unit == "%" and reading.role in ("share", "level", "named")
        if share and run and re.fullmatch(r"[:∶、,]?和?", between(clean, run[-1], reading)):
            run.append(reading)
            continue
        lists.append(run)
        run = [reading] if share else []
    lists.append(run)
    sectors: dict[int, list[Reading]] = {}
    for reading in paragraph:
        if reading.quantity.unit == "%" and reading.role in ("share", "level") and SHARE in reading.indicator:
            sectors.setdefault(reading.sentence, []).append(reading)
    lists.extend(group for group in sectors.values() if _three_sectors([r.indicator for r in group]))
    return [run for run in lists if len(run) >= 2]


def inline_shares(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`产值360亿元,占工业总产值800亿元的45%`."""
    found = []
    for place in range(2, len(paragraph)):
        whole, share = paragraph[place - 1 : place + 1]
        part = outer_before(clean, paragraph, place - 1)
        if share.quantity.unit != "%" or not comparable(part, whole):
            continue
        gap = BRACKETS.sub("", between(clean, part, whole))
        if pattern(",?(?:约|仅)?<is a share>[^,。;]{1,24}").fullmatch(gap) and pattern(
            "的<is its share>?"
        ).fullmatch(between(clean, whole, share)):
            found.append(Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "certain"))
    return found


_OF = pattern("占(?P<of>[^占,;。、]{1,20}?)(?:的?<word of a share>)?$")
_ALIAS = meanings("product")


_WIDER = pattern("<wider>.*|[^占]{0,4}<aim>数?")
"""Wholes that no document of one place states (`全国`), and plans, which are no wholes (`年初预算`)."""


_STOPS = re.compile(r"[,。;:\n(]")
_SCOPE = pattern("<scope>")


_REACH = 300
"""How many figures back the whole of a share may stand."""


def shares_of_levels(clean: str, readings: Sequence[Reading], known: Sequence[Tied]) -> list[Tied]:
    """`增加值1530.6亿元,占GDP的比重为61.8%`: the part is the subject's level, the whole the level of that name.

    Certain where the part is told to be one of that whole; not surely so where its sentence calls that by a longer name
    (`固定资产投资2651亿元,其中项目投资1126亿元,占全市投资42.5%`); else the whole must be the only level of its name and scope.
    """
    wholes = {part.quantity.start: tied.whole for tied in known if tied.kind == "sum" for part in tied.parts}
    found: list[Tied] = []
    for place, share in enumerate(readings):
        if share.role != "share" or share.quantity.unit != "%":
            continue
        part = _last(readings[max(0, place - 4) : place], _is_subject_of(clean, share))
        if part is None or amount(part) is None:
            continue
        match = _OF.search(share.indicator)
        if match is None or share.indicator.endswith(SHARE_ALONE):
            whole = wholes.get(part.quantity.start)
            if whole is not None and not _has_share(clean, whole, readings[max(0, place - _REACH) : place]):
                found.extend(_of_its_whole(clean, part, share, whole))
            continue
        if _WIDER.fullmatch(match["of"]):
            continue
        name = _ALIAS.get(match["of"], match["of"])
        whole = wholes.get(part.quantity.start)
        sure: RelationSureness = "certain"
        if whole is None or not (_is_named(whole.indicator, name) or _is_the_whole(whole.indicator, name)):
            sure = "inferred"
            if whole is None or not (whole.sentence == share.sentence and whole.indicator.endswith(name)):
                whole = _only_named(clean, readings[max(0, place - _REACH) : place], share, part, name)
        if whole is None or whole is part or are_opposed(whole.indicator, part.indicator):
            continue
        if comparable(part, whole):
            figures: Figures = (("part", part), ("whole", whole), ("share", share))
            found.append(Tied("share", figures, True, sure))
    return found


_RIGHT_AFTER = pattern(r"[,(]?占(?:比)?(?:为|达)?<nearly or over>?$")


def _has_share(clean: str, whole: Reading, before: Sequence[Reading]) -> bool:
    """Whether a whole is itself told with its share of something: then those of its parts may be of that as well
    (`60岁以上94万人,占23%,其中65岁以上69万人,占17%`).
    """
    shares = (r for r in before if r.role == "share" and r.sentence == whole.sentence)
    return any(_RIGHT_AFTER.fullmatch(between(clean, whole, share)) for share in shares)


def _of_its_whole(clean: str, part: Reading, share: Reading, whole: Reading) -> Iterator[Tied]:
    """`其中A 21.4亿元,占41.0%`: a share without a name right after a part of one whole is of that."""
    if _RIGHT_AFTER.fullmatch(between(clean, part, share)):
        yield Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "certain")


def _is_subject_of(clean: str, share: Reading) -> Callable[[Reading], bool]:
    """Whether a level is what a share is said of: not one in a bracket that has closed before the share."""
    return lambda level: (
        is_level(level)
        and level.subject == share.subject
        and level.sentence == share.sentence
        and not is_enclosed(clean, level, share)
    )


def _is_the_whole(indicator: str, name: str) -> bool:
    """Whether a name speaks of the whole of a part without its full name (`其`, `总支出` of `预算支出`)."""
    return name in entries("the whole itself") or (name.startswith("总") and indicator.endswith(name[1:]))


def _only_named(
    clean: str, before: Sequence[Reading], share: Reading, part: Reading, name: str
) -> Reading | None:
    """The one level that bears a name, for the period, region and scope of the part."""
    named = [
        level
        for level, following in zip_longest(before, before[1:])
        if is_level(level)
        and not is_base(clean, level)
        and _is_named(level.indicator, name)
        and not _is_share_of(following, name)
        and (level.period, level.region) == (share.period, share.region)
        and level.measure == part.measure
        and level.quantity.bound == "exact"
    ]
    if len({amount(level) for level in named}) != 1:
        return None
    return (
        named[0]
        if scope_of(clean, named[0]) == (scope_of(clean, part) or scope_of(clean, named[0]))
        else None
    )


def _is_share_of(following: Reading | None, name: str) -> bool:
    """Whether what follows a level is its share of a whole of that name: then the level is none."""
    match = _OF.search(following.indicator) if following is not None else None
    return match is not None and _ALIAS.get(match["of"], match["of"]) == name


def scope_of(clean: str, reading: Reading) -> str:
    """The word for the scope of a level in its phrase (`全市`, `市本级`); empty where it has none."""
    start = max(0, reading.quantity.span_start - 40)
    segment = _STOPS.split(clean[start : reading.quantity.span_start])[-1]
    found = _SCOPE.findall(segment)
    return found[-1] if found else ""


def _is_named(indicator: str, name: str) -> bool:
    """Whether a level is the one meant by a name: the same but for a word of scope or for `总`."""
    bare, wanted = (_SCOPE.sub("", text, count=1) for text in (indicator, name))
    return (
        bare == wanted
        or bare == only("local") + wanted
        or (len(wanted) >= 4 and bare.endswith(wanted) and wanted.startswith("总"))
    )


def _last(readings: Sequence[Reading], test: Callable[[Reading], bool]) -> Reading | None:
    return next((reading for reading in reversed(readings) if test(reading)), None)


def structure_shares(clean: str, known: Sequence[Tied]) -> list[Tied]:
    """A ratio of shares (`三次产业比为…`) with the sum of the same parts in its clause: each share of the whole."""
    sums: dict[str | None, list[Tied]] = {}
    for tied in known:
        if tied.kind == "sum" and tied.binding:
            sums.setdefault(tied.figures[0][1].clause, []).append(tied)
    found: list[Tied] = []
    for hundred in (tied for tied in known if tied.kind == "hundred"):
        shares = [reading for _, reading in hundred.figures]
        if _is_of_before(clean, shares[0]):
            continue
        for tied in sums.get(shares[0].clause, []):
            divided = _divided_alike(tied, shares)
            if divided:
                found.extend(divided)
                break
    return found


def _is_of_before(clean: str, first: Reading) -> bool:
    """Whether a ratio is that of an earlier year (`由上年的16:43:41调整为…`)."""
    return bool(
        pattern("<of before>").search(
            clean[max(0, first.quantity.span_start - 10) : first.quantity.span_start]
        )
    )


def _divided_alike(tied: Tied, shares: Sequence[Reading]) -> list[Tied]:
    """The shares of a sum's parts in its whole, if the shares are named as the parts are."""
    whole = tied.figures[0][1]
    parts = [reading for role, reading in tied.figures if role == "part"]
    if len(parts) != len(shares) or whole.quantity.start > shares[0].quantity.start:
        return []
    pairs = [
        (part, share) for share in shares for part in parts if _same_thing(part.indicator, share.indicator)
    ]
    if len(pairs) != len(shares):
        return []
    made_up = not _round_to_hundred(whole, pairs)
    return [
        Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "certain", made_up=made_up)
        for part, share in pairs
    ]


def _round_to_hundred(whole: Reading, pairs: Sequence[tuple[Reading, Reading]]) -> bool:
    """Whether the shares of the parts, each rounded for itself, are sure to make a hundred: then none was moved."""
    total = span_of(whole)
    rounded = Decimal(0)
    for part, share in pairs:
        amounts, step = span_of(part), share.quantity.step
        if total is None or amounts is None or min(amounts[0], total[0]) <= 0:
            return False
        least, most = (
            (100 * one / of / step).quantize(Decimal(1), ROUND_HALF_UP) * step
            for one, of in zip(amounts, reversed(total), strict=True)
        )
        if least != most:
            return False
        rounded += least
    return rounded == 100


def _same_thing(part: str, share: str) -> bool:
    """`第一产业投资` and `第一产业投资比重`, `中直经济增加值` and `中直经济比重`."""
    name = share.removesuffix(SHARE)
    investments = (INVESTMENT in part) == (INVESTMENT in name)
    return investments and (part.startswith(name) or name.startswith(part))
