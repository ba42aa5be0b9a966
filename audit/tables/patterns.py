"""Whether cells have the form that a pattern of a descriptor describes, in time that grows with them whatever it is.

Polars has the word on every pattern: its matcher never goes back. A plain pattern (characters, classes, digits, groups
without groups in them, each with how often it may come) is tried first as one whose parts take as much as they can get and
give nothing back, but for the first. What has the form that way has it, and for cells that do Polars need not be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from audit.model.errors import InputError

_IN_CLASS = r"[^\\\[\]&~^-]"
_ONE = rf"(?:\\d|\\[!-/:;=?@\[-`{{-~]|[^\\\[\](){{}}?*+|^$]|\[\^?(?:\\d|{_IN_CLASS}(?:-{_IN_CLASS})?)+\])"
"""One character, written so that it means the same to Python and to Polars."""
_TIMES = r"(?:[?*+]|\{\d{1,2}(?:,\d{0,2})?\})"
_PIECE = rf"{_ONE}{_TIMES}?"
_PLAIN = re.compile(rf"\^?((?:{_PIECE})?)((?:{_PIECE}|\((?:\?:)?(?:{_PIECE})+\){_TIMES}?)*)\$?")
_PART = re.compile(rf"\((?:\?:)?|(?:{_ONE}|\))({_TIMES})?")

_SHORT = 200
"""Longer cells are not tried first: a part that gives back is tried at each of its characters."""


def without_form(pattern: str, place: str) -> Callable[[Collection[str]], Iterable[str]]:
    """What tells of cells those that do not, as a whole, have the form of a pattern declared at a place.

    Raises `InputError` for a pattern that cannot be read.
    """
    surely = _at_first_sight(pattern)
    if surely is None:
        _matching(pattern, place, ("",))

    def failing(cells: Collection[str]) -> Iterable[str]:
        unclear = [
            cell for cell in cells if surely is None or len(cell) > _SHORT or surely.fullmatch(cell) is None
        ]
        return {*unclear} - _matching(pattern, place, unclear) if unclear else ()

    return failing


def _at_first_sight(pattern: str) -> re.Pattern[str] | None:
    """A plain pattern as one that gives next to nothing back: what it matches, the pattern matches. None for another."""
    plain = _PLAIN.fullmatch(pattern)
    if plain is None:
        return None
    try:
        return re.compile(plain[1] + _PART.sub(_kept, plain[2]))
    except re.error:  # which Polars tells better, as of a range that runs backwards
        return None


def _kept(part: re.Match[str]) -> str:
    """A part of a plain pattern that keeps what it has taken."""
    if part[0].startswith("("):
        return "(?>"
    return f"{part[0]}+" if part[1] else part[0]


def _matching(pattern: str, place: str, cells: Collection[str]) -> set[str]:
    """The cells that match as a whole."""
    import polars as pl

    try:
        given = pl.Series(cells, dtype=pl.String)
        return {*given.filter(given.str.contains(rf"\A(?:{pattern})\z"))}
    except pl.exceptions.ComputeError as error:
        raise InputError(
            "datapackage.json: the pattern of {place} cannot be read ({problem}); write it without looking around and "
            "without references to an earlier part.",
            place=place, problem=_problem(str(error)),
        ) from None  # fmt: skip


def _problem(told: str) -> str:
    """What is wrong with a pattern, out of the lines that Polars tells of it."""
    lines = [line.strip() for line in told.splitlines()]
    named = (line.removeprefix("error: ") for line in lines if line.startswith("error: "))
    return next(named, lines[0].removeprefix("regex error: "))
