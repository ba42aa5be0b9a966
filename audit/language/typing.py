"""What every part of an expression is: a number, a text or a truth; a part of the wrong kind is an error at its place.

What passes here the engine can evaluate: nothing in a rule is left to fail on some data only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, NoReturn

from audit.language.expression import (
    Calculation,
    Call,
    Choice,
    Comparison,
    Expression,
    Junction,
    Minus,
    Missing,
    Name,
    Not,
    Number,
    Position,
    Text,
    Truth,
    Weighted,
    children,
    fold,
    walk,
)  # fmt: skip
from audit.language.functions import FUNCTIONS
from audit.language.printing import told
from audit.model.errors import InputError, Term
from audit.numbers.units import measured_in

Kind = Literal["number", "text", "boolean", "truth"]
"""`boolean` is a column of true and false; it is a truth, and compares with true, false or another such column."""


_WORDS: dict[Kind, Term] = {
    "number": Term("number"), "text": Term("text"), "boolean": Term("yes or no"), "truth": Term("condition"),
}  # fmt: skip


Cell = Callable[[str], tuple[str, str] | None]
"""For an operand the place of the cell that keeps its column from being one of numbers, and what it says."""


def require_truth(
    expression: Expression, operands: Mapping[str, Kind], at: Position, cell: Cell = lambda name: None
) -> None:
    """Raise `InputError` unless the expression, which begins at `at`, is a condition over operands of these kinds."""
    typing = _Typing(operands, at, cell)
    typing.truth(expression, fold(expression, typing.kind))


class _Typing:
    """Tells what a node is from what its parts are, and refuses parts of the wrong kind."""

    def __init__(self, operands: Mapping[str, Kind], at: Position, cell: Cell) -> None:
        self._operands = operands
        self._at = at
        self._cell = cell

    def kind(self, node: Expression, parts: tuple[Kind, ...]) -> Kind:
        """What a node is; `parts` are the kinds of its parts."""
        match node:
            case Number():
                return "number"
            case Text():
                return "text"
            case Name(name, _):
                return self._operands[name]
            case Minus() | Calculation() | Weighted():
                self._numbers(node, parts)
                return "number"
            case Comparison(operator, left, right):
                self._compare(operator, left, right, parts)
            case Not() | Junction():
                self._truths(node, parts)
            case Choice(premise, chosen, otherwise):
                self.truth(premise, parts[0])
                if parts[1] == "number":
                    self._number(otherwise, parts[2])
                    return "number"
                self.truth(chosen, parts[1])
                self.truth(otherwise, parts[2])
            case Call():
                return self._call(node, parts)
            case Truth() | Missing():
                pass
        return "truth"

    def truth(self, node: Expression, kind: Kind) -> None:
        """Refuse a node of this kind unless it is a condition."""
        if kind not in ("truth", "boolean"):
            self._refuse(
                node,
                "{at}: “{part}” is a {kind} where a condition is needed; compare it with something.",
                kind=_WORDS[kind],
            )

    def _truths(self, node: Expression, parts: tuple[Kind, ...]) -> None:
        for child, kind in zip(children(node), parts, strict=True):
            self.truth(child, kind)

    def _number(self, node: Expression, kind: Kind) -> None:
        if kind != "number":
            self._refuse_cell(node, kind)
            self._refuse(node, "{at}: “{part}” is a {kind} where a number is needed.", kind=_WORDS[kind])

    def _numbers(self, node: Expression, parts: tuple[Kind, ...]) -> None:
        for child, kind in zip(children(node), parts, strict=True):
            self._number(child, kind)

    def _compare(self, operator: str, left: Expression, right: Expression, parts: tuple[Kind, ...]) -> None:
        kinds = set(parts)
        known = Truth(None) not in (left, right)
        alike = len(kinds) == 1 and kinds != {"truth"} and known
        truths = known and kinds <= {"boolean", "truth"} and "boolean" in kinds and operator in ("==", "!=")
        if not (alike or truths):
            if kinds == {"text", "number"}:
                self._refuse_cell(*((left, "text") if parts[0] == "text" else (right, "text")))
            self._refuse(left, "{at}: “{part}” is a {kind} and “{other}” a {other_kind}; compare like with like.",
                         kind=_WORDS[parts[0]], other=told(right), other_kind=_WORDS[parts[1]])  # fmt: skip

    def _call(self, call: Call, parts: tuple[Kind, ...]) -> Kind:
        function, arguments = FUNCTIONS[call.function], call.arguments
        match function.form:
            case "number":
                self._numbers(call, parts)
            case "rounding":
                self._number(arguments[0], parts[0])
                if len(arguments) > 1 and digits_of(arguments[1]) is None:
                    self._refuse(
                        arguments[1],
                        "{at}: round(x, n) needs a whole number of digits between -15 and 9, not “{part}”.",
                    )
            case "conversion":
                self._number(arguments[0], parts[0])
                if factor_of(call) is None:
                    self._refuse(
                        call,
                        "{at}: convert(x, from, to) needs two units of one kind in quotes, as in {example}, not “{part}”.",
                        example='convert(x, "公顷", "平方公里")',
                    )
            case "test":
                self._quantified(call, parts)
                return "truth"
            case "counting" if len(arguments) == 1 and not isinstance(arguments[0], Name):
                self._quantified(call, parts)
            case "counting" | "operand":
                for argument in arguments:
                    if not isinstance(argument, Name):
                        self._refuse(
                            argument,
                            "{at}: {name}() counts the cells of an operand, not “{part}”.",
                            name=call.function,
                        )
                if function.asks:
                    self._numbers(call, parts)
            case "numbers":
                return self._aggregated(call, parts, texts=function.texts)
        return "number"

    def _aggregated(self, call: Call, parts: tuple[Kind, ...], texts: bool) -> Kind:
        match call.arguments:
            case (Name(),) if texts and parts[0] == "text":
                return "text"
            case (Name() | Weighted(),):
                pass
            case (_,):
                self._refuse(
                    call,
                    "{at}: {name}() takes one operand, or several numbers, not “{part}”.",
                    name=call.function,
                )
        self._numbers(call, parts)
        return "number"

    def _quantified(self, call: Call, parts: tuple[Kind, ...]) -> None:
        """any(x > …), all(x == …), count(x < …): a comparison that begins with an operand; or a truth column alone."""
        condition = call.arguments[0]
        if len(call.arguments) == 1 and isinstance(condition, Name) and parts[0] == "boolean":
            return
        if (
            len(call.arguments) > 1
            or not isinstance(condition, Comparison)
            or not isinstance(condition.left, Name)
        ):
            self._refuse(call, "{at}: {name}() needs one comparison that begins with an operand, e.g. {name}(x > 0).",
                         name=call.function)  # fmt: skip
        told_by_ends = (
            call.function != "count"
            and condition.operator not in ("==", "!=")
            and self._operands[condition.left.name] == "number"
        )
        if not isinstance(condition.right, Number | Text | Truth) and not told_by_ends:
            self._refuse(
                call,
                "{at}: “{part}” compares every cell with something that varies; compare with a number or a text.",
            )
        if any(isinstance(n, Name) and n.name == condition.left.name for n in walk(condition.right)):
            self._refuse(call, "{at}: “{part}” compares an operand with itself.")

    def _refuse_cell(self, node: Expression, kind: Kind) -> None:
        """Refuse an operand that is a text because of one of its cells, which is told."""
        found = self._cell(node.name) if isinstance(node, Name) and kind == "text" else None
        if found is not None:
            self._refuse(
                node,
                "{at}: “{part}” is a text where a number is needed: {place} says “{cell}”; mend the cells that are no "
                "numbers, or say numbers = {{column = \"unit\"}} for the table in audit.toml.",
                place=found[0], cell=found[1],
            )  # fmt: skip

    def _refuse(self, node: Expression, message: str, **values: object) -> NoReturn:
        at = next((n.at for n in walk(node) if isinstance(n, Name | Call)), self._at)
        raise InputError(message, at=at, part=told(node)[:60], **values)


def factor_of(call: Call) -> tuple[Decimal, Decimal] | None:
    """What convert(x, from, to) multiplies and divides by; None where its units are none, or of different kinds."""
    match call.arguments:
        case (_, Text(own), Text(wanted)) if own and wanted:
            (base, factor), (other, divisor) = measured_in(own), measured_in(wanted)
            return (factor, divisor) if base == other else None
    return None


def digits_of(node: Expression) -> int | None:
    """The digits that round(x, n) keeps: a whole number as written; None for anything else."""
    sign, number = (-1, node.operand) if isinstance(node, Minus) else (1, node)
    if not isinstance(number, Number) or number.value != number.value.to_integral_value():
        return None
    digits = sign * int(number.value)
    return digits if -15 <= digits <= 9 else None
