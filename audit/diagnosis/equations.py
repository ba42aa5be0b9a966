"""The relation of a check with its operands filled in, from the tree and the values that were judged.

What comes of it is a check's `formula` (see `formulas`): computed from its cells it has the verdict that the check has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce

from audit.diagnosis.formulas import ABSENT, HERE, quotable
from audit.engine import exact
from audit.engine.intervals import Interval
from audit.engine.operand_values import OperandValues
from audit.language.expression import (
    Calculation,
    Call,
    Comparison,
    Expression,
    Junction,
    Minus,
    Missing,
    Name,
    Number,
    Text,
    Truth,
    Weighted,
    children,
    with_children,
)  # fmt: skip
from audit.language.plan import Operand
from audit.language.printing import told
from audit.language.rule import Tolerance
from audit.language.typing import factor_of
from audit.language.uses import Test, constant_of
from audit.model.frozen import frozen
from audit.model.report import Cell

MOST = 60
"""Cells of an aggregate that are written out; of more only what they come to is told."""


@frozen
class Stated:
    """One thing that is compared or added up: its cell and weights, and the places of all cells that state it otherwise."""

    places: tuple[int, ...]
    cell: Cell
    weights: Mapping[str, Decimal | None]

    @property
    def leaf(self) -> Expression:
        return Name("|".join(map(str, self.places)), HERE)


@frozen
class Filling:
    """What an operand has at one check: the things it states (`whole`: all of them), and the values that were judged."""

    operand: Operand
    values: OperandValues
    check: int
    stated: tuple[Stated, ...]
    whole: bool = True

    @property
    def is_written_out(self) -> bool:
        """Whether the cells of the operand as an aggregate are told one by one."""
        return self.whole and len(self.stated) <= MOST

    @property
    def is_text(self) -> bool:
        return self.values.texts is not None

    @property
    def leaves(self) -> list[Expression]:
        """The cells as parts of an expression."""
        return [
            self._text(one.cell.literal) if self.is_text and len(one.places) == 1 else one.leaf
            for one in self.stated
        ]

    @property
    def alone(self) -> Expression:
        """The operand used by itself."""
        if self.is_text:
            texts = self.values.texts
            assert texts is not None
            text = texts.one(self.check)
            return _absent() if text is None else self._text(text)
        if self.stated:
            return self.stated[0].leaf
        return _number(self.values.cell[0] if self.values.cell else None, self.check)

    def asked_for(self) -> Expression:
        """The operand in `is missing`."""
        if self.values.absent[self.check]:
            return _absent()
        return self.leaves[0] if self.stated else Number(Decimal(0))

    def _text(self, text: str) -> Expression:
        if self.operand.type == "boolean" and text in ("true", "false"):
            return Truth(text == "true")
        return Text(quotable(text))


def formula_of(check: Expression, fillings: Mapping[str, Filling], tolerance: Tolerance) -> str:
    """The expression of a rule with its operands filled in, in the rule language."""
    return told(_Filled(fillings, tolerance).of(check))


class _Filled:
    """Fills the operands of one check into an expression."""

    def __init__(self, fillings: Mapping[str, Filling], tolerance: Tolerance) -> None:
        self._fillings = fillings
        self._tolerance = tolerance

    def of(self, node: Expression) -> Expression:
        match node:
            case Name(name, _):
                return self._fillings[name].alone
            case Missing(Name(name, _)):
                return Missing(self._fillings[name].asked_for())
            case Comparison():
                return self._compared(node)
            case Call():
                return self._call(node)
            case _:
                return with_children(node, tuple(map(self.of, children(node))))

    def _compared(self, node: Comparison) -> Expression:
        """A comparison with its tolerance: two numbers are equal when they differ by no more."""
        left, right = self.of(node.left), self.of(node.right)
        slack = self._slack(left, right)
        if slack is None or self._is_text(node.left) or self._is_text(node.right):
            return Comparison(node.operator, left, right)
        apart = Call("abs", (Calculation("-", left, right),), HERE)
        match node.operator:
            case "==":
                return Comparison("<=", apart, slack)
            case "!=":
                return Comparison(">", apart, slack)
            case "<=":
                return Comparison("<=", Calculation("-", left, slack), right)
            case ">=":
                return Comparison(">=", Calculation("+", left, slack), right)
            case _:
                return Comparison(node.operator, left, right)

    def _slack(self, left: Expression, right: Expression) -> Expression | None:
        absolute, relative = self._tolerance.absolute, self._tolerance.relative
        if not relative:
            return Number(absolute) if absolute else None
        sizes = tuple(Call("abs", (side,), HERE) for side in (left, right))
        share = Calculation("*", Number(relative), Call("max", sizes, HERE))
        return Calculation("+", Number(absolute), share) if absolute else share

    def _is_text(self, node: Expression) -> bool:
        match node:
            case Name(name, _) | Call("min" | "max", (Name(name, _),), _):
                return self._fillings[name].is_text
            case _:
                return isinstance(node, Text | Truth)

    def _call(self, call: Call) -> Expression:
        match call.function, call.arguments:
            case "sum", (Weighted(Name(name, _), weight, _),):
                return self._weighed(self._fillings[name], weight)
            case "count", (Comparison(operator, Name(name, _), constant),):
                return self._counted(self._fillings[name], Test(operator, constant_of(constant)))  # type: ignore[arg-type]
            case ("any" | "all") as function, (condition,):
                return self._quantified(function, condition)
            case ("count" | "distinct" | "expected") as function, (Name(name, _),):
                filling = self._fillings[name]
                return _number(filling.values.aggregates[function][0], filling.check)
            case "count", arguments:
                stated = [self._fillings[a.name] for a in arguments if isinstance(a, Name)]
                return Number(Decimal(sum(not f.values.absent[f.check] for f in stated)))
            case "convert", (number, *_):
                times, divisor = factor_of(call) or (Decimal(1), Decimal(1))
                return _rescaled(self.of(number), times, divisor)
            case function, (Name(name, _),) if function not in ("abs", "round"):
                return self._aggregate(function, self._fillings[name])
            case _:
                return with_children(call, tuple(map(self.of, call.arguments)))

    def _aggregate(self, function: str, filling: Filling) -> Expression:
        if filling.is_text:
            texts = filling.values.texts if function == "min" else filling.values.texts_most
            assert texts is not None
            text = texts.one(filling.check)
            return _absent() if text is None else Text(quotable(text))
        total = filling.values.aggregates["sum" if function == "mean" else function][0]
        parts = filling.leaves
        if not parts or not filling.is_written_out:
            known = _number(total, filling.check)
            if parts and function == "mean":
                return Calculation(
                    "/", known, _number(filling.values.aggregates["averaged"][0], filling.check)
                )
            return known
        if total.missing[filling.check]:
            parts = [*parts, _absent()]
        if len(parts) == 1:
            return Number(Decimal(0)) if function == "mad" else parts[0]
        return _added(parts) if function == "sum" else Call(function, tuple(parts), HERE)

    def _weighed(self, filling: Filling, weight: str) -> Expression:
        total = filling.values.weighted[weight][0]
        parts: list[Expression] = [
            _times(one.leaf, factor) for one in filling.stated if (factor := one.weights.get(weight)) is not None
        ]  # fmt: skip
        if total.missing[filling.check]:
            parts.append(_absent())
        return _added(parts) if parts and filling.is_written_out else _number(total, filling.check)

    def _counted(self, filling: Filling, test: Test) -> Expression:
        passed = filling.values.passed[test]
        sure, possible = (count[0][filling.check] for count in (passed.sure, passed.possible))
        if passed.unread[filling.check] or sure != possible:
            return _absent()
        return Number(Decimal(int(sure)))

    def _quantified(self, function: str, condition: Expression) -> Expression:
        """any and all as the cells' own comparisons, joined by or and and."""
        if isinstance(condition, Name):
            condition = Comparison("==", condition, Truth(True))
        assert isinstance(condition, Comparison) and isinstance(condition.left, Name), (
            "types are checked before"
        )
        filling, right = self._fillings[condition.left.name], self.of(condition.right)
        splits = filling.operand.translation is not None and filling.operand.translation.splits
        if splits or not filling.is_written_out:
            return self._decided(function, filling, condition)
        parts = filling.leaves
        if not parts or self._is_unread(filling, condition):
            parts = [*parts, _absent()]
        compared: list[Expression] = [Comparison(condition.operator, part, right) for part in parts]
        return reduce(lambda a, b: Junction("or" if function == "any" else "and", a, b), compared)

    def _is_unread(self, filling: Filling, condition: Comparison) -> bool:
        """Whether a cell that cannot be read might pass or fail; where cells are compared with what varies, any lacking."""
        if isinstance(condition.right, Number | Text | Truth):
            return bool(
                filling.values.passed[Test(condition.operator, constant_of(condition.right))].unread[
                    filling.check
                ]
            )
        return bool(filling.values.absent[filling.check])

    def _decided(self, function: str, filling: Filling, condition: Comparison) -> Expression:
        """What any or all come to, where the cells are not written out."""
        if not isinstance(condition.right, Number | Text | Truth):
            return Truth(None)
        passed = filling.values.passed.get(Test(condition.operator, constant_of(condition.right)))
        if passed is None or passed.unread[filling.check] or not passed.count[filling.check]:
            return Truth(None)
        sure, possible = passed.sure[0][filling.check], passed.possible[0][filling.check]
        if sure != possible:
            return Truth(None)
        return Truth(bool(sure > 0 if function == "any" else sure == passed.count[filling.check]))


def _absent() -> Expression:
    return Name(ABSENT, HERE)


def _number(interval: Interval | None, check: int) -> Expression:
    """The single number that an interval is at a check; `?` for none."""
    if interval is None:
        return _absent()
    low, high = exact.decimal_at(interval.low, check), exact.decimal_at(interval.high, check)
    return _absent() if low is None or low != high else Number(low)


def _added(parts: Sequence[Expression]) -> Expression:
    def added(total: Expression, part: Expression) -> Expression:
        return (
            Calculation("-", total, part.operand)
            if isinstance(part, Minus)
            else Calculation("+", total, part)
        )

    return reduce(added, parts)


def _rescaled(part: Expression, times: Decimal, divisor: Decimal) -> Expression:
    """A number in another unit: times a whole number, or divided by one."""
    if times % divisor == 0:
        return _times(part, times / divisor)
    if divisor % times == 0:
        return Calculation("/", part, Number(divisor / times))
    return Calculation("/", _times(part, times), Number(divisor))


def _times(part: Expression, factor: Decimal) -> Expression:
    if factor == 1:
        return part
    return Minus(part) if factor == -1 else Calculation("*", part, Number(factor))
