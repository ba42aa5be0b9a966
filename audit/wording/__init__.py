"""The messages of the product in the user's language, from one gettext catalogue (`locale/`).

The English sentence is the key; `locale/zh/LC_MESSAGES/audit.po` holds the Chinese one.
`python -m audit.wording` collects the messages of the code into it and compiles it (with Babel).
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from audit.model.frozen import frozen
from audit.model.phrase import Language

LOCALE = Path(__file__).parent / "locale"


@frozen
class Words:
    """The messages in one language: call it with a message and the values of its `{places}`.

    A message that the catalogue does not know comes back in English.
    """

    language: Language
    _catalogue: gettext.NullTranslations

    def __call__(self, message: str, /, **values: object) -> str:
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """`one` or `many` as `count` asks in this language; `{n}` is the count."""
        return self._catalogue.ngettext(one, many, count).format(n=count, **values)


@cache
def words(language: Language) -> Words:
    """The messages in `language`."""
    if language == "en":
        return Words(language, gettext.NullTranslations())
    return Words(language, gettext.translation("audit", LOCALE, languages=[language], fallback=True))


def translator(language: Language) -> Callable[[str], str]:
    """A function that turns an English message into `language`; an unknown message comes back unchanged."""
    return words(language)


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for, in that order; English unless Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
