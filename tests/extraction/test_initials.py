"""What a text is searched for begins with few characters; no word of the lexicon may be lost by that."""

from __future__ import annotations

import pytest

from audit.extraction.figures.period_words import find_parts
from audit.extraction.figures.periods import find_times
from audit.lexicon import entries, initials


@pytest.mark.parametrize("word", entries("before a year"))
def test_a_year_is_found_after_every_word_that_may_stand_before_it(word: str) -> None:
    assert [time.start for time in find_times(f"。{word}2025年,产值")] == [1]


@pytest.mark.parametrize("word", entries("coming"))
def test_coming_years_are_found_by_every_word_for_them(word: str) -> None:
    assert [time.start for time in find_times(f"。{word}五年,产值", issued=2021)] == [1]


@pytest.mark.parametrize("word", entries("plan before ten"))
def test_the_early_plans_are_found_by_their_names(word: str) -> None:
    assert [str(time.period) for time in find_times(f"“{word}”时期")] != []


@pytest.mark.parametrize("word", entries("all of the year"))
def test_the_whole_year_ends_the_part_named_before_it(word: str) -> None:
    text = f"上半年回升,{word}"
    assert find_parts(text).last(0, 5) is not None
    assert find_parts(text).last(0, len(text)) is None


def test_initials_are_the_first_characters_of_the_words() -> None:
    assert set(initials("coming")) == {word[0] for word in entries("coming")}
