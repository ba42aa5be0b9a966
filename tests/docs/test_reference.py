"""Nothing of the rule language is undocumented: every word that is read has a record, an example, and stands in the reference."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.language import keys, rule
from audit.language.functions import FUNCTIONS
from audit.language.printing import KEYWORDS
from audit.language.relatives import OBSERVED, TREE
from audit.model import period
from audit.model.phrase import Language
from audit.numbers.rounding import ROUNDINGS
from docs.making.language_reference import EXAMPLES, READ, RELATED, example, language_reference, shown
from docs.making.pages import LANGUAGES, made_pages
from docs.making.rule_pages import FAMILIES, LEVELS, rule_pages

ROOT = Path(__file__).parents[2]


def test_every_word_that_the_language_knows_has_a_record() -> None:
    assert keys.RELATIONS.keys() == {*TREE, *OBSERVED, *period.RELATIONS}
    assert keys.READING.keys() == {*rule.READINGS} == READ.keys()
    assert keys.MISSING.keys() == {*rule.POLICIES}
    assert keys.ROUNDING.keys() == {*ROUNDINGS}
    assert {word for name in keys.OPERATORS for word in name.split() if word.isalpha()} == KEYWORDS
    assert RELATED.keys() == keys.RELATIONS.keys()
    assert len(LEVELS) == 6 and {*get_args(Language)} == {*LANGUAGES}


@pytest.mark.parametrize(
    ("place", "known"),
    [("rule", keys.RULE), ("let", keys.SELECTION), ("condition", keys.CONDITIONS),
     ("missing", keys.MISSING.keys() - {keys.RULE["missing"].default}), ("rounding", keys.ROUNDING)],
)  # fmt: skip
def test_every_word_has_an_example(place: str, known: dict[str, object]) -> None:
    assert [name for name in known if not example(place, name)] == []


@pytest.mark.parametrize("relation", keys.RELATIONS)
def test_every_relation_leads_somewhere_in_its_example(relation: str) -> None:
    assert shown(relation)[1]


def test_the_examples_come_out_as_they_say(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["rules", "test", "-C", str(tmp_path), "--rules", str(EXAMPLES), "--lang", "en"]
    )
    assert done.exit_code == 0 and "0 not as they say" in done.output, done.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_tells_of_every_word_and_function(language: Language) -> None:
    page = language_reference(language)
    for known in (keys.RULE, keys.SELECTION, keys.CONDITIONS):
        for name, key in known.items():
            about = key.about.in_(language)
            assert f"### `{name}`" in page and about[:1].upper() + about[1:] in page
    for name in (
        *keys.RELATIONS,
        *(f"missing: {n}" for n in keys.MISSING),
        *(f"rounding: {n}" for n in keys.ROUNDING),
    ):
        assert f"| `{name}` |" in page
    for function in FUNCTIONS.values():
        assert f"### `{function.name}`" in page and function.example in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_library_has_a_page(language: Language) -> None:
    pages = rule_pages(language)
    files = sorted((ROOT / "rules").rglob("*.yaml"))
    written = "".join(path.read_text("utf-8") for path in files)
    ids = [line.removeprefix("- id: ") for line in written.splitlines() if line.startswith("- id: ")]
    assert {f"rules/{one}.md" for one in ids} | {"rules/index.md"} == pages.keys()
    assert {path.stem for path in files} == FAMILIES.keys()
    for one in ids:
        assert f"[{one}]({one}.md)" in pages["rules/index.md"]
        assert pages[f"rules/{one}.md"].count("\n### ") >= 2 and f"- id: {one}\n" in pages[f"rules/{one}.md"]


def test_no_place_of_a_made_page_is_left_unfilled() -> None:
    pages = {path: text for path, text in made_pages().items() if path.endswith(".md")}
    assert len(pages) > 160
    for path, text in pages.items():
        assert text.startswith("# ") and "{count}" not in text and "{name}" not in text.split("##")[0], path
