"""Which numbers with a unit claim something that can be checked: not periods, stages, slogans or what a rate is
over.
"""

from __future__ import annotations

import re
from decimal import Decimal

from audit.lexicon import entries, pattern
from audit.numbers.units import unit_class

SPANS_OF_TIME = frozenset(entries("unit of time"))
_AGE = "岁"
_BEFORE_DURATION = pattern(r"(?:<on end>\w{0,4}|<before a duration>|每\w{1,4})$")
_AFTER_DURATION = pattern("(?:<after a duration>|内(?=<lasting>))")


_CHANGED = pattern("(?:<up>|<down>|[由从])了?$")
_RANKED = pattern("<on end>$")
_HELD = pattern("<place held on end>")


def is_duration(clean: str, start: int, end: int) -> bool:
    """Whether a number of years or days is stated as such (`连续支持3年`, `寿命提高2岁`), not a period (`未来4年`,
    `近3年`, `连续6年居首位`).
    """
    before = clean[max(0, start - 4) : start]
    if pattern("<before a span of years>$").search(before[-2:]):
        return False
    if clean.startswith(_AGE, end - len(_AGE)) and _CHANGED.search(before):
        return True
    if _RANKED.search(before) and _HELD.match(clean, end):
        return False
    return bool(
        _BEFORE_DURATION.search(clean[max(0, start - 8) : start]) or _AFTER_DURATION.match(clean, end)
    )


_LOOKING = pattern("<looking from now>$")
_SPANS = frozenset(entries("unit of a span of time"))
_SPAN_WORD = pattern("<span of time>")


def is_span_of_time(unit: str, clean: str, start: int, end: int) -> bool:
    """`近3个会计年度` and `未来6个月` are stretches of time, no figures."""
    if not _LOOKING.search(clean[max(0, start - 2) : start]):
        return False
    return unit in _SPANS or (unit == "个" and bool(_SPAN_WORD.match(clean, end)))


_STAGE = pattern("<stage of works>")


def is_counted(unit: str, clean: str, end: int) -> bool:
    """`1期工程` is a stage and `500强` a name; everything else with a unit is counted or measured."""
    if unit == "期":
        return not _STAGE.match(clean, end)
    return not (unit == "点" and clean[end : end + 1] in "-—至到前后钟")


_SMALL_COUNTS = frozenset("大个项类种家条所座名位支张处户件台套门部级")
_LISTED_BEFORE = pattern("(?:<before a stated count>|[，。；：,;:(（]|^)$")


_TIERS = pattern("[一-鿿]{0,8}<tiered thing>")
_SLOGAN = pattern("<word of a slogan>")


def is_stated_count(clean: str, match: re.Match[str], unit: str, value: Decimal) -> bool:
    """Whether a small Chinese number states a count (`等四大产业`), not a slogan (`四个意识`) or an idiom."""
    end = match.end()
    if unit_class(unit) != "count":
        return not (
            unit == "年" or unit in SPANS_OF_TIME or unit in ("度", "里", "方", "天", "米")
        ) or is_duration(clean, match.start(), end)
    if unit not in _SMALL_COUNTS or value < 2 or (unit == "大" and value > 10):
        return False
    if unit == "级":
        return bool(_TIERS.match(clean, end))
    following = clean[end : end + 1]
    if (
        not following
        or not ("一" <= following <= "鿿" or following in "“《A")
        or following in "以之的和与及是为等，。"
    ):
        return False
    return not _SLOGAN.match(clean, end)


_BASES = frozenset(entries("base of a rate"))
_POPULATION = pattern(r"<people>?[^，。；,;\d]{0,16}<per people>")


def is_population_base(clean: str, start: int, end: int) -> bool:
    """`就业人员十万人生产安全事故死亡率`: the number is what a rate is taken over, no figure."""
    return clean[start:end] in _BASES and bool(_POPULATION.match(clean, end))
