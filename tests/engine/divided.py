"""Rules of every kind, some of which divide their rows by a dimension and some of which do not."""

from __future__ import annotations

from random import Random

import polars as pl

from audit.engine.frames import Table
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member

RULES = """
- {id: sum, title: t, for_each: [document, indicator, period], hierarchy: region, check: whole == sum(parts)}
- {id: agree, title: t, for_each: [region, indicator, period], let: {figures: {}, documents: {column: document}},
   keys: figures, missing: skip, applies: distinct(documents) >= 2, check: min(figures) == max(figures)}
- {id: falls, title: t, for_each: [document, region, indicator, period],
   let: {now: {}, before: {period: {relative: previous}}}, missing: skip, check: now >= before}
- {id: row, title: t, check: value >= 0 and unit == "家"}
- {id: once, title: t, for_each: [document, region, indicator, period], let: {rows: {column: region}},
   check: count(rows) == 1}
- {id: total, title: t, for_each: [period], let: {all: {}}, check: sum(all) <= 100}
- {id: others, title: t, for_each: [indicator, region], let: {own: {}, rest: {region: {relative: other}}},
   check: sum(own) <= sum(rest)}
- {id: third, title: t, for_each: [document, indicator, period], let: {east: {region: east}, city: {region: city}},
   missing: skip, check: east == city / 3}
- {id: noted, title: t, for_each: [indicator], let: {figures: {}, notes: {table: notes, column: text}},
   check: count(notes) >= 1}
"""
CODES = {"region": {"city": None, "east": "city", "west": "city"}}


def plans_and_tables(seed: int, held=lambda frame: frame, indicators="abcdef"):
    """The rules' plans and some rows by chance, held as asked."""
    chance = Random(seed)
    rows = [
        {
            "document": chance.choice("pq"), "region": chance.choice(["city", "east", "west"]),
            "indicator": chance.choice(indicators), "period": chance.choice(["2019", "2020"]),
            "value": chance.choice([-2.0, -1.0, 1.0, 2.5, 60.0, None]), "unit": chance.choice(["家", "亿元"]),
        }
        for _ in range(5 * len(indicators))
    ]  # fmt: skip
    notes = [{"indicator": chance.choice("ab"), "text": "x"}]
    tables = {
        "targets": Table("targets", held(pl.DataFrame(rows))),
        "notes": Table("notes", held(pl.DataFrame(notes))),
    }
    members = {code: Member(code, parent) for code, parent in CODES["region"].items()}
    shapes = {name: TableShape(name, table.columns, ()) for name, table in tables.items()}
    catalogue = Catalogue(
        shapes, {"region": CodeList("region", members)}, lambda table, column: tables[table].observed(column)
    )
    return resolve(read_rules_text(RULES), catalogue), tables
