"""A finding in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import Formatter

from audit.diagnosis.formulas import number_of
from audit.language.rule import Rule
from audit.model.phrase import Phrase, places_in
from audit.model.report import Cell, Verdict
from audit.numbers.numerals import EXACT

_ABSENT = "?"
_SHOWN = 12
_BREAK = re.compile(r"\s*\n\s*")


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
    numbers = _told_apart(sides)
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
        text = number_of(cell) + cell.unit if number else _unbroken(cell.literal)
        stated[text, cell.document, tuple(cell.dimensions.items())] = text
    shown = list(dict.fromkeys(stated.values()) if not any(c.unit for c in cells) else stated.values())
    return "、".join(shown[:_SHOWN]) + ("…" if len(shown) > _SHOWN else "") if shown else _ABSENT


def _unbroken(text: str) -> str:
    """A name or number without the line and page breaks that it has in the plan."""
    return _BREAK.sub("", text)


def _told_apart(numbers: Sequence[Decimal | None]) -> tuple[str, ...]:
    """Numbers for a sentence, with as many decimals (four, where they do) as keep different ones different."""
    different = {number for number in numbers if number is not None} | {Decimal(0)}
    for places in range(4, 13):
        told = [_rounded(number, places) for number in numbers]
        if len({_rounded(number, places) for number in different}) == len(different):
            break
    return tuple(told)


def _rounded(value: Decimal | None, places: int) -> str:
    if value is None:
        return _ABSENT
    exponent = value.as_tuple().exponent
    short = (
        value.quantize(Decimal(1).scaleb(-places), context=EXACT)
        if isinstance(exponent, int) and -exponent > places
        else value
    )
    return f"{short.normalize(EXACT) if short else Decimal(0):f}"
