"""A check told as a relation: the equation as it stands, both sides, the difference."""

from __future__ import annotations

import re
from fractions import Fraction

from audit.diagnosis.formulas import computed, heeds_beyond, is_true, stated_number
from audit.language.expression import Comparison, Minus, Name, Number, walk
from audit.language.printing import told
from audit.model.report import Cell, Check
from audit.reporting.inert import excerpt, inert
from audit.reporting.numbers import common_unit, interval, plain, signed
from audit.reporting.terms import formula_tree
from audit.wording import Words

_FIGURE = re.compile(r"`\d")
_HOLDS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_FAILS = {"==": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
EQUATION_LIMIT = 120
EVIDENCE_LIMIT = 44


def measures(check: Check) -> bool:
    """Whether a check's relation is one of figures; a rule that counts rows gives `0 < 1`, which tells nothing."""
    return _FIGURE.search(check.formula) is not None


def relation(check: Check) -> str:
    """What the figures as stated give, and it is true: `90 ≠ 50 + 30 = 80`, `650 + 1000 = 1650`, `40 ≠ 100; 40 < 50`.

    Of several comparisons each is told as it is; one that is not known stays as the rule asks it. A relation without
    figures is empty.
    """
    tree = formula_tree(check)
    if tree is None or not measures(check):
        return ""
    if isinstance(tree, Comparison):
        return _shortened(_alone(check, tree))
    found = [node for node in walk(tree) if isinstance(node, Comparison)]
    return _shortened("; ".join(_compared(node, is_true(node, check.cells), check) for node in found))


def _alone(check: Check, node: Comparison) -> str:
    """The one comparison of a check, with what its right side comes to where it does not hold."""
    fails = check.verdict in ("violated", "reconcilable")
    text = _compared(node, not fails, check)
    right = computed(node.right, check.cells)
    whole = node.right.operand if isinstance(node.right, Minus) else node.right
    told_whole = (
        node.operator == "!="
        or isinstance(whole, Name | Number)
        or check.right is None
        or right != Fraction(check.right)
    )
    return text if told_whole or not fails else f"{text} = {plain(check.right)}"


def _compared(node: Comparison, holds: bool | None, check: Check) -> str:
    left, right = (
        told(side, lambda one: stated_number(one, check.cells, beyond=heeds_beyond(node)))
        for side in (node.left, node.right)
    )
    sign = _HOLDS[node.operator] if holds is not False else _FAILS[node.operator]
    return f"{left} {sign} {right}"


def _shortened(text: str) -> str:
    """The text made inert; a long one ends with a whole word, so that no number is cut."""
    shown = inert(text)
    return shown if len(shown) <= EQUATION_LIMIT else shown[: shown.rfind(" ", 0, EQUATION_LIMIT)] + " …"


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
    left, right = (
        interval(
            getattr(check, f"{side}_low"),
            getattr(check, f"{side}_high"),
            low_reached=f"{side}_low" not in check.unreached,
            high_reached=f"{side}_high" not in check.unreached,
        )
        for side in ("left", "right")
    )
    if not left or not right or (left, right) == (plain(check.left), plain(check.right)):
        return ""
    return _("left side {left}, right side {right}", left=left, right=right)


def balance(check: Check, _: Words) -> str:
    """Relation, imbalance and intervals in one line; the bare relation for a check without numbers."""
    gap = difference(check)
    parts = [relation(check), f"{_('imbalance')} {gap}" if gap else "", sides(check, _) if gap else ""]
    return "   ".join(part for part in parts if part)


def counted_only(check: Check, _: Words) -> str:
    """How many figures of a check are not told, wherever the report is looked at; blank where all are."""
    count = sum(check.untold.values())
    return (
        _.plural("{n} more figure is only counted", "{n} more figures are only counted", count)
        if count
        else ""
    )


def stated(cell: Cell) -> str:
    """The figure as the plan writes it, with its unit; the value where the plan's words are not at hand."""
    words = inert(cell.literal) or plain(cell.value)
    return excerpt(words + inert(cell.unit) if words else "", "", EVIDENCE_LIMIT)


def reading(cell: Cell) -> str:
    """The figure as an interval; empty where that is the stated number itself."""
    return (
        "" if cell.low is not None and cell.low == cell.high == cell.value else interval(cell.low, cell.high)
    )
