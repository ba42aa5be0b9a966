"""Figures in tables: what each number is of, from its row, its column, the unit in head, row or caption.

Heads are the rows before the first number. A head names the indicator's side (`同比增长`, `比重`), a period
(`2025年`) or a region; a row names the indicator or a region. `#` and `其中` before a row make it a part of the row
above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.extraction.numbers.scanner import read_cell
from audit.extraction.text.layout import CellSpan, Layout, LayoutBlock
from audit.numbers.quantities import Quantity
from audit.numbers.units import bare_unit, units


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A number of a table with what its row and head say.

    `part_of` is the row label that `#` or `其中` (`marked`) puts it under; `column` counts from the right end of the
    row, −1 for the last cell, so that rows with and without a label column agree.
    """

    quantity: Quantity
    indicator: str
    period_text: str
    region_text: str
    growth: bool
    share: bool
    row: LayoutBlock
    label: str
    head: str
    part_of: str | None
    table: int
    line: int
    marked: bool
    column: int


@dataclass(slots=True)
class _Grid:
    """What is known of a table while its rows are read."""

    heads: list[tuple[CellSpan, ...]] = field(default_factory=list)
    caption: str = ""
    unit: str | None = None
    label_unit: str | None = None
    whole: str | None = None


_UNIT_LINE = re.compile(r"[(]?(?:计量)?单位:\s*(?P<unit>[^\s,;)]{1,12})")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{1,12})[)）]\s*$")
_SERIAL = re.compile(r"序号|编号|次序|名次|位次")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_OTHER_HEAD = re.compile(r"属性|性质|备注|责任|牵头|指标类型|类型$|完成时限|说明|来源")
_GROWTH = re.compile(r"增长|增速|±|同比|比上年|增幅|增减|升降")
_SHARE = re.compile(r"比重|占比|份额|构成")
_AMOUNT_CHANGE = re.compile(r"增加额|增减额|增量|净增|比年初|比上年末")
_GENERIC = re.compile(
    r"指标值|数值|绝对|目标|实际|预期|规划值|基期|现状|合计|总计|总量|本年|年末数|月末|累计|完成|数量|金额|产量|全年|指标$|值$|(?:19|20)\d\d|^\d+月|年$|计划"
)
_YEAR_CELL = re.compile(r"(?:19|20)\d\d年?")
_PART = re.compile(r"^[#＃※]|^其中[:：]?")
_PLACE = re.compile(r"^[一-龥]{2,8}(?:区|县|市|州|旗|省|街道|镇|乡|新城)$|^全(?:市|省|区|县|国)$")
_NUMBERISH = re.compile(r"[<>≤≥约近]?=?[\[〔【(]?[-+−]?\d[\d,.]*[%‰]?[\]〕】)]?[*※]?")


def read_grids(layout: Layout) -> list[CellFigure]:
    """Every figure in the tables of a text, row by row."""
    figures: list[CellFigure] = []
    blocks = layout.blocks
    grid, table, last_row = _Grid(), 0, -9
    for index, block in enumerate(blocks):
        if block.kind != "row":
            continue
        if block.table != table:
            fresh = _Grid()
            fresh.caption, fresh.unit = _caption(layout, blocks[max(0, index - 3) : index])
            starts_with_numbers = _has_numbers(layout, block)
            if starts_with_numbers and index - last_row <= 3 and grid.heads:
                fresh.heads, fresh.unit = grid.heads, fresh.unit or grid.unit
            grid, table = fresh, block.table
        last_row = index
        if not _has_numbers(layout, block) or (block.cells and all(cell.header for cell in block.cells)):
            if not figures or figures[-1].table != table:
                grid.heads.append(block.cells)
            continue
        figures.extend(_row(layout, block, grid, index))
    return figures


def _caption(layout: Layout, before: Sequence[LayoutBlock]) -> tuple[str, str | None]:
    """Title and unit in the lines right above a table."""
    title, unit = "", None
    for block in before:
        if block.kind == "row":
            title, unit = "", None
            continue
        text = layout.plain.clean[block.start : block.end]
        match = _UNIT_LINE.search(text)
        if match:
            unit = match["unit"]
        if not match or match.start() > 0:
            title = re.split(r"[(]?(?:计量)?单位:", text)[0].strip("#* ") if len(text) <= 60 else ""
    return title, unit


def _has_numbers(layout: Layout, block: LayoutBlock) -> bool:
    clean = layout.plain.clean
    texts = [clean[cell.start : cell.end].strip() for cell in block.cells]
    numbers = [text for text in texts if _NUMBERISH.fullmatch(text) and not _YEAR_CELL.fullmatch(text)]
    if texts and numbers == texts[:1] and len(texts) > 1:
        return any(re.search(r"\d", text) for text in texts[1:])
    return bool(numbers)


def _row(layout: Layout, block: LayoutBlock, grid: _Grid, line: int) -> list[CellFigure]:
    clean = layout.plain.clean
    heads = [_head_of(clean, grid, block, place) for place in range(len(block.cells))]
    texts = [clean[cell.start : cell.end].strip() for cell in block.cells]
    label, row_unit, year = _label(texts, heads)
    bracket = _IN_BRACKETS.search(label)
    if bracket and _is_unit(bracket[1]):
        row_unit, label = bracket[1], label[: bracket.start()]
        grid.label_unit = row_unit
    part = bool(_PART.search(label))
    name = _PART.sub("", label).strip(" :")
    if not part:
        grid.whole = name
    figures = []
    for place, cell in enumerate(block.cells):
        head = heads[place]
        if texts[place] == label or _SERIAL.search(head) or _OTHER_HEAD.search(head):
            continue
        if not re.search(r"[\d一二三四五六七八九十]", texts[place]) or _is_serial(texts, place, head):
            continue
        quantity = read_cell(clean, cell.start, cell.end, _unit(head, row_unit, grid, label))
        if quantity is not None:
            figures.append(
                _figure(quantity, block, name, head, year, grid, part, line, place - len(block.cells))
            )
    return figures


def _is_serial(texts: Sequence[str], place: int, head: str) -> bool:
    """A whole number in the first cell, before a text, without a head of its own."""
    return (
        place == 0
        and len(texts) > 1
        and bool(re.fullmatch(r"\d{1,3}", texts[0]))
        and not re.search(r"\d", texts[1])
        and not head
    )


def _figure(
    quantity: Quantity,
    block: LayoutBlock,
    name: str,
    head: str,
    year: str,
    grid: _Grid,
    part: bool,
    line: int,
    column: int,
) -> CellFigure:
    growth = bool(_GROWTH.search(head)) and not _AMOUNT_CHANGE.search(head)
    share = bool(_SHARE.search(head))
    bare_head = _IN_BRACKETS.sub("", head)
    place = name if _PLACE.match(name) else bare_head if _PLACE.match(bare_head) else ""
    subject = name
    if place == name and name:
        subject = (
            bare_head
            if bare_head and not _GENERIC.search(bare_head)
            else _noun_of_caption(grid.caption) or bare_head
        )
    elif (
        bare_head and bare_head != place and not (growth or share or _GENERIC.search(bare_head))
    ) or _AMOUNT_CHANGE.search(head):
        subject = name + bare_head
    if not subject or _YEAR_CELL.fullmatch(subject):
        subject = bare_head
    if growth:
        subject += ("年均" if "年均" in head else "") + "增速"
    elif share:
        subject += "比重"
    whole = grid.whole if part or grid.whole != name else None
    return CellFigure(
        quantity, subject, f"{head} {year}", place, growth, share, block, name, head, whole, block.table, line, part,
        column )  # fmt: skip


def _noun_of_caption(caption: str) -> str:
    text = re.sub(r"^(?:附?表|专栏)?\s*\d*[-—.]?\d*\s*", "", caption)
    text = re.sub(
        r"(?:19|20)\d\d年|各区(?:县|市)*|分解表|一览表|情况表|任务|目标|主要|表$|分(?:地区|区|县)", "", text
    )
    return text.strip(" :")


def _head_of(clean: str, grid: _Grid, block: LayoutBlock, place: int) -> str:
    """The heads over a cell, joined from top to bottom; by column, or by order where the columns are shifted."""
    texts = []
    for cells in grid.heads:
        cell = _over(cells, block, place)
        if cell is not None:
            text = clean[cell.start : cell.end].strip()
            if text not in texts:
                texts.append(text)
    return "".join(texts)


def _over(cells: tuple[CellSpan, ...], block: LayoutBlock, place: int) -> CellSpan | None:
    if len(cells) == len(block.cells):
        return cells[place]
    column = block.cells[place].column
    covering = [cell for cell in cells if cell.column <= column]
    return covering[-1] if covering else None


def _label(texts: Sequence[str], heads: Sequence[str]) -> tuple[str, str | None, str]:
    """The row's own name, the unit that it states in a column of its own, and the year of a row of years."""
    unit = next((text for text, head in zip(texts, heads, strict=True) if _UNIT_HEAD.search(head)), None)
    year = texts[0] if texts and _YEAR_CELL.fullmatch(texts[0]) else ""
    for text, head in zip(texts, heads, strict=True):
        if _UNIT_HEAD.search(head) or _SERIAL.search(head) or _OTHER_HEAD.search(head) or not text:
            continue
        if _NUMBERISH.fullmatch(text):
            continue
        following = [
            t for t, h in zip(texts, heads, strict=True)
            if t != text and not re.search(r"\d", t) and re.search(r"指标|名称|项目", h) and not _UNIT_HEAD.search(h)
        ]  # fmt: skip
        return (following[0] if following and not re.search(r"指标|名称|项目", head) else text), unit, year
    return "", unit, year


def _unit(head: str, row_unit: str | None, grid: _Grid, label: str) -> str | None:
    """The unit of a bare number: from its head, its row, the last row that named one, or the caption."""
    if (_GROWTH.search(head) and not _AMOUNT_CHANGE.search(head)) or _SHARE.search(head):
        return "‰" if "‰" in head else "%"
    bracket = _IN_BRACKETS.search(head)
    if bracket and _is_unit(bracket[1]):
        return bracket[1]
    return row_unit or grid.unit or grid.label_unit or _unit_of_noun(label)


_COUNT_NOUNS = re.compile(r"(人次|人|户|次|件|个|台|家)数?$")


def _unit_of_noun(label: str) -> str | None:
    """`受灾人次` counts 人次, `死亡人数` 人."""
    match = _COUNT_NOUNS.search(label)
    return match[1] if match and (label.endswith("数") or match[1] == "人次") else None


def _is_unit(text: str) -> bool:
    bare = bare_unit(text.split("/")[0])
    return bare in units() or text in ("万", "亿", "±%")
