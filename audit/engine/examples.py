"""A rule's own examples, run through the same judge as its checks.

Each example is a key of its own; the cells that it gives stand for the cells that the rule's selections would find.
A number is read as its words say (`130家以上`, `150亿元`, `3-5家`), null is a row that states nothing, a list gives
several cells of an aggregate, and an operand that is not named has no row. Examples try `check`: `applies` is not
asked, and `missing: skip` counts as `report`, so that an example can show what is missing.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from audit.engine import exact
from audit.engine.cells import Cells
from audit.engine.confront import judged
from audit.engine.figures import Ends, opened, spread_out
from audit.engine.groups import grouped
from audit.engine.keys import Integers
from audit.engine.plan_keys import keys_of
from audit.engine.vocabulary import Vocabulary, coded
from audit.language.plan import Link, Operand, Plan
from audit.language.rule import Example, Rule
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.report import Verdict
from audit.numbers.quantities import Quantity
from audit.numbers.reading import read_figure
from audit.numbers.rounding import Rounding, spread

_KEY = "example"


@frozen
class Trial:
    """An example with the verdict that its rule gives it."""

    example: Example
    verdict: Verdict

    @property
    def passed(self) -> bool:
        """Whether the verdict is the one that the example says."""
        return self.verdict == self.example.verdict


def try_examples(plan: Plan) -> tuple[Trial, ...]:
    """The verdicts of all examples of a plan's rule, in their order.

    Raises `InputError` for a cell of an example that cannot be read.
    """
    examples = plan.rule.examples
    if not examples:
        return ()
    shown = _for_examples(plan)
    given = (cell for e in examples for o in shown.operands for cell in _cells(e, o) if cell is not None)
    vocabulary = Vocabulary(tuple(sorted({"", *given, *map(str, range(len(examples)))})))
    groups = tuple(grouped(_example_cells(operand, plan.rule, vocabulary)) for operand in shown.operands)
    found = judged(shown, vocabulary, groups, keys_of(shown, groups, {}))
    verdicts = {
        key[_KEY]: found.verdict(check) for check, key in found.keys_of(np.arange(len(found))).items()
    }
    return tuple(Trial(e, verdicts.get(f"{number}", "untestable")) for number, e in enumerate(examples))


def _for_examples(plan: Plan) -> Plan:
    """The plan with the examples as its only dimension."""
    rule = replace(plan.rule, applies=None, for_each=(), hierarchy=None)
    return Plan(rule, False, (_KEY,), tuple(_operand(place, plan) for place in range(len(plan.operands))))


def _operand(place: int, plan: Plan) -> Operand:
    """An operand that takes what the examples give it, and expects as many cells as they list."""
    operand = plan.operands[place]
    expected: dict[str | None, tuple[str, ...]] = {}
    if operand.expected:
        for number, example in enumerate(plan.rule.examples):
            expected[f"{number}"] = tuple(f"{i}" for i, _ in enumerate(_cells(example, operand)))
    return replace(
        operand, matched=((_KEY, _KEY),), links=(Link(_KEY, _KEY, ()),), key_filters=(), members=(), expected=expected,
        policy="report" if operand.policy == "skip" else operand.policy, keyed=True, translation=None,
    )  # fmt: skip


def _cells(example: Example, operand: Operand) -> tuple[str | None, ...]:
    given = example.cells.get(operand.name, ())
    return given if isinstance(given, tuple) else (given,)


def _example_cells(operand: Operand, rule: Rule, vocabulary: Vocabulary) -> Cells:
    """What all examples give an operand, keyed by the number of the example."""
    given = [
        (str(number), cell, example)
        for number, example in enumerate(rule.examples)
        for cell in _cells(example, operand)
    ]
    content: Ends | Integers
    if operand.type != "number" or not operand.column:
        content = vocabulary.codes(cell or "" for _, cell, _ in given)
    else:
        rounding = "exact" if rule.rounding is None and operand.column != "value" else rule.rounding
        content = _figures([_read(cell, operand, example) for _, cell, example in given], rounding)
    every = np.arange(len(given))
    numbers = vocabulary.codes(number for number, _, _ in given)
    return Cells(vocabulary, (numbers,), (), operand.many, every, content, every, limits=operand.limits)


def _read(cell: str | None, operand: Operand, example: Example) -> Quantity | None:
    if cell is None:
        return None
    quantity = read_figure(cell)
    if quantity is None:
        raise InputError(
            "{at}: the example gives “{name}” as “{cell}”, which is no number; write it as a plan would (130家以上).",
            at=example.at, name=operand.name, cell=cell,
        )  # fmt: skip
    return quantity


def _figures(quantities: list[Quantity | None], rounding: Rounding | None) -> Ends:
    """Figures as stated and as allowed."""
    none = (None, None, None, None, Decimal(0))
    columns = zip(*(none if q is None else _numbers(q, rounding) for q in quantities), strict=True)
    numbers = [exact.of_decimals(list(column)) for column in columns] or [exact.nothing(0)] * 5
    start, end, low, high, half = numbers
    bounds = coded(None if q is None else q.bound for q in quantities)
    return spread_out(opened(Ends(start, end, low, high), bounds), half, rounding)


def _numbers(quantity: Quantity, rounding: Rounding | None) -> tuple[Decimal | None, ...]:
    """Both numbers as stated, both ends, and how far it may lie from them."""
    value, low, high = quantity.value, quantity.low, quantity.high
    by = spread(quantity.step, quantity.unit, rounding)
    return (low if value is None else value, high if value is None else value, low, high, by)
