"""The words of plans live in `audit/lexicon`; code that reads documents holds grammar, and names words by their role."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from audit.lexicon import entries, meanings, only, pattern, rows, words

ROOT = Path(__file__).parents[1]
ROOMS = ("audit/documents", "audit/extraction")
READING = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
NO_WORDS = {
    "audit/documents/docx/counting.py": "the numerals that Word writes before paragraphs",
    "audit/documents/docx/numbering.py": "the signs that a number of a paragraph ends with",
    "audit/documents/docx/unread.py": "told to the reader in both languages",
}
"""Files in which Chinese characters in a row are no words of plans, with the reason."""

NUMERALS = "〇零一二两三四五六七八九十百千万亿"
WORD = re.compile(r"[一-鿿]{2,}")
CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]")
ROLE = re.compile(r"(?<!\(\?P)<([a-z][a-z _]*)>")
BY_CHARACTER = ("strip", "lstrip", "rstrip", "frozenset", "set")
NAMES_A_ROLE = ("called", "entries", "only", "meanings", "words", "initials")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that may hold words, by line.

    Left out: what is said to the reader (docstrings, phrases in both languages), and strings of which each character
    stands for itself (`x in "到至"`, `.strip("和及与")`).
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            out.add(id(node.value))
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in BY_CHARACTER:
                out.update(id(one) for one in node.args)
            elif name == "Phrase":
                out.update(id(one) for argument in node.args for one in ast.walk(argument))
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            out.update(id(side) for side in node.comparators if isinstance(side, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in out:
            yield node.lineno, node.value


def words_in(text: str) -> list[str]:
    """Two or more Chinese characters in a row outside a class of characters (`[市区县]`), numerals apart."""
    return [word for word in WORD.findall(CLASS.sub(" ", text)) if not set(word) <= set(NUMERALS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("其中|在", ["其中"]),
        ("(?:市级)?十[一二三]五", ["市级"]),
        ("[市区县]第(?:年|月)", []),
        ("《计划》", ["计划"]),
    ],
)
def test_a_word_is_two_characters_in_a_row_outside_a_class_and_no_numeral(
    text: str, found: list[str]
) -> None:
    assert words_in(text) == found


@pytest.mark.parametrize("room", ROOMS)
def test_the_words_of_plans_stand_in_the_lexicon_and_not_in_code(room: str) -> None:
    found = [
        f"{name}:{line}: {word}"
        for path in READING
        if (name := path.relative_to(ROOT).as_posix()).startswith(room) and name not in NO_WORDS
        for line, text in texts(path)
        for word in words_in(text)
    ]
    assert found == []


def test_no_place_is_named_in_code() -> None:
    places = {name for row in rows("regions") for name in (row["alias"], row["code"]) if len(name) > 1}
    told = [(path.name, line, text) for path in READING for line, text in texts(path)]
    assert [where for *where, text in told if any(place in text for place in places)] == []


@cache
def roles() -> dict[str, set[str]]:
    """Every role of the lexicon with the files that it stands in."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "audit/lexicon/words").glob("*.csv"):
        for row in rows(f"words/{path.stem}"):
            found.setdefault(row["role"], set()).add(path.stem)
    return found


@cache
def used() -> set[str]:
    """Every role that code names, in a pattern (`<up>`) or by itself (`entries("up")`)."""
    named: set[str] = set()
    for path in (ROOT / "audit").rglob("*.py"):
        reads, source = path in READING, path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if "from audit.lexicon import" in source else ():
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", "")
            if called in NAMES_A_ROLE:
                named.update(one.value for one in node.args if isinstance(one, ast.Constant))
            elif called == "pattern" and not reads:
                said = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                named.update(role for text in said if isinstance(text, str) for role in ROLE.findall(text))
        if reads:
            named.update(role for _, text in texts(path) for role in ROLE.findall(text))
    return named


def test_every_role_that_code_names_has_words_and_no_words_are_left_unused() -> None:
    assert roles().keys() == used()


def test_a_role_stands_in_one_file_with_each_word_once() -> None:
    assert {role: files for role, files in roles().items() if len(files) > 1} == {}
    assert [role for role in roles() if len(set(entries(role))) < len(entries(role))] == []


def test_a_pattern_takes_any_word_of_a_role_the_longest_first() -> None:
    assert pattern("<up>了?").fullmatch("增加了")
    assert pattern("(?P<verb><up>)").match("增长点")["verb"] == "增长"  # type: ignore[index]
    assert sorted(words("up").split("|"), key=len, reverse=True)[0] == words("up").split("|")[0]


def test_a_role_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        pattern("<no such role>")


def test_words_may_say_what_they_mean() -> None:
    assert meanings("parts in all") == {"百分之": "%", "千分之": "‰", "万分之": "‱"}
    assert only("of which") == "其中"
