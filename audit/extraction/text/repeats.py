"""Stretches that a text gives twice, word for word, as a page does that holds a copy of itself for printing.

What is read twice would be counted twice, and every clause would look like a repeated one.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.text.lines import Line

_SHORTEST = 400
"""How many characters in a row must be the same: no plan repeats itself for so long."""
_FEWEST = 4
_SENTENCE = 15
"""A run without a line of this length is a column of numbers, not a copy of the text."""
_COLUMN = 20
"""How many lines of a run may come before the first that is no part of a column."""


def repeated_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that only repeat a long run of earlier lines."""
    filled = [(index, "".join(line.text.split())) for index, line in enumerate(lines)]
    filled = [(index, text) for index, text in filled if text]
    first: dict[str, int] = {}
    found: set[int] = set()
    place = 0
    while place < len(filled):
        begun = first.setdefault(filled[place][1], place)
        length = _run(filled, begun, place) if begun < place else 0
        lengths = [len(text) for _, text in filled[place : place + length]]
        if length >= _FEWEST and sum(lengths) >= _SHORTEST and max(lengths) >= _SENTENCE:
            found.update(index for index, _ in filled[place : place + length])
            place += length
        else:
            place += 1
    return frozenset(found)


def _run(filled: Sequence[tuple[int, str]], begun: int, place: int) -> int:
    """How many lines from `place` on say what the text from `begun` on says, wherever that breaks its lines, up to where
    the two stretches would overlap. The last may say more after it, as the foot of a page does on its line.

    0 where they begin with a column: so every line is compared a few times only, however often it comes.
    """
    if not any(len(text) >= _SENTENCE for _, text in filled[place : place + _COLUMN]):
        return 0
    length = 0
    before, at = begun, 0
    while place + length < len(filled):
        text = filled[place + length][1]
        said = 0
        while said < len(text) and before < place:
            earlier = filled[before][1]
            step = min(len(text) - said, len(earlier) - at)
            same = next((i for i in range(step) if text[said + i] != earlier[at + i]), step)
            said, at = said + same, at + same
            if same < step:
                break
            if at == len(earlier):
                before, at = before + 1, 0
        if said < len(text):
            return length + (said >= _SENTENCE)
        length += 1
    return length
