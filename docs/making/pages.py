"""All pages that are made, by their path below `docs/pages`."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.phrase import Language
from docs.making.command_pages import command_page
from docs.making.language_reference import language_reference
from docs.making.rule_pages import by_family, rule_pages
from docs.making.schema_page import schema_page, schemas

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def made_pages() -> dict[str, str]:
    """The text of every made page, and the schemas to be taken away."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        pages = {
            "reference/language.md": language_reference(language),
            "reference/commands.md": command_page(language),
            "reference/schemas.md": schema_page(language),
            **rule_pages(language),
        }
        found |= {f"{language}/{path}": text for path, text in pages.items()}
    found |= {f"en/reference/schemas/{path.name}": path.read_text("utf-8") for path in schemas()}
    return found


def made_rules(language: Language) -> Iterator[tuple[str, list[str]]]:
    """The families of rules with the paths of their pages."""
    return by_family(language)
