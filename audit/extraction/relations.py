"""Relations between figures that the text itself states: parts and total, shares, growth between levels, balances.

Only what the words tie together is related: `其中`, brackets after a figure, `合计`, `加上…后`, `按…分`, `占…的比重`, a level
with its change and rate. `其中` and `等` leave a breakdown open, so its parts bind only from above (see `partitions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.extraction.figures import Reading
from audit.extraction.partitions import are_opposites, is_complete, nearly
from audit.model.relation import RelationKind, RelationRole, RelationSureness
from audit.model.units import bare_unit, scale_of, unit_class


@dataclass(frozen=True, slots=True)
class Tied:
    """A relation found in the text: its kind and each figure with its role, in the order of the text."""

    kind: RelationKind
    figures: tuple[tuple[RelationRole, Reading], ...]
    binding: bool
    sure: RelationSureness

    @property
    def key(self) -> tuple[str, tuple[tuple[str, int], ...]]:
        return self.kind, tuple((role, reading.quantity.start) for role, reading in self.figures)


def find_relations(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """Every relation in running text, each once, in the order of its first figure."""
    running = [reading for reading in readings if reading.cell is None]
    found: list[Tied] = []
    for paragraph in _paragraphs(running):
        found.extend(_breakdowns(clean, paragraph))
        found.extend(_totals(clean, paragraph))
        found.extend(_additions(clean, paragraph))
        found.extend(_balances(clean, paragraph))
        found.extend(_hundreds(clean, paragraph))
        found.extend(_changes(clean, paragraph))
        found.extend(_inline_shares(clean, paragraph))
    found.extend(_divisions(clean, running, found))
    found.extend(_shares(clean, running))
    found.extend(_structure_shares(running, found))
    found.extend(_growth_between_years(clean, running))
    unique: dict[tuple[str, tuple[tuple[str, int], ...]], Tied] = {}
    for tied in found:
        unique.setdefault(tied.key, tied)
    return sorted(unique.values(), key=lambda tied: min(r.quantity.start for _, r in tied.figures))


def _paragraphs(readings: Sequence[Reading]) -> Iterable[list[Reading]]:
    group: list[Reading] = []
    for reading in readings:
        if group and reading.block is not group[-1].block:
            yield group
            group = []
        group.append(reading)
    if group:
        yield group


def comparable(a: Reading, b: Reading) -> bool:
    """Whether two figures are levels in the same bare unit (亿元 and 万元 are; 家 and 亿元 are not)."""
    return (
        is_level(a)
        and is_level(b)
        and bare_unit(a.quantity.unit or "") == bare_unit(b.quantity.unit or "")
        and bool(a.quantity.unit)
    )


def is_level(reading: Reading) -> bool:
    """Whether a figure states how much there is, not a rate, share, change or number of listed things."""
    return (
        reading.role in ("level", "named")
        and unit_class(reading.quantity.unit) != "share"
        and reading.kind != "list_count"
    )


_NOT_ADDED = re.compile(r"人均|平均|均价|单价|气温|降水|温度|湿度|价格|指数|浓度|标准|密度|率$|比例")


def amount(reading: Reading) -> Decimal | None:
    """The value in bare units."""
    value = reading.quantity.value
    return None if value is None else value * scale_of(reading.quantity.unit)


def between(clean: str, first: Reading, second: Reading) -> str:
    return clean[first.quantity.span_end : second.quantity.span_start]


def sum_of(
    whole: Reading,
    parts: Sequence[Reading],
    told: bool,
    sure: RelationSureness = "certain",
    may_be_all: bool = False,
) -> Tied | None:
    """A whole and its parts; binding if the text tells so (`told`) or the division is known.

    Where the words leave open whether the parts are all (`may_be_all`), parts that nearly add up bind too.
    """
    whole_amount, amounts = amount(whole), [amount(part) for part in parts]
    if whole_amount is None or any(part is None for part in amounts) or not parts:
        return None
    if _NOT_ADDED.search(whole.indicator):
        return None
    total = sum((part for part in amounts if part is not None), Decimal(0))
    known = is_complete(whole.indicator, [part.indicator for part in parts])
    near = may_be_all and len(parts) >= 2 and nearly(whole_amount, total)
    binding = len(parts) >= 2 and (told or known or near)
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]  # type: ignore[list-item]
    return Tied("sum", tuple(figures), binding, sure if told or known else "inferred" if near else sure)


# --- parts of a whole ----------------------------------------------------------------------------------------------

_AMONG = re.compile(r"其中|包括|分别(?:是|为):?")
_ETC = re.compile(r"等(?!级|\d)")
_ENDS_GROUP = re.compile(r"[。\n]|总(?:收入|支出|计)|合计|收支相抵")


def _breakdowns(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 100亿元,其中B 60亿元、C 40亿元` and `252枚(金牌88枚、银牌84枚、铜牌80枚)`."""
    found = []
    for place, whole in enumerate(paragraph[:-1]):
        if not is_level(whole):
            continue
        opened = _opening(clean, whole, paragraph[place + 1 :])
        if opened is None:
            continue
        word, start, end = opened
        inside = [r for r in paragraph[place + 1 :] if start <= r.quantity.start < end]
        parts = _parts_of(whole, [r for r in _own_parts(clean, inside) if comparable(whole, r)])
        if not parts or (amount(parts[0]) == amount(whole) and len(parts) > 1):
            continue
        told = (
            word == "包括"
            and not _ETC.search(clean[start:end])
            and len(parts) == len([r for r in inside if is_level(r)])
        )
        years = {part.period for part in parts}
        told = told or (len(years) == len(parts) >= 2 and _covers(whole.period, parts, clean[start:end]))
        tied = sum_of(whole, parts, told, may_be_all=word == "(")
        if tied is not None:
            found.append(tied)
    return found


_LIMIT = re.compile(r"限额|上限|控制")


def _parts_of(whole: Reading, levels: Sequence[Reading]) -> list[Reading]:
    """The levels of a group that can be parts: no totals, no limits, of income and outgo only the whole's own side.

    When the first of them already make up the whole, what follows divides it anew (`88种,其中…3种,已探明27种`).
    """
    parts = [
        r
        for r in levels
        if not _GRAND.search(r.indicator)
        and (_LIMIT.search(whole.indicator) or not _LIMIT.search(r.indicator))
        and r.quantity.bound in ("exact", "about", "range")
    ]
    sides = [side for side in ("收入", "支出") if side in whole.indicator]
    if len(sides) == 1 and any(_other_side(sides[0]) in r.indicator for r in levels):
        parts = [r for r in parts if sides[0] in r.indicator]
    else:
        parts = [
            r
            for r in parts
            if (r.indicator, r.period, r.region) != (whole.indicator, whole.period, whole.region)
        ]
    target, total = amount(whole), Decimal(0)
    for count, part in enumerate(parts, 1):
        total += amount(part) or Decimal(0)
        if count >= 2 and total == target:
            return parts[:count]
    return parts


def _other_side(side: str) -> str:
    return "支出" if side == "收入" else "收入"


def _covers(span: str | None, parts: Sequence[Reading], text: str) -> bool:
    """Whether yearly parts go through every year of the whole's span (`2024—2026年累计90名,其中2024年25名…`)."""
    years = sorted(int(part.period) for part in parts if part.period and part.period.isdigit())
    if len(years) != len(parts) or years != list(range(years[0], years[-1] + 1)):
        return False
    if span and "/" in span:
        return span == f"{years[0]}/{years[-1]}"
    return False


def _opening(clean: str, whole: Reading, later: Sequence[Reading]) -> tuple[str, int, int] | None:
    """Where the parts of a whole begin and end: after a bracket or `其中` that follows it with no other level between."""
    at = whole.quantity.span_end
    if clean[at : at + 1] == "(":
        close = _closing(clean, at)
        return ("其中" if "其中" in clean[at : at + 5] else "(", at, close) if close > at else None
    following = next((r for r in later if is_level(r)), None)
    if following is None:
        return None
    gap = clean[at : following.quantity.span_start]
    match = _AMONG.search(gap)
    if match is None and re.fullmatch(r"、支出", gap):
        return _opening(clean, following, [r for r in later if r is not following])
    if match is None or gap[: match.start()].count("(") != gap[: match.start()].count(")"):
        return None
    start = at + match.start()
    outer = clean[at:start].count("。") == 0 and clean[start - 1 : start] != "。"
    stop = _group_end(clean, start, nested=outer and _is_part_of_list(clean, whole))
    return match[0], start, stop


def _is_part_of_list(clean: str, whole: Reading) -> bool:
    """Whether the whole is itself a part in a list closed by semicolons."""
    sentence = max(clean.rfind(sign, 0, whole.quantity.start) for sign in "。\n")
    end = min(
        (at for at in (clean.find(sign, whole.quantity.end) for sign in "。\n") if at >= 0),
        default=len(clean),
    )
    return ";" in clean[sentence + 1 : end]


def _group_end(clean: str, start: int, nested: bool) -> int:
    depth = 0
    for at in range(start, len(clean)):
        sign = clean[at]
        if sign == "(":
            depth += 1
        elif sign == ")":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (
            sign in "。\n" or (nested and sign == ";") or (sign in ",;" and _NEW_SUM.match(clean, at + 1))
        ):
            return at
    return len(clean)


_NEW_SUM = re.compile(r"[^,;。\n\d]{0,16}(?:加上|收入加|支出加|[收支][入出]?总计|总收入|总支出|合计|共计)")


def _closing(clean: str, at: int) -> int:
    depth = 0
    for index in range(at, min(len(clean), at + 300)):
        depth += {"(": 1, ")": -1}.get(clean[index], 0)
        if depth == 0:
            return index
    return -1


def _own_parts(clean: str, inside: Sequence[Reading]) -> list[Reading]:
    """The levels of a group without those that are parts of its parts (in brackets or after a further `其中`)."""
    own: list[Reading] = []
    skip_until = -1
    for reading in inside:
        start = reading.quantity.start
        if start < skip_until:
            continue
        if own and is_level(reading):
            gap = clean[own[-1].quantity.span_end : reading.quantity.span_start]
            if gap.startswith("("):
                skip_until = _closing(clean, own[-1].quantity.span_end)
                if start < skip_until:
                    continue
                gap = clean[skip_until:start]
            inner = gap.find("其中")
            if inner >= 0:
                skip_until = _group_end(clean, own[-1].quantity.span_end + inner, nested=True)
                continue
        if is_level(reading):
            own.append(reading)
    return own


_TOTAL = re.compile(
    r"^[,、]?(?:合计|共计|总计)|(?:合计|总计)(?:安排|投入|达到?|为|完成|实现)?[^,。;、]{0,12}$"
)


def _totals(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`A 2.4亿元、B 3.1亿元,合计安排5.5亿元`: a stated total after its parts in one sentence."""
    found = []
    for place, whole in enumerate(paragraph):
        lead = clean[max(0, whole.quantity.span_start - 18) : whole.quantity.span_start]
        segment = re.split(r"[,。;、\n(]", lead)[-1]
        if not is_level(whole) or not re.match(r"(?:三项|两项|以上|各项)?(?:合计|共计)", segment):
            continue
        parts = [r for r in paragraph[:place] if r.sentence == whole.sentence and comparable(whole, r)]
        if len(parts) >= 2 and "其中" not in between(clean, parts[0], whole):
            tied = sum_of(whole, parts, told=True, sure="inferred")
            if tied:
                found.append(tied)
    return found


_ADDED = re.compile(r"加上")
_GRAND = re.compile(r"总(?:收入|支出)|(?:收入|支出)(?:总计|合计)|总计$")


def _additions(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`本级收入10亿元,…。加上补助3亿元、调入1亿元后,总收入14亿元`: base and additions make up the total."""
    found = []
    for match in _ADDED.finditer(clean, paragraph[0].block.start, paragraph[0].block.end):
        after = [r for r in paragraph if r.quantity.start > match.start() and is_level(r)]
        total = next((r for r in after if _GRAND.search(r.indicator)), None)
        base = next(
            (
                r
                for r in reversed(paragraph)
                if r.quantity.start < match.start() and is_level(r) and not _in_brackets(clean, r)
            ),
            None,
        )
        if total is None or base is None:
            continue
        base = _main_level(paragraph, base, match.start())
        stretch = clean[match.end() : total.quantity.span_start]
        added = [
            r
            for r in after
            if r.quantity.start < total.quantity.start and not _in_brackets(clean, r, match.start())
        ]
        if (
            not added
            or not all(comparable(total, r) for r in [base, *added])
            or _open_list(stretch, len(added))
        ):
            continue
        tied = sum_of(total, [base, *added], told=True)
        if tied:
            found.append(tied)
    return found


def _main_level(paragraph: list[Reading], base: Reading, at: int) -> Reading:
    """The level that a sum starts from: the first of its sentence, or the one after the last total."""
    same = [r for r in paragraph if r.sentence == base.sentence and r.quantity.start < at and is_level(r)]
    totals = [r for r in same if _GRAND.search(r.indicator)]
    later = [r for r in same if not totals or r.quantity.start > totals[-1].quantity.start]
    return later[0] if later else base


def _open_list(stretch: str, figures: int) -> bool:
    """Whether a list of additions has items without a figure, or ends in `等`."""
    bare = re.sub(r"\([^()]*\)", "", stretch)
    bare = re.sub(r"后,?.*$", "", bare, flags=re.S) if "后" in bare else bare.rsplit(",", 1)[0]
    items = [item for item in re.split(r"[、,]", bare) if item.strip()]
    return len(items) > figures or bool(re.search(r"\d\S*等", bare))


def _in_brackets(clean: str, reading: Reading, since: int | None = None) -> bool:
    start = reading.block.start if since is None else since
    before = clean[start : reading.quantity.start]
    return before.count("(") > before.count(")")


def _balances(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`总收入100亿元…总支出90亿元。收支相抵,结转10亿元`."""
    found = []
    for match in re.finditer(r"收支相抵", clean[paragraph[0].block.start : paragraph[0].block.end]):
        at = paragraph[0].block.start + match.start()
        rest = next((r for r in paragraph if r.quantity.start > at and is_level(r)), None)
        if rest is None or not re.search(r"结转|结余|滚存", rest.indicator) or "滚存" in rest.indicator:
            continue
        before = [r for r in paragraph if r.quantity.start < at and _GRAND.search(r.indicator)]
        income = next((r for r in reversed(before) if "收" in r.indicator), None)
        outgo = next((r for r in reversed(before) if "支" in r.indicator), None)
        if income and outgo and comparable(income, rest) and comparable(outgo, rest):
            tied = sum_of(income, [outgo, rest], told=True)
            if tied:
                found.append(tied)
    return found


_BY = re.compile(r"(?:从|按)[^,。;:]{1,14}(?:看|分|划分)[,:]|分[^,。;:]{1,8}看[,:]|具体情况看:")
_NOT_ALL = re.compile(r"主要|重点|部分|其中|具体行业|分行业")


def _divisions(clean: str, readings: Sequence[Reading], known: Sequence[Tied]) -> list[Tied]:
    """`按地域分,城镇…,乡村…` and `从中直和地方看:…`: parts named by a lead-in; the whole is what the clause began with."""
    found = []
    for paragraph in _paragraphs(readings):
        block = paragraph[0].block
        clause_levels = [r for r in readings if r.clause == paragraph[0].clause and is_level(r)]
        for match in _BY.finditer(clean, block.start, block.end):
            if _NOT_ALL.search(match[0]):
                continue
            stop = _by_end(clean, match.end(), block.end)
            inside = [r for r in paragraph if match.end() <= r.quantity.start < stop]
            levels = [r for r in _own_parts(clean, inside) if not _GRAND.search(r.indicator)]
            found.extend(_divided(levels, [r for r in clause_levels if r.quantity.start < match.start()]))
    return found


def _divided(levels: Sequence[Reading], before: Sequence[Reading]) -> list[Tied]:
    """The sum of the levels after a lead-in with the first level of the clause that can be compared."""
    for first in levels[:1]:
        parts = [r for r in levels if comparable(first, r)]
        limits = any(_LIMIT.search(r.indicator) for r in parts)
        wholes = [r for r in before if comparable(first, r) and (limits or not _LIMIT.search(r.indicator))]
        for whole in [*wholes[:1], *reversed(wholes[-3:])]:
            tied = sum_of(whole, parts, told=False, may_be_all=True) if len(parts) >= 2 else None
            if tied is not None and tied.binding:
                return [tied]
    return []


def _by_end(clean: str, start: int, end: int) -> int:
    """A lead-in rules to the next one, or to the end of its paragraph (with `:`) or sentence."""
    following = _BY.search(clean, start, end)
    limit = following.start() if following else end
    if clean[start - 1] == ":":
        return limit
    stop = clean.find("。", start, limit)
    return stop if stop >= 0 else limit


# --- shares -----------------------------------------------------------------------------------------------------------


def _hundreds(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """Shares that make up a hundred: the parts of a ratio, `占比分别为…` of a division, known parts one by one."""
    found = []
    for group in _share_lists(clean, paragraph):
        first = group[0]
        values = [r.quantity.value for r in group]
        if any(value is None for value in values):
            continue
        start = max(clean.rfind(sign, 0, first.quantity.start) for sign in "。\n;")
        lead = clean[start + 1 : first.quantity.start]
        ratio = clean[first.quantity.end : first.quantity.end + 1] in ":∶"
        names = [r.indicator.removesuffix("比重").removesuffix("占比") for r in group]
        divided = bool(_BY.search(lead)) and not _NOT_ALL.search(lead)
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


def _inline_shares(clean: str, paragraph: list[Reading]) -> list[Tied]:
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


def _shares(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """`增加值2091.4亿元,占GDP的比重为72.5%`: the part is the subject's level, the whole the level of that name before."""
    found = []
    for place, share in enumerate(readings):
        if share.role != "share" or share.quantity.unit != "%":
            continue
        match = _OF.search(share.indicator)
        if match is None or _OTHER_SCOPE.search(match["of"]):
            continue
        of = _ALIAS.get(match["of"], match["of"])
        part = _last(
            readings[:place], lambda r, s=share: is_level(r) and r.subject == s.subject and r.block is s.block
        )  # type: ignore[misc]
        whole = _last(
            readings[:place],
            lambda r, s=share, o=of: is_level(r) and _is_named(r.indicator, o)  # type: ignore[misc]
            and r.period == s.period and r.region == s.region,
        )  # fmt: skip
        if part is None or whole is None or part is whole or not comparable(part, whole):
            continue
        if place - readings.index(part) > 4 or not _plausible(part, whole, share):
            continue
        found.append(Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "inferred"))
    return found


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


def _last(readings: Sequence[Reading], test: object) -> Reading | None:
    return next((r for r in reversed(readings) if test(r)), None)  # type: ignore[operator]


def _structure_shares(readings: Sequence[Reading], known: Sequence[Tied]) -> list[Tied]:
    """A ratio of shares (`三次产业比为…`) with the sum of the same parts in its clause: each share of the whole."""
    found = []
    sums = [tied for tied in known if tied.kind == "sum" and tied.binding]
    sums += _divisions_without_lead(readings)
    for hundred in (tied for tied in known if tied.kind == "hundred"):
        shares = [r for _, r in hundred.figures]
        for tied in sums:
            whole = tied.figures[0][1]
            parts = [r for role, r in tied.figures if role == "part"]
            if (
                whole.clause != shares[0].clause
                or len(parts) != len(shares)
                or whole.quantity.start > shares[0].quantity.start
            ):
                continue
            pairs = [
                (part, share)
                for share in shares
                for part in parts
                if _same_thing(part.indicator, share.indicator)
            ]
            if len(pairs) == len(shares):
                found.extend(
                    Tied("share", (("part", part), ("whole", whole), ("share", share)), True, "inferred")
                    for part, share in pairs
                )
                break
    return found


def _divisions_without_lead(readings: Sequence[Reading]) -> list[Tied]:
    """Sums of a known division whose parts stand anywhere in one clause after the whole."""
    return []


def _same_thing(part: str, share: str) -> bool:
    """`第一产业投资` and `第一产业投资比重`, `中直经济增加值` and `中直经济比重`."""
    name = share.removesuffix("比重")
    investments = ("投资" in part) == ("投资" in name)
    return investments and (part.startswith(name) or name.startswith(part))


# --- changes ----------------------------------------------------------------------------------------------------------

_SINCE_YEAR_START = re.compile(r"年初|上年末|去年末|上月")


def _changes(clean: str, paragraph: list[Reading]) -> list[Tied]:
    """`余额5238.0亿元,比年初增加419.4亿元,增长8.7%`: level, change and rate of one noun; and `由15亿元翻一番,达到30亿元`."""
    found = []
    for level, change, rate in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        if (
            not is_level(level)
            or change.role != "change"
            or rate.role != "growth"
            or rate.quantity.unit != "%"
        ):
            continue
        if (
            _same_sentence(level, change, rate)
            and level.subject == change.subject
            and _follows(clean, change, rate)
        ):
            if change.rising != rate.rising or unit_class(change.quantity.unit) == "share":
                continue
            if bare_unit(change.quantity.unit or "") != bare_unit(level.quantity.unit or ""):
                continue
            kind: RelationKind = "increase" if change.rising else "decrease"
            found.append(Tied(kind, (("level", level), ("change", change), ("rate", rate)), True, "certain"))
    for earlier in range(len(paragraph) - 3):
        found.extend(_late_change(clean, paragraph[earlier : earlier + 4]))
    for base, times, level in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
        if (
            times.quantity.unit == "倍"
            and times.quantity.literal.startswith("翻")
            and _same_sentence(base, times, level)
        ):
            if comparable(base, level) and re.fullmatch(
                r",?(?:达到?|达|为|增加到|增长到)", between(clean, times, level)
            ):
                found.append(
                    Tied("multiple", (("level", level), ("base", base), ("times", times)), True, "certain")
                )
    return found


def _late_change(clean: str, four: Sequence[Reading]) -> list[Tied]:
    """`3.6亿元,较预算数减少0.94亿元,较上年减少0.13亿元、下降3.4%`: the rate goes with the change right before it."""
    level, first, change, rate = four
    if not is_level(level) or first.role != "change" or change.role != "change" or rate.role != "growth":
        return []
    same_unit = bare_unit(change.quantity.unit or "") == bare_unit(level.quantity.unit or "")
    if (
        not _same_sentence(*four)
        or not _follows(clean, change, rate)
        or change.rising != rate.rising
        or not same_unit
    ):
        return []
    kind: RelationKind = "increase" if change.rising else "decrease"
    return [Tied(kind, (("level", level), ("change", change), ("rate", rate)), True, "certain")]


def _same_sentence(*readings: Reading) -> bool:
    return len({reading.sentence for reading in readings}) == 1


def _follows(clean: str, change: Reading, rate: Reading) -> bool:
    """Whether a rate is that of the change right before it: no other comparison between (`比年初增加…,同比增长…`)."""
    gap = between(clean, change, rate)
    if not re.fullmatch(
        r"[,、]?(?:同比|比上年|较上年|同口径)?(?:增长|下降|减少|增加|提高|降低|上升|增幅为?|降幅为?)(?:了|约)?",
        gap,
    ):
        return False
    lead = clean[max(0, change.quantity.span_start - 12) : change.quantity.span_start]
    return not ("同比" in gap and _SINCE_YEAR_START.search(lead))


def _growth_between_years(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """A rate over a named base year with both levels stated, and `从A增加到B,增长r`."""
    found = []
    levels: dict[tuple[str, str | None, str | None], list[Reading]] = {}
    for reading in readings:
        if is_level(reading):
            levels.setdefault((reading.indicator, reading.region, reading.period), []).append(reading)
    for place, rate in enumerate(readings):
        if (
            rate.role != "growth"
            or rate.quantity.unit not in ("%", "倍")
            or not rate.subject
            or "年均" in rate.indicator
        ):
            continue
        first, _, last = (rate.period or "").partition("/")
        if last and last.isdigit():
            level = _only(levels.get((rate.subject, rate.region, last), []))
            base = _only(levels.get((rate.subject, rate.region, first), []))
            if level and base and comparable(level, base):
                found.append(_grown(base, level, rate))
        elif place >= 2:
            base, level = readings[place - 2], readings[place - 1]
            if (
                comparable(base, level)
                and _same_sentence(base, level, rate)
                and base.indicator == level.indicator
            ):
                moved = re.fullmatch(
                    r"(?:增加|增长|提高|提升|扩大|上升|减少|下降|降低)(?:到|至)(?:(?:19|20)\d\d年(?:末|底)?)?的?",
                    between(clean, base, level),
                )
                if moved and re.fullmatch(
                    r",(?:增长|下降|提高|减少|增加)(?:了|约)?", between(clean, level, rate)
                ):
                    found.append(_grown(base, level, rate))
    return found


def _grown(base: Reading, level: Reading, rate: Reading) -> Tied:
    kind: RelationKind = "growth" if rate.rising else "fall"
    return Tied(kind, (("level", level), ("base", base), ("rate", rate)), True, "inferred")


def _only(readings: Sequence[Reading]) -> Reading | None:
    """The one level of a key, if all that state it agree."""
    return readings[-1] if readings and len({r.quantity.value for r in readings}) == 1 else None
