"""Code lists: the allowed members of a dimension, their hierarchy, their aliases and other attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Member:
    """One code. `attributes` holds every other column of the list that is not blank, by column name."""

    code: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeList:
    """The members of one dimension by code, in the order of the list.

    A parent's `breakdown` attribute says how its children make it up: `full` (exhaustive and disjoint), `of_which`
    (其中: some parts only), or blank (no arithmetic). Children that carry a `group` attribute form one breakdown a
    group, so that one whole can be broken down in several ways. `columns` are all columns of the list, also those that
    are blank for every member.
    """

    dimension: str
    members: dict[str, Member]
    columns: tuple[str, ...] = ()

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
        found: list[str] = []
        level = self.children(code)
        while level:
            found.extend(level)
            level = tuple(child for member in level for child in self.children(member) if child not in found)
        return tuple(found)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """All members above `code`, nearest first; a circle ends where it closes."""
        return self.chain(code, "parent")

    def chain(self, code: str, attribute: str) -> tuple[str, ...]:
        """The members reached from `code` by following `attribute` (`parent`, `broader`, `successor`)."""
        found: list[str] = []
        while (above := self._next(code, attribute)) and above not in found and above in self.members:
            found.append(above)
            code = above
        return tuple(found)

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
