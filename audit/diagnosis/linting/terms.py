"""What the names of rules stand for, so that two rules that speak of the same figures are seen to do so.

A figure goes by its table, its column, the dimensions that rules are checked for, and the conditions on it. What is no
sum of figures (a maximum, a count, a product) is a figure of its own, called as it is calculated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction

from audit.diagnosis.systems.constraint import Constraint, between
from audit.language.expression import (
    Calculation,
    Call,
    Expression,
    Minus,
    Name,
    Number,
    Text,
    children,
)  # fmt: skip
from audit.language.rule import Rule, Selection
from audit.language.selections import conditions_of
from audit.model.codes import CodeList
from audit.model.frozen import frozen

Form = tuple[dict[str, Fraction], Fraction]
"""Weights by variable, and a constant."""
_ZERO, _ONE = Fraction(0), Fraction(1)
_NEVER_NEGATIVE = ("abs", "count", "distinct")


@frozen(slots=False)
class Terms:
    """The operands of a rule by name, each as the sum of figures that it stands for."""

    rule: Rule
    operands: Mapping[str, Form]

    def form(self, node: Expression) -> Form:
        """An expression as a weighted sum of variables."""
        match node:
            case Number(value):
                return {}, Fraction(value)
            case Text(value):
                return {}, _number_of(value)
            case Name(name, _):
                return self.operands.get(name) or one(self.key(node))
            case Minus(inner):
                return times(self.form(inner), -_ONE)
            case Calculation("+", left, right):
                return added(self.form(left), self.form(right))
            case Calculation("-", left, right):
                return added(self.form(left), times(self.form(right), -_ONE))
            case Calculation("*", left, right):
                a, b = self.form(left), self.form(right)
                if not a[0] or not b[0]:
                    return times(b, a[1]) if not a[0] else times(a, b[1])
            case Calculation("/", left, right):
                a, b = self.form(left), self.form(right)
                if not b[0] and b[1]:
                    return times(a, 1 / b[1])
            case Call("sum", (Name(name, _),), _) if len(self.operands.get(name, ({}, 0))[0]) > 1:
                return self.operands[name]
        return one(self.key(node))

    def key(self, node: Expression) -> str:
        """An expression told by what its names stand for."""
        match node:
            case Name(name, _):
                form = self.operands.get(name)
                return _told(form) if form else f"{self.rule.table}.{name}"
            case Number(value):
                return str(value.normalize())
        own = [str(getattr(node, f.name)) for f in fields(node) if isinstance(getattr(node, f.name), str)]
        return f"{type(node).__name__}({','.join((*own, *map(self.key, children(node))))})"

    def known(self, node: Expression) -> Iterator[tuple[str, Constraint]]:
        """What holds of the calculated figures of an expression whatever the data: counts are not negative,
        and the least of some figures is not above their mean or the greatest."""
        for part in children(node):
            yield from self.known(part)
        if isinstance(node, Call) and node.function in _NEVER_NEGATIVE:
            yield f"≥0 {self.key(node)}", between(self.key(node), _ZERO, None)
        if isinstance(node, Call) and node.function == "min":
            own = self.key(node)
            for other in ("mean", "median", "max"):
                above = self.key(Call(other, node.arguments, node.at))
                yield f"min≤{other} {own}", Constraint({own: _ONE, above: -_ONE}, high=_ZERO)


def terms_of(rule: Rule, codes: Mapping[str, CodeList], *, keyed: bool = True) -> Iterator[tuple[str, Terms]]:
    """A rule with what its names stand for: once, or once for each whole of its hierarchy that the codes know.

    Without `keyed` rules that are checked for other dimensions are taken to speak of the same figures.
    """
    dimensions = tuple(sorted(name for name, _ in rule.for_each)) if keyed else ()
    base = (rule.table, rule.column[0] if rule.column else "value", dimensions)
    if rule.along is not None:
        dimension, _ = rule.along
        names = codes[dimension].names if dimension in codes else {}
        yield rule.id, Terms(rule, _Members(base, dimension, names))
        return
    if rule.hierarchy is not None:
        dimension, _ = rule.hierarchy
        found = list(_wholes(rule, dimension, codes.get(dimension)))
        for whole, parts in found:
            member = _Members(base, dimension, {})
            sums: Form = ({}, _ZERO)
            for part, weight in parts:
                sums = added(sums, times(member[part], weight))
            yield f"{rule.id} {whole}", Terms(rule, {"whole": member[whole], "parts": sums})
        if not found:
            told = {name: one(f"{base} {name} by {dimension}") for name in ("whole", "parts")}
            yield rule.id, Terms(rule, told)
        return
    operands = {name: one(_selected(rule, base, selection)) for name, selection in rule.operands.items()}
    yield rule.id, Terms(rule, operands)


class _Members(dict[str, Form]):
    """The figures along a dimension, by member; an alias stands for its code."""

    def __init__(
        self, base: tuple[str, str, tuple[str, ...]], dimension: str, names: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._base, self._dimension, self._names = base, dimension, names

    def get(self, name: str, default: object = None) -> Form:
        return self[name]

    def __missing__(self, name: str) -> Form:
        member = self._names.get(name, name)
        return one(f"{self._base} {self._dimension}={member}")


def _wholes(
    rule: Rule, dimension: str, codes: CodeList | None
) -> Iterator[tuple[str, list[tuple[str, Fraction]]]]:
    """The wholes that a rule's hierarchy has, each with its parts and what they count for."""
    wanted = _breakdown(rule, dimension)
    for code in codes or ():
        assert codes is not None
        member = codes.members[code]
        if wanted and member.attributes.get("breakdown") != wanted:
            continue
        groups: dict[str, list[tuple[str, Fraction]]] = {}
        for child in codes.children(code):
            attributes = codes.members[child].attributes
            weight = Fraction(attributes.get("weight") or 1)
            groups.setdefault(attributes.get("group", ""), []).append((child, weight))
        yield from ((code, parts) for parts in groups.values() if len(parts) > 1)


def _breakdown(rule: Rule, dimension: str) -> str:
    condition = rule.where.get(dimension)
    attributes = getattr(condition[0], "attributes", ()) if condition else ()
    return next((value for name, value, _ in attributes if name == "breakdown"), "")


def _selected(rule: Rule, base: tuple[str, str, tuple[str, ...]], selection: Selection) -> str:
    table, column, dimensions = base
    own = (
        selection.table or table, selection.column or column, dimensions, selection.reading, selection.split,
        tuple(sorted((name, at) for name, at, _ in selection.on)), conditions_of(selection.conditions),
    )  # fmt: skip
    return str(own)


def one(variable: str) -> Form:
    """A variable alone."""
    return {variable: _ONE}, _ZERO


def added(a: Form, b: Form) -> Form:
    """The sum of two weighted sums."""
    weights = dict(a[0])
    for name, weight in b[0].items():
        weights[name] = weights.get(name, _ZERO) + weight
    return {name: weight for name, weight in weights.items() if weight}, a[1] + b[1]


def times(form: Form, factor: Fraction) -> Form:
    """A weighted sum times a number."""
    return {name: weight * factor for name, weight in form[0].items() if factor}, form[1] * factor


def _told(form: Form) -> str:
    if len(form[0]) == 1 and not form[1]:
        (name, weight), *_ = form[0].items()
        if weight == 1:
            return name
    return str(sorted((name, str(weight)) for name, weight in form[0].items()))


def _number_of(text: str) -> Fraction:
    """A number for a text that no other text has, so that a name cannot be two texts at once."""
    return Fraction(int.from_bytes(text.encode(), "big") + 10**40)
