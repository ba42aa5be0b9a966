"""A relation in words and in figures: the equation with its numbers filled in, and the sentence of a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import Formatter

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
    Text,
    Truth,
    Weighted,
)  # fmt: skip
from audit.language.printing import told
from audit.language.rule import Rule
from audit.model.phrase import Phrase, places_in
from audit.model.report import Cell, Verdict

_ABSENT = "?"
_SHOWN = 12
_BREAK = re.compile(r"\s*\n\s*")


def equation(expression: Expression, cells: Mapping[str, Sequence[Cell]]) -> str:
    """The expression with each operand replaced by what it states: `1650 == 650 + 1000`; `?` for what is missing."""
    match expression:
        case Number(value):
            return f"{value:f}"
        case Text(value):
            return f"“{value}”"
        case Truth(value):
            return str(value).lower()
        case Name(name, _):
            return _stated(cells.get(name, ()))
        case Call("sum", (Name(name, _),), _):
            return " + ".join(_number(cell) for cell in cells.get(name, ())) or _ABSENT
        case Call("count", (Name(name, _),), _):
            return str(len({(c.document, c.id) for c in cells.get(name, ())}))
        case Call(function, arguments, _):
            return f"{function}({', '.join(_argument(a, cells) for a in arguments)})"
        case Minus(operand):
            return f"-{equation(operand, cells)}"
        case Calculation(operator, left, right):
            return f"{_grouped(left, operator, cells)} {operator} {_grouped(right, operator, cells)}"
        case Comparison(operator, left, right) | Junction(operator, left, right):
            return f"{equation(left, cells)} {operator} {equation(right, cells)}"
        case Weighted():
            return told(expression)
        case Choice(premise, chosen, otherwise):
            parts = (equation(part, cells) for part in (premise, chosen, otherwise))
            return "if {} then {} else {}".format(*parts)
        case Not(Missing(operand)):
            return f"{equation(operand, cells)} is not missing"
        case Not(operand):
            return f"not ({equation(operand, cells)})"
        case Missing(operand):
            return f"{equation(operand, cells)} is missing"


def _argument(expression: Expression, cells: Mapping[str, Sequence[Cell]]) -> str:
    if isinstance(expression, Name):
        return ", ".join(_number(cell) for cell in cells.get(expression.name, ())[:_SHOWN]) or _ABSENT
    return equation(expression, cells)


def _grouped(expression: Expression, operator: str, cells: Mapping[str, Sequence[Cell]]) -> str:
    inner = equation(expression, cells)
    loose = isinstance(expression, Calculation) and operator in "*/" and expression.operator in "+-"
    summed = (
        isinstance(expression, Call) and expression.function == "sum" and operator != "+" and " + " in inner
    )
    return f"({inner})" if loose or summed else inner


def _stated(cells: Sequence[Cell]) -> str:
    if not cells:
        return _ABSENT
    return " / ".join(dict.fromkeys(_number(cell) for cell in cells))


def _number(cell: Cell) -> str:
    if cell.value is not None:
        return f"{cell.value:f}"
    if cell.low is not None and cell.high is not None:
        return f"[{cell.low:f}, {cell.high:f}]"
    return f"“{_unbroken(cell.literal)}”" if cell.literal else _ABSENT


def sentence(
    rule: Rule, verdict: Verdict, key: Mapping[str, str], cells: Mapping[str, Sequence[Cell]],
    sides: tuple[Decimal | None, Decimal | None, Decimal | None], titles: Mapping[str, str],
) -> Phrase:  # fmt: skip
    """What is the matter, in one sentence: the rule's own `message`, its places filled, or one made from its title.

    Places are the names of operands (as stated, with their unit), of key dimensions, and left, right, imbalance
    (`sides`); `document` is told by its title, from `titles` by document id.
    """
    values = {name: "" for name, _ in rule.for_each} | dict(key)
    if title := titles.get(key.get("document", "")):
        values["document"] = f"《{title}》"
    values |= {name: _with_unit(found) for name, found in cells.items()}
    numbers = tuple(_plain(side) for side in sides)
    values |= dict(zip(("left", "right", "imbalance"), numbers, strict=True))
    if rule.message is not None:
        return Phrase(_filled(rule.message.zh, values), _filled(rule.message.en, values))
    if sides[2] is None:
        return Phrase(f"不符合“{rule.title.zh}”", f"“{rule.title.en}” does not hold")
    if verdict == "reconcilable":
        return Phrase(
            "{}：左 {}，右 {}，差额 {}，舍入或“以上”“左右”等用词可以解释".format(rule.title.zh, *numbers),
            "{}: left {}, right {}, imbalance {}; rounding or the words of the figures explain it".format(
                rule.title.en, *numbers
            ),
        )
    return Phrase(
        "不符合“{}”：左 {}，右 {}，差额 {}".format(rule.title.zh, *numbers),
        "“{}” does not hold: left {}, right {}, imbalance {}".format(rule.title.en, *numbers),
    )


def places_of(message: Phrase) -> set[str]:
    """The names that a message has places for, in either language."""
    return {name for text in (message.zh, message.en) for name in places_in(text)}


def _filled(template: str, values: Mapping[str, str]) -> str:
    return "".join(
        literal + (values.get(name, _ABSENT) if name is not None else "")
        for literal, name, _, _ in Formatter().parse(template)
    )


def _with_unit(cells: Sequence[Cell]) -> str:
    """The cells as stated; a cell that the plan states twice is told once."""
    stated = {}
    for cell in cells:
        number = cell.value is not None or cell.low is not None or cell.high is not None
        text = _number(cell) + cell.unit if number else _unbroken(cell.literal)
        stated[text, cell.document, tuple(cell.dimensions.items())] = text
    shown = list(dict.fromkeys(stated.values()) if not any(c.unit for c in cells) else stated.values())
    return "、".join(shown[:_SHOWN]) + ("…" if len(shown) > _SHOWN else "") if shown else _ABSENT


def _unbroken(text: str) -> str:
    """A name or number without the line and page breaks that it has in the plan."""
    return _BREAK.sub("", text)


def _plain(value: Decimal | None) -> str:
    """A number for a sentence: at most four decimals."""
    if value is None:
        return _ABSENT
    short = round(value, 4)
    return f"{short.normalize() if short else Decimal(0):f}"
