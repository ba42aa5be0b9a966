"""One figure stated with different values: which of them fits, tried by letting all rows state each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.diagnosis.causes.figures import with_number
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.trials.trial import Change
from audit.language.expression import Call, Comparison, Name
from audit.language.rule import Rule
from audit.model.phrase import Phrase
from audit.model.report import SEVERAL_VALUES, Cell, Check

_MOST = 4
_STATED = 0.02
"""How likely a value is the right one, for every row that states it."""


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For every finding that asks rows to agree, and every check that has a figure stated twice, each value stated.

    The value that more rows state goes before. Cells that only the lack of a key puts together are not one figure.
    """
    for check in (*(finding.check for finding in situation.findings), *situation.untestable):
        for operand in _agreeing(check, situation.rules[check.rule]):
            cells = [cell for cell in check.cells if cell.operand == operand]
            concerns = frozenset({check.id}) if check.verdict == "untestable" else frozenset[str]()
            yield from _each(situation, cells, concerns)


def _agreeing(check: Check, rule: Rule) -> Iterator[str]:
    """The operands whose cells should all be one number: min(x) == max(x), or one that is stated twice."""
    match rule.check:
        case Comparison("==", Call("min", (Name(name, _),), _), Call("max", (Name(other, _),), _)) if (
            name == other
        ):
            if check.verdict == "violated":
                yield name
    yield from (
        one.removesuffix(SEVERAL_VALUES)
        for one in check.missing
        if one.endswith(SEVERAL_VALUES) and one.removesuffix(SEVERAL_VALUES) not in check.lumped
    )


def _each(situation: Situation, cells: Sequence[Cell], concerns: frozenset[str]) -> Iterator[Hypothesis]:
    values = {cell.value: cell for cell in cells if cell.value is not None}
    if not 2 <= len(values) <= _MOST:
        return
    for value, stated in values.items():
        changes = []
        for cell in cells:
            place = situation.place(cell)
            if cell.value == value:
                continue
            row = None if place is None or value is None else with_number(situation.row(place), cell, value)
            if place is None or row is None:
                return
            changes.append(Change(*place, row))
        literal = f"{stated.literal.removesuffix(stated.unit)}{stated.unit}"
        where = situation.called(stated)
        yield Hypothesis(
            "stated_twice", tuple(changes),
            Phrase(f"同一指标写有不同的数，{where.zh}的{literal}为准",
                   f"one figure has several values; {literal} at {where.en} fits"),
            likelihood=_STATED * sum(cell.value == value for cell in cells), concerns=concerns,
        )  # fmt: skip
