"""Statements: a level with what its sentence says of it, its growth, its change, its share of a plan.

`收入100亿元,完成预算的98%,比上年增加5亿元,增长5.3%` is one statement of four figures. What is said of a level follows it
and is of its noun; another level between ends it, unless `分别` gives the rates after all levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.groups import is_base, is_reference
from audit.extraction.relations.ties import amount, between, half_of, is_level, same_unit
from audit.lexicon import pattern
from audit.model.frozen import frozen

Span = tuple[Decimal, Decimal]
"""The least and the most that a number may be, rounding considered."""


@frozen(guarded=False)
class Statement:
    """A level and what is said of it, in the order of the text; `adjusted` tells rates for a like scope or at constant prices by
    their own words, `real` also by the noun.
    """

    level: Reading
    said: tuple[Reading, ...]
    adjusted: bool
    real: bool

    @property
    def rate(self) -> Reading | None:
        """The growth over the period before."""
        return next((r for r in self.said if r.role == "growth"), None)

    @property
    def change(self) -> Reading | None:
        """The amount added or lost since the period before."""
        return next((r for r in self.said if r.role == "change"), None)


_YEAR = re.compile(r"(?:19|20)\d\d年")
_OTHER_BASE = pattern(f"<other base>|{_YEAR.pattern}")
"""What a rate may be compared with other than the period before: a plan, a month, a named year."""


_COMPARED = pattern("<compared>")


CONSTANT = pattern("<constant price>")
"""Nouns whose growth is computed at constant prices (`增加值`)."""
REAL = pattern("<real growth>")
"""Those of them that are stated at current prices beside it, so that two levels never give their rate."""


ADJUSTED = pattern("<adjusted>")
"""Words by which growth is computed at constant prices or for a like scope."""


def statements(clean: str, paragraph: Sequence[Reading]) -> dict[int, Statement]:
    """The statements of a paragraph by the place of their level in the text."""
    found = {}
    for place, level in enumerate(paragraph):
        if is_level(level) and not is_base(clean, level) and not is_reference(clean, level):
            said = tuple(_said_of(clean, level, paragraph[place + 1 :]))
            adjusted = _is_adjusted(clean, level, said)
            real = adjusted or bool(CONSTANT.search(level.indicator))
            found[level.quantity.start] = Statement(level, said, adjusted, real)
    return found


def _said_of(clean: str, level: Reading, later: Sequence[Reading]) -> Iterator[Reading]:
    """The rates and changes of a level: right after it, each against the period before, the first of its kind. What follows
    a change against something else without words of its own is against the same (`比2013年增加12万个,增长100%`).
    """
    kinds: set[str] = set()
    last = level
    elsewhere = False
    for reading in later:
        if reading.sentence != level.sentence:
            return
        gap = between(clean, last, reading)
        if is_level(reading):
            if not is_reference(clean, reading) and (_YEAR.search(gap) or not is_base(clean, reading)):
                return
            last = reading
            continue
        if "(" in gap or len(gap) > _FAR or reading.subject != level.subject:
            return
        last = reading
        if reading.role not in ("growth", "change") or reading.role in kinds:
            continue
        elsewhere = bool(_OTHER_BASE.search(gap)) or (elsewhere and not _COMPARED.search(gap))
        if elsewhere or reading.quantity.bound != "exact" or reading.quantity.value is None:
            continue
        if reading.role == "growth" and reading.quantity.unit not in ("%", "倍"):
            continue
        if reading.role == "change" and not same_unit(level, reading):
            continue
        kinds.add(reading.role)
        yield reading


_FAR = 30
"""How many characters may lie between a figure and the next that is said of the same level."""


def _is_adjusted(clean: str, level: Reading, said: Sequence[Reading]) -> bool:
    end = said[-1].quantity.span_start if said else level.quantity.span_end
    return bool(ADJUSTED.search(clean, level.quantity.span_end, end))


def span_of(reading: Reading) -> Span | None:
    """What an exact number may be before rounding, in bare units."""
    value = amount(reading)
    if value is None or reading.quantity.bound != "exact":
        return None
    half = half_of(reading)
    return value - half, value + half


def before(statement: Statement) -> Span | None:
    """What the level was a period before, by its change or else by its rate; None where neither is told."""
    level = span_of(statement.level)
    if level is None:
        return None
    if statement.change is not None:
        change = span_of(statement.change)
        if change is not None:
            return (
                (level[0] - change[1], level[1] - change[0])
                if statement.change.rising
                else (level[0] + change[0], level[1] + change[1])
            )
    growth = growth_of(statement.rate) if statement.rate is not None else None
    if growth is None or growth[0] <= -100:
        return None
    return level[0] * 100 / (100 + growth[1]), level[1] * 100 / (100 + growth[0])


def growth_of(rate: Reading) -> Span | None:
    """What a rate of growth in per cent may be before rounding, falling ones below zero."""
    value = signed_growth(rate)
    if value is None:
        return None
    half = rate.quantity.step / 2 * (100 if rate.quantity.unit == "倍" else 1)
    return value - half, value + half


def signed_growth(rate: Reading) -> Decimal | None:
    """A rate of growth in per cent as stated, falling ones below zero; None for a range or a bound."""
    value = rate.quantity.value
    if value is None or rate.quantity.bound != "exact":
        return None
    value *= 100 if rate.quantity.unit == "倍" else 1
    return value if rate.rising else -value
