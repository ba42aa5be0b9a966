"""Parts of a year: the quarter, half or months that a figure is for (`一季度`, `上半年`, `1-10月`, `12月份`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.lexicon import pattern

_PART = pattern(
    "(?P<against>(?:比|较|与|同)(?:<year before now>|(?:19"
    r"|20)\d\d年)?)?(?:(?P<first>前)?(?P<quarter>[一二三四1-4])(?:个)?<quarter>|(?P<half>上|下)<half year>"
    r"|(?<![\d年.-])(?P<from>1[0-2]|[1-9])(?:<month>)?[-—–~至到](?P<to>1[0-2]|[1-9])月(?:份|末|底)?(?!\d)"
    r"|(?P<month>(?<!\d)(?:1[0-2]|[1-9]))<month>(?![\d末底初]|<since>)|(?P<year><all of the year>))"
)
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """What stands for a part of a year in a text: its end there, and how a year's period is narrowed to it."""

    end: int
    suffix: str

    def of(self, year: int) -> str:
        """The period: `2025Q1`, `2025H1`, `2025-12`, `2025-01/2025-10`."""
        first, _, last = self.suffix.partition("/")
        return f"{year}{first}" + (f"/{year}{last}" if last else "")


def part_of_year(text: str, start: int, end: int) -> PartOfYear | None:
    """The last part of a year named in a stretch, `None` where the whole year is named after it or none is.

    A part that is compared with (`比一季度`) is not meant.
    """
    found: PartOfYear | None = None
    for match in _PART.finditer(text, start, end):
        if match["year"]:
            found = None
        elif not match["against"]:
            found = PartOfYear(match.end(), _suffix(match))
    return found


def _suffix(match: re.Match[str]) -> str:
    if match["half"]:
        return "H1" if match["half"] == "上" else "H2"
    if match["quarter"]:
        sign = match["quarter"]
        quarter = _QUARTERS.index(sign) + 1 if sign in _QUARTERS else int(sign)
        return f"-01/-{quarter * 3:02}" if match["first"] else f"Q{quarter}"
    if match["from"]:
        return f"-{int(match['from']):02}/-{int(match['to']):02}"
    return f"-{int(match['month']):02}"
