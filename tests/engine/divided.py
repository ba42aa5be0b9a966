"""Rules of every kind, some of which divide their rows by a dimension and some of which do not."""

from __future__ import annotations

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
