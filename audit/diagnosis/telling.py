"""A finding in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import Formatter
from types import MappingProxyType

from audit.diagnosis.formulas import number_of
from audit.language.expression import ATOM, Call, Comparison, Expression, Name, Number
from audit.language.printing import Printed, told
from audit.language.rule import Rule
from audit.model.phrase import Phrase, places_in
from audit.model.report import Cell, Check, Verdict
from audit.numbers.numerals import EXACT

_ABSENT = "?"
_SHOWN = 12
_BREAK = re.compile(r"\s*\n\s*")
_GAP = re.compile(r" +(?=[:,;])|(?<=》) +(?=[一-鿿])|( ) +")
_JOINT = re.compile(r";(?=\S)")


def sentence(
    rule: Rule, verdict: Verdict, key: Mapping[str, str], cells: Mapping[str, Sequence[Cell]],
    sides: tuple[Decimal | None, Decimal | None, Decimal | None], titles: Mapping[str, str],
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Phrase:  # fmt: skip
    """What is the matter, in one sentence: the rule's own `message`, its places filled, or what both sides come to.

    Places are the names of operands (as stated, with their unit), of key dimensions, and left, right, imbalance
    (`sides`); `document` is told by its title, from `titles` by document id. `labels` are the English names of codes.
    """
    numbers = _told_apart(sides)
    if rule.message is None:
        return _as_it_is(rule, verdict, key, numbers, labels)
    zh, en = _values(rule, key, cells, numbers, titles, labels)
    return Phrase(_filled(rule.message.zh, zh), _filled(rule.message.en, en))


def joint_sentence(
    rule: Rule, checks: Sequence[Check], titles: Mapping[str, str], labels: Mapping[str, str]
) -> Phrase | None:
    """What is the matter at several checks, in one sentence: the message of a rule with all that they have in its places.

    None for a rule without a message, or where a check, perhaps of another rule, has nothing in a place of it.
    """
    if rule.message is None:
        return None
    told: list[tuple[dict[str, str], dict[str, str]]] = []
    for check in checks:
        cells: dict[str, list[Cell]] = {}
        for cell in check.cells:
            cells.setdefault(cell.operand, []).append(cell)
        numbers = _told_apart((check.left, check.right, check.imbalance))
        told.append(_values(rule, check.key, cells, numbers, titles, labels))
    if any(values.get(name, _ABSENT) == _ABSENT for name in places_of(rule.message) for values, _ in told):
        return None
    return Phrase(
        _filled_together(rule.message.zh, [zh for zh, _ in told], ("、", "等")),
        _filled_together(rule.message.en, [en for _, en in told], (", ", " and others")),
    )


def _values(
    rule: Rule, key: Mapping[str, str], cells: Mapping[str, Sequence[Cell]], numbers: Sequence[str],
    titles: Mapping[str, str], labels: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, str]]:  # fmt: skip
    """What fills the places of a message in Chinese and in English."""
    values = {name: "" for name, _ in rule.for_each} | dict(key)
    english = values | {name: labels.get(value, value) for name, value in key.items()}
    found = dict(zip(("left", "right", "imbalance"), numbers, strict=True))
    if title := titles.get(key.get("document", "")):
        found["document"] = f"《{title}》"
    cited = {name: _with_unit(stated) for name, stated in cells.items()}
    return values | cited | found, english | cited | found


_FALSE = {
    "==": ("不等于", "not equal to"), "!=": ("等于", "no other than"), "<=": ("大于", "above"), ">=": ("小于", "below"),
    "<": ("不小于", "not below"), ">": ("不大于", "not above"),
}  # fmt: skip
"""What is, where a comparison is not."""
_EXPLAINED = Phrase("；舍入或“以上”“左右”等用词可以解释", "; rounding or the words of the figures explain it")
_SIDE = 40
_SILENT = ("document", "relation", "start", "group", "kind", "measure", "unit")
"""Parts of a key that name what only the program knows, or that is told elsewhere."""


def _as_it_is(
    rule: Rule, verdict: Verdict, key: Mapping[str, str], numbers: Sequence[str], labels: Mapping[str, str]
) -> Phrase:
    """What both sides come to and how they compare: of a relation that is not one comparison, that it does not hold."""
    if numbers[2] == _ABSENT or not isinstance(rule.check, Comparison):
        return Phrase(f"不符合“{rule.title.zh}”", f"“{rule.title.en}” does not hold")
    left, right, gap = numbers
    names = [value for name, value in key.items() if value and name not in _SILENT]
    zh, en = _FALSE[rule.check.operator]
    (left_zh, left_en), (right_zh, right_en) = (
        _side(side, other, labels)
        for side, other in ((rule.check.left, ("左边", "the left side")), (rule.check.right, ("右边", "the right side")))
    )  # fmt: skip
    limit = isinstance(rule.check.right, Number)
    to_zh, to_en = (
        (f" {right}", right) if limit else (f"{right_zh}的 {right}", f"{right_en}, which is {right}")
    )
    explained = _EXPLAINED if verdict == "reconcilable" else Phrase("", "")
    return Phrase(
        f"{' '.join(names)}{'：' if names else ''}{left_zh}为 {left}，{zh}{to_zh}，差额 {gap}" + explained.zh,
        f"{' '.join(labels.get(name, name) for name in names)}{': ' if names else ''}"
        f"{left_en} is {left}, {en} {to_en}; they differ by {gap}" + explained.en,
    )


def _side(
    side: Expression, otherwise: tuple[str, str], labels: Mapping[str, str]
) -> tuple[str, str]:  # fmt: skip
    """One side in words: the whole or the sum of its parts, else as the rule writes it; just that side where it is long."""
    match side:
        case Call("sum", (Name("parts", _),), _):
            return "各部分之和", "the sum of the parts"
        case Name("whole", _):
            return "整体", "the whole"
    text = told(side)
    if len(text) > _SIDE:
        return otherwise

    def labelled(node: Expression) -> Printed | None:
        return (labels.get(node.name, node.name), ATOM) if isinstance(node, Name) else None

    return text, told(side, labelled)


def places_of(message: Phrase) -> set[str]:
    """The names that a message has places for, in either language."""
    return {name for text in (message.zh, message.en) for name in places_in(text)}


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A message with its places filled; without the gap that a blank dimension leaves between two words."""
    text = "".join(
        literal + (values.get(name, _ABSENT) if name is not None else "")
        for literal, name, _, _ in Formatter().parse(template)
    )
    return _GAP.sub(r"\1", text).strip()


def _filled_together(template: str, values: Sequence[Mapping[str, str]], words: tuple[str, str]) -> str:
    """A message with all values of each place, each once; in quotation marks each has its own."""
    parts = list(Formatter().parse(template))
    after = [literal for literal, *_ in parts[1:]] + [""]
    joint, others = words
    text = ""
    for (literal, name, *_), following in zip(parts, after, strict=True):
        text += literal
        if name is not None:
            own = list(dict.fromkeys(filter(None, (one.get(name, "") for one in values))))
            quoted = literal.endswith("“") and following.startswith("”")
            apart = f"”{joint.strip('、')}“" if quoted else joint
            text += apart.join(own[:_SHOWN]) + others * (len(own) > _SHOWN)
    return _GAP.sub(r"\1", text)


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
    """A name, number or list without the line and page breaks that it has in the plan, and without the table's `;`."""
    return _JOINT.sub("、", _BREAK.sub("", text))


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
