"""Relations that a table states: total rows and columns, `其中` rows, and known parts that follow their whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.partitions import are_opposites, divisions
from audit.extraction.relations.ties import Tied, comparable, sum_of

_TOTAL = re.compile(
    r"^(?:合计|总计|小计|总和|全(?:市|区|县|省)合计|[一二三四五六七八九十两]年合计|累计合计)$|合计$|总计$"
)
_BASE_HEAD = re.compile(r"基期|现状|目标总|增长|增速|占|比")


def find_table_relations(readings: Sequence[Reading]) -> list[Tied]:
    """Every relation in the tables of a document."""
    tables: dict[int, list[Reading]] = {}
    for reading in readings:
        if reading.cell is not None:
            tables.setdefault(reading.cell.table, []).append(reading)
    found: list[Tied] = []
    for cells in tables.values():
        found.extend(_column_totals(cells))
        found.extend(_row_totals(cells))
        found.extend(_known_parts(cells))
        found.extend(_of_which(cells))
    return found


def _columns(cells: Sequence[Reading]) -> list[list[Reading]]:
    columns: dict[int, list[Reading]] = {}
    for reading in cells:
        if reading.cell is not None:
            columns.setdefault(reading.cell.column, []).append(reading)
    return [column for column in columns.values() if len(column) >= 2]


def _label(reading: Reading) -> str:
    return reading.cell.label if reading.cell is not None else ""


def _column_totals(cells: Sequence[Reading]) -> list[Tied]:
    """A row `合计` is the sum of the other rows of its column, if each of them has a number there and none is a
    part.
    """
    found = []
    rows = {r.cell.line for r in cells if r.cell is not None and not _TOTAL.search(_label(r))}
    for column in _columns(cells):
        totals = [r for r in column if _TOTAL.search(_label(r))]
        parts = [r for r in column if r not in totals and not (r.cell and r.cell.part_of)]
        if len(totals) != 1 or len(parts) < 2 or len(column) - 1 != len(rows):
            continue
        if all(comparable(totals[0], part) for part in parts):
            tied = sum_of(totals[0], parts, told=True)
            if tied:
                found.append(tied)
    return found


def _row_totals(cells: Sequence[Reading]) -> list[Tied]:
    """A column `合计` is the sum of the other columns of its row."""
    found = []
    rows: dict[int, list[Reading]] = {}
    for reading in cells:
        if reading.cell is not None:
            rows.setdefault(reading.cell.line, []).append(reading)
    heads = {r.cell.head for r in cells if r.cell is not None}
    for row in rows.values():
        totals = [r for r in row if r.cell and _TOTAL.search(r.cell.head)]
        parts = [r for r in row if r not in totals and r.cell and not _BASE_HEAD.search(r.cell.head)]
        if (
            len(totals) == 1
            and len(parts) >= 2
            and len(row) == len(heads)
            and all(comparable(totals[0], p) for p in parts)
        ):
            tied = sum_of(totals[0], parts, told=True)
            if tied:
                found.append(tied)
    return found


def _known_parts(cells: Sequence[Reading]) -> list[Tied]:
    """Rows that are a known division of the row above the first of them (`第一产业`, `第二产业`, `第三产业`)."""
    found = []
    for column in _columns(cells):
        for place, whole in enumerate(column):
            if not _may_be_part(_label(column[min(place + 1, len(column) - 1)])):
                continue
            for length in (2, 3):
                parts = column[place + 1 : place + 1 + length]
                labels = [_label(part) for part in parts]
                marked = bool(parts and parts[0].cell and parts[0].cell.marked)
                if len(parts) == length and (
                    _divide(_label(whole), labels) or (marked and are_opposites(labels))
                ):
                    found.extend(_sum(whole, parts))
        sectors = [r for r in column if re.fullmatch(r"第[一二三]产业", _label(r))]
        before = [r for r in column if sectors and r.quantity.start < sectors[0].quantity.start]
        if len(sectors) == 3 and before and re.search(r"生产总值|投资|增加值", _label(before[-1])):
            found.extend(_sum(before[-1], sectors))
        industry = [r for r in column if _label(r) in ("工业", "建筑业")]
        second = [r for r in column if _label(r) == "第二产业"]
        if len(industry) == 2 and len(second) == 1:
            found.extend(_sum(second[0], industry))
    return found


@cache
def _may_be_part(label: str) -> bool:
    return label.startswith("非") or any(
        part.search(label) for division in divisions() for part in division.parts
    )


def _divide(whole: str, parts: Sequence[str]) -> bool:
    return any(
        division.whole.search(whole)
        and len(division.parts) == len(parts)
        and all(pattern.search(part) for pattern, part in zip(division.parts, parts, strict=True))
        for division in divisions()
    )


def _sum(whole: Reading, parts: Sequence[Reading]) -> list[Tied]:
    if not all(comparable(whole, part) for part in parts):
        return []
    tied = sum_of(whole, parts, told=True, sure="inferred")
    return [tied] if tied else []


def _of_which(cells: Sequence[Reading]) -> list[Tied]:
    """A row marked `#` or `其中` is at most the row above it."""
    found = []
    by_key = {(r.cell.column, r.cell.label): r for r in cells if r.cell is not None}
    after_marked = {r.cell.line + 1 for r in cells if r.cell is not None and r.cell.marked}
    for reading in cells:
        if reading.cell is None or not reading.cell.part_of or not reading.cell.marked:
            continue
        whole = by_key.get((reading.cell.column, reading.cell.part_of))
        if (
            whole is not None
            and whole.cell
            and whole.cell.line not in after_marked
            and comparable(whole, reading)
        ):
            tied = sum_of(whole, [reading], told=False)
            if tied:
                found.append(tied)
    return found
