"""Indicators: the noun that a number counts or measures, in the plan's words.

A Chinese number stands after its noun (`龙头企业30家`, `覆盖率达85%`) or before it (`培育100家优质企业`). A growth
rate, a share or a change names only itself; what it is of is the subject, the last noun that had a level
(`增加值38.2亿元，增长3.9%`).
`分别` pairs a list of nouns with a list of numbers. The verbs and fillers around nouns are data (`audit/lexicon/words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from audit.extraction.figures.nouns import BRACKETS, list_items, noun_after, noun_of, opening
from audit.extraction.figures.phrases import announced, left_edge, right_edge
from audit.extraction.figures.wordings import (
    COMPLETES,
    EQUAL_TO,
    FALL,
    GROWTH,
    INDUSTRY,
    INVESTMENT,
    PART_OF,
    RESPECTIVELY,
    SHARE,
    SHARE_ALONE,
    YEARLY,
)
from audit.lexicon import entries, only, pattern
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


_COMPARED = (
    r"(?:比(?!重|例|率|值)[^比较,;]{1,14}?|较(?!大|小|高|低|多|少|快|好|强|为|重|特|长|短)[^比较,;]{1,14}?)"
)
_CHANGE = pattern(
    rf"(?P<noun>.*?)(?P<versus><plain before a change>{{0,4}}(?:{_COMPARED}<plain before a change>{{0,4}}){{0,2}})"
    "(?P<verb><up>|<down>)<extent>?<adverb of a change>{0,4}"
)
"""Noun, what is compared with, verb of change: `增加值同比增长`, `增速比一季度提高`."""
_SHARE = pattern(
    "(?P<noun>.*?)(?P<rel><relation of a share>)(?P<of>[^占,;、]{1,24}?)(?:的(?P<word><word of a share>)?"
    "|(?P<word2><word of a share>))<verb of a share>{0,6}"
)


_BUILD = pattern("<build><having>?$")


_SPENT = pattern("(<alone>)<nearly or over>?$")


_AIM = pattern("<aim><kind of aim>?(?:数|值|量|额)?$")
"""What is reached when it is done: its share (`为年初预算的101.2%`) is a completion, and may pass a hundred."""
_RATE_NOUNS = frozenset(entries("name of a rate"))
_ATTRIBUTES = frozenset(entries("attribute"))
_POINT = only("part of a point")
_INDUSTRIES = pattern("<three industries>")
_PULL = pattern(r"<direction>?<pull>\S*$")


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
    change = _CHANGE.fullmatch(before)
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
            and passage.last.lead.lstrip(",、").startswith(PART_OF)
        ):
            return _share_of_last(before, passage)
        if before.endswith("占"):
            noun = noun_of(before[:-1]) or passage.subject
            return Naming(noun + SHARE_ALONE, "share", "inferred" if noun else "guess", noun, lead=before)
    noun = noun_of(before)
    following_noun = noun_after(after, runs_on)
    if following_noun and after.startswith("的") and noun in _ATTRIBUTES:
        return Naming(following_noun + noun, "level", "certain", following_noun + noun, lead=before)
    if following_noun and (
        kind == "count" or not noun or quantity.literal in CLASSES or _BUILD.search(before)
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
    spent = _SPENT.search(before) if not noun else None
    if spent:
        return Naming(spent[1], "level", "inferred", spent[1], lead=before)
    if not noun:
        if passage.subject:
            return Naming(passage.subject, "level", "guess", passage.subject, lead=before)
        return Naming(following_noun or "", "level", "guess", following_noun or "", lead=before)
    if RESPECTIVELY in before:
        noun = _pair(noun, passage)
    return Naming(noun, "level", "certain", noun, lead=before)


_PLAN_DONE = pattern(
    "(?P<noun>.*?)(?P<rel><completes>)(?P<of>[^,;、]{0,6}<aim>)(?:的(?P<word><share or proportion>)?"
    "|(?P<word2>))"
)
_BARE_SHARE = pattern("的<share or proportion>?<verb of a bare share>*")
_PLACE = pattern("[一-龥]{2,7}(?:<end of a place in a phrase>|(?<![城市郊农山库园社小景灾辖地])区|(?<!城)市)")


def _share_of_last(before: str, passage: Passage) -> Naming:
    """`产值360亿元,占总产值800亿元的45%`: the share of the last level but one in the last."""
    subjects = [subject for _, subject in passage.levels]
    part = subjects[-2] if len(subjects) >= 2 else ""
    return Naming(f"{part}{PART_OF}{passage.subject}{SHARE}", "share", "certain", part, lead=before)


def _named_change(clean: str, match: re.Match[str], quantity: Quantity, passage: Passage) -> Naming:
    """`增长3.9%` → 增速 of the subject; `比一季度提高0.3个百分点` and `比年初增加240亿元` keep their words."""
    rising = match["verb"] in entries("up")
    versus = pattern("<dropped from a comparison>").sub("", match["versus"])
    noun = noun_of(match["noun"])
    pull = bool(_PULL.search(match["noun"]))
    subject, sure = noun, "certain"
    place = noun if _PLACE.fullmatch(noun) and passage.subject else ""
    if not noun or noun in _RATE_NOUNS or pull or place:
        subject, sure = passage.subject, "inferred" if passage.subject else "guess"
    of_share = (
        not noun
        and _POINT in (quantity.unit or "")
        and passage.last is not None
        and passage.last.role == "share"
    )
    if of_share and passage.last is not None:
        subject, sure = passage.last.indicator, "inferred"
    if RESPECTIVELY in match["versus"] or RESPECTIVELY in match["noun"]:
        paired = _pair(noun, passage) if noun and not pull else _pair_levels(clean, passage, quantity)
        subject = paired or subject
    unit = quantity.unit or ""
    extra = noun if noun in _RATE_NOUNS or pull else ""
    if unit in ("%", "‰", "倍") and not extra:
        spread = YEARLY if YEARLY in versus or only("average of a year") in versus else ""
        word = spread + (GROWTH if rising else FALL)
    else:
        if not extra and not noun and not of_share and _POINT in unit:
            extra = passage.rate
        word = extra + versus + match["verb"]
        passage.rate = extra if extra in _RATE_NOUNS else passage.rate
    if passage.paired:
        passage.paired = [f"{item}{word}" for item in passage.paired]
    role: Role = "growth" if unit in ("%", "‰", "倍") and not extra else "change"
    return Naming(subject + word, role, sure, subject, rising, lead=match[0], place=place)  # type: ignore[arg-type]


def _named_share(match: re.Match[str], passage: Passage) -> Naming:
    noun = noun_of(match["noun"])
    word = match["word"] or match["word2"] or SHARE
    subject = noun or passage.subject
    of = match["of"]
    done = match["rel"] == COMPLETES or _AIM.search(of)
    relation = COMPLETES if done else PART_OF if match["rel"] == PART_OF else EQUAL_TO
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


_RATIO_NAME = pattern(
    "(?P<items>.*?)<of a structure>{0,4}(?P<kind><ratio of sectors>)?(?:<structure>)?<name of a ratio>$"
)


def name_ratio(clean: str, parts: Sequence[Quantity], limit: int) -> list[str]:
    """`三次产业结构比为15.3：43.6：41.1` → 第一产业比重, 第二产业比重, 第三产业比重."""
    left = left_edge(clean, limit, parts[0].span_start, None)
    noun = noun_of(clean[left : parts[0].span_start])
    match = _RATIO_NAME.match(noun)
    items_text = match["items"] if match else noun
    kind = (match["kind"] or "") if match else ""
    if _INDUSTRIES.search(noun):
        rest = INVESTMENT if INVESTMENT in noun else kind
        return [f"第{number}{INDUSTRY}{rest}{SHARE}" for number in "一二三"[: len(parts)]]
    items = list_items(items_text)
    if len(items) == len(parts):
        return [f"{item}{SHARE}" for item in items]
    return [f"{noun}" for _ in parts]
