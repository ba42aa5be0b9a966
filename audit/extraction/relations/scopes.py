"""Whether figures can be parts of another by their names: of the same side and scope, and apart from one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import GRAND, OF_EACH
from audit.lexicon import pattern, rows


@cache
def _opposed() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(row["one"]), re.compile(row["other"])) for row in rows("opposed"))


_MARKS = pattern("<own scope>(?!以)")


_CROSSING = pattern("<crossing>")


def is_part_by_name(whole: Reading, part: Reading) -> bool:
    """Whether a name can be that of a part: no total, limit or opposite (`支出` of `收入`), not the whole's own name."""
    if GRAND.search(part.indicator) or OF_EACH.search(part.indicator):
        return False
    if are_opposed(whole.indicator, part.indicator):
        return False
    told = part.measure in ("increment", "per_year", "cumulative", "rate") and part.measure != whole.measure
    if told or not set(_MARKS.findall(part.indicator)) <= set(_MARKS.findall(whole.indicator)):
        return False
    return (part.indicator, part.period, part.region) != (whole.indicator, whole.period, whole.region)


def are_opposed(whole: str, part: str) -> bool:
    """Whether one speaks of one side only and the other of the other side only."""
    for one, other in _opposed():
        a, b = bool(one.search(whole)), bool(other.search(whole))
        c, d = bool(one.search(part)), bool(other.search(part))
        if (a and not b and d and not c) or (b and not a and c and not d):
            return True
    return False


_LEAST_START, _LEAST_END = 2, 3


def is_sibling(one: str, other: str) -> bool:
    """Whether two names differ only by a few words in their midst (`参加养老保险人数`, `参加失业保险人数`)."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    return (
        start >= _LEAST_START
        and end >= _LEAST_END
        and all(0 < len(name) - start - end <= 4 for name in (one, other))
    )


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def may_overlap(whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether parts may hold one another: one named as another (`执业医师`, `执业(助理)医师`) or after it (`汽车`,
    `私人汽车`), by a property that crosses other divisions (`小微企业贷款` beside `住户贷款`) or holds them
    (`内资企业` beside `私营企业`), as users of several things (`网银客户`, `手机银行客户`), or some by their full name and
    some by their own.
    """
    names = [part.indicator for part in parts]
    if len(names) < 2:
        return False
    keys = {(part.indicator, part.region, part.period) for part in parts}
    nested = len(keys) < len(parts) or any(
        i != j and len(b) > len(a) >= 2 and b.endswith(a) and not b.startswith("非")
        for i, a in enumerate(names)
        for j, b in enumerate(names)
    )
    crossing = [match[0] if (match := _CROSSING.search(name)) else "" for name in names]
    named = [name for name in names if not _REST.fullmatch(name)]
    users = all(_USERS.search(name) for name in (whole.indicator, *names))
    full = [len(whole.indicator) >= 3 and name.endswith(whole.indicator) for name in named]
    return nested or users or len(set(crossing)) > 1 or _hold(names) or (any(full) and not all(full))


_REST = pattern("<the rest>")
_USERS = pattern("<users>")
_HOLDING = pattern("<holds>")
_HELD = pattern("<is held>")


def _hold(names: Sequence[str]) -> bool:
    """Whether some names are of a kind that holds the kind of others."""
    return any(map(_HOLDING.search, names)) and any(map(_HELD.search, names))


_QUALIFIER = pattern(r"\(?(?P<word><qualifier>)[^()]*\)")


def qualified_alike(clean: str, whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether no part is narrowed by a remark in brackets that the whole does not have (`零售额(限额以上)`)."""

    def remarks(reading: Reading) -> set[str]:
        phrase = clean[reading.evidence_start : reading.quantity.span_start]
        return {match["word"] for match in _QUALIFIER.finditer(phrase)}

    return all(remarks(part) <= remarks(whole) for part in parts)
