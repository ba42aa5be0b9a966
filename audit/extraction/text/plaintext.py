"""The text as it is read: blanks and line breaks inside phrases taken out, full-width signs made plain.

Offsets of the cleaned text lead back to the source, so that every literal stays an exact slice of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from audit.extraction.text.script import simplified
from audit.model.frozen import frozen
from audit.numbers.numerals import mend_digits, plain_signs

_LEFT_OUT = re.compile(r"\s+|\^(?:\d{1,2}|[\[［〔]\d{1,2}[\]］〕])|\*\*|\\(?=[>|*_<#\[\]])")
"""Blanks, the marks of footnotes as readers of documents write superscripts (`2047.86^1`, `行业^[3]`), and the signs of
markdown that make words bold or take a sign for itself (`**合计**`, `\\|`)."""


_SPACED = re.compile(r"\d(?: \d)*(?!\d)\s?[%％一-龥∶:：。，；、]")
"""Digits set apart by single blanks, up to what they count (`3 4 0 0 亿元`)."""


def _spaced_before(text: str, at: int) -> bool:
    """Whether a single digit ends at `at`, after a blank or what is no digit."""
    return at < 2 or not (text[at - 2].isdigit() or text[at - 2] in ".,")


@frozen
class Plain:
    """A cleaned text and where its stretches come from: `clean[starts[i]]` is `text[origins[i]]`, and so on in step."""

    text: str
    clean: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """The offset in the source of a character of the cleaned text."""
        index = bisect_right(self.starts, at) - 1
        return self.origins[index] + at - self.starts[index]

    def slice_of(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the source of a stretch of the cleaned text; an empty stretch stays empty."""
        if end <= start:
            at = self.origin(start) if start < len(self.clean) else len(self.text)
            return at, at
        return self.origin(start), self.origin(end - 1) + 1


class PlainWriter:
    """Collects stretches of the source into a cleaned text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        """Append `text[start:end]`."""
        if end <= start:
            return
        if not self._starts or self._origins[-1] + self.length - self._starts[-1] != start:
            self._starts.append(self.length)
            self._origins.append(start)
        self._pieces.append(self._text[start:end])
        self.length += end - start

    def mark(self, sign: str, at: int) -> None:
        """Append a sign that stands for the character at `at`, such as the end of a paragraph."""
        self._starts.append(self.length)
        self._origins.append(at)
        self._pieces.append(sign)
        self.length += len(sign)

    def copy_line(self, start: int, end: int) -> None:
        """Append a line without the blanks that only a typesetter needs (all but those between Latin words)."""
        at = start
        for blank in _LEFT_OUT.finditer(self._text, start, end):
            self.copy(at, blank.start())
            if self._keeps(blank):
                self.mark(" ", blank.start())
            at = blank.end()
        self.copy(at, end)

    def _keeps(self, blank: re.Match[str]) -> bool:
        text, start, end = self._text, blank.start(), blank.end()
        if start == 0 or end >= len(text) or not blank.group().isspace():
            return False
        before, after = text[start - 1], text[end]
        if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
            return False
        digits = before.isdigit() and after.isdigit()
        if digits and _SPACED.match(text, end) and _spaced_before(text, start):
            return False
        return not (
            digits
            and re.match(r"\d{3}(?!\d)", text[end : end + 4])
            and not re.search(r"\d{4}$", text[:start][-4:])
        )

    def finish(self) -> Plain:
        """The cleaned text, full-width signs made plain and traditional characters simplified one for one."""
        clean = mend_digits(plain_signs(simplified("".join(self._pieces))))
        return Plain(self._text, clean, tuple(self._starts), tuple(self._origins))


def plain_text(text: str) -> Plain:
    """Clean a text that is one passage: every blank inside a phrase goes, whatever line it is on."""
    writer = PlainWriter(text)
    writer.copy_line(0, len(text))
    return writer.finish()
