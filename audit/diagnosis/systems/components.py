"""Things that hang together: those that share something, directly or through others."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)


def components(shared: Mapping[Label, Collection[str]]) -> list[list[Label]]:
    """The labels in groups that share nothing with each other, in the order given; in time that grows with what they
    share (R. Tarjan, "Efficiency of a good but not linear set union algorithm", JACM 22, 1975)."""
    above: dict[Label, Label] = {label: label for label in shared}

    def root(label: Label) -> Label:
        while above[label] != label:
            above[label] = above[above[label]]
            label = above[label]
        return label

    first: dict[str, Label] = {}
    for label, own in shared.items():
        for one in own:
            above[root(label)] = root(first.setdefault(one, label))
    groups: dict[Label, list[Label]] = {}
    for label in shared:
        groups.setdefault(root(label), []).append(label)
    return list(groups.values())
