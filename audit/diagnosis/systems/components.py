"""Things that hang together: those that share something, directly or through others."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)


def components(shared: Mapping[Label, Collection[str]]) -> list[list[Label]]:
    """The labels in groups that share nothing with each other, each in the order given."""
    groups: list[tuple[set[str], list[Label]]] = []
    for label, own in shared.items():
        touched = [group for group in groups if not group[0].isdisjoint(own)]
        groups = [group for group in groups if group[0].isdisjoint(own)]
        together = set(own).union(*(group[0] for group in touched))
        groups.append((together, [*(one for _, labels in touched for one in labels), label]))
    order = {label: place for place, label in enumerate(shared)}
    return [sorted(labels, key=order.__getitem__) for _, labels in groups]
