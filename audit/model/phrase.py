"""A text in the two languages of the product."""

from __future__ import annotations

from string import Formatter
from typing import Literal

from audit.model.frozen import frozen

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")


@frozen
class Phrase:
    """One text in Chinese and in English; neither is ever empty when the other is not."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def places_in(text: str) -> tuple[str, ...]:
    """The names of the `{places}` of a text that are to be filled; `ValueError` for a bracket without its other half."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def marked(message: str) -> str:
    """The message itself: marks it for the catalogue where it is translated later, when it is told."""
    return message
