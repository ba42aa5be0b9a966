"""Names of rates, changes, shares and ratios: they name only themselves, and are of the last noun that had a level."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extraction.figures.naming import Naming, Passage, Role, Sureness, pair, pair_levels
from audit.extraction.figures.nouns import list_items, noun_of, opening
from audit.extraction.figures.phrases import left_edge
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
    YEARLY,
)
from audit.lexicon import entries, only, pattern
from audit.numbers.quantities import Quantity

_AIM = pattern("<aim><kind of aim>?(?:数|值|量|额)?$")
"""What is reached when it is done: its share (`为年初预算的101.2%`) is a completion, and may pass a hundred."""
RATE_NOUNS = frozenset(entries("name of a rate"))
_POINT = only("part of a point")
_YEARLY = pattern("<every year>")
_GROWTHS = {word: word not in entries("rate of a fall") for word in entries("rate of a growth")}
"""The nouns that name a rate of change, and whether it is one of growth."""
_INDUSTRIES = pattern("<three industries>")
PULL = pattern(r"<direction>?<pull>\S*$")
PLACE = pattern("[一-龥]{2,7}(?:<end of a place in a phrase>|(?<![城市郊农山库园社小景灾辖地])区|(?<!城)市)")


def named_rate(before: str, noun: str, share: bool, passage: Passage) -> Naming:
    """`增速为3.9%`, `年均增速达14.3%`: a rate by its noun alone, of the subject."""
    rising = _GROWTHS.get(noun)
    yearly = share and rising is not None and _YEARLY.search(before)
    name = passage.subject + (YEARLY + (GROWTH if rising else FALL) if yearly else noun)
    role: Role = "growth" if yearly else "share" if share else "level"
    return Naming(name, role, "inferred", passage.subject, rising is not False, lead=before)


def share_of_last(before: str, passage: Passage) -> Naming:
    """`产值360亿元,占总产值800亿元的45%`: the share of the last level but one in the last."""
    subjects = [subject for _, subject in passage.levels]
    part = subjects[-2] if len(subjects) >= 2 else ""
    return Naming(f"{part}{PART_OF}{subjects[-1]}{SHARE}", "share", "certain", part, lead=before)


def named_change(clean: str, match: re.Match[str], quantity: Quantity, passage: Passage) -> Naming:
    """`增长3.9%` → 增速 of the subject; `比一季度提高0.3个百分点` and `比年初增加240亿元` keep their words."""
    rising = match["verb"] in (*entries("up"), *entries("higher"))
    versus = pattern("<dropped from a comparison>").sub("", match["versus"])
    noun = noun_of(match["noun"])
    pull = bool(PULL.search(match["noun"]))
    subject, sure = noun, "certain"
    place = noun if PLACE.fullmatch(noun) and passage.subject else ""
    if not noun or noun in RATE_NOUNS or pull or place:
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
        paired = (
            pair(noun, passage, clean, quantity)
            if noun and not pull
            else pair_levels(clean, passage, quantity)
        )
        subject = paired or subject
    unit = quantity.unit or ""
    extra = noun if noun in RATE_NOUNS or pull else ""
    if unit in ("%", "‰", "倍") and not extra:
        spread = YEARLY if _YEARLY.search(versus) or _YEARLY.search(match["noun"]) else ""
        word = spread + (GROWTH if rising else FALL)
    else:
        if not extra and not noun and not of_share and _POINT in unit:
            extra = passage.rate
        word = extra + versus + match["verb"]
        passage.rate = extra if extra in RATE_NOUNS else passage.rate
    if passage.paired:
        passage.paired = [f"{item}{word}" for item in passage.paired]
    role: Role = "growth" if unit in ("%", "‰", "倍") and not extra else "change"
    return Naming(subject + word, role, sure, subject, rising, lead=match[0], place=place)  # type: ignore[arg-type]


def named_share(match: re.Match[str], passage: Passage) -> Naming:
    noun = noun_of(match["noun"])
    word = match["word"] or match["word2"] or SHARE
    subject = noun or passage.subject
    of = match["of"]
    done = match["rel"] == COMPLETES or _AIM.search(of)
    relation = COMPLETES if done else PART_OF if match["rel"] == PART_OF else EQUAL_TO
    of = of[opening(of) :] if of.startswith(("全", "我", "本")) else of
    sure: Sureness = "certain" if noun else "inferred" if subject else "guess"
    return Naming(f"{subject}{relation}{of}{word}", "share", sure, subject, lead=match[0])


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
    if match and len(items_text) == len(parts):
        return [f"{item}{SHARE}" for item in items_text]
    return [f"{noun}" for _ in parts]
