"""What ties figures together: levels in one unit, their amounts, and a sum of parts with what it binds to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.partitions import is_complete, nearly
from audit.model.relation import RelationKind, RelationRole, RelationSureness
from audit.numbers.units import bare_unit, scale_of, unit_class

GRAND = re.compile(r"总(?:收入|支出)|(?:收入|支出)(?:总计|合计)|总计$")
"""Nouns of grand totals (`总收入`, `支出总计`): wholes, never parts."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A relation found in the text: its kind and each figure with its role, in the order of the text."""

    kind: RelationKind
    figures: tuple[tuple[RelationRole, Reading], ...]
    binding: bool
    sure: RelationSureness

    @property
    def key(self) -> tuple[str, tuple[tuple[str, int], ...]]:
        return self.kind, tuple((role, reading.quantity.start) for role, reading in self.figures)


def comparable(a: Reading, b: Reading) -> bool:
    """Whether two figures are levels in the same bare unit (亿元 and 万元 are; 家 and 亿元 are not)."""
    return (
        is_level(a)
        and is_level(b)
        and bare_unit(a.quantity.unit or "") == bare_unit(b.quantity.unit or "")
        and bool(a.quantity.unit)
    )


def is_level(reading: Reading) -> bool:
    """Whether a figure states how much there is, not a rate, share, change or number of listed things."""
    return (
        reading.role in ("level", "named")
        and unit_class(reading.quantity.unit) != "share"
        and reading.kind != "list_count"
    )


_NOT_ADDED = re.compile(r"人均|平均|均价|单价|气温|降水|温度|湿度|价格|指数|浓度|标准|密度|率$|比例")


def amount(reading: Reading) -> Decimal | None:
    """The value in bare units."""
    value = reading.quantity.value
    return None if value is None else value * scale_of(reading.quantity.unit)


def between(clean: str, first: Reading, second: Reading) -> str:
    return clean[first.quantity.span_end : second.quantity.span_start]


def sum_of(
    whole: Reading,
    parts: Sequence[Reading],
    told: bool,
    sure: RelationSureness = "certain",
    may_be_all: bool = False,
) -> Tied | None:
    """A whole and its parts; binding if the text tells so (`told`) or the division is known.

    Where the words leave open whether the parts are all (`may_be_all`), parts that nearly add up bind too.
    """
    whole_amount, amounts = amount(whole), [amount(part) for part in parts]
    if whole_amount is None or any(part is None for part in amounts) or not parts:
        return None
    if _NOT_ADDED.search(whole.indicator):
        return None
    total = sum((part for part in amounts if part is not None), Decimal(0))
    known = is_complete(whole.indicator, [part.indicator for part in parts])
    near = may_be_all and len(parts) >= 2 and nearly(whole_amount, total)
    binding = len(parts) >= 2 and (told or known or near)
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]
    return Tied("sum", tuple(figures), binding, sure if told or known else "inferred" if near else sure)


def reach(paragraph: Sequence[Reading]) -> tuple[int, int]:
    """The stretch of text to search for words that tie the figures of a paragraph."""
    block = paragraph[0].block
    return max(block.start, paragraph[0].quantity.start - 400), min(
        block.end, paragraph[-1].quantity.end + 200
    )


def same_sentence(*readings: Reading) -> bool:
    return len({reading.sentence for reading in readings}) == 1
