"""Small systems of constraints for tests: written as text, and drawn at random over small whole numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from audit.diagnosis.systems.constraint import Constraint
from audit.language.expression import Calculation, Comparison, Expression, Minus, Name, Number, Position
from audit.language.parsing import parse

NAMES = ("a", "b", "c")
SIDE = range(-2, 3)


def constraint(text: str) -> Constraint:
    """`x + 2 * y <= 3` as a constraint."""
    parsed = parse(text, Position("test", 1, 1))
    assert isinstance(parsed, Comparison)
    weights, constant = _linear(Calculation("-", parsed.left, parsed.right))
    end = -constant
    return {
        "==": Constraint(weights, end, end),
        ">=": Constraint(weights, low=end),
        "<=": Constraint(weights, high=end),
        ">": Constraint(weights, low=end, low_open=True),
        "<": Constraint(weights, high=end, high_open=True),
    }[parsed.operator]


def _linear(node: Expression) -> tuple[dict[str, Fraction], Fraction]:
    match node:
        case Number(value):
            return {}, Fraction(value)
        case Name(name, _):
            return {name: Fraction(1)}, Fraction(0)
        case Minus(inner):
            weights, constant = _linear(inner)
            return {name: -weight for name, weight in weights.items()}, -constant
        case Calculation("*", Number(factor), inner):
            weights, constant = _linear(inner)
            return {name: weight * Fraction(factor) for name, weight in weights.items()}, constant * Fraction(
                factor
            )
        case Calculation(operator, left, right):
            sign = Fraction(1 if operator == "+" else -1)
            weights, constant = _linear(left)
            others, other = _linear(right)
            for name, weight in others.items():
                weights[name] = weights.get(name, Fraction(0)) + sign * weight
            return weights, constant + sign * other
    raise AssertionError(node)


small = st.integers(-3, 3).map(Fraction)
weights = st.dictionaries(st.sampled_from(NAMES), small.filter(bool), min_size=1)


@st.composite
def constraints(draw: st.DrawFn) -> Constraint:
    """A constraint over whole numbers with ends that may be open or not there."""
    low, high = draw(st.none() | small), draw(st.none() | small)
    return Constraint(draw(weights), low, high, draw(st.booleans()), draw(st.booleans()))


def within_box() -> dict[str, Constraint]:
    """Every variable between the ends of `SIDE`."""
    return {
        f"box {name}": Constraint({name: Fraction(1)}, Fraction(SIDE[0]), Fraction(SIDE[-1]))
        for name in NAMES
    }


def points(step: int = 1) -> list[dict[str, Fraction]]:
    """All points of the box whose coordinates are multiples of 1/step."""
    side = [Fraction(n, step) for n in range(SIDE[0] * step, SIDE[-1] * step + 1)]
    return [dict(zip(NAMES, values, strict=True)) for values in product(side, repeat=len(NAMES))]
