"""The relations between members that an operand can name: parent, children, broader, previous year, …

Each is a set of pairs (member of the key, member of the row): the operand takes, for a key, the cells of the members
paired with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, combinations, islice, takewhile

from audit.language.expression import Position
from audit.language.lookups import period_in
from audit.language.plan import Catalogue
from audit.language.rule import Relative
from audit.language.sightings import Sightings
from audit.language.similarity import similar_pairs
from audit.model import period as periods
from audit.model.codes import CodeList
from audit.model.errors import InputError
from audit.model.nearest import nearest
from audit.model.period import Period

Pairs = tuple[tuple[str, str], ...]
TREE = ("parent", "children", "ancestors", "descendants", "broader", "narrower", "same_or_broader")
OBSERVED = ("other", "similar", "alike", "same_or_alike", "but_one")
SUSPECTED = "see_also"
"""The attribute with which a reviewer says that two names may be one thing; not where they stand apart."""
EXHAUSTIVE = ("children", *periods.EXHAUSTIVE)
"""The relations whose members make up the key's, so that all of them must be there."""
SHARED = 3
"""So many items lists must share: two lists of fewer have much in common by chance."""
MOST = 1_000_000
"""The most pairs that a relation may have; more would not fit into the memory that a check may take."""


def pairs_of(
    relative: Relative, column: str, tables: Iterable[str], catalogue: Catalogue, group: str
) -> Pairs:
    """The pairs of a relation over the members that `column` has in `tables`; `group` limits children to one breakdown.

    Besides the relations named here, every attribute of the code list is one: `successor` leads from a member to the
    member that its attribute names.
    """
    found = tuple(islice(_pairs(relative, column, tuple(tables), catalogue, group), MOST + 1))
    if len(found) > MOST:
        raise InputError(
            "{at}: “{relation}” relates more than {most} pairs of members of {column}; take a relation that leads to fewer.",
            at=relative.at, relation=relative.relation, most=MOST, column=column,
        )  # fmt: skip
    return found


def _pairs(
    relative: Relative, column: str, tables: tuple[str, ...], catalogue: Catalogue, group: str
) -> Iterator[tuple[str, str]]:
    relation, at = relative.relation, relative.at
    codes = catalogue.codes.get(column)
    if codes is not None and (relation in TREE or relation in codes.attributes):
        pairs = _by_codes(relation, codes, group)
        if relation != SUSPECTED:
            return iter(pairs)
        seen = _sightings(column, tables, catalogue)
        return (pair for pair in pairs if not seen.apart(*pair))
    if relation in TREE:
        raise InputError(
            "{at}: there is no code list for “{name}” that could tell its {relation}.",
            at=at, name=column, relation=relation,
        )  # fmt: skip
    known = (*TREE, *periods.RELATIONS, *OBSERVED, *(codes.attributes if codes is not None else ()))
    if relation not in known:
        raise InputError(
            "{at}: there is no relation “{name}”; the nearest is {nearest}.",
            at=at, name=relation, nearest=nearest(relation, known),
        )  # fmt: skip
    observed = sorted({member for table in tables for member in catalogue.observed(table, column)})
    if relation == "other":
        return ((a, b) for a in observed for b in observed if a != b)
    if relation == "similar":
        return iter(_similar(column, tables, observed, catalogue))
    if relation == "but_one":
        return _but_one(observed)
    if relation in ("alike", "same_or_alike"):
        pairs = _similar(column, tables, observed, catalogue)
        same = ((a, a) for a in observed if relation == "same_or_alike")
        return chain(same, (pair for a, b in pairs for pair in ((a, b), (b, a))))
    return _by_time(relation, relative.by, _times(observed, codes, column, at))


def _but_one(lists: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs (a, b), a before b, of lists of at least `SHARED` items and one more, joined by `;`, that differ in one item.

    Lists are brought together by what is left of them without each of their items, so that no two need be compared
    that have less in common. Where one of the two items only says the other more fully, the lists say the same.
    """
    left: dict[frozenset[str], dict[str, str]] = {}
    for text in lists:
        items = frozenset(text.split(";"))
        for item in items if len(items) > SHARED else ():
            left.setdefault(items - {item}, {})[text] = item
    found = {
        (a, b)
        for own in left.values()
        for (a, one), (b, other) in combinations(sorted(own.items()), 2)
        if one not in other and other not in one
    }
    return iter(sorted(found))


def _similar(column: str, tables: tuple[str, ...], observed: Sequence[str], catalogue: Catalogue) -> Pairs:
    """The pairs of similar names, which are sought once for all relations that rest on them."""
    key = "similar names", column, tables
    if key not in catalogue.relations:
        seen = _sightings(column, tables, catalogue)
        catalogue.relations[key] = similar_pairs(observed, catalogue.codes.get(column), seen, MOST)
    return catalogue.relations[key]


def _sightings(column: str, tables: Iterable[str], catalogue: Catalogue) -> Sightings:
    rows = (row for table in tables for row in catalogue.rows(table))
    return Sightings(rows, column, catalogue.codes.get("region"))


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
            case "same_or_broader":
                related = (code, *codes.chain(code, "broader"))
            case _:
                related = codes.chain(code, relation)[:1]
        yield from ((code, other) for other in related)


def _times(observed: Iterable[str], codes: CodeList | None, column: str, at: Position) -> dict[str, Period]:
    """The period of every member: its `date` in the code list, if the list has dates, else what the member itself says.

    A member without a date in such a list has no time. `UnreadableMember` for what is no period: nothing is skipped.
    """
    dated = codes is not None and any("date" in member.attributes for member in codes.members.values())
    found = {}
    for member in observed:
        text = member
        if dated and codes is not None:
            text = codes.members[member].attributes.get("date", "") if member in codes else ""
            if not text:
                continue
        found[member] = period_in(text, column, at)
    return found


def _by_time(relation: str, by: int, times: dict[str, Period]) -> Iterator[tuple[str, str]]:
    """Relations of time, among periods of one frequency or, for the parts of a period, of a finer one."""
    if relation in periods.FOUND:
        members: dict[Period, list[str]] = {}
        for member, period in times.items():
            members.setdefault(period, []).append(member)
        exhaustive = relation in periods.EXHAUSTIVE
        for key, period in times.items():
            lag = periods.LAGS.get(relation)
            related = list(lag(period, by) if lag else periods.FOUND[relation](period))
            stated = [members.get(other, []) for other in related]
            for other, written in zip(related, stated, strict=True):
                yield from ((key, member) for member in written)
                if not written and exhaustive and any(stated):
                    yield key, str(other)
        return
    order = periods.ORDERED[relation]
    alike: dict[object, list[tuple[str, Period]]] = {}
    for member, period in times.items():
        alike.setdefault(order.alike(period), []).append((member, period))
    for ordered in alike.values():
        ordered.sort(key=lambda pair: pair[1].last, reverse=order.where == "last")
    choose = filter if order.where == "any" else takewhile
    for key, period in times.items():
        found = choose(partial(_holds, order, period), alike[order.alike(period)])
        yield from ((key, member) for member, _ in found)


def _holds(order: periods.Order, own: Period, other: tuple[str, Period]) -> bool:
    return order.holds(own, other[1])
