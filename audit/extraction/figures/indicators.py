"""Indicators: the noun that a number counts or measures, in the plan's words.

A Chinese number stands after its noun (`龙头企业30家`, `覆盖率达85%`) or before it (`培育100家优质企业`). A growth
rate, a share or a change names only itself; what it is of is the subject, the last noun that had a level
(`增加值38.2亿元，增长3.9%`).
`分别` pairs a list of nouns with a list of numbers. The verbs and fillers around nouns are data (`lexicon/words.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from audit.extraction.figures.nouns import BRACKETS, list_items, noun_after, noun_of, opening
from audit.extraction.figures.phrases import announced, left_edge, right_edge
from audit.lexicon import words
from audit.numbers.quantities import CLASSES, Quantity
from audit.numbers.units import unit_class

Sureness = Literal["certain", "inferred", "guess"]
Role = Literal["level", "growth", "change", "share", "named"]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a figure is of. `role` tells a level from what is said about it; `subject` is the noun of that level.

    `lead` is the phrase before the number, `after` says that the noun follows it; `place` is set where the phrase
    names only whose it is (`其中青石街道45家`).
    """

    indicator: str
    role: Role
    sure: Sureness
    subject: str
    rising: bool = True
    lead: str = ""
    after: bool = False
    place: str = ""


@dataclass(slots=True)
class Passage:
    """What is remembered from figure to figure inside one paragraph."""

    subject: str = ""
    rate: str = ""
    outer: str | None = None
    levels: list[tuple[int, str]] = field(default_factory=list)
    paired: list[str] = field(default_factory=list)
    last: Naming | None = None


@cache
def _change() -> re.Pattern[str]:
    """Noun, what is compared with, verb of change: `增加值同比增长`, `增速比一季度提高`."""
    compared = (
        r"比(?!重|例|率|值)[^比较,;]{1,14}?|较(?!大|小|高|低|多|少|快|好|强|为|重|特|长|短)[^比较,;]{1,14}?"
    )
    plain = "(?:同比|环比|年均|年平均|平均|分别|同口径|实际|名义|累计|约|再|又|总体|每年)"
    verb = rf"(?P<verb>{words('up')}|{words('down')})(?:幅度)?(?:了|约|近|超过|不低于|分别){{0,4}}"
    return re.compile(
        rf"(?P<noun>.*?)(?P<versus>{plain}{{0,4}}(?:(?:{compared}){plain}{{0,4}}){{0,2}}){verb}"
    )


_SHARE = re.compile(
    r"(?P<noun>.*?)(?P<rel>占|为|相当于|达到|完成|达)(?P<of>[^占,;、]{1,24}?)"
    r"(?:的(?P<word>比重|比例|比率|份额)?|(?P<word2>比重|比例|比率|份额))"
    r"(?:分别|均|已|仅|约|提高|上升|下降|降低|由|为|达到?|是|到|至){0,6}"
)


@cache
def _build() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('build')})(?:了|好|具有|拥有)?$")


@cache
def _spent() -> re.Pattern[str]:
    return re.compile(rf"({words('alone')})(?:了|约|近|超|超过)?$")


_AIM = re.compile(r"(?:预算|计划|任务|目标)(?:安排|总|调整)?(?:数|值|量|额)?$")
"""What is reached when it is done: its share (`为年初预算的101.2%`) is a completion, and may pass a hundred."""
_RATE_NOUNS = frozenset(
    {"增速", "降幅", "增幅", "涨幅", "比重", "占比", "增长率", "余额", "总量", "总额", "均价", "平均"}
)
_ATTRIBUTES = frozenset({"规模", "总额", "金额", "面积", "总面积", "总规模", "总投资", "投资"})
_PULL = re.compile(r"(?:正向|负向)?(?:拉动|带动)\S*$")


def name_figure(
    clean: str,
    quantity: Quantity,
    previous: Quantity | None,
    following: Quantity | None,
    limit: int,
    passage: Passage,
) -> Naming:
    """The indicator of one figure; `limit` is the start of its sentence. Remembers it in `passage`."""
    _follow_brackets(clean, limit, quantity.start, passage)
    left = left_edge(clean, limit, quantity.span_start, previous)
    before = BRACKETS.sub("", clean[left : quantity.span_start])
    chained = previous is not None and left == previous.span_end
    if chained and not before.strip("、和及与,— -·到至:"):
        naming = _next_of_list(passage, quantity)
    else:
        if chained:
            before = before.lstrip(")、和及与,;")
        if not chained:
            passage.subject = announced(clean, limit, left, previous) or passage.subject
        after = clean[quantity.span_end : right_edge(clean, quantity.span_end, following)]
        runs_on = following is not None and quantity.span_end + len(after) == following.span_start
        naming = _name(clean, before, after, runs_on, quantity, passage)
    if naming.role in ("growth", "change") and naming.sure == "certain" and naming.subject:
        passage.subject = naming.subject
    if naming.role in ("level", "named"):
        passage.subject = naming.subject
        passage.levels.append((quantity.start, naming.subject))
    passage.last = naming
    return naming


def _follow_brackets(clean: str, limit: int, at: int, passage: Passage) -> None:
    """What brackets speak of ends with them: after `A 33亿元(B 7亿元除外),` the subject is A again."""
    start = max(limit, at - 400)
    inside = clean.count("(", start, at) > clean.count(")", start, at)
    if inside and passage.outer is None:
        passage.outer = passage.subject
    elif not inside and passage.outer is not None:
        passage.subject, passage.outer = passage.outer, None


def _name(
    clean: str,
    before: str,
    after: str,
    runs_on: bool,
    quantity: Quantity,
    passage: Passage,
) -> Naming:
    passage.paired = []
    kind = unit_class(quantity.unit)
    change = _change().fullmatch(before)
    if change:
        return _named_change(clean, change, quantity, passage)
    if kind == "share":
        if _PULL.search(before):
            return _of_subject(before, noun_of(before), "change", passage)
        share = _SHARE.fullmatch(before) or _PLAN_DONE.fullmatch(before)
        if share:
            return _named_share(share, passage)
        if (
            _BARE_SHARE.fullmatch(before)
            and passage.last
            and passage.last.lead.lstrip(",、").startswith("占")
        ):
            return _share_of_last(before, passage)
        if before.endswith("占"):
            noun = noun_of(before[:-1]) or passage.subject
            return Naming(noun + "占比", "share", "inferred" if noun else "guess", noun, lead=before)
    noun = noun_of(before)
    following_noun = noun_after(after, runs_on)
    if following_noun and after.startswith("的") and noun in _ATTRIBUTES:
        return Naming(following_noun + noun, "level", "certain", following_noun + noun, lead=before)
    if following_noun and (
        kind == "count" or not noun or quantity.literal in CLASSES or _build().search(before)
    ):
        return Naming(following_noun, "named", "certain", following_noun, lead=before, after=True)
    if noun in _RATE_NOUNS and passage.subject:
        return Naming(
            passage.subject + noun,
            "share" if kind == "share" else "level",
            "inferred",
            passage.subject,
            lead=before,
        )
    if _PLACE.fullmatch(noun) and passage.subject:
        return Naming(passage.subject, "level", "inferred", passage.subject, lead=before, place=noun)
    spent = _spent().search(before) if not noun else None
    if spent:
        return Naming(spent[1], "level", "inferred", spent[1], lead=before)
    if not noun:
        if passage.subject:
            return Naming(passage.subject, "level", "guess", passage.subject, lead=before)
        return Naming(following_noun or "", "level", "guess", following_noun or "", lead=before)
    if "分别" in before:
        noun = _pair(noun, passage)
    return Naming(noun, "level", "certain", noun, lead=before)


_PLAN_DONE = re.compile(
    r"(?P<noun>.*?)(?P<rel>完成)(?P<of>[^,;、]{0,6}(?:计划|预算|任务|目标))(?:的(?P<word>比重|比例)?|(?P<word2>))"
)
_BARE_SHARE = re.compile(r"的(?:比重|比例)?(?:约|仅|为|达到?)*")
_PLACE = re.compile(
    r"[一-龥]{2,7}(?:街道|镇|乡|新城|新区|(?<![城市郊农山库园社小景灾辖地])区|(?<!城)市|县|州|旗)"
)


def _share_of_last(before: str, passage: Passage) -> Naming:
    """`产值360亿元,占总产值800亿元的45%`: the share of the last level but one in the last."""
    subjects = [subject for _, subject in passage.levels]
    part = subjects[-2] if len(subjects) >= 2 else ""
    return Naming(f"{part}占{passage.subject}比重", "share", "certain", part, lead=before)


def _named_change(clean: str, match: re.Match[str], quantity: Quantity, passage: Passage) -> Naming:
    """`增长3.9%` → 增速 of the subject; `比一季度提高0.3个百分点` and `比年初增加240亿元` keep their words."""
    rising = bool(re.fullmatch(words("up"), match["verb"]))
    versus = re.sub(r"分别|约|再|又|同比|总体", "", match["versus"])
    noun = noun_of(match["noun"])
    pull = bool(_PULL.search(match["noun"]))
    subject, sure = noun, "certain"
    place = noun if _PLACE.fullmatch(noun) and passage.subject else ""
    if not noun or noun in _RATE_NOUNS or pull or place:
        subject, sure = passage.subject, "inferred" if passage.subject else "guess"
    of_share = (
        not noun
        and "百分点" in (quantity.unit or "")
        and passage.last is not None
        and passage.last.role == "share"
    )
    if of_share and passage.last is not None:
        subject, sure = passage.last.indicator, "inferred"
    if "分别" in match["versus"] or "分别" in match["noun"]:
        paired = _pair(noun, passage) if noun and not pull else _pair_levels(clean, passage, quantity)
        subject = paired or subject
    unit = quantity.unit or ""
    extra = noun if noun in _RATE_NOUNS or pull else ""
    if unit in ("%", "‰", "倍") and not extra:
        spread = "年均" if "年均" in versus or "年平均" in versus else ""
        word = spread + ("增速" if rising else "降幅")
    else:
        if not extra and not noun and not of_share and "百分点" in unit:
            extra = passage.rate
        word = extra + versus + match["verb"]
        passage.rate = extra if extra in _RATE_NOUNS else passage.rate
    if passage.paired:
        passage.paired = [f"{item}{word}" for item in passage.paired]
    role: Role = "growth" if unit in ("%", "‰", "倍") and not extra else "change"
    return Naming(subject + word, role, sure, subject, rising, lead=match[0], place=place)  # type: ignore[arg-type]


def _named_share(match: re.Match[str], passage: Passage) -> Naming:
    noun = noun_of(match["noun"])
    word = match["word"] or match["word2"] or "比重"
    subject = noun or passage.subject
    of = match["of"]
    relation = (
        "完成" if match["rel"] == "完成" or _AIM.search(of) else "占" if match["rel"] == "占" else "相当于"
    )
    of = of[opening(of) :] if of.startswith(("全", "我", "本")) else of
    sure: Sureness = "certain" if noun else "inferred" if subject else "guess"
    return Naming(f"{subject}{relation}{of}{word}", "share", sure, subject, lead=match[0])


def _of_subject(before: str, noun: str, role: Role, passage: Passage) -> Naming:
    return Naming(
        passage.subject + noun, role, "inferred" if passage.subject else "guess", passage.subject, lead=before
    )


def _pair(noun: str, passage: Passage) -> str:
    """`A、B和C起数分别…`: remember the items of the list for the numbers to come and give the first."""
    items = list_items(noun)
    if len(items) < 2:
        return noun
    passage.paired = items[1:]
    return items[0]


_RUN = re.compile(r"[\d.]+[%‰]?(?:[、和,及与][\d.]+[%‰])+")
_SPLIT_RUN = re.compile("[、和,及与]")


def _pair_levels(clean: str, passage: Passage, quantity: Quantity) -> str:
    """`A 10亿元，B 20亿元，分别增长…`: the list of nouns is that of the last levels, as many as there are numbers."""
    run = _RUN.match(clean, quantity.start)
    subjects = list(dict.fromkeys(subject for _, subject in passage.levels))
    subjects = subjects[-(len(_SPLIT_RUN.split(run[0])) if run else 2) :]
    if len(subjects) < 2:
        return ""
    passage.paired = subjects[1:]
    return subjects[0]


def _next_of_list(passage: Passage, quantity: Quantity) -> Naming:
    """A number that follows another with nothing between: the next item of the list, else the same indicator."""
    last = passage.last
    if last is None:
        return Naming("", "level", "guess", "")
    if passage.paired:
        name = passage.paired.pop(0)
        return Naming(name, last.role, "inferred", name, last.rising, last.lead, last.after)
    return Naming(last.indicator, last.role, "guess", last.subject, last.rising, last.lead, last.after)


_RATIO_NAME = re.compile(
    r"(?P<items>.*?)(?:结构|之|的){0,4}(?P<kind>投资|就业|产值|消费)?(?:结构)?(?:比重|比例|比|构成)$"
)


def name_ratio(clean: str, parts: Sequence[Quantity], limit: int) -> list[str]:
    """`三次产业结构比为15.3：43.6：41.1` → 第一产业比重, 第二产业比重, 第三产业比重."""
    left = left_edge(clean, limit, parts[0].span_start, None)
    noun = noun_of(clean[left : parts[0].span_start])
    match = _RATIO_NAME.match(noun)
    items_text = match["items"] if match else noun
    kind = (match["kind"] or "") if match else ""
    if "三次产业" in noun or "三产" in noun:
        rest = "投资" if "投资" in noun else kind
        return [f"第{number}产业{rest}比重" for number in "一二三"[: len(parts)]]
    items = list_items(items_text)
    if len(items) == len(parts):
        return [f"{item}比重" for item in items]
    return [f"{noun}" for _ in parts]
