"""The text of an expression read into its tree, by operator precedence; it is never run as Python.

    condition   = "if" condition "then" condition ["else" condition] | condition "or" condition
                | condition "and" condition | "not" condition | total COMPARE total [COMPARE total]
                | total "is" ["not"] ("missing" | "stated") | total
    total       = total ("+" | "-" | "*" | "/" | "^") total | "-" total | NUMBER | TEXT | "true" | "false" | "unknown"
                | NAME | `QUOTED NAME` | NAME "(" condition {"," condition} ")" | "(" condition ")"

From loose to tight: if-then-else, or, and, not, comparison, + -, * /, minus, ^; operators of one level go from left to
right, but `^` from right to left; an `else` belongs to the nearest `if`.
V. R. Pratt, "Top down operator precedence", POPL 1973.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NoReturn

from audit.language.expression import (
    AND,
    COMPARE,
    MINUS,
    NOT,
    OR,
    POWER,
    POWERS,
    SUM,
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
)  # fmt: skip
from audit.language.functions import FUNCTIONS, Function
from audit.language.printing import KEYWORDS
from audit.model.errors import InputError, Term
from audit.model.frozen import frozen
from audit.model.nearest import nearest

LONGEST = 20_000
DEEPEST = 100

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"[^\"\n]*\"|'[^'\n]*')|(?P<quoted>`[^`\n]+`)|(?P<name>[^\W\d]\w*)"
    r"|(?P<compare>==|!=|<=|>=|<|>)|(?P<sign>[-+*/^(),])|(?P<wrong>\S)|(?P<end>$))"
)
_TRUTHS = {"true": True, "false": False, "unknown": None}
_AN_OPERAND = Term("a name, a number, a text in quotes or (")
_AN_OPERATOR = Term("an operator (+ - * / ^ == != <= >= < > is and or) or the end")
_CLOSED = Term("an operator (+ - * / ^ == != <= >= < > is and or), a comma or )")


@frozen
class _Token:
    """`kind` is number, text, quoted, name, end, or for keywords and signs the word itself."""

    kind: str
    text: str
    start: int


def parse(text: str, at: Position) -> Expression:
    """Read an expression that begins at `at`; `InputError` with file, line and column when it cannot be read."""
    if len(text) > LONGEST:
        raise InputError(
            "{at}: the expression has {length} characters; write it with at most {most}.",
            at=at, length=len(text), most=LONGEST,
        )  # fmt: skip
    expression = _Parser(text, at).whole()
    if _deeper_than(expression, DEEPEST):
        raise InputError(
            "{at}: the expression is nested more than {most} deep; split it into several rules.",
            at=at,
            most=DEEPEST,
        )
    return expression


class _Parser:
    """Walks once over the tokens of one text."""

    def __init__(self, text: str, at: Position) -> None:
        self._text = text
        self._at = at
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        expression = self._condition()
        if self._token.kind != "end":
            self._unexpected(_AN_OPERATOR)
        return expression

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, kind: str, expected: Term) -> _Token:
        if self._token.kind != kind:
            self._unexpected(expected)
        self._next += 1
        return self._tokens[self._next - 1]

    def _took(self, kind: str) -> bool:
        self._next += (found := self._token.kind == kind)
        return found

    def _condition(self) -> Expression:
        """What may stand alone, in brackets or as an argument: also an if-then."""
        if not self._took("if"):
            return self._operators(OR)
        self._enter()
        premise = self._operators(OR)
        self._take("then", Term("the word then"))
        chosen = self._condition()
        otherwise = self._condition() if self._took("else") else None
        self._depth -= 1
        if otherwise is None:
            return Junction("or", Not(premise), chosen)
        return Choice(premise, chosen, otherwise)

    def _operators(self, least: int) -> Expression:
        """An operand and all that follows it with operators that bind at least as tightly as `least`."""
        self._enter()
        left = self._operand(least)
        while (power := self._power()) >= least:
            left = self._compared(left) if power == COMPARE else self._joined(left, power)
        self._depth -= 1
        return left

    def _power(self) -> int:
        token = self._token
        return COMPARE if token.kind == "compare" else POWERS.get(token.kind, 0)

    def _joined(self, left: Expression, power: int) -> Expression:
        operator = self._take(self._token.kind, _AN_OPERATOR).kind
        right = self._operators(MINUS if power == POWER else power + 1)
        if power in (OR, AND):
            return Junction(operator, left, right)  # type: ignore[arg-type]
        return Calculation(operator, left, right)  # type: ignore[arg-type]

    def _compared(self, left: Expression) -> Expression:
        if self._took("is"):
            negated = self._took("not")
            stated = self._took("stated")
            if not stated:
                self._take("missing", Term("missing or stated"))
            return Not(Missing(left)) if stated != negated else Missing(left)
        first = self._take("compare", _AN_OPERATOR).text
        middle = self._operators(SUM)
        found: Expression = Comparison(first, left, middle)  # type: ignore[arg-type]
        if self._token.kind == "compare":
            second = self._take("compare", _AN_OPERATOR).text
            found = Junction("and", found, Comparison(second, middle, self._operators(SUM)))  # type: ignore[arg-type]
        if self._power() == COMPARE:
            self._unexpected(Term("and, or, or the end"))
        return found

    def _operand(self, least: int) -> Expression:
        token = self._token
        at = _moved(self._text, self._at, token.start)
        self._next += 1
        match token.kind:
            case "number":
                return Number(Decimal(token.text))
            case "text":
                return Text(token.text[1:-1])
            case "true" | "false" | "unknown":
                return Truth(_TRUTHS[token.kind])
            case "name" if self._token.kind == "(":
                return self._call(token.text, at)
            case "name":
                return Name(token.text, at)
            case "quoted":
                return Name(token.text[1:-1], at)
            case "(":
                inner = self._condition()
                self._take(")", _CLOSED)
                return inner
            case "-":
                return Minus(self._operators(MINUS))
            case "not" if least <= NOT:
                return Not(self._operators(NOT))
            case _:
                self._next -= 1
                return self._unexpected(_AN_OPERAND)

    def _call(self, function: str, at: Position) -> Expression:
        self._take("(", _AN_OPERAND)
        arguments = [self._condition()] if self._token.kind != ")" else []
        while self._took(","):
            arguments.append(self._condition())
        self._take(")", _CLOSED)
        if function not in FUNCTIONS:
            raise InputError(
                "{at}: there is no function “{name}”; the nearest is {nearest}.",
                at=at, name=function, nearest=nearest(function, FUNCTIONS),
            )  # fmt: skip
        known = FUNCTIONS[function]
        if not 1 <= len(arguments) <= (known.most or len(arguments)):
            raise InputError(
                "{at}: {name}() was given {count} arguments; give it its operand.",
                at=at, name=function, count=len(arguments),
            )  # fmt: skip
        return Call(function, _weighted(tuple(arguments), known), at)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > 2 * DEEPEST:
            raise InputError(
                "{at}: the expression is nested more than {most} deep; split it into several rules.",
                at=_moved(self._text, self._at, self._token.start), most=DEEPEST,
            )  # fmt: skip

    def _unexpected(self, expected: Term) -> NoReturn:
        token = self._token
        raise InputError(
            "{at}: the expression cannot be read at “{found}”; expected {expected}.",
            at=_moved(self._text, self._at, token.start), found=token.text[:40] or Term("the end"), expected=expected,
        )  # fmt: skip


def _weighted(arguments: tuple[Expression, ...], function: Function) -> tuple[Expression, ...]:
    """The arguments; for `sum(x * w)` the operand with its weight."""
    match arguments:
        case (Calculation("*", Name() as operand, Name(weight, at)),) if function.weighted:
            return (Weighted(operand, weight, at),)
        case _:
            return arguments


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        word = match[kind]
        plain = kind in ("sign", "wrong") or (kind == "name" and word in KEYWORDS)
        found.append(_Token(word if plain else kind, word, match.start(kind)))
    return found


def _moved(text: str, at: Position, offset: int) -> Position:
    before = text[:offset]
    if "\n" not in before:
        return Position(at.path, at.line, at.column + offset)
    return Position(at.path, at.line + before.count("\n"), offset - before.rfind("\n"))


def _deeper_than(expression: Expression, most: int) -> bool:
    level: tuple[Expression, ...] = (expression,)
    for _ in range(most):
        level = tuple(child for node in level for child in children(node))
        if not level:
            return False
    return True
