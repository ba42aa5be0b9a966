"""The relations between members that an operand can name: parent, children, broader, previous year, …

Each is a set of pairs (member of the key, member of the row): the operand takes, for a key, the cells of the members
paired with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.language.expression import Position
from audit.language.plan import Catalogue
from audit.model.codes import CodeList
from audit.model.errors import InputError

Pairs = tuple[tuple[str, str], ...]
_BY_CODES = ("parent", "children", "ancestors", "descendants", "broader", "narrower")
_YEAR = re.compile(r"\d{4}")


def pairs_of(relation: str, column: str, table: str, catalogue: Catalogue, group: str, at: Position) -> Pairs:
    """The pairs of `relation` over the members of `column`; `group` limits children to one breakdown."""
    if relation in _BY_CODES:
        codes = catalogue.codes.get(column)
        if codes is None:
            raise InputError("{at}: there is no code list for “{name}” that could tell its {relation}.",
                             at=at, name=column, relation=relation)  # fmt: skip
        return tuple(_by_codes(relation, codes, group))
    observed = catalogue.observed(table, column)
    if relation == "other":
        return tuple((a, b) for a in observed for b in observed if a != b)
    return tuple(_by_years(relation, observed))


def _by_codes(relation: str, codes: CodeList, group: str) -> Iterable[tuple[str, str]]:
    for code in codes:
        match relation:
            case "parent":
                related = codes.ancestors(code)[:1]
            case "children":
                related = tuple(c for c in codes.children(code) if codes.members[c].attributes.get("group", "") == group)
            case "ancestors":
                related = codes.ancestors(code)
            case "descendants":
                related = codes.descendants(code)
            case "broader":
                related = codes.chain(code, "broader")
            case _:
                related = tuple(other for other in codes if code in codes.chain(other, "broader"))
        yield from ((code, other) for other in related)


def _by_years(relation: str, periods: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Relations of time; a period is a year `2019` or a span `2017/2020`, anything else is related to nothing."""
    spans = {p: (int(y[0]), int(y[-1])) for p in periods if (y := _YEAR.findall(p))}
    for key, (first, last) in spans.items():
        for row, (start, end) in spans.items():
            single = first == last and start == end
            related = {
                "previous": single and start == first - 1,
                "next": single and start == first + 1,
                "earlier": single and start < first,
                "later": single and start > first,
                "within": first < last and start == end and first <= start <= last,
                "last": first < last and start == end == last,
                "span": first == last and start < end and end == last,
            }[relation]
            if related:
                yield key, row
