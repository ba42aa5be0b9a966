"""A check told as a relation: the equation as it stands, both sides, the difference."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.model.report import Cell, Check
from audit.reporting.inert import excerpt, inert
from audit.reporting.numbers import common_unit, interval, plain, signed
from audit.wording import Words

_COMPARISON = re.compile(r" (==|!=|<=|>=|<|>) ")
_ALONE = re.compile(r"\b(?:min|max|sum|mean)\((\d+(?:\.\d+)?)\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_HOLDS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_FAILS = {"==": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
EQUATION_LIMIT = 120
EVIDENCE_LIMIT = 44


def measures(check: Check) -> bool:
    """Whether a check's relation is one of figures; a rule that counts rows gives `0 < 1`, which tells nothing."""
    told = {Decimal(number) for number in _NUMBER.findall(check.equation)}
    return any(told & {cell.value, cell.low, cell.high} for cell in check.cells)


def relation(check: Check) -> str:
    """What the figures as stated give, and it is true: `90 ≠ 50 + 30 = 80`, `650 + 1000 = 1650`.

    A relation of more than one comparison stays as the rule says it; one without figures is empty.
    """
    if not measures(check):
        return ""
    text = excerpt(_ALONE.sub(r"\1", inert(check.equation)), "", EQUATION_LIMIT)
    signs = _COMPARISON.findall(text)
    fails = check.verdict in ("violated", "reconcilable")
    if len(signs) != 1 or (fails and check.imbalance is None):
        return _COMPARISON.sub(lambda found: f" {_HOLDS[found[1]]} ", text)
    text = _COMPARISON.sub(lambda found: f" {(_FAILS if fails else _HOLDS)[found[1]]} ", text)
    right = plain(check.right)
    computed = " " in text.rpartition(f" {(_FAILS if fails else _HOLDS)[signs[0]]} ")[2]
    return f"{text} = {right}" if computed and fails and right and check.imbalance else text


def difference(check: Check) -> str:
    """The imbalance with its unit (`+10 家`); empty where no two sides could be computed."""
    unit = inert(common_unit(check.cells))
    return (
        f"{signed(check.imbalance)} {unit}".rstrip()
        if check.imbalance is not None and measures(check)
        else ""
    )


def sides(check: Check, _: Words) -> str:
    """Both sides as intervals, told only where they say more than the numbers do."""
    left, right = interval(check.left_low, check.left_high), interval(check.right_low, check.right_high)
    if not left or not right or (left, right) == (plain(check.left), plain(check.right)):
        return ""
    return _("left side {left}, right side {right}", left=left, right=right)


def balance(check: Check, _: Words) -> str:
    """Relation, imbalance and intervals in one line; the bare relation for a check without numbers."""
    gap = difference(check)
    parts = [relation(check), f"{_('imbalance')} {gap}" if gap else "", sides(check, _) if gap else ""]
    return "   ".join(part for part in parts if part)


def stated(cell: Cell) -> str:
    """The figure as the plan writes it, with its unit; the value where the plan's words are not at hand."""
    words = inert(cell.literal) or plain(cell.value)
    return excerpt(words + inert(cell.unit) if words else "", "", EVIDENCE_LIMIT)


def reading(cell: Cell) -> str:
    """The figure as an interval; empty where that is the stated number itself."""
    return (
        "" if cell.low is not None and cell.low == cell.high == cell.value else interval(cell.low, cell.high)
    )


def evidence(cell: Cell) -> tuple[str, str, str]:
    """The words of the plan before the figure, the figure, and after it (the last two may be empty)."""
    literal = inert(cell.literal)
    words = excerpt(inert(cell.evidence), literal, EVIDENCE_LIMIT)
    return words.partition(literal) if literal else (words, "", "")
