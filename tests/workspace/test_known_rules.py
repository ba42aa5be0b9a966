"""Plans are found again only where resolving the rules would give the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from audit.tables.cache import Cache
from audit.workspace import binding, known_rules
from audit.workspace.binding import resolved
from audit.workspace.known_rules import plans_of
from audit.workspace.loading import Workspace, load_folder, with_cells
from audit.workspace.rulebook import Rulebook, rulebook

SHIPPED = Path(__file__).parent.parent.parent
Change = Callable[[Rulebook, Workspace], tuple[Rulebook, Workspace]]


@cache
def given() -> tuple[Rulebook, Workspace]:
    return rulebook(SHIPPED), load_folder(SHIPPED)


def cell(table: str, row: int, **cells: str) -> Change:
    return lambda book, workspace: (book, with_cells(workspace, {table: {row: cells}}))


def another_name(book: Rulebook, workspace: Workspace) -> tuple[Rulebook, Workspace]:
    """A body of two names that look alike goes by another."""
    rows = enumerate(workspace.tables["mentions"].texts())
    named = [row for row, cells in rows if cells["name"] == "风电传动及控制国家工程技术研究中心"]
    return book, with_cells(
        workspace, {"mentions": {row: {"name": "甲", "canonical": "甲"} for row in named}}
    )


def another_code(book: Rulebook, workspace: Workspace) -> tuple[Rulebook, Workspace]:
    regions = workspace.codes["region"]
    members = regions.members | {"新区": replace(regions.members["高新区"], code="新区")}
    return book, replace(workspace, codes={**workspace.codes, "region": replace(regions, members=members)})


def fewer_rules(book: Rulebook, workspace: Workspace) -> tuple[Rulebook, Workspace]:
    return book.chosen(book.rules[::2]), workspace


def another_key(book: Rulebook, workspace: Workspace) -> tuple[Rulebook, Workspace]:
    lists = replace(workspace.tables["lists"], key=("document", "evidence"))
    return book, replace(workspace, tables={**workspace.tables, "lists": lists})


ASKED = {
    "a period that no row had": cell("targets", 0, period="2031"),
    "another name": another_name,
    "another code": another_code,
    "another key": another_key,
    "fewer rules": fewer_rules,
}


@pytest.mark.parametrize("change", ASKED.values(), ids=ASKED)
def test_rules_are_resolved_again_where_an_answer_differs(change: Change, tmp_path: Path) -> None:
    known = Cache(tmp_path)
    before = plans_of(*given(), known).plans
    book, workspace = change(*given())
    assert plans_of(book, workspace, known).plans == resolved(book, workspace) != before
    assert plans_of(*given(), known).plans == before


def test_no_rule_is_resolved_again_where_what_changed_was_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, (book, workspace) = Cache(tmp_path), given()
    before = plans_of(book, workspace, known)
    monkeypatch.setattr(binding, "resolved", None)
    for change in (cell("targets", 0, value="7", literal="7"), cell("documents", 0, title="规划")):
        assert plans_of(*change(book, workspace), known) == before
    monkeypatch.setattr(known_rules, "program", lambda: "another version")
    with pytest.raises(TypeError):
        plans_of(book, workspace, known)
