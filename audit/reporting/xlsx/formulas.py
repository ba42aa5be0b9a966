"""The relation of a check as formulas of a spreadsheet over the cells that hold its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.reporting.terms import COMPARISONS, Term

_FUNCTIONS = {"min": "MIN", "max": "MAX", "mean": "AVERAGE", "abs": "ABS", "round": "ROUND"}
_WORDS = {"+", "-", "*", "/", "^", "(", ")", ","}
_EXCEL = {"==": "=", "!=": "<>", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}
PLACES = 8
"""Decimals to which a spreadsheet, which computes in binary, rounds what it compares; figures have at most four."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a relation as formulas without `=`, and the comparison as a spreadsheet writes it."""

    left: str
    comparison: str
    right: str


def sides(terms: Sequence[Term], references: Sequence[str | None]) -> Sides | None:
    """The formulas of a relation of one comparison; `references` hold the place of each figure, None without number.

    None where a spreadsheet can't compute the relation from these figures.
    """
    signs = [place for place, term in enumerate(terms) if term in COMPARISONS]
    if len(signs) != 1 or not any(isinstance(term, int) for term in terms):
        return None
    left = _formula(terms[: signs[0]], references)
    right = _formula(terms[signs[0] + 1 :], references)
    if left is None or right is None:
        return None
    return Sides(left, _EXCEL[str(terms[signs[0]])], right)


def _formula(terms: Sequence[Term], references: Sequence[str | None]) -> str | None:
    parts = [_part(term, references) for term in terms]
    return None if None in parts or not parts else "".join(part for part in parts if part is not None)


def _part(term: Term, references: Sequence[str | None]) -> str | None:
    if isinstance(term, int):
        return references[term]
    if term in _WORDS:
        return term
    if term.replace(".", "", 1).isdecimal():
        return term
    return _FUNCTIONS.get(term)
