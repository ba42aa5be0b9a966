"""The relation of a check in pieces: words (operators, functions, numbers) and figures, in order.

What a picture draws. It is the check's formula, so that nothing is told but what was judged.
"""

from __future__ import annotations

import re

from audit.diagnosis.formulas import ABSENT, tree_of
from audit.language.expression import ATOM, Expression, Name, walk
from audit.language.printing import Printed, told
from audit.model.errors import InputError
from audit.model.report import Check

Term = str | int
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
MOST = 60
_TERM = re.compile(r"\0(\d+)\0|(\"[^\"]*\"|'[^']*'|\d+(?:\.\d+)?|\w+|[=!<>]=|\S)")


def terms(check: Check) -> tuple[Term, ...]:
    """Words, and places of cells in `check.cells`; empty when there is no formula, or one that is too long."""
    tree = formula_tree(check)
    if tree is None:
        return ()
    text = told(tree, _marked)
    found = tuple(int(place) if place else word for place, word in _TERM.findall(text))
    return found if len(found) <= MOST else ()


def formula_tree(check: Check) -> Expression | None:
    """The formula of a check as a tree; None where it has none, or one that its cells can't fill."""
    try:
        tree = tree_of(check.formula) if check.formula else None
    except InputError:
        return None
    named = (
        [place for node in walk(tree) if isinstance(node, Name) for place in node.name.split("|")]
        if tree
        else []
    )
    known = {ABSENT, *map(str, range(len(check.cells)))}
    return tree if known.issuperset(named) else None


def _marked(node: Expression) -> Printed | None:
    """A figure by its place; of a cell stated twice, both."""
    if not isinstance(node, Name) or not node.name[0].isdecimal():
        return (node.name, ATOM) if isinstance(node, Name) else None
    places = " | ".join(f"\0{place}\0" for place in node.name.split("|"))
    return (f"({places})" if "|" in places else places), ATOM
