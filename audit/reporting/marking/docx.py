"""Puts the findings into a Word file as comments on the exact characters; no word of it changes.

Only the main part, its relationships, the content types and the comments part are written anew; every other
part of the package is kept byte for byte. A figure in a footnote or a text box gets its comment where that
hangs in the text, since Word has no comments inside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lxml import etree

from audit.documents.docx.body import paragraphs_of
from audit.documents.docx.names import attribute, name
from audit.documents.docx.package import Package
from audit.documents.docx.runs import paragraph_runs
from audit.documents.model import RunPlace, Segment, SourceDocument
from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.reporting.marking.marks import Mark
from audit.reporting.marking.word_comments import Comment, comment_parts, first_free_id, serialized
from audit.reporting.marking.word_runs import split_run


@frozen
class _Anchor:
    """Where a comment begins and ends: an element and a character of its text, or `None` for its outer end.

    `exact` is false where it stands at the thing that holds the figure.
    """

    first: etree._Element
    start: int | None
    last: etree._Element
    end: int | None
    exact: bool


def mark(content: bytes, document: SourceDocument, marks: Sequence[Mark], *, language: Language) -> bytes:
    """The Word file `content`, of which `document` was read, with a comment for every mark in an open
    finding."""
    package = Package(document.path, content)
    root = package.xml(package.main)
    story = _Story(package, root)
    anchored = [
        (one, anchor)
        for one in marks
        if one.state == "finding" and (anchor := story.anchor(document.places(one.start, one.end)))
    ]
    starts, ends = _cut(anchor for _, anchor in anchored)
    comments: list[Comment] = []
    for number, (one, anchor) in enumerate(anchored, start=first_free_id(package)):
        first = starts.get((anchor.first, anchor.start), anchor.first)
        last = ends.get((anchor.last, anchor.end), anchor.last)
        _enclose(first, last, number)
        text = one.comment.in_(language)
        quoted = "" if anchor.exact else f"“{document.text[one.start : one.end]}” "
        comments.append(Comment(number, quoted + text))
    if not comments:
        return content
    namespace = str(root.tag).rpartition("}")[0] + "}"
    return package.with_parts({package.main: serialized(root), **comment_parts(package, namespace, comments)})


class _Story:
    """The main part, with its paragraphs and runs as they are counted in places, and what hangs in it."""

    def __init__(self, package: Package, root: etree._Element) -> None:
        self._main = package.main
        self._package = package
        self._paragraphs = paragraphs_of(root)
        self._runs: dict[int, list[etree._Element]] = {}
        self._references = {
            (name(one)[2:-9], attribute(one, "id")): one
            for one in root.iter()
            if name(one) in ("w:footnoteReference", "w:endnoteReference")
        }

    def anchor(self, segments: Sequence[Segment]) -> _Anchor | None:
        """Where the comment on those segments goes; `None` where there is no place for it."""
        places = [(one.place, one.end - one.start) for one in segments if isinstance(one.place, RunPlace)]
        if not places:
            return None
        (first, _), (last, length) = places[0], places[-1]
        holder = self._holder(first)
        if holder is not None:
            return _Anchor(holder, None, holder, None, exact=False)
        if first.part != self._main or last.part != self._main:
            return None
        begin, finish = self._run(first), self._run(last)
        formula, other = _formula(begin), _formula(finish)
        return _Anchor(
            begin if formula is None else formula,
            first.offset if formula is None else None,
            finish if other is None else other,
            last.offset + length if other is None else None,
            exact=True,
        )

    def _run(self, place: RunPlace) -> etree._Element:
        if place.paragraph not in self._runs:
            self._runs[place.paragraph] = list(paragraph_runs(self._paragraphs[place.paragraph]))
        return self._runs[place.paragraph][place.run]

    def _holder(self, place: RunPlace) -> etree._Element | None:
        """The run of the body that holds the text box or refers to the note which a place is in, if it is
        in one."""
        if place.part != self._main:
            inside = self._reference_to(place)
        else:
            inside = next(
                (
                    one
                    for one in self._paragraphs[place.paragraph].iterancestors()
                    if name(one) == "w:txbxContent"
                ),
                None,
            )
        if inside is None:
            return None
        runs = [one for one in inside.iterancestors() if name(one) == "w:r"]
        return runs[-1] if runs else None

    def _reference_to(self, place: RunPlace) -> etree._Element | None:
        """The reference in the body to the note of another part that holds a paragraph."""
        paragraph = paragraphs_of(self._package.xml(place.part))[place.paragraph]
        for note in paragraph.iterancestors():
            if name(note) in ("w:footnote", "w:endnote"):
                return self._references.get((name(note)[2:], attribute(note, "id")))
        return None


_Ends = dict[tuple[etree._Element, int | None], etree._Element]


def _formula(run: etree._Element) -> etree._Element | None:
    """The formula that a run belongs to, whole: a comment cannot begin inside one."""
    return next((one for one in run.iterancestors() if name(one) in ("m:oMath", "m:oMathPara")), None)


def _cut(anchors: Iterable[_Anchor]) -> tuple[_Ends, _Ends]:
    """Cuts the runs where comments begin and end; gives the run that begins, and that ends, at every cut."""
    cuts: dict[etree._Element, set[int]] = defaultdict(set)
    for anchor in anchors:
        for run, at in ((anchor.first, anchor.start), (anchor.last, anchor.end)):
            if at is not None:
                cuts[run].add(at)
    starts: _Ends = {}
    ends: _Ends = {}
    for run, places in cuts.items():
        for start, end, piece in split_run(run, places):
            starts[run, start] = piece
            ends[run, end] = piece
    return starts, ends


def _enclose(first: etree._Element, last: etree._Element, number: int) -> None:
    """Puts the marks of a comment around two elements, which may have different parents."""
    namespace = str(first.getroottree().getroot().tag).rpartition("}")[0] + "}"
    begin, finish = (first.makeelement(f"{namespace}commentRange{end}") for end in ("Start", "End"))
    reference = first.makeelement(f"{namespace}r")
    etree.SubElement(reference, f"{namespace}commentReference")
    for one in (begin, finish, reference[0]):
        one.set(f"{namespace}id", str(number))
    first.addprevious(begin)
    last.addnext(reference)
    last.addnext(finish)
