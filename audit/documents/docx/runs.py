"""The text of a run, character by character as it is counted in a `RunPlace`, and the runs of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audit.documents.docx.names import attribute, name

_SINGLE = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
RUNS = ("w:r", "m:r")


def run_pieces(run: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The children of a run that make text, each with its text. Deleted text, fields' codes and drawings
    make none."""
    for element in run:
        kind = name(element)
        if kind in ("w:t", "m:t"):
            yield element, element.text or ""
        elif kind in _SINGLE:
            yield element, _SINGLE[kind]


def run_text(run: etree._Element) -> str:
    """The text of a run; a tab, a line break and a hyphen that does not break are one character each."""
    return "".join(text for _, text in run_pieces(run))


def paragraph_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph in document order, those of paragraphs inside it (text boxes) left out.

    Runs in deletions and fallbacks count too, so that the numbering of runs does not depend on what is read.
    """
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        kind = name(element)
        if kind == "w:p":
            continue
        if kind in RUNS:
            yield element
        stack.extend(reversed(element))


def is_superscript(run: etree._Element) -> bool:
    """Whether the run's own properties raise it."""
    for properties in run:
        if name(properties) == "w:rPr":
            return any(
                name(one) == "w:vertAlign" and attribute(one, "val") == "superscript" for one in properties
            )
    return False
