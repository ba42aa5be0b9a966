"""The relations between members that an operand can name: parent, children, broader, previous year, …

Each is a set of pairs (member of the key, member of the row): the operand takes, for a key, the cells of the members
paired with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.language.expression import Position
from audit.language.plan import Catalogue
from audit.language.similarity import similar_pairs
from audit.model.codes import CodeList
from audit.model.errors import InputError
from audit.model.nearest import nearest

Pairs = tuple[tuple[str, str], ...]
TREE = ("parent", "children", "ancestors", "descendants", "broader", "narrower")
TIME = (
    "previous", "next", "earlier", "later", "same_or_earlier", "same_or_later", "within", "last", "span",
)  # fmt: skip
OBSERVED = ("other", "similar")
_YEAR = re.compile(r"\d{4}")


def pairs_of(relation: str, column: str, table: str, catalogue: Catalogue, group: str, at: Position) -> Pairs:
    """The pairs of `relation` over the members of `column`; `group` limits children to one breakdown.

    Besides the relations named here, every attribute of the code list is one: `successor` leads from a member to the
    member that its attribute names.
    """
    codes = catalogue.codes.get(column)
    if codes is not None and (relation in TREE or relation in codes.attributes):
        return tuple(_by_codes(relation, codes, group))
    if relation in TREE:
        raise InputError(
            "{at}: there is no code list for “{name}” that could tell its {relation}.",
            at=at, name=column, relation=relation,
        )  # fmt: skip
    known = (*TREE, *TIME, *OBSERVED, *(codes.attributes if codes is not None else ()))
    if relation not in known:
        raise InputError(
            "{at}: there is no relation “{name}”; the nearest is {nearest}.",
            at=at, name=relation, nearest=nearest(relation, known),
        )  # fmt: skip
    observed = catalogue.observed(table, column)
    if relation == "other":
        return tuple((a, b) for a in observed for b in observed if a != b)
    if relation == "similar":
        return similar_pairs(observed, codes)
    dates = (
        {code: codes.members[code].attributes.get("date", "") for code in observed if code in codes}
        if codes
        else {}
    )
    if any(dates.values()):
        return tuple(_by_dates(relation, dates))
    return tuple(_by_years(relation, observed))


def _by_codes(relation: str, codes: CodeList, group: str) -> Iterable[tuple[str, str]]:
    if relation == "narrower":
        broader = {(above, code) for code in codes for above in codes.chain(code, "broader")}
        order = {code: place for place, code in enumerate(codes)}
        yield from sorted(broader, key=lambda pair: (order[pair[0]], order[pair[1]]))
        return
    for code in codes:
        match relation:
            case "children":
                related = tuple(
                    c for c in codes.children(code) if codes.members[c].attributes.get("group", "") == group
                )
            case "ancestors":
                related = codes.ancestors(code)
            case "descendants":
                related = codes.descendants(code)
            case "broader":
                related = codes.chain(code, "broader")
            case _:
                related = codes.chain(code, relation)[:1]
        yield from ((code, other) for other in related)


def _by_dates(relation: str, dates: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Members with a `date` in their code list, related by it; a member without one is related to nothing."""
    for key, mine in dates.items():
        for row, other in dates.items():
            if mine and other and {"earlier": other < mine, "later": other > mine}.get(relation, False):
                yield key, row


def _by_years(relation: str, periods: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Relations of time; a period is a year `2019` or a span `2017/2020`, anything else is related to nothing.

    Where a span is compared with another period its last year counts.
    """
    spans = {p: (int(y[0]), int(y[-1])) for p in periods if (y := _YEAR.findall(p))}
    for key, (first, last) in spans.items():
        for row, (start, end) in spans.items():
            single = first == last and start == end
            related = {
                "previous": single and start == first - 1,
                "next": single and start == first + 1,
                "earlier": single and start < first,
                "later": single and start > first,
                "same_or_earlier": end <= last,
                "same_or_later": end >= last,
                "within": first < last and start == end and first <= start <= last,
                "last": first < last and start == end == last,
                "span": first == last and start < end and end == last,
            }[relation]
            if related:
                yield key, row
