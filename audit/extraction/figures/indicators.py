"""Indicators: the noun that a number counts or measures, in the plan's words.

A Chinese number stands after its noun (`龙头企业30家`, `覆盖率达85%`) or before it (`培育100家优质企业`). A growth
rate, a share or a change names only itself; what it is of is the subject, the last noun that had a level
(`增加值38.2亿元，增长3.9%`).
`分别` pairs a list of nouns with a list of numbers. The verbs and fillers around nouns are data (`audit/lexicon/words`).
"""

from __future__ import annotations

from dataclasses import replace

from audit.extraction.figures.naming import Naming, Passage, Role, pair
from audit.extraction.figures.nouns import BRACKETS, noun_after, noun_of
from audit.extraction.figures.phrases import announced, left_edge, right_edge, topic
from audit.extraction.figures.rates import (
    PLACE,
    PULL,
    RATE_NOUNS,
    named_change,
    named_rate,
    named_share,
    share_of_last,
)
from audit.extraction.figures.wordings import (
    FALL,
    GROWTH,
    PART_OF,
    RESPECTIVELY,
    SHARE_ALONE,
)
from audit.lexicon import entries, only, pattern
from audit.numbers.quantities import CLASSES, Quantity
from audit.numbers.units import unit_class

_COMPARED = r"(?:(?<!可)比(?!重|例|率|值)[^比较,;]{1,14}?|较(?!大|小|高|低|多|少|快|好|强|为|重|特|长|短)[^比较,;]{1,14}?)"
_CHANGE = pattern(
    rf"(?P<noun>.*?)(?P<versus><plain before a change>{{0,4}}(?:{_COMPARED}<plain before a change>{{0,4}}){{0,2}})"
    "(?P<verb><up>|<down>)<extent>?<adverb of a change>{0,4}"
)
"""Noun, what is compared with, verb of change: `增加值同比增长`, `增速比一季度提高`."""
_APART = pattern(rf"(?P<noun>.*?)(?P<versus>{_COMPARED})(?P<verb><higher>|<lower>)<extent>?")
"""How far a thing is from another (`比上年全年增速高0.4个百分点`)."""
_TOLD_TO_CHANGE = pattern("<up>|<down>|<higher>|<lower>")
_SHARE = pattern(
    "(?P<noun>.*?)(?P<rel><relation of a share>)(?P<of>[^占,;、]{1,24}?)(?:的(?P<word><word of a share>)?"
    "|(?P<word2><word of a share>))<verb of a share>{0,6}"
)
_BUILD = pattern("<build><having>?$")
_SPENT = pattern("(<alone>)<nearly or over>?$")
_GRANTED = pattern("<is granted>(?P<noun>[一-龥]{4,})")
"""What the things counted were made (`A等4家获批省级研究院`)."""
_DONE_WITHIN = pattern("<done within>")
"""What is done within a time (`救援力量2小时内到达`)."""
_RATE_AFTER = pattern("的[一-龥]{0,4}(?P<rate><rate of a growth>)")
"""A rate of change named after its number (`以年内20%的涨幅`)."""
_TIMES = frozenset(entries("unit of a duration"))
_ATTRIBUTES = frozenset(entries("attribute"))


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
            passage.topic = topic(clean, limit, left)
        after = clean[quantity.span_end : right_edge(clean, quantity.span_end, following)]
        runs_on = following is not None and quantity.span_end + len(after) == following.span_start
        naming = _name(clean, before, after, runs_on, quantity, passage)
    if naming.role in ("growth", "change") and naming.sure == "certain" and naming.subject:
        passage.subject = naming.subject
    if naming.role in ("level", "named"):
        reference = IS_REFERENCE.match(clean, quantity.span_end) is not None and bool(passage.subject)
        passage.levels.append((quantity.start, naming.subject))
        if reference:
            naming = replace(naming, sure="inferred" if naming.sure == "certain" else naming.sure)
        else:
            passage.subject = naming.subject
    passage.last = naming
    return naming


IS_REFERENCE = pattern(r"的<share or proportion>?(?:为|约|仅)?\d[\d.]*%")
"""What follows a level that is named only for the share of it (`为调整预算310亿元的98%`): what comes then is said of the noun
before, and the level has no key of its own.
"""


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
    change = _TOLD_TO_CHANGE.search(before) and (_CHANGE.fullmatch(before) or _APART.fullmatch(before))
    if change:
        return named_change(clean, change, quantity, passage)
    if kind == "share":
        if PULL.search(before):
            return _of_subject(before, noun_of(before), "change", passage)
        share = _SHARE.fullmatch(before) or _PLAN_DONE.fullmatch(before)
        if share:
            return named_share(share, passage)
        if (
            _BARE_SHARE.fullmatch(before)
            and passage.last
            and passage.last.lead.lstrip(",、").startswith(PART_OF)
        ):
            return share_of_last(before, passage)
        last = passage.last
        if last is not None and last.role == "change" and last.subject and before.strip(",") == only("or"):
            word = GROWTH if last.rising else FALL
            return Naming(last.subject + word, "growth", last.sure, last.subject, last.rising, lead=before)
        if before.endswith("占"):
            noun = noun_of(before[:-1]) or passage.subject
            return Naming(noun + SHARE_ALONE, "share", "inferred" if noun else "guess", noun, lead=before)
    noun = noun_of(before)
    rate = _RATE_AFTER.match(after) if kind == "share" else None
    if rate:
        return Naming(noun + rate["rate"], "change", "inferred", noun, lead=before)
    following_noun = noun_after(after, runs_on)
    granted = _GRANTED.match(after) if kind == "count" else None
    if granted:
        return Naming(granted["noun"], "named", "certain", granted["noun"], lead=before)
    done = _DONE_WITHIN.match(after) if noun and quantity.unit in _TIMES else None
    if done and quantity.bound == "at_most":
        name = noun + done[0] + only("name of a time")
        return Naming(name, "level", "certain", noun, lead=before)
    if following_noun and after.startswith("的") and noun in _ATTRIBUTES:
        return Naming(following_noun + noun, "level", "certain", following_noun + noun, lead=before)
    if following_noun and (
        kind == "count" or not noun or quantity.literal in CLASSES or _BUILD.search(before)
    ):
        return Naming(following_noun, "named", "certain", following_noun, lead=before, after=True)
    if noun in RATE_NOUNS and passage.subject:
        return named_rate(before, noun, kind == "share", passage)
    if noun in _ATTRIBUTES and passage.topic:
        name = passage.topic + noun
        return Naming(name, "level", "inferred", name, lead=before)
    if PLACE.fullmatch(noun) and passage.subject:
        return Naming(passage.subject, "level", "inferred", passage.subject, lead=before, place=noun)
    spent = _SPENT.search(before) if not noun else None
    if spent:
        return Naming(spent[1], "level", "inferred", spent[1], lead=before)
    if not noun:
        if passage.subject:
            return Naming(passage.subject, "level", "guess", passage.subject, lead=before)
        return Naming(following_noun or "", "level", "guess", following_noun or "", lead=before)
    if RESPECTIVELY in before:
        noun = pair(noun, passage, clean, quantity)
        if (
            passage.paired and passage.paired[0][-2:] != noun[-2:]
        ):  # they share a noun, which is not told which
            return Naming(noun, "level", "inferred", noun, lead=before)
    return Naming(noun, "level", "certain", noun, lead=before)


_PLAN_DONE = pattern(
    "(?P<noun>.*?)(?P<rel><relation of a share>)(?P<of>[^,;、]{0,6}<aim>数?)(?:的(?P<word><share or proportion>)?"
    "|(?P<word2>))"
)
_BARE_SHARE = pattern("的<share or proportion>?<verb of a bare share>*")


def _of_subject(before: str, noun: str, role: Role, passage: Passage) -> Naming:
    return Naming(
        passage.subject + noun, role, "inferred" if passage.subject else "guess", passage.subject, lead=before
    )


def _next_of_list(passage: Passage, quantity: Quantity) -> Naming:
    """A number that follows another with nothing between: the next item of the list, else the same indicator."""
    last = passage.last
    if last is None:
        return Naming("", "level", "guess", "")
    if passage.paired:
        name = passage.paired.pop(0)
        return Naming(name, last.role, "inferred", name, last.rising, last.lead, last.after)
    return Naming(last.indicator, last.role, "guess", last.subject, last.rising, last.lead, last.after)
