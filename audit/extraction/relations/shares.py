"""Shares: parts that make up a hundred, and a share with the levels it is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.partitions import are_opposites
from audit.extraction.relations.sums import BY, NOT_ALL
from audit.extraction.relations.ties import Tied, amount, between, comparable, is_level


def hundreds(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """Shares that make up a hundred: the parts of a ratio, `占比分别为…` of a division, known parts one by one."""
    found = []
    for group in _share_lists(clean, paragraph):
        first = group[0]
        values = [r.quantity.value for r in group]
        if any(value is None for value in values):
            continue
        start = max(
            clean.rfind(sign, max(0, first.quantity.start - 200), first.quantity.start) for sign in "。\n;"
        )
        lead = clean[start + 1 : first.quantity.start]
        ratio = clean[first.quantity.end : first.quantity.end + 1] in ":∶"
        names = [r.indicator.removesuffix("比重").removesuffix("占比") for r in group]
        divided = bool(BY.search(lead)) and not NOT_ALL.search(lead)
        if ratio or divided or "三次产业" in lead or are_opposites(names) or _three_sectors(names):
            found.append(
                Tied("hundred", tuple(("part", r) for r in group), True, "certain" if ratio else "inferred")
            )
    return found


def _three_sectors(names: Sequence[str]) -> bool:
    return len(names) == 3 and all(any(name.startswith(f"第{n}产业") for name in names) for n in "一二三")


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
        if (
            reading.quantity.unit == "%"
            and reading.role in ("share", "level")
            and "比重" in reading.indicator
        ):
            sectors.setdefault(reading.sentence, []).append(reading)
    lists.extend(group for group in sectors.values() if _three_sectors([r.indicator for r in group]))
    return [run for run in lists if len(run) >= 2]


def inline_shares(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`产值360亿元,占工业总产值800亿元的45%`."""
    found = []
    for part, whole, share in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        if share.quantity.unit != "%" or not comparable(part, whole):
            continue
        gap = between(clean, part, whole)
        if re.fullmatch(r",?(?:约|仅)?占[^,。;]{1,24}", gap) and re.fullmatch(
            r"的(?:比重为?|比例为?)?", between(clean, whole, share)
        ):
            found.append(Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "certain"))
    return found


_OF = re.compile(r"占(?P<of>[^占,;。、]{2,20}?)(?:的?(?:比重|比例|比率|份额))?$")
_OTHER_SCOPE = re.compile(r"^(?:全国|全省|同期|全球|世界|年初|调整|预算|年度)")
_ALIAS = {"GDP": "地区生产总值", "国内生产总值": "国内生产总值", "生产总值": "地区生产总值"}


_REACH = 300
"""How many figures back the whole of a share may stand."""


def shares_of_levels(readings: Sequence[Reading]) -> list[Tied]:
    """`增加值1530.6亿元,占GDP的比重为61.8%`: the part is the subject's level, the whole the level of that name
    before.
    """
    found = []
    for place, share in enumerate(readings):
        match = _OF.search(share.indicator) if share.role == "share" and share.quantity.unit == "%" else None
        if match is None or _OTHER_SCOPE.search(match["of"]):
            continue
        part = _last(readings[max(0, place - 4) : place], _is_subject_of(share))
        whole = _last(
            readings[max(0, place - _REACH) : place],
            _is_whole_of(share, _ALIAS.get(match["of"], match["of"])),
        )
        if part is None or whole is None or part is whole or not comparable(part, whole):
            continue
        if _plausible(part, whole, share):
            found.append(
                Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "inferred")
            )
    return found


def _is_subject_of(share: Reading) -> Callable[[Reading], bool]:
    return lambda level: is_level(level) and level.subject == share.subject and level.block is share.block


def _is_whole_of(share: Reading, name: str) -> Callable[[Reading], bool]:
    return lambda level: (
        is_level(level)
        and _is_named(level.indicator, name)
        and (level.period, level.region) == (share.period, share.region)
    )


def _plausible(part: Reading, whole: Reading, share: Reading) -> bool:
    """Whether a share can be meant of this whole: far off, it is of another scope (`全市` and `市本级`)."""
    of, all_, stated = amount(part), amount(whole), share.quantity.value
    if not of or not all_ or not stated or of > all_:
        return False
    return abs(100 * of / all_ - stated) <= stated * Decimal("0.2")


def _is_named(indicator: str, name: str) -> bool:
    """Whether a level is the one meant by a name: the same, or ending in it (`农作物总播种面积`, `总播种面积`)."""
    if indicator == name:
        return True
    return (
        len(name) >= 3
        and indicator.endswith(name)
        and not re.search(r"人均|平均|单位|每|亿元|万元", indicator)
    )


def _last(readings: Sequence[Reading], test: Callable[[Reading], bool]) -> Reading | None:
    return next((reading for reading in reversed(readings) if test(reading)), None)


def structure_shares(known: Sequence[Tied]) -> list[Tied]:
    """A ratio of shares (`三次产业比为…`) with the sum of the same parts in its clause: each share of the whole."""
    sums: dict[str | None, list[Tied]] = {}
    for tied in known:
        if tied.kind == "sum" and tied.binding:
            sums.setdefault(tied.figures[0][1].clause, []).append(tied)
    found: list[Tied] = []
    for hundred in (tied for tied in known if tied.kind == "hundred"):
        shares = [reading for _, reading in hundred.figures]
        for tied in sums.get(shares[0].clause, []):
            divided = _divided_alike(tied, shares)
            if divided:
                found.extend(divided)
                break
    return found


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
    return [
        Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "inferred")
        for part, share in pairs
    ]


def _same_thing(part: str, share: str) -> bool:
    """`第一产业投资` and `第一产业投资比重`, `中直经济增加值` and `中直经济比重`."""
    name = share.removesuffix("比重")
    investments = ("投资" in part) == ("投资" in name)
    return investments and (part.startswith(name) or name.startswith(part))
