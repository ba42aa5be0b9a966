"""The messages of the product in the user's language, from one gettext catalogue (`locale/`).

The English sentence is the key; `locale/zh/LC_MESSAGES/audit.po` holds the Chinese one.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from audit.model.phrase import Language

_LOCALE = Path(__file__).parent / "locale"


def translator(language: Language) -> Callable[[str], str]:
    """A function that turns an English message into `language`; an unknown message comes back unchanged."""
    if language == "en":
        return str
    return gettext.translation("audit", _LOCALE, languages=[language], fallback=True).gettext


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """The language that a POSIX environment asks for: LC_ALL, LC_MESSAGES, LANG in that order; English unless Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
