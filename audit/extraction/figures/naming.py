"""What a figure is named, and what a paragraph remembers for the figures to come: its subject and its paired nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from audit.extraction.figures.nouns import list_items
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.numbers.quantities import Quantity

Sureness = Literal["certain", "inferred", "guess"]


Role = Literal["level", "growth", "change", "share", "named"]


@frozen(guarded=False)
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
    topic: str = ""
    rate: str = ""
    outer: str | None = None
    levels: list[tuple[int, str]] = field(default_factory=list)
    paired: list[str] = field(default_factory=list)
    last: Naming | None = None


def pair(noun: str, passage: Passage, clean: str, quantity: Quantity) -> str:
    """`A、B和C起数分别…`: remember the items of the list for the numbers to come and give the first; `A、B等产品产量分别…`
    lists them before the noun that all share.
    """
    run = _RUN.match(clean, quantity.start)
    count = len(_SPLIT_RUN.split(run[0])) if run else None
    at = clean.rfind(noun, 0, quantity.start)
    listed = _LISTED_KINDS.search(clean, max(0, at - _LONGEST_LIST), at) if at > 0 else None
    items = list_items(noun, count)
    if listed and count and len(items) < 2:
        kinds = list_items(listed[1], count)
        items = [kind + _KIND.sub("", noun) for kind in kinds] if len(kinds) == count else items
    if len(items) < 2:
        return noun
    passage.paired = items[1:]
    return items[0]


_LONGEST_LIST = 120
_LISTED_KINDS = pattern("([^,;。:\\n]+)<and so on>$")
_KIND = pattern("^<general kind>(?=.)")
_RUN = re.compile(r"[\d.]+[%‰]?(?:[、和,及与][\d.]+[%‰])+")
_SPLIT_RUN = re.compile("[、和,及与]")


def pair_levels(clean: str, passage: Passage, quantity: Quantity) -> str:
    """`A 10亿元，B 20亿元，分别增长…`: the list of nouns is that of the last levels, as many as there are numbers."""
    run = _RUN.match(clean, quantity.start)
    subjects = list(dict.fromkeys(subject for _, subject in passage.levels))
    subjects = subjects[-(len(_SPLIT_RUN.split(run[0])) if run else 2) :]
    if len(subjects) < 2:
        return ""
    passage.paired = subjects[1:]
    return subjects[0]
