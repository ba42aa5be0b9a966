"""What the head of a column says: which part of the row it holds, and how its numbers are meant."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal

from audit.lexicon import entries, only, rows
from audit.model.frozen import frozen
from audit.numbers.units import bare_unit, unit_class, units

Role = Literal["label", "serial", "code", "unit", "note", "lead", "support", "text", "value"]
Meaning = Literal["level", "growth", "change", "share", "completion", "previous_ratio"]

_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{1,12})[)）\]]\s*$")
_RATIOS = frozenset({"growth", "share", "completion", "previous_ratio"})


def _joined(heads: tuple[str, ...]) -> str:
    """Heads as one text, without those that the one below says again."""
    kept = [head for head, below in pairwise(heads) if head not in below]
    return "".join((*kept, *heads[-1:]))


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("heads") if row["role"] == role))


def says(head: str, role: str) -> bool:
    """Whether a head has a word of that role of `lexicon/heads.csv`."""
    return bool(_pattern(role).search(head))


@frozen
class Column:
    """A column of a table: its heads from top to bottom, the role of its cells, and for values how they are meant.

    `unit` is what its heads name in brackets, % for rates without one.
    """

    index: int
    heads: tuple[str, ...]
    role: Role
    meaning: Meaning = "level"
    unit: str | None = None

    @property
    def head(self) -> str:
        """All the heads as one text, without what the lower one says again."""
        return _joined(self.heads)

    @property
    def name(self) -> str:
        """What its heads name: without units, dates, levels of government and words that fit any column (`绝对数`)."""
        named = (without_unit(head) for head in self.heads)
        general = ("generic", "own_level")
        return _joined(
            tuple(head for head in named if head and not any(says(head, role) for role in general))
        )

    @property
    def is_ratio(self) -> bool:
        """Whether its numbers are rates or shares."""
        return self.meaning in _RATIOS


def value_column(index: int, heads: tuple[str, ...]) -> Column:
    """A column of numbers with what its heads say of them."""
    head = "".join(heads)
    unit = next((unit for one in reversed(heads) if (unit := unit_in_brackets(one))), None)
    meaning = _meaning(head, unit)
    if meaning in _RATIOS and unit is None:
        unit = "‰" if "‰" in head else "%"
    return Column(index, heads, "value", meaning, unit)


def _meaning(head: str, unit: str | None) -> Meaning:
    ratio = unit is None or unit_class(unit) == "share"
    if ratio and says(head, "previous_ratio"):
        return "previous_ratio"
    if ratio and says(head, "completion") and not says(head, "growth"):
        return "completion"
    if says(head, "change") or (not ratio and says(head, "growth")) or _is_added(head):
        return "change"
    if says(head, "growth"):
        return "growth"
    return "share" if says(head, "share") and ratio else "level"


def _is_added(head: str) -> bool:
    """`比年初增加`: an amount, where no rate is named."""
    last = max(head.rfind(word) for word in entries("than before"))
    return last >= 0 and not re.search("[%率±幅]", head[last:])


def unit_in_brackets(text: str) -> str | None:
    """The unit that a head or a name states in brackets at its end (`年末数（万人）`)."""
    match = _IN_BRACKETS.search(text)
    if match is None:
        return "%" if text.endswith(("%", "±%")) else None
    inside = match[1].removeprefix(only("unit") + ":").strip("±+-")
    return inside if is_unit(inside) else None


def without_unit(text: str) -> str:
    """The text without the unit in brackets at its end."""
    match = _IN_BRACKETS.search(text)
    return text[: match.start()] if match and unit_in_brackets(text) else text.rstrip("%±")


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure."""
    return bare_unit(text.split("/")[0]) in units() or text in ("万", "亿", "%")
