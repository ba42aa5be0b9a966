"""Traditional characters, as in Taiwan, Hong Kong and Macau: read as the simplified ones that the lexicon is written in."""

from __future__ import annotations

from functools import cache

from audit.lexicon import entries, rows


def simplified(text: str) -> str:
    """The text with every traditional character as the simplified one, one for one, so that no offset moves.

    No text in traditional characters does without the most frequent; one that has none of them is left as it is.
    """
    told = any(sign in text for sign in entries("frequent traditional sign"))
    return text.translate(_simple()) if told else text


@cache
def _simple() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in rows("traditional")}
