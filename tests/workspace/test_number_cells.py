"""A table that stands alone: what its number columns may hold, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.engine.confront import confront
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.errors import InputError
from audit.workspace.loading import load

RULE = "- {id: sum, title: t, table: own, rounding: exact, along: item, check: whole == a + b}\n"


def verdicts(folder: Path, *cells: str, rule: str = RULE) -> list[str]:
    """The verdicts on a table whose items are a, b and whole, and whose numbers are the cells."""
    rows = [
        f'{item},"{cell}",{note}' for item, cell, note in zip(("a", "b", "whole"), cells, "x-5", strict=True)
    ]
    (folder / "own.csv").write_text("\n".join(("item,value,note", *rows)) + "\n", encoding="utf-8")
    workspace = load(folder / "own.csv")
    (found,) = confront(resolve(read_rules_text(rule), workspace.catalogue()), workspace.tables)
    return [found.verdict(check) for check in range(len(found))]


@pytest.mark.parametrize(
    "cells",
    [("6e+05", "1.5E3", "601500"), (".5", "5.", "5.5"), ("1e1", "５", "15"), ("1,500", "2", "1,502"),
     ("12345678901234567890123456789012", "1", "12345678901234567890123456789013"), ("0.00000000001", "1", "1.00000000001")],
)  # fmt: skip
def test_numbers_are_read_however_they_are_written(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert verdicts(tmp_path, *cells) == ["holds"]


@pytest.mark.parametrize("cell", ["NA", "-", "N/A", "—", "nan"])
def test_what_says_that_there_is_no_number_is_missing_and_told(tmp_path: Path, cell: str) -> None:
    assert verdicts(tmp_path, "1", cell, "1") == ["untestable"]
    told = " ".join(note.en for note in load(tmp_path / "own.csv").notes)
    assert f"“{cell}”" in told and "value ×1" in told


@pytest.mark.parametrize("cell", ["1,50", "many", "inf", "1e999", "9" * 400])
def test_what_is_no_number_is_told_with_file_line_and_column(tmp_path: Path, cell: str) -> None:
    with pytest.raises(InputError, match=rf"own\.csv:3: value “{cell}” is no number"):
        verdicts(tmp_path, "1", cell, "3")


def test_a_blank_is_missing_and_not_zero(tmp_path: Path) -> None:
    assert verdicts(tmp_path, "1", "", "1") == ["untestable"]


def test_a_column_that_no_rule_reads_as_numbers_may_hold_anything(tmp_path: Path) -> None:
    rule = "- {id: r, title: t, table: own, for_each: [value], let: {x: {column: item}}, check: x is not missing}\n"
    assert verdicts(tmp_path, "1", "NA", "2", rule=rule) == ["holds"] * 3
