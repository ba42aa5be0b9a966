"""Parts that the words count: `三大产业…合计`, `三年累计…`: so many parts, or one for each of so many years, are all of them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.lexicon import pattern
from audit.numbers.numerals import parse_number

COUNT = r"(?<![\d.])(?P<count>[两二三四五六七八九十]|[2-9]|10)"
COUNTED = COUNT + "(?:(?P<years>年)(?![前后末初底])|(?:大|类|个(?!月|季|百)|项|家|种))"
_COUNTED = pattern(COUNTED)


def counted_as(count: str) -> int:
    """The number that a count states (`三`)."""
    number = parse_number(count)
    return int(number.value) if number is not None else 0


def are_counted(said: str, parts: Sequence[Reading]) -> bool:
    """Whether words count just so many things as there are parts, or just so many years as the parts are of."""
    times = len({part.period for part in parts})
    return any(
        counted_as(match["count"]) == len(parts) and (match["years"] is None or times == len(parts))
        for match in _COUNTED.finditer(said)
    )
