"""Plans that share what they ask of the rows tell together what each of them tells alone."""

from __future__ import annotations

from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import audit
from audit.engine.sharing import Memory, asked_by
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve

CODES = {"region": {"city": None, "east": "city", "west": "city"}}
RULES = """
for_each: [region, period], let: {x: {}}, check: sum(x) <= 5
for_each: [region, period], let: {x: {}}, check: sum(x) <= 9
for_each: [region, period], let: {x: {}}, check: sum(x) >= 2, tolerance: 1
for_each: [region, period], let: {x: {}}, missing: skip, check: sum(x) <= 5
for_each: [region, period], let: {x: {}}, missing: zero, applies: sum(x) >= 2, check: sum(x) <= 5
for_each: [region, period], let: {x: {}}, missing: zero, applies: sum(x) >= 4, check: sum(x) <= 5
for_each: [region, period], let: {x: {column: other}}, check: sum(x) <= 5
for_each: [region, period], let: {x: {column: unit}}, check: distinct(x) == 1
for_each: [region, period], let: {x: {}}, where: {unit: 家}, check: sum(x) <= 5
for_each: [region, period], let: {x: {}}, rounding: exact, check: max(x) - min(x) <= 3
for_each: [region, period], let: {x: {}}, check: count(x > 3) <= 1
for_each: [region, period], let: {x: {}}, check: count(x > 4) <= 1
for_each: [region, period], let: {x: {}, y: {region: {relative: other}}}, check: sum(x) <= sum(y)
for_each: [region, period], let: {x: {}, y: {period: {relative: previous}}}, missing: skip, check: sum(x) >= sum(y)
for_each: [region, period], let: {x: {}, y: {period: {relative: next}}}, missing: skip, check: sum(x) >= sum(y)
for_each: [period, region], let: {x: {}}, check: sum(x) <= 5
for_each: [period], hierarchy: region, check: whole == sum(parts)
for_each: [period], hierarchy: region, missing: known, check: whole >= sum(parts)
check: value >= 1
check: value >= 2 and unit == "家"
where: {unit: 家}, check: value >= 2
""".strip().splitlines()
NAMED = [f"- {{id: r{number}, title: t, {rule}}}\n" for number, rule in enumerate(RULES)]
figures = st.fixed_dictionaries({
    "region": st.sampled_from(["city", "east", "west"]), "period": st.sampled_from(["2019", "2020"]),
    "unit": st.sampled_from(["家", "亿元", None]), "bound": st.sampled_from(["exact", "above"]),
    "value": st.none() | st.integers(0, 6), "other": st.none() | st.integers(0, 6),
})  # fmt: skip
FIRST = [
    {"region": region, "period": period, "unit": unit, "bound": "exact", "value": 3, "other": 1}
    for region, period, unit in [("city", "2019", "家"), ("east", "2019", "家"), ("west", "2020", "亿元")]
]
TYPES = {
    **dict.fromkeys(("region", "period", "unit", "bound"), pl.String),
    "value": pl.Int64,
    "other": pl.Int64,
}


@settings(max_examples=3)
@given(st.lists(figures, min_size=1, max_size=12), st.permutations(NAMED))
def test_rules_that_share_tell_what_each_tells_alone(rows, rules):
    tables = {"targets": pl.DataFrame([*FIRST, *rows], schema=TYPES)}
    shared = audit.check(tables=tables, rules="".join(rules), codes=CODES, everything=True)
    with patch.object(Memory, "of", lambda memory, number, work_out: work_out()):
        assert shared == audit.check(tables=tables, rules="".join(rules), codes=CODES, everything=True)


def test_only_what_is_the_same_is_shared():
    columns = {name: "number" if kind == pl.Int64 else "text" for name, kind in TYPES.items()}
    catalogue = Catalogue({"targets": TableShape("targets", columns, ())}, {}, lambda *_: ())
    first, last = RULES.index("check: value >= 1"), len(RULES)
    plain = [
        number
        for number in range(first)
        if "relative" not in RULES[number] and "hierarchy" not in RULES[number]
    ]
    plans = resolve(read_rules_text("".join(NAMED[n] for n in [*plain, *range(first, last)])), catalogue)
    asked = dict(zip([*plain, *range(first, last)], asked_by(plans), strict=True))
    assert len({asked[n].values for n in (0, 1, 2)}) == 1 and asked[10].groups == asked[0].groups
    assert len({asked[n].values for n in (0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15)}) == 11
    assert asked[6].keys == asked[0].keys != asked[8].keys and asked[6].groups != asked[0].groups
    assert asked[18].values != asked[19].values and asked[19].orders != asked[20].orders
