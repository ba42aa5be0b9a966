"""Code lists: the allowed members of a dimension, their hierarchy, their aliases and other attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.period import WRITTEN, period_of


@frozen
class Member:
    """One code. `attributes` holds every other column of the list that is not blank, by column name."""

    code: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether the entry holds for some time only, by its attributes `from` and `to`."""
        return "from" in self.attributes or "to" in self.attributes

    def first_day(self) -> int:
        """The first day on which the entry holds, counted from the year 1; `InputError` for what is no period."""
        return self._days("from")[0] if "from" in self.attributes else 0

    def last_day(self) -> int:
        """The last day on which the entry holds; `InputError` for what is no period."""
        return self._days("to")[1] if "to" in self.attributes else _ALWAYS

    def _days(self, attribute: str) -> tuple[int, int]:
        text = self.attributes[attribute]
        period = period_of(text)
        if period is None:
            raise InputError(
                "in the code list “{code}” has “{text}” in {column}, which is no period; write it like {ways}.",
                code=self.code, text=text, column=attribute, ways=WRITTEN,
            )  # fmt: skip
        return period.days


_ALWAYS = 10_000_000
"""A day after all others."""


@frozen(slots=False)
class CodeList:
    """The members of one dimension by code, in the order of the list.

    A parent's `breakdown` attribute says how its children make it up: `full` (exhaustive and disjoint), `of_which`
    (其中: some parts only), or blank (no arithmetic). Children that carry a `group` attribute form one breakdown a
    group, so that one whole can be broken down in several ways. A child's `weight` is what it counts for in its whole
    (-1 for what is taken off). `columns` are all columns of the list, also those that are blank for every member.

    A code may stand in the list several times, each time for a period of its own (`from`, `to`): a county that moved.
    Then `entries` are all of these, and `members` hold the last of each code; `on` gives the list of a day.
    """

    dimension: str
    members: dict[str, Member]
    columns: tuple[str, ...] = ()
    entries: tuple[Member, ...] = ()

    @classmethod
    def of(cls, dimension: str, entries: Iterable[Member], columns: Iterable[str] = ()) -> CodeList:
        """The list of these entries, in their order."""
        every = tuple(entries)
        dated = every if any(entry.dated for entry in every) else ()
        return cls(dimension, {entry.code: entry for entry in every}, tuple(columns), dated)

    @cached_property
    def changes(self) -> tuple[int, ...]:
        """The days on which the list becomes another one, in order; none for a list without dates."""
        firsts = (entry.first_day() for entry in self.entries)
        after = (entry.last_day() + 1 for entry in self.entries)
        return tuple(sorted({day for day in (*firsts, *after) if 0 < day <= _ALWAYS}))

    def on(self, day: int) -> CodeList:
        """The list as it was on a day, counted from the year 1; `InputError` where it has a code twice then."""
        if not self.entries:
            return self
        held: dict[str, Member] = {}
        for entry in self.entries:
            if entry.first_day() <= day <= entry.last_day():
                if entry.code in held:
                    raise InputError(
                        "in the code list of {dimension} the periods of two entries of “{code}” overlap; mend their from and to.",
                        dimension=self.dimension, code=entry.code,
                    )  # fmt: skip
                held[entry.code] = entry
        return replace(self, members=held, entries=())

    def __contains__(self, code: object) -> bool:
        return code in self.members

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for member in self.members.values():
            if member.parent:
                found.setdefault(member.parent, []).append(member.code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def children(self, code: str) -> tuple[str, ...]:
        """The members directly below `code`, in list order."""
        return self._children.get(code, ())

    def descendants(self, code: str) -> tuple[str, ...]:
        """All members below `code`, nearest first."""
        found = dict.fromkeys(self.children(code))
        below = list(found)
        for member in below:
            for child in self.children(member):
                if child not in found:
                    found[child] = None
                    below.append(child)
        return tuple(found)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """All members above `code`, nearest first; a circle ends where it closes."""
        return self.chain(code, "parent")

    def chain(self, code: str, attribute: str) -> tuple[str, ...]:
        """The members reached from `code` by following `attribute` (`parent`, `broader`, `successor`)."""
        found: dict[str, None] = {}
        while (above := self._next(code, attribute)) and above not in found and above in self.members:
            found[above] = None
            code = above
        return tuple(found)

    @cached_property
    def circle(self) -> str | None:
        """A member whose parents lead back to itself; None where there is none."""
        done: set[str] = set()
        for start in self.members:
            path: dict[str, None] = {}
            code: str | None = start
            while code is not None and code in self.members and code not in done:
                if code in path:
                    return code
                path[code] = None
                code = self.members[code].parent
            done.update(path)
        return None

    def _next(self, code: str, attribute: str) -> str | None:
        member = self.members.get(code)
        if member is None:
            return None
        return member.parent if attribute == "parent" else member.attributes.get(attribute)

    def groups(self) -> tuple[str, ...]:
        """The names of the breakdowns that children belong to; `("",)` when the list has one breakdown only."""
        return tuple(
            dict.fromkeys(m.attributes.get("group", "") for m in self.members.values() if m.parent)
        ) or ("",)

    def matching(self, attribute: str, value: str) -> tuple[str, ...]:
        """The members whose `attribute` is `value`.

        `below` means the member itself and all under it; `parent.breakdown` is the `breakdown` of a member's parent.
        """
        if attribute == "below":
            return (value, *self.descendants(value))
        if attribute.startswith("parent."):
            parents = set(self.matching(attribute.removeprefix("parent."), value))
            return tuple(m.code for m in self.members.values() if m.parent in parents)
        if attribute == "parent":
            return tuple(m.code for m in self.members.values() if (m.parent or "") == value)
        return tuple(m.code for m in self.members.values() if m.attributes.get(attribute, "") == value)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The names that `matching` knows: the attributes of members, their parents', and `below`."""
        told = frozenset(name for m in self.members.values() for name in m.attributes)
        own = (told | frozenset(self.columns) | {"parent"}) - {"code", "aliases"}
        return own | {f"parent.{name}" for name in own} | {"below"}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every code and alias with the code it stands for."""
        found = {alias: m.code for m in self.members.values() for alias in m.aliases}
        return found | {code: code for code in self.members}


LABEL = "label_en"
"""The column of a code list with the English name of each member."""


def labels_of(codes: Iterable[CodeList]) -> dict[str, str]:
    """The English name of every member that has one, of all lists."""
    return {
        code: member.attributes[LABEL]
        for one in codes
        for code, member in one.members.items()
        if member.attributes.get(LABEL)
    }
