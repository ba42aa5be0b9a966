"""Groups of parts in running text: where they open and end, and which levels in them are their own.

Stops have ranks, `、` below `,` below `;` below `。`. Parts are listed with one of them, and a higher one closes the list
(`其中A 6、B 4;C 5` leaves C out). `;` belongs to a list only where the words open it widely: `其中:` and a sentence that
begins with `其中`. A further `其中`, a bracket or `用于` inside a group holds the parts of a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from audit.extraction.figures.figures import Reading
from audit.extraction.figures.indicators import IS_REFERENCE
from audit.extraction.figures.nouns import BRACKETS
from audit.extraction.relations.ties import is_level
from audit.lexicon import only, pattern
from audit.model.frozen import frozen

LONGEST_GROUP = 900
"""How many characters the parts of one whole may take."""


@frozen
class Group:
    """Where the parts of a whole stand; `word` opened it, `wide` tells that `;` may stand between them."""

    start: int
    end: int
    word: str
    wide: bool


AMONG = pattern("(?P<word><among>)(?P<pause>[,:]?)")
"""The words that open a group of parts, with the pause after them."""


_SPENT = pattern("(?P<word><among>|<made of>)(?P<pause>[,:]?)")
"""The words after which it is told what a level itself is made of or used for."""


_TURNS = pattern(r"<group end>|[^,;。\n\d]{0,16}<new sum>")
"""The words with which a sentence leaves the parts of a whole, right after a stop (`加上`, `全年`, `收入总计`)."""


def closing(clean: str, at: int) -> int:
    """Where the bracket that opens at a place closes; -1 if it does not within reach."""
    depth = 0
    for index in range(at, min(len(clean), at + 300)):
        depth += {"(": 1, ")": -1}.get(clean[index], 0)
        if depth == 0:
            return index
    return -1


def in_brackets(clean: str, start: int, at: int) -> bool:
    """Whether a bracket that opened after `start` is still open."""
    return clean.count("(", start, at) > clean.count(")", start, at)


def sentence_start(clean: str, at: int) -> int:
    """Where the sentence of a place begins; a semicolon does not end it."""
    return max(clean.rfind(sign, max(0, at - LONGEST_GROUP), at) for sign in "。\n") + 1


def group_after(clean: str, at: int, opened: re.Match[str]) -> Group:
    """The group that a word opens after the whole that ends at `at`; one after `、` is an aside, and ends with its phrase."""
    outside = "。" in clean[at : opened.start()] or "\n" in clean[at : opened.start()]
    colon = opened["pause"] == ":" or opened["word"].startswith(":")
    listed = ";" in clean[sentence_start(clean, at) : opened.start()]
    aside = clean.startswith("、", opened.start() - 1)
    stops = "。\n" if outside or (colon and not listed) else ",;。\n" if aside else ";。\n"
    end = _end(clean, opened.end(), stops)
    if colon and not outside:
        end = _before_sibling(clean, opened.end(), end)
    return Group(opened.end(), end, opened["word"], outside or colon)


def _before_sibling(clean: str, start: int, end: int) -> int:
    """The end of a group before a member of the outer list that opens a group in the same way (`;D 5,其中:`)."""
    other = clean.find(only("of which") + ":", start, end)
    stop = clean.rfind(";", start, other) if other >= 0 else -1
    return stop if stop >= 0 else end


def _end(clean: str, start: int, stops: str) -> int:
    """Where a group ends: at one of the stops outside brackets, or where the words turn to something else."""
    depth = 0
    stop = min(len(clean), start + LONGEST_GROUP)
    for at in range(start, stop):
        sign = clean[at]
        if sign == "(":
            depth += 1
        elif sign == ")":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (sign in stops or (sign in ",;" and _TURNS.match(clean, at + 1))):
            return at
    return stop


def own_levels(clean: str, inside: Sequence[Reading]) -> list[Reading]:
    """The levels of a stretch without those that are parts of its parts."""
    own: list[Reading] = []
    skip_until = -1
    for reading in inside:
        start = reading.quantity.start
        if (
            start < skip_until
            or not is_level(reading)
            or is_reference(clean, reading)
            or is_base(clean, reading)
        ):
            continue
        if own:
            at = own[-1].quantity.span_end
            if clean[at : at + 1] == "(":
                skip_until = closing(clean, at)
                if start < skip_until:
                    continue
                at = max(at, skip_until)
            bracket = clean.find("(", at, start)
            if bracket >= 0 and in_brackets(clean, at, start):
                skip_until = max(start + 1, closing(clean, bracket))
                continue
            opened = _SPENT.search(clean, at, start)
            if opened and not in_brackets(clean, at, opened.start()):
                group = group_after(clean, at, opened)
                skip_until = _last_joined(clean, group, inside)
                if start < skip_until:
                    continue
        own.append(reading)
    return own


def _last_joined(clean: str, group: Group, inside: Sequence[Reading]) -> int:
    """Where the list of a group ends: at the comma after its last thing, if a word joins that to the others
    (`其中A 3、B 2和C 1,D 5`), else where the group does.
    """
    listed = [r for r in inside if group.start <= r.quantity.start < group.end and is_level(r)]
    for (one, other), after in zip(pairwise(listed), listed[2:], strict=False):
        gap = clean[one.quantity.span_end : other.quantity.span_start]
        if _LAST_OF_A_LIST.fullmatch(gap) and clean.startswith(",", other.quantity.span_end):
            return min(group.end, after.quantity.start)
    return group.end


_LAST_OF_A_LIST = pattern("[^、,;。]*<last of a list>[^、,;。]*")


def is_reference(clean: str, reading: Reading) -> bool:
    """Whether a level is only what a share is of (`为预算310亿元的98%`)."""
    return bool(IS_REFERENCE.match(clean, reading.quantity.span_end))


_COMPARED_WITH = pattern(
    r"[比较与由从](?:(?<=[比较与])(?:(?:19|20)\d\d年(?:末|底)?|<year before now>)?[^,;。\d]{0,10}的"
    r"|(?<=[比较])(?:(?:19|20)\d\d年|<year before now>)<end of it>?<result of a year>?"
    r"|(?<=[由从])(?:(?:19|20)\d\d年(?:末|底)?)?的?)$"
)


def is_base(clean: str, reading: Reading) -> bool:
    """Whether a level is only what another is compared with (`比2020年的4000亿元`, `由4000亿元增加到`)."""
    at = reading.quantity.span_start
    lead = clean[max(0, at - _LONGEST_BASE) : at]
    if ")" in lead or "]" in lead:
        lead = BRACKETS.sub("", lead)
    return bool(_COMPARED_WITH.search(lead[-24:]))


_LONGEST_BASE = 60


def runs(clean: str, levels: Sequence[Reading]) -> list[list[Reading]]:
    """The levels of a group, divided where a higher stop than between the first two comes between."""
    found: list[list[Reading]] = []
    usual = 0
    for level in levels:
        rank = _rank(clean[found[-1][-1].quantity.span_end : level.quantity.span_start]) if found else 9
        if found and (len(found[-1]) == 1 or rank <= usual):
            usual = rank if len(found[-1]) == 1 else usual
            found[-1].append(level)
        else:
            found.append([level])
    return found


def evenly_listed(clean: str, parts: Sequence[Reading]) -> bool:
    """Whether one stop divides all parts; a lower one between two of them may open what the first of these holds
    (`A 84;B 25,C 2;D 48`).
    """
    gaps = (clean[one.quantity.span_end : other.quantity.span_start] for one, other in pairwise(parts))
    return len({_rank(gap) for gap in gaps}) <= 1


def _rank(gap: str) -> int:
    """The highest stop in a stretch."""
    return max((rank for rank, sign in enumerate("、,;。") if sign in gap), default=0)
