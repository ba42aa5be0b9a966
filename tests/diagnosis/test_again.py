"""After a change the rules that see it run again, and the report is the same as where all of them do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from audit.actions.confronting import confronted
from audit.diagnosis import again, evidence
from audit.diagnosis.again import Kept, Memory
from audit.diagnosis.findings import build_report
from audit.engine.frames import Table
from audit.language.plan import Catalogue, Plan, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from audit.model.text_frame import TextFrame
from audit.reporting.json import render as as_json
from audit.reporting.text import render as as_text
from audit.tables.cache import Cache
from audit.workspace.known_rules import Resolved, plans_of
from audit.workspace.loading import Workspace, load_folder, with_cells
from audit.workspace.rulebook import Rulebook, rulebook
from tests.engine.divided import CODES, RULES

SHIPPED = Path(__file__).parent.parent.parent
OWN = (
    RULES
    + """
- {id: written, title: t, table: notes, where: {indicator: a}, check: text == "x"}
- {id: least, title: t, check: value >= 2}
- {id: quotient, title: t, for_each: [document, indicator, period], missing: skip, check: east == city / west,
   let: {east: {region: east}, city: {region: city}, west: {region: west}}}
"""
)
Tables = Mapping[str, Table]


def some(chance: Random) -> dict[str, Table]:
    """Figures, and notes that name some of them."""
    rows = [
        {
            "id": str(n), "document": chance.choice("pq"), "start": chance.choice("123"),
            "region": chance.choice(["city", "east", "west"]), "indicator": chance.choice("ab"),
            "period": chance.choice(["2019", "2020"]), "value": chance.choice(["1", "3", "0.33", "0.333", None]),
            "unit": chance.choice(["家", "亿元"]),
        }
        for n in range(30)
    ]  # fmt: skip
    notes = [
        {"figure": str(chance.randrange(5)), "indicator": chance.choice("ab"), "text": chance.choice("xy")}
        for _ in range(8)
    ]
    return {
        name: Table(name, TextFrame({column: [row[column] for row in of] for column in of[0]}), types, key, (
            (f"{name}.csv", range(2, len(of) + 2)),
        ))
        for name, of, types, key in (("targets", rows, {"value": "number"}, ()), ("notes", notes, {}, ("figure",)))
    }  # fmt: skip


@cache
def plans_on_some() -> tuple[Plan, ...]:
    """The plans on them, which are the same whatever their cells are."""
    tables = some(Random(0))
    shapes = {name: TableShape(name, table.columns, ()) for name, table in tables.items()}
    members = {code: Member(code, parent) for code, parent in CODES["region"].items()}
    asked = {"region": ("city", "east", "west"), "period": ("2019", "2020"), "indicator": ("a", "b")}
    catalogue = Catalogue(shapes, {"region": CodeList("region", members)}, lambda _, column: asked[column])
    return tuple(resolve(read_rules_text(OWN), catalogue))


def told_of(tables: Tables, memory: Memory | None, most: int | None = None) -> str:
    """The report in both forms, or why there is none."""
    plans = plans_on_some()
    try:
        report = build_report(
            plans, [plan.rule for plan in plans], tables, least="info", memory=memory, most=most
        )
    except InputError as error:
        return str(error)
    return as_json(report, language="en") + as_text(report, language="zh")


def changed(tables: Tables, chance: Random) -> dict[str, Table]:
    """A row less, or one cell as it might also read."""
    name = chance.choice([*tables])
    table, row = tables[name], chance.randrange(tables[name].length)
    if chance.random() < 0.1:
        left = [one for one in range(table.length) if one != row]
        lines = [line for _, own in table.sources for line in own]
        sources = (("all.csv", [lines[one] for one in left]),)
        return {**tables, name: replace(table, frame=table.frame.at(left), sources=sources)}
    column = chance.choice([*table.columns])
    cells = [*table.frame[column]]
    cells[row] = chance.choice([chance.choice(cells), chance.choice(cells), None, f"{cells[row] or ''}0"])
    return {**tables, name: replace(table, frame=table.frame.with_columns({column: cells}))}


def runs_after_changes(seed: int, mosts: Sequence[int | None]) -> Iterator[int]:
    """How many plans are confronted in each of some runs that tell so much at most, each after a change; what they tell is as
    without memory. A check of many cells tells few of them where not all is told."""
    chance = Random(seed)
    tables: Tables = some(chance)
    known: Mapping[str, Kept] = {}
    for most in mosts:
        memory = Memory("these plans", known)
        with (
            patch.object(again, "confronted_rows", wraps=again.confronted_rows) as run,
            patch.object(evidence, "MOST_CELLS", 4),
            patch.object(evidence, "MANY_CELLS", 9),
        ):
            assert told_of(tables, memory, most) == told_of(tables, None, most)
        yield sum(len(call.args[0]) for call in run.call_args_list)
        known = memory.now or known
        tables = changed(tables, chance)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_change_the_same_is_told_as_by_a_run_without_memory(seed: int) -> None:
    first, *others = runs_after_changes(seed, (None, None, 1_000, 3))
    assert first == len(plans_on_some()) and sum(others) < first * len(others)


def test_a_quotient_is_held_against_its_column_as_that_is_written_now() -> None:
    tables = some(Random(0))
    said = {
        "region": ["city", "west", "east", *["north"] * 3],
        "value": ["1", "3", "0.33", "0.25", "0.1234", "0.4321"],
    }
    same = {"document": "p", "start": None, "indicator": "a", "period": "2019", "unit": "家"}
    rows = {"id": list("123456"), **said, **{name: [cell] * 6 for name, cell in same.items()}}
    tables["targets"] = replace(tables["targets"], frame=TextFrame(rows))
    finer = TextFrame(rows).with_columns({"value": ["1", "3", "0.33", "0.2512", "0.1234", "0.4321"]})
    after = {**tables, "targets": replace(tables["targets"], frame=finer)}
    plans, verdicts, known = plans_on_some(), [], {}
    for now in (tables, after):
        memory = Memory("these plans", known)
        report = build_report(plans, [plan.rule for plan in plans], now, least="info", memory=memory)
        verdicts.append([one.check.verdict for one in report.findings if one.check.rule == "quotient"])
        known = memory.now
    assert verdicts == [[], ["violated"]]


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


@cache
def shipped() -> tuple[Rulebook, Workspace]:
    return rulebook(SHIPPED), load_folder(SHIPPED)


def told(workspace: Workspace, memory: Memory | None, resolved: Resolved) -> str:
    book, plans = shipped()[0], resolved.plans
    report = confronted(workspace, book, everything=False, bound=plans, memory=memory, most=10_000)
    return as_json(report, language="en")


def test_only_rules_that_see_a_change_are_confronted_again(cached: Cache) -> None:
    book, workspace = shipped()
    before = Memory(plans_of(book, workspace, cached).origin, {})
    whole = told(workspace, before, plans_of(book, workspace, cached))
    tables = {plan.rule.id: plan.tables for plan in plans_of(book, workspace, cached).plans}
    anew = {}
    for name, cells in {
        "nothing": {},
        "a heading": {"clauses": {7: {"heading": "另一个标题"}}},
        "a figure": {"targets": {0: {"value": "7", "literal": "7", "low": "7", "high": "7"}}},
    }.items():
        then = with_cells(workspace, cells)
        plans = plans_of(book, then, cached)
        with patch.object(again, "confronted_rows", wraps=again.confronted_rows) as confronting:
            report = told(then, Memory(plans.origin, before.now), plans)
        anew[name] = {plan.rule.id for plan in confronting.call_args.args[0].values()}
        assert report == (told(then, None, plans) if cells else whole)
    assert not anew["nothing"]
    assert anew["a heading"] and all("clauses" in tables[rule] for rule in anew["a heading"])
    assert anew["a figure"] and all("targets" in tables[rule] for rule in anew["a figure"])
    assert len(anew["a figure"]) < len(before.now) / 2
