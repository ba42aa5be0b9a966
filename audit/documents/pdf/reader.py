"""Reads a PDF: pages to paragraphs and tables in reading order, footnotes at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from audit.documents.build import TextBuilder
from audit.documents.grid import Slot, write_table
from audit.documents.model import SourceDocument
from audit.documents.opening import digest
from audit.documents.pdf.columns import are_between, are_rows, columns_of, with_cuts
from audit.documents.pdf.lines import Line, write_line
from audit.documents.pdf.margins import without_contents, without_margins
from audit.documents.pdf.pages import Sheet, read_sheets
from audit.documents.pdf.paragraphs import Layout, goes_on, layout_of
from audit.documents.pdf.recognition import EXTRA, recogniser
from audit.documents.pdf.scans import Recogniser
from audit.documents.pdf.tables import RuledCell, RuledTable, joined, parts_of, same_columns
from audit.documents.pdf.wrapped import Part, wrapped_tables
from audit.model.phrase import Phrase

_NOTE_SIZE = 0.87
_CELL_MARGIN = 0.7
_MOST_TURNED = 40
"""As many letters as a stamp or a watermark may have."""
_NOTE_MARK = re.compile(r"(?:[\[［(（]?\d{1,2}[\]］)）]?|[①-⑳*＊※†])\s*(?=[^\W\d_]|[“《])|注[：:\d]")
Flow = Line | RuledTable


def read(path: str, content: bytes) -> SourceDocument:
    """The document in `content`, without running heads, page numbers and table of contents.

    A paragraph broken by lines and pages is whole again, and so is a table that goes on on the next page.
    Text that stands upright on its side (a watermark, a stamp) is left out. Pages that are pictures are read where the
    extra `ocr` is there, and told as not read otherwise.
    """
    return read_with(recogniser(), path, content)


def read_with(recognise: Recogniser | None, path: str, content: bytes) -> SourceDocument:
    """The document in `content`, its pages that are pictures read by `recognise`, if there is one."""
    sheets = read_sheets(path, content, recognise)
    builder = TextBuilder()
    pages = without_margins([sheet.lines for sheet in sheets], [sheet.height for sheet in sheets])
    pages = without_contents(pages)
    wrapped = wrapped_tables(pages)
    pages = with_cuts([_outside(lines, parts) for lines, parts in zip(pages, wrapped, strict=True)])
    layout = layout_of(pages if any(pages) else [_cell_lines(sheets)])
    notes: list[Line] = []
    flow: list[Flow] = []
    for sheet, lines, parts in zip(sheets, pages, wrapped, strict=True):
        body, below = _without_notes(lines, layout)
        notes += below
        tables = [part.table for part in parts if part.table is not None]
        flow += sorted((*body, *sheet.tables, *tables), key=lambda one: one.top)
    for group in _groups(_joined_tables(flow), layout):
        _write_group(builder, group, layout)
    _write_notes(builder, notes)
    return SourceDocument(
        path=path,
        format="pdf",
        sha256=digest(content),
        text=builder.text,
        blocks=tuple(builder.blocks),
        segments=tuple(builder.segments),
        unread=(*_unread(sheets, recognise is not None), *_untold(sheets, wrapped)),
        recognised=tuple(sheet.number for sheet in sheets if sheet.recognised),
    )


def _outside(lines: Sequence[Line], parts: Sequence[Part]) -> list[Line]:
    """The lines of a page outside of tables whose names run over lines."""
    inside = {at for part in parts for at in range(part.start, part.end)}
    return [line for at, line in enumerate(lines) if at not in inside]


def _cell_lines(sheets: Sequence[Sheet]) -> list[Line]:
    return [line for sheet in sheets for table in sheet.tables for cell in table.cells for line in cell.lines]


def _without_notes(lines: Sequence[Line], layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of a page and its footnotes: the small lines at its end, below larger ones, from the
    first that bears a mark on; a row of a table is none."""
    end = len(lines)
    while end and lines[end - 1].size < _NOTE_SIZE * layout.size and len(lines[end - 1].fields()) == 1:
        end -= 1
    while 0 < end < len(lines) and not _NOTE_MARK.match(lines[end].text):
        end += 1
    return (list(lines[:end]), list(lines[end:])) if end else (list(lines), [])


def _joined_tables(flow: Sequence[Flow]) -> list[Flow]:
    """The flow with every table that goes on on the next page made whole."""
    whole: list[Flow] = []
    page = 0
    for one in flow:
        last = whole[-1] if whole else None
        if (
            isinstance(one, RuledTable)
            and isinstance(last, RuledTable)
            and one.page == page + 1
            and same_columns(last, one)
        ):
            whole[-1] = joined(last, one)
        else:
            whole.append(one)
        page = one.page
    return whole


def _groups(flow: Sequence[Flow], layout: Layout) -> Iterator[list[Flow]]:
    """What belongs together: a table, the lines of a paragraph, or the rows of a table without rules."""
    group: list[Flow] = []
    bare = _bare_rows(flow)
    for at, one in enumerate(flow):
        last = group[-1] if group else None
        if (
            isinstance(last, Line)
            and isinstance(one, Line)
            and (not bare.isdisjoint((at - 1, at)) or goes_on(last, one, layout) or are_rows(last, one))
        ):
            group.append(one)
            continue
        if group:
            yield group
        group = [one]
    if group:
        yield group


def _bare_rows(flow: Sequence[Flow]) -> set[int]:
    """The places of lines that are rows with a name alone: between two rows with numbers of one table without rules."""
    bare: set[int] = set()
    rows = [(at, one) for at, one in enumerate(flow) if isinstance(one, Line) and len(one.fields()) > 1]
    for (first, above), (second, below) in pairwise(rows):
        between = [one for one in flow[first + 1 : second] if isinstance(one, Line)]
        if len(between) == second - first - 1 and are_between(between, above, below):
            bare.update(range(first + 1, second))
    return bare


def _write_group(builder: TextBuilder, group: Sequence[Flow], layout: Layout) -> None:
    first = group[0]
    if isinstance(first, RuledTable):
        for part in parts_of(first):
            _write_part(builder, part)
        return
    lines = [line for line in group if isinstance(line, Line)]
    fields = [line.fields() for line in lines]
    if len(fields) > 1 and len(fields[0]) > 1:
        placed = [
            (row, column, field)
            for row, (parts, columns) in enumerate(zip(fields, columns_of(fields), strict=True))
            for column, field in zip(columns, parts, strict=True)
        ]
        left = _left_ends((column, field) for _, column, field in placed)
        slots = [
            Slot(row, column, 1, 1, False, _writer(builder, (field,)), _indent(field, left[column]))
            for row, column, field in placed
        ]
        write_table(builder, slots)
        return
    start = builder.length
    _writer(builder, lines)()
    builder.block("paragraph", start, level=_level(lines[0], start, layout))


def _write_part(builder: TextBuilder, part: RuledTable | RuledCell) -> None:
    """Writes rows of a table, or a cell that frames running text, as that text."""
    if isinstance(part, RuledCell):
        layout = layout_of([part.lines])
        for group in _groups(part.lines, layout):
            _write_group(builder, group, layout)
        return
    left = _left_ends((cell.column, cell.lines[0]) for cell in part.cells if cell.lines)
    slots = [
        Slot(
            cell.row, cell.column, cell.row_span, cell.column_span, False, _cell_writer(builder, cell),
            _indent(cell.lines[0], left[cell.column]) if cell.lines else 0,
        )
        for cell in part.cells
    ]  # fmt: skip
    write_table(builder, slots)


def _left_ends(lines: Iterable[tuple[int, Line]]) -> dict[int, float]:
    """For every column the left end of the line that begins furthest to the left."""
    left: dict[int, float] = {}
    for column, line in lines:
        left[column] = min(line.x0, left.get(column, line.x0))
    return left


def _indent(line: Line, left: float) -> int:
    """How far a line is set in, in half-width characters."""
    return round((line.x0 - left) / (line.size / 2))


def _writer(builder: TextBuilder, lines: Sequence[Line]) -> Callable[[], None]:
    """Writes lines that are one paragraph or cell."""

    def write() -> None:
        for number, line in enumerate(lines):
            write_line(builder, line, continues=number > 0)

    return write


def _cell_writer(builder: TextBuilder, cell: RuledCell) -> Callable[[], None]:
    """Writes the lines of a cell: as one, but numbers under each other apart, unless the first fills its line."""

    def write() -> None:
        for before, line in pairwise((None, *cell.lines)):
            if before and line and before.text[-1].isdigit() and line.text[0].isdigit():
                broken = cell.right - before.x1 < _CELL_MARGIN * before.size
                builder.write("" if broken else "\n")
            if line:
                write_line(builder, line, continues=before is not None)

    return write


def _level(line: Line, start: int, layout: Layout) -> int | None:
    """0 for the title: large letters at the very beginning."""
    return 0 if start == 0 and line.size > layout.size * 1.25 else None


def _write_notes(builder: TextBuilder, notes: Sequence[Line]) -> None:
    start = builder.length
    for line in notes:
        begins = bool(_NOTE_MARK.match(line.text))
        if begins and builder.length > start:
            builder.block("footnote", start)
            start = builder.length
        write_line(builder, line, continues=not begins)
    builder.block("footnote", start)


def _unread(sheets: Sequence[Sheet], recognised: bool) -> tuple[Phrase, ...]:
    """The pages that are pictures and were not read, what of scans could not be recognised, what stands on its side, and
    the number of pictures on other pages."""
    told = []
    blank = [
        sheet.number
        for sheet in sheets
        if not sheet.recognised and (sheet.scanned or (sheet.is_blank and sheet.pictures))
    ]
    if blank:
        hint = (
            Phrase("", "")
            if recognised
            else Phrase(f"；安装 {EXTRA} 即可识别", f"; pip install '{EXTRA}' reads them")
        )
        page, picture = ("pages", "pictures") if len(blank) > 1 else ("page", "a picture")
        told.append(
            Phrase(
                f"第{_listed(blank, '、')}页（几乎没有文字的图像{hint.zh}）",
                f"{page} {_listed(blank, ', ')} ({picture} with hardly any text{hint.en})",
            )
        )
    told += [
        Phrase(
            f"第{sheet.number}页中{sheet.left_out}处认不清的文字",
            f"{sheet.left_out} illegible piece{'s' if sheet.left_out > 1 else ''} of writing on page {sheet.number}",
        )
        for sheet in sheets
        if sheet.left_out
    ]
    told += [
        Phrase(f"第{sheet.number}页中横放或斜放的文字", f"writing turned on its side on page {sheet.number}")
        for sheet in sheets
        if sheet.turned > _MOST_TURNED
    ]
    pictures = sum(sheet.pictures for sheet in sheets if not sheet.is_blank and not sheet.scanned)
    if pictures:
        told.append(Phrase(f"{pictures}张图片", f"{pictures} picture{'s' if pictures > 1 else ''}"))
    return tuple(told)


def _untold(sheets: Sequence[Sheet], wrapped: Sequence[Sequence[Part]]) -> Iterator[Phrase]:
    """The tables without rules that are not read because it cannot be told what belongs together in them."""
    for sheet, parts in zip(sheets, wrapped, strict=True):
        count = sum(part.table is None for part in parts)
        if count:
            yield Phrase(
                f"第{sheet.number}页中{count}张无框线、分不清行列的表格",
                f"{count} table{'s' if count > 1 else ''} without rules on page {sheet.number} whose rows cannot be told",
            )


def _listed(pages: Sequence[int], between: str) -> str:
    """Numbers of pages, those that follow each other as a range: 3-5, 8."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1].append(page)
        else:
            ranges.append([page])
    return between.join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in ranges)
