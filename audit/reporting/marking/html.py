"""The draft as a page with every figure marked: in a finding, waived, agreed, not looked at; findings
beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from audit.documents.model import Block, BlockKind, SourceDocument, TableCell
from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.model.report import Cell, Finding
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import doubt_label, scan_label, severity_label, verdict_label, waiver_label
from audit.reporting.marking.marks import Mark, State, told_figures
from audit.reporting.names import Names
from audit.reporting.relations import balance
from audit.wording import Words, words

_SENTENCE = 600
MARKED = Path(__file__).parent / "page"
"""The folder of the page, and of `text.html`, which draws the marked text for other pages too."""
STATES: tuple[State, ...] = ("finding", "waived", "agreed", "untested")


@frozen
class Piece:
    """A stretch of text that one mark, or none, lies on.

    `anchor` is set where the mark begins; `notes` are the numbers of its findings there and `target` the
    note of the first, where it has findings. `scanned` says so of a figure that was recognised in a scan.
    """

    text: str
    state: State | None = None
    severity: str = ""
    anchor: str | None = None
    notes: str = ""
    target: str = ""
    scanned: str = ""


@frozen
class Note:
    """A finding as it stands beside the text; `figures` are lines with the anchor of the figure on the
    page."""

    anchor: str
    number: int
    state: State
    severity: str
    label: str
    lines: tuple[str, ...]
    figures: tuple[tuple[str, str | None], ...]


@frozen
class PageCell:
    """A cell of a table on the page."""

    cell: TableCell
    lines: tuple[tuple[Piece, ...], ...]


@frozen
class Section:
    """A block on the page: its element, kind and lines, or rows of cells for a table, and its notes."""

    tag: str
    kind: BlockKind
    lines: tuple[tuple[Piece, ...], ...]
    rows: tuple[tuple[PageCell, ...], ...]
    notes: tuple[Note, ...]


def page(document: SourceDocument, document_id: str, marks: Sequence[Mark], *, language: Language) -> str:
    """The page, one file that needs no other; the same for the same input.

    `marks` are those of the document, which the report calls `document_id`, in the order of the text.
    """
    _ = words(language)
    counts = Counter(mark.state for mark in marks)
    return _template().render(
        language=language,
        title=title_of(document),
        name=Path(document.path).name,
        states=[(state, state_label(state, _), counts[state]) for state in STATES],
        unread=unread_sentence(document, _),
        sections=sections(document, document_id, marks, _),
    )


def sections(document: SourceDocument, document_id: str, marks: Sequence[Mark], _: Words) -> list[Section]:
    """The blocks of a document with its marks, in the order of the text."""
    marked = _Marked(document.text, document_id, marks, _)
    return [marked.section(block) for block in document.blocks]


def title_of(document: SourceDocument) -> str:
    """The first heading or paragraph, which is what plans begin with."""
    first = next((block for block in document.blocks if not block.table), None)
    return inert(document.text[first.start : first.end]) if first else ""


def unread_sentence(document: SourceDocument, _: Words) -> str:
    """What the reader could not read or read from scans, in sentences; empty where there is nothing."""
    things = [inert(phrase.in_(_.language)) for phrase in document.unread]
    told = [_("Not read, to be looked at by eye: {things}.", things=_(", ").join(things))] if things else []
    if pages := len(document.recognised):
        told.append(
            _.plural(
                "{n} page is a scan: what was recognised there has a dashed edge and is to be compared with the original.",
                "{n} pages are scans: what was recognised there has a dashed edge and is to be compared with the original.",
                pages,
            )
        )
    return " ".join(told)


def state_label(state: State, _: Words) -> str:
    """What became of a figure, in a word or two."""
    return {
        "finding": _("in a finding"),
        "waived": _("waived"),
        "agreed": _("agreed"),
        "untested": _("not looked at"),
    }[state]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


class _Marked:
    """The text with its marks, cut into sections; findings are numbered in the order in which they are
    met."""

    def __init__(self, text: str, document_id: str, marks: Sequence[Mark], _: Words) -> None:
        self._text = text
        self._document = document_id
        self._marks = marks
        self._words = _
        self._starts = [mark.start for mark in marks]
        self._spans = {(mark.start, mark.end) for mark in marks}
        self._longest = max((mark.end - mark.start for mark in marks), default=0)
        met = dict.fromkeys(finding.id for mark in marks for finding in mark.findings)
        self._numbers = {identity: number for number, identity in enumerate(met, start=1)}

    def section(self, block: Block) -> Section:
        """A block as it stands on the page, with every finding that has a figure in it told once."""
        findings = {
            finding.id: finding for mark in self._between(block.start, block.end) for finding in mark.findings
        }
        notes = tuple(self._note(finding, block) for finding in findings.values())
        if block.table:
            rows = tuple(
                tuple(self._cell(cell, block) for cell in block.table.cells if cell.row == row)
                for row in range(block.table.rows)
            )
            return Section("table", block.kind, (), rows, notes)
        return Section(_tag(block), block.kind, self._lines(block.start, block.end, block), (), notes)

    def _between(self, start: int, end: int) -> list[Mark]:
        """The marks that begin there."""
        return list(self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def _cell(self, cell: TableCell, block: Block) -> PageCell:
        return PageCell(cell, self._lines(cell.start, cell.end, block))

    def _lines(self, start: int, end: int, block: Block) -> tuple[tuple[Piece, ...], ...]:
        lines = []
        for line in self._text[start:end].split("\n"):
            lines.append(tuple(self._pieces(start, start + len(line), block)))
            start += len(line) + 1
        return tuple(lines)

    def _pieces(self, start: int, end: int, block: Block) -> list[Piece]:
        """The text cut where marks begin and end; where several lie on a stretch the worst state shows."""
        marks = [mark for mark in self._between(start - self._longest, end) if mark.end > start]
        inner = {at for mark in marks for at in (mark.start, mark.end) if start < at < end}
        pieces = []
        for low, high in pairwise(sorted({start, end, *inner})):
            over = [mark for mark in marks if mark.start <= low and high <= mark.end]
            worst = min(over, key=lambda mark: STATES.index(mark.state), default=None)
            pieces.append(self._piece(low, high, worst, block))
        return pieces

    def _piece(self, start: int, end: int, mark: Mark | None, block: Block) -> Piece:
        piece = self._marked(start, end, mark, block)
        return replace(piece, scanned=scan_label(mark.scanned, self._words)) if mark else piece

    def _marked(self, start: int, end: int, mark: Mark | None, block: Block) -> Piece:
        text = inert(self._text[start:end])
        if mark is None:
            return Piece(text)
        if mark.start != start:
            return Piece(text, mark.state, mark.severity or "")
        if not mark.findings:
            return Piece(text, mark.state, anchor=figure_anchor(mark.start, mark.end))
        numbers = [self._numbers[finding.id] for finding in mark.findings]
        return Piece(
            text,
            mark.state,
            mark.severity or "",
            anchor=figure_anchor(mark.start, mark.end),
            notes=",".join(map(str, numbers)),
            target=_note_anchor(numbers[0], block),
        )

    def _note(self, finding: Finding, block: Block) -> Note:
        _ = self._words
        check = finding.check
        number = self._numbers[finding.id]
        lines = [excerpt(inert(finding.message.in_(_.language)), "", _SENTENCE), balance(check, _)]
        lines.append(doubt_label(finding, _))
        lines.append(waiver_label(finding.waiver, _) if finding.waiver else "")
        return Note(
            anchor=_note_anchor(number, block),
            number=number,
            state="waived" if finding.waiver else "finding",
            severity=finding.severity,
            label=f"{severity_label(finding.severity, _)} · {verdict_label(check.verdict, _)}",
            lines=tuple(line for line in lines if line),
            figures=tuple(
                (told, self._anchor(cell))
                for told, cell in zip(
                    told_figures(check.cells, self._document, Names(self._words)), check.cells, strict=True
                )
            ),
        )

    def _anchor(self, cell: Cell) -> str | None:
        if cell.document != self._document or cell.start is None or cell.end is None:
            return None
        return figure_anchor(cell.start, cell.end) if (cell.start, cell.end) in self._spans else None


def figure_anchor(start: int, end: int) -> str:
    """The anchor of the figure that stands there in the text."""
    return f"figure-{start}-{end}"


def _note_anchor(number: int, block: Block) -> str:
    return f"note-{number}-{block.start}"


def _tag(block: Block) -> str:
    return f"h{min((block.level or 0) + 1, 6)}" if block.kind == "heading" else "p"
