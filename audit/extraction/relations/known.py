"""Identities that everyone in the field knows: the rate of urbanisation is the urban share of the population, natural
growth is births less deaths, the income of all lies between that of town and country (`audit/lexicon/identities.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.partitions import Division, divisions_of
from audit.extraction.relations.scopes import qualified_alike
from audit.extraction.relations.statements import ADJUSTED, CONSTANT, signed_growth
from audit.extraction.relations.ties import Figures, Tied, amount, same_unit
from audit.lexicon import pattern, rows
from audit.model.frozen import frozen
from audit.model.relation import RelationRole


@frozen
class _Identity:
    """`ratio`: result = 100·first/second; `sum`: result = first + second; `mean`: result between first and second. What
    a name tells as `of` (`服务出口`) all three tell.
    """

    kind: Literal["ratio", "sum", "mean"]
    result: re.Pattern[str]
    first: re.Pattern[str]
    second: re.Pattern[str]


@cache
def _identities() -> tuple[_Identity, ...]:
    return tuple(
        _Identity(
            cast(Literal["ratio", "sum", "mean"], row["kind"]),
            *(re.compile(row[name]) for name in ("result", "first", "second")),
        )
        for row in rows("identities")
    )


def known_identities(clean: str, paragraph: Sequence[Reading], sums: Sequence[Tied] = ()) -> list[Tied]:
    """The identities whose three figures stand in one paragraph, each named once or followed in order; a share is not of
    another whole than the text tells its part to be of (`户籍人口11万人,其中城镇人口5万人;常住人口13万人,城镇化率74%`).
    """
    found: list[Tied] = []
    wholes = {part.quantity.start: tied.whole for tied in sums for part in tied.parts}
    plain = [r for r in paragraph if r.role in ("level", "named", "share") and r.quantity.value is not None]
    for identity in _identities():
        for result in plain:
            named = identity.result.search(result.indicator)
            if named is None:
                continue
            first = _beside(plain, result, identity.first, _of(named))
            second = _beside(plain, result, identity.second, _of(named))
            if first is None or second is None or not _alike(identity, result, first, second):
                continue
            if identity.kind == "ratio" and wholes.get(first.quantity.start, second) is not second:
                continue
            if not any(ADJUSTED.search(_lead(clean, one)) for one in (result, first, second)):
                found.append(_tied(identity, result, first, second))
    return found


def _of(named: re.Match[str]) -> str | None:
    return named.groupdict().get("of")


def _beside(
    plain: Sequence[Reading], result: Reading, name: re.Pattern[str], of: str | None
) -> Reading | None:
    """The figure of a name in the paragraph for the period and region of the result, if there is but one."""
    named = [
        r
        for r in plain
        if r is not result
        and (match := name.search(r.indicator))
        and _of(match) == of
        and (r.period, r.region) == (result.period, result.region)
    ]
    return named[0] if len({amount(r) for r in named}) == 1 else None


def _alike(identity: _Identity, result: Reading, first: Reading, second: Reading) -> bool:
    if first is second or not same_unit(first, second):
        return False
    return identity.kind == "ratio" or same_unit(result, first)


def _tied(identity: _Identity, result: Reading, first: Reading, second: Reading) -> Tied:
    figures: Figures
    if identity.kind == "ratio":
        figures = (("share", result), ("part", first), ("whole", second))
        return Tied("share", figures, True, "certain")
    figures = (("whole", result), ("part", first), ("part", second))
    return Tied(identity.kind, figures, True, "certain")


_FOLLOWING = 24
"""How many figures after a rate those of its parts may stand."""


def mean_rates(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """The growth of a whole between the growth of its known parts, where only the rates are stated."""
    found: list[Tied] = []
    rates = [
        r for r in readings if r.role == "growth" and r.quantity.unit == "%" and r.quantity.value is not None
    ]
    for place, whole in enumerate(rates):
        named = [
            division for division in divisions_of(whole.subject) if _is_named_so(whole.subject, division)
        ]
        if not named:
            continue
        following = [
            r
            for r in rates[place + 1 : place + 1 + _FOLLOWING]
            if r.block is whole.block and r.period == whole.period
        ]
        ties = [tied for division in named for tied in _between_parts(clean, whole, following, division)]
        found.extend(tied for tied in ties if not any(_holds_more(other, tied) for other in ties))
    return found


def _holds_more(one: Tied, other: Tied) -> bool:
    """Whether one division names all parts of another and more (`夏粮、早稻、秋粮`, `夏粮、秋粮`)."""
    return {id(part) for part in one.parts} > {id(part) for part in other.parts}


def _is_named_so(subject: str, division: Division) -> bool:
    """Whether a noun is that of the whole of a division, not of the whole of some district or trade."""
    named = division.whole.search(subject)
    return named is not None and bool(_SCOPES.fullmatch(subject, 0, named.start()))


def _measured_alike(subject: str, division: Division, part: Reading, named: re.Match[str]) -> bool:
    """Whether what is measured of a whole may be what is measured of its part: not the `面积` of one and the `产量` of the
    other.
    """
    whole = division.whole.search(subject)
    measures = (subject[whole.end() :] if whole else "", part.subject[named.end() :])
    one, other = (set("".join(_MEASURED.findall(measure))) for measure in measures)
    return not one or not other or not one.isdisjoint(other)


_MEASURED = pattern("<measured of each>")


_SCOPES = pattern("(?:<scope>|<qualifier>|<general in a name>)*")


def _at_other_prices(clean: str, whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether some of the rates are told to be real growth and others are not, of nouns that grow at current prices."""
    real = {bool(ADJUSTED.search(_lead(clean, rate))) for rate in (whole, *parts)}
    return len(real) > 1 and not CONSTANT.search(whole.subject)


_FAR = 60


def _lead(clean: str, rate: Reading) -> str:
    """The words before a rate, up to the figure or sentence before it."""
    return re.split(r"[\d。;\n]", clean[max(0, rate.quantity.span_start - _FAR) : rate.quantity.span_start])[
        -1
    ]


def _between_parts(
    clean: str, whole: Reading, following: Sequence[Reading], division: Division
) -> Iterator[Tied]:
    parts = []
    for one in division.parts:
        named = [(r, match) for r in following if (match := one.search(r.subject))]
        if not named or not _measured_alike(whole.subject, division, *named[0]):
            return
        parts.append(named[0][0])
    parts.sort(key=lambda r: r.quantity.start)
    start = parts[0].quantity.start
    nearer = (r for r in following if r.quantity.start < start and r.subject != whole.subject)
    if (
        any(_is_named_so(r.subject, division) for r in nearer)
        or not qualified_alike(clean, whole, parts)
        or _at_other_prices(clean, whole, parts)
    ):
        return
    if clean.count("。", whole.quantity.end, parts[-1].quantity.start) > 1 or len(set(map(id, parts))) < len(
        parts
    ):
        return
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]
    given = [
        (r.quantity.start, (value, value)) for _, r in figures if (value := signed_growth(r)) is not None
    ]
    if len(given) == len(figures):
        yield Tied("mean", tuple(figures), True, "certain", tuple(given))
