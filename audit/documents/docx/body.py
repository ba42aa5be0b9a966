"""The walk over the story of a part: paragraphs, tables and text boxes, with tracked changes as if
accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from audit.documents.build import TextBuilder
from audit.documents.docx.cells import cell_slots, is_frame, table_rows
from audit.documents.docx.names import attribute, child, is_on, name, value
from audit.documents.docx.numbering import Numbering
from audit.documents.docx.runs import RUNS, is_superscript, paragraph_runs, run_text
from audit.documents.docx.styles import Styles, outline_level
from audit.documents.docx.unread import Pictures
from audit.documents.grid import write_table
from audit.documents.model import BlockKind, RunPlace
from audit.documents.superscripts import sign_before
from audit.model.phrase import Phrase

GONE = frozenset({"w:del", "w:moveFrom", "mc:Fallback", "w:rt", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr"})
_CONTAINERS = frozenset(
    {"w:ins", "w:moveTo", "w:customXml", "w:sdtContent", "mc:AlternateContent", "mc:Choice", "w:smartTag"}
)


class Body:
    """One part's story, written to a builder. `notes` are the ids of the foot- and endnotes met on the
    way."""

    def __init__(
        self, part: str, root: etree._Element, builder: TextBuilder, styles: Styles, numbering: Numbering
    ) -> None:
        self._part = part
        self._root = root
        self._builder = builder
        self._styles = styles
        self._numbering = numbering
        self._indexes = {one: index for index, one in enumerate(paragraphs_of(root))}
        self._boxes: list[etree._Element] = []
        self._fields: list[bool] = []
        self._pictures = Pictures()
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}

    @property
    def unread(self) -> tuple[Phrase, ...]:
        """What the walk met and could not read."""
        return self._pictures.phrases()

    def write(self) -> None:
        """Writes the body of the main part."""
        body = child(self._root, "w:body")
        if body is not None:
            self._write_blocks(body, "paragraph")

    def write_notes(self, kind: str, references: list[str]) -> None:
        """Writes the notes of a notes part with those ids, in that order."""
        notes = {attribute(one, "id"): one for one in self._root if name(one) == f"w:{kind}"}
        for reference in references:
            if reference in notes:
                self._write_blocks(notes[reference], "footnote")

    def _write_blocks(self, container: etree._Element, kind: BlockKind) -> None:
        open_from: int | None = None
        for element in self._live_blocks(container):
            if name(element) == "w:tbl":
                self._write_table(element, kind)
                open_from = None
                continue
            start = self._builder.length if open_from is None else open_from
            number = self._write_paragraph(element, numbered=open_from is None)
            if is_on(element, "w:pPr", "w:rPr", "w:del"):
                open_from = start if self._builder.length > start else None
                continue
            open_from = None
            self._builder.block(kind, start, level=self._level(element), number=number.strip() or None)
            self._write_boxes()
        if open_from is not None:
            self._builder.block(kind, open_from)
        self._write_boxes()

    def _write_boxes(self) -> None:
        while self._boxes:
            self._write_blocks(self._boxes.pop(0), "text_box")

    def _live_blocks(self, container: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs and tables of a container that are part of the text, in order."""
        for element in container:
            kind = name(element)
            if kind == "w:tbl" or (kind == "w:p" and not self._is_contents(element)):
                yield element
            elif kind == "w:altChunk":
                self._pictures.insert()
            elif kind == "w:sdt":
                if (
                    not _is_contents_control(element)
                    and (content := child(element, "w:sdtContent")) is not None
                ):
                    yield from self._live_blocks(content)
            elif kind in _CONTAINERS:
                yield from self._live_blocks(element)

    def _is_contents(self, paragraph: etree._Element) -> bool:
        return self._styles.get(value(paragraph, "w:pPr", "w:pStyle")).contents

    def _level(self, paragraph: etree._Element) -> int | None:
        properties = child(paragraph, "w:pPr")
        direct = outline_level(properties)
        if direct is not None:
            return direct if direct <= 9 else None
        return self._styles.get(value(properties, "w:pStyle")).level

    def _write_table(self, table: etree._Element, kind: BlockKind) -> None:
        rows = table_rows(table)
        if is_frame(rows):
            for row in rows:
                for cell in row.cells:
                    self._write_blocks(cell, kind)
            return
        write_table(self._builder, cell_slots(rows, self._cell_writer))
        self._write_boxes()

    def _cell_writer(self, cells: list[etree._Element]) -> Callable[[], None]:
        return lambda: self._write_cell(cells)

    def _write_cell(self, cells: list[etree._Element]) -> None:
        """The paragraphs of a cell (and of the cells merged into it), a line each."""
        start = self._builder.length
        for element in (element for cell in cells for element in self._live_blocks(cell)):
            lead = "" if self._builder.length == start else "\n"
            if name(element) == "w:tbl":
                self._builder.write(lead)
                self._write_inner_table(element)
            else:
                self._write_paragraph(element, lead=lead)

    def _write_inner_table(self, table: etree._Element) -> None:
        for row, content in enumerate(table_rows(table)):
            if row:
                self._builder.write("\n")
            for column, cell in enumerate(content.cells):
                if column:
                    self._builder.write("\t")
                self._write_cell([cell])

    def _write_paragraph(self, paragraph: etree._Element, *, numbered: bool = True, lead: str = "") -> str:
        """Writes `lead`, the number that Word makes, and the runs; gives the number. Nothing where no run
        has text.

        A paragraph that a tracked change deletes does not count in its list; an empty one does.
        """
        runs = {run: index for index, run in enumerate(paragraph_runs(paragraph))}
        index = self._indexes[paragraph]
        live = [(run, text) for run in self._live_runs(paragraph) if (text := run_text(run))]
        empty = not "".join(text for _, text in live).strip()
        deleted = empty and is_on(paragraph, "w:pPr", "w:rPr", "w:del")
        number = self._generated_number(paragraph) if numbered and not deleted else ""
        if empty:
            return ""
        self._builder.write(lead + number)
        for run, text in live:
            if is_superscript(run):
                self._builder.write(sign_before(text, self._builder.last))
            self._builder.write(text, RunPlace(self._part, index, runs[run], 0))
        return number

    def _generated_number(self, paragraph: etree._Element) -> str:
        properties = child(paragraph, "w:pPr")
        style_id = value(properties, "w:pStyle")
        style = self._styles.get(style_id)
        numbered = child(properties, "w:numPr")
        instance = value(numbered, "w:numId") or style.instance
        if instance is None:
            return ""
        depth = value(numbered, "w:ilvl")
        return self._numbering.number(
            instance, int(depth) if depth and depth.isdecimal() else style.depth, style_id
        )

    def _live_runs(self, element: etree._Element) -> Iterator[etree._Element]:
        """The runs below `element` that are part of the text; notes boxes, notes and pictures that it
        meets."""
        for one in element:
            kind = name(one)
            if kind in GONE or (kind == "w:sdt" and is_on(one, "w:sdtPr", "w:showingPlcHdr")):
                continue
            if kind == "w:txbxContent":
                self._boxes.append(one)
            elif kind in RUNS:
                if not self._is_hidden(one):
                    self._note(one)
                    if all(self._fields):
                        yield one
                    yield from self._live_runs(one)
            elif kind != "w:p":
                self._pictures.meet(one)
                yield from self._live_runs(one)

    def _note(self, run: etree._Element) -> None:
        """Keeps track of fields (false in the code, true in the result) and of references to notes."""
        for one in run:
            kind = name(one)
            if kind == "w:fldChar":
                self._field(attribute(one, "fldCharType"))
            elif kind in ("w:footnoteReference", "w:endnoteReference"):
                self.notes[kind[2:-9]].append(attribute(one, "id") or "")

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(False)
        elif step == "separate" and self._fields:
            self._fields[-1] = True
        elif step == "end" and self._fields:
            self._fields.pop()

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = child(run, "w:rPr")
        if child(properties, "w:vanish") is not None:
            return is_on(properties, "w:vanish")
        return self._styles.get(value(properties, "w:rStyle") or "-").hidden


def paragraphs_of(root: etree._Element) -> list[etree._Element]:
    """All paragraphs of a part in document order: their index here is that of a `RunPlace`."""
    return [element for element in root.iter() if name(element) == "w:p"]


def _is_contents_control(element: etree._Element) -> bool:
    gallery = value(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery == "Table of Contents" or is_on(element, "w:sdtPr", "w:showingPlcHdr")
