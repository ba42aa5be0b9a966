"""Conditions of rules as texts that are equal where the conditions are, wherever they stand in a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from audit.language.expression import Position


def conditions_of(conditions: Mapping[str, tuple[object, Position]]) -> tuple[tuple[str, str], ...]:
    """Each column with what is asked of it, sorted."""
    return tuple(sorted((column, str(_bare(condition))) for column, (condition, _) in conditions.items()))


def _bare(value: object) -> object:
    """A value of a rule without the places in its file."""
    if isinstance(value, Position):
        return None
    if is_dataclass(value):
        return (type(value).__name__, *(_bare(getattr(value, f.name)) for f in fields(value)))
    if isinstance(value, tuple):
        return tuple(_bare(part) for part in value)
    return value
