"""Code lists that change in time: the periods of the data over which they stay the same, each with its own lists.

A county that moved in 2019 is a part of one region until then and of another after. What holds for a period is the
list of its last day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from audit.language.lookups import period_in
from audit.language.plan import Catalogue, Filter, Link, Operand, tables_with
from audit.language.relatives import TREE
from audit.language.rule import Attributes, Conditions, Relative, Rule
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.period import period_of


@frozen
class Moment:
    """What names refer to during the `periods` of the key's dimension `time` (blank: at all times)."""

    catalogue: Catalogue
    time: str = ""
    periods: tuple[str, ...] = ()

    def narrowed(self, operand: Operand) -> Operand:
        """The operand for keys of these periods only."""
        if not self.time:
            return operand
        linked = [link for link in operand.links if link.dimension == self.time]
        if linked:
            links = tuple(self._narrowed(link) if link in linked else link for link in operand.links)
            return replace(operand, links=links)
        own = [column for dimension, column in operand.matched if dimension == self.time]
        return replace(operand, filters=(*operand.filters, *(Filter(column, self.periods) for column in own)))

    def _narrowed(self, link: Link) -> Link:
        kept = set(self.periods)
        return replace(link, pairs=tuple(pair for pair in link.pairs if pair[0] in kept))


def moments(rule: Rule, key: tuple[str, ...], catalogue: Catalogue) -> Iterator[Moment]:
    """The moments of a rule, in order of time; one for all times where no code list that it uses has dates."""
    dated = [codes for name, codes in catalogue.codes.items() if codes.entries and name in _used(rule)]
    if not dated:
        yield Moment(catalogue)
        return
    time = next((name for name in key if _is_time(name, rule, catalogue)), None)
    if time is None:
        raise InputError(
            "{at}: the code list of “{dimension}” changes in time (from, to), so for_each needs the period; add it there.",
            at=rule.place("for_each"), dimension=dated[0].dimension,
        )  # fmt: skip
    changes = sorted({day for codes in dated for day in codes.changes})
    periods: dict[int, list[str]] = {}
    for table in tables_with(time, rule, catalogue):
        for member in catalogue.observed(table, time):
            day = period_in(member, time, rule.place("for_each")).days[1]
            known = periods.setdefault(bisect_right(changes, day), [])
            known += [] if member in known else [member]
    if not periods:
        yield Moment(catalogue)
    for place, members in sorted(periods.items()):
        day = changes[place - 1] if place else changes[0] - 1
        yield Moment(catalogue.on(day), time, tuple(members))


def _used(rule: Rule) -> set[str]:
    """The dimensions whose code list the rule asks for more than the names of members."""
    own = (rule.where, *(s.conditions for s in rule.operands.values()))
    found = {dimension for conditions in own for dimension in _asked(conditions)}
    return found | ({rule.hierarchy[0]} if rule.hierarchy else set())


def _asked(conditions: Conditions) -> Iterator[str]:
    for column, (condition, _) in conditions.items():
        if isinstance(condition, Attributes) or (
            isinstance(condition, Relative) and condition.relation in TREE
        ):
            yield column


def _is_time(name: str, rule: Rule, catalogue: Catalogue) -> bool:
    table = catalogue.tables[rule.table]
    members = catalogue.observed(rule.table, name) if name in table.columns else ()
    return bool(members) and all(period_of(member) is not None for member in members)
