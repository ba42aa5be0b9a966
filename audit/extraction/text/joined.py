"""Items that stand on the line of what comes before them, taken apart into lines of their own.

Pages saved from the web lose line breaks: a heading, its first sentence and the first item of its count then share one
line, parted by two wide blanks (`第一章　总则　　第一条　为规范……`), or by the colon that announces the items
(`必须做到：（1）抓好勘探；`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from audit.documents.lined_tables import Line as Row
from audit.documents.lined_tables import is_row
from audit.extraction.text.lines import NUMBERING, Line
from audit.numbers.numerals import parse_number

_GAP = re.compile(r"[\u3000 \u00a0](?<=\S.)(?:(?<=\u3000)\u3000+|(?<!\u3000)[ \u00a0]{3,})(?=\S)")
_ITEM = re.compile(rf"(?:{NUMBERING}|第[一二三四五六七八九十百]+条)\s*(?=[一-龥“《])")
_ANNOUNCED = re.compile(r"[：:。；;]\s*(?=[（(]?[一二三四五六七八九十1-9]{1,3}[)）．、.])")
_INSIDE = re.compile(
    r"[。\d](?:(?<=。)\s*(?=(?P<after>[（(][一二三四五六七八九十]{1,3}[)）]))|(?<=[^\d\s（(第、]\d)(?=\d?、))"
)
"""What stands before an item inside a line: the end of a sentence; or the first digit of its number."""
_COUNT = re.compile(
    r"\s*(?P<open>[（(]?)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<close>[)）]|[．、]|\.(?!\d))"
)


def taken_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, those with items inside divided before each; rows of tables are left as they are."""
    found: list[Line] = []
    counts = [_COUNT.match(line.text) for line in lines]
    reached: dict[tuple[bool, bool], int] = {}
    for index, line in enumerate(lines):
        following = next((other for other in lines[index + 1 : index + 4] if other.text.strip()), None)
        count = counts[index]
        if count is not None:
            reached[_form(count)] = _ordinal(count)
        if is_row(Row(line.start, line.text)):
            found.append(line)
        else:
            cuts = {*_before_first(line.text, following), *_left_out(line.text, reached, counts, index + 1)}
            found.extend(_apart(line, cuts))
    return found


def _left_out(
    text: str,
    reached: Mapping[tuple[bool, bool], int],
    counts: Sequence[re.Match[str] | None],
    after: int,
) -> list[int]:
    """Where the one item stands inside the line that the numbers before and after it leave out."""
    for inside in _INSIDE.finditer(text):
        at = inside.end() if inside["after"] else inside.start()
        item = _COUNT.match(text, at)
        if item is None or reached.get(_form(item)) != _ordinal(item) - 1:
            continue
        later = (one for one in islice(counts, after, None) if one is not None)
        following = next((one for one in later if _form(one) == _form(item)), None)
        if following is not None and _ordinal(following) == _ordinal(item) + 1:
            return [at]
    return []


def _apart(line: Line, inside: Collection[int]) -> Iterator[Line]:
    cuts = sorted({*_at_gaps(line.text), *inside})
    if not cuts:
        yield line
        return
    for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        yield Line(line.start + start, line.start + end, line.text[start:end])


def _at_gaps(text: str) -> list[int]:
    """The ends of wide blanks, in a line that holds an item after one of them."""
    gaps = [gap.end() for gap in _GAP.finditer(text)]
    return gaps if any(_ITEM.match(text, at) for at in gaps) else []


def _before_first(text: str, following: Line | None) -> list[int]:
    """Where the item stands that the next line goes on from (`附件：1.甲` before `2.乙`)."""
    after = _COUNT.match(following.text) if following is not None else None
    if after is None:
        return []
    for announced in _ANNOUNCED.finditer(text):
        item = _COUNT.match(text, announced.end())
        if item is not None and _form(item) == _form(after) and _ordinal(item) + 1 == _ordinal(after):
            return [announced.end()]
    return []


def _form(match: re.Match[str]) -> tuple[bool, bool]:
    return bool(match["open"]), match["number"].isdigit()


def _ordinal(match: re.Match[str]) -> int:
    number = parse_number(match["number"])
    return int(number.value) if number is not None else 0
