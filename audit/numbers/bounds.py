"""The words that open an interval: before a number (`超过`, `不低于`, `近`) and after its unit (`以上`, `左右`,
`以内`).

The words are data (`lexicon/bounds.csv`: word, side, bound), so that users can add to them. Names that look like bounds
(`规模以上`, `市级以上`) are none, because they follow no number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import cast

from audit.lexicon import rows
from audit.model.rows import Bound

ABOUT_WIDTH = Decimal("0.05")
"""`约` and `左右` are read as five hundredths either way."""

_APART = ("不超过", "不低于", "不少于", "不高于", "不得超过", "不得低于", "不小于", "不大于")


@cache
def bound_words(side: str) -> dict[str, Bound]:
    """The words of one side, `before` or `after` the number, with what they mean."""
    return {row["word"]: cast(Bound, row["bound"]) for row in rows("bounds") if row["side"] == side}


@cache
def _before() -> tuple[re.Pattern[str], int]:
    """The words before a number, with what may stand between, as a pattern, and how long they are at most."""
    words = bound_words("before")
    return re.compile(rf"({_either(words)})(?:了|到|至|在)?$"), max(map(len, words)) + 1


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\(含[^)]{{0,6}}\)|\(不含[^)]{{0,6}}\))?(?:及|或|和)?({_either(bound_words('after'))})"
    )


def _either(words: dict[str, Bound]) -> str:
    return "|".join(
        _PART_OF_WORD.get(word, "") + re.escape(word) for word in sorted(words, key=len, reverse=True)
    )


_PART_OF_WORD = {"约": "(?<![签节合条预制公契简])", "余": "(?<![其剩盈])", "过": "(?<![通经不越跨])"}
"""What a bound word may not follow, because it is part of another word there (`签约2亿元`)."""


_PAST_PERIOD = re.compile(r"\s*(?:个?年|个月|天|日|周|个会计年度|届|轮|次)")
_LARGE = re.compile(r"\s*[百千万亿%％]")
"""What follows a number that may be passed (`过10亿元`); before others `过` tells what was done (`办过3届`)."""
_INSIDE_WORD = re.compile(r"[部外容需涵蒙河江陆置地]")
_FARTHEST = 20
_FAR = re.compile(rf"({'|'.join(_APART)})[^,，。；;：:、()（）\d]{{1,14}}$")


def bound_before(text: str, at: int) -> tuple[Bound, int] | None:
    """The bound word that ends right before `at`, with where it starts.

    `不超过` and its kin may stand a noun away (`不超过其设备投入额30%`); `近` before a stretch of time (`近3年`), `过` before
    a small number and `约` inside a word are no bounds.
    """
    before, longest = _before()
    match = before.search(text, max(0, at - longest), at)
    if match:
        word = match[1]
        end = _number_end(text, at)
        if (word == "近" and _PAST_PERIOD.match(text, end)) or (word == "过" and not _LARGE.match(text, end)):
            return None
        return bound_words("before")[word], match.start()
    far = _FAR.search(text, max(0, at - _FARTHEST), at)
    if far:
        return bound_words("before")[far[1]], far.start()
    return None


def bound_after(text: str, at: int) -> tuple[Bound, int] | None:
    """The bound word that starts right at `at`, after the unit, with where it ends."""
    match = _after().match(text, at)
    if match is None or (match[1] == "内" and _INSIDE_WORD.match(text, match.end())):
        return None
    return bound_words("after")[match[1]], match.end()


def interval(value: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of what a stated value and its bound word allow; `None` is an open end."""
    if bound in ("at_least", "above"):
        return value, None
    if bound in ("at_most", "below"):
        return None, value
    if bound == "about":
        width = abs(value) * ABOUT_WIDTH
        return _trim(value - width), _trim(value + width)
    return value, value


def _trim(value: Decimal) -> Decimal:
    """Without zeros that the width has added: 17.10 → 17.1, 95.00 → 95."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _number_end(text: str, at: int) -> int:
    while at < len(text) and text[at] in "0123456789.一二三四五六七八九十两":
        at += 1
    return at
