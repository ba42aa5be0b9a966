"""Rules over time: lags by frequency, parts of a period, spans of `where`, and code lists that change."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

import audit
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from tests.engine.small import checks, report, verdicts


def series(**values: object) -> list[dict[str, object]]:
    return [
        {"period": period.replace("_", "-").strip("p"), "value": value} for period, value in values.items()
    ]


def taken(relation: str, *periods: str) -> dict[str, list[str]]:
    """For each period the periods that an operand with this relation takes."""
    rows = [{"period": period, "value": 1} for period in periods]
    let = {"now": {}, "others": {"period": {"relative": relation}}}
    found = checks("count(now) + count(others) == 0", rows, for_each=["period"], let=let)
    return {
        c.key["period"]: [cell.dimensions["period"] for cell in c.cells if cell.operand == "others"]
        for c in found
    }


@pytest.mark.parametrize(
    ("relation", "periods", "of", "expected"),
    [
        ("previous", ["2018Q4", "2019Q1", "2019Q2"], "2019Q2", ["2019Q1"]),
        ("previous", ["2018Q4", "2019Q1"], "2019Q1", ["2018Q4"]),
        ("earlier", ["2018Q4", "2019Q1", "2019Q2"], "2019Q2", ["2018Q4", "2019Q1"]),
        ("previous", ["2019-01", "2019-02", "2020-01"], "2019-02", ["2019-01"]),
        ("previous", ["2019-01", "2019-02", "2020-01"], "2020-01", []),
        ("year_before", ["2019-01", "2019-02", "2020-01"], "2020-01", ["2019-01"]),
        ("previous", ["2018H1", "2018H2", "2019H1"], "2019H1", ["2018H2"]),
        ("previous", ["2018", "2019", "2019Q1"], "2019Q1", []),
        ("previous", ["2019-03-01", "2019-02-28"], "2019-03-01", ["2019-02-28"]),
        ("previous", ["2019-Q1", "2019Q2"], "2019Q2", ["2019-Q1"]),
        ("next", ["2019", "2020", "2021"], "2019", ["2020"]),
        ("within", ["2017", "2018", "2019", "2017/2018"], "2017/2018", ["2017", "2018"]),
        ("last", ["2017", "2018", "2017/2018"], "2017/2018", ["2018"]),
        ("span", ["2018", "2017/2018", "2016/2018", "2018/2019"], "2018", ["2016/2018", "2017/2018"]),
        ("previous", ["2016/2020", "2021/2025"], "2021/2025", ["2016/2020"]),
    ],
)  # fmt: skip
def test_relations_of_time_stay_within_a_frequency(relation, periods, of, expected):
    assert sorted(taken(relation, *periods)[of]) == expected


def test_a_lag_of_several_steps_takes_the_period_that_lies_so_far_away():
    rows = series(p2018Q3=7, p2018Q4=8, p2019Q1=10, p2019Q2=12)
    let = {"now": {}, "before": {"period": {"relative": "previous", "by": 3}}}
    found = checks("now == before + 5", rows, for_each=["period"], let=let, missing="skip")
    assert {c.key["period"]: c.verdict for c in found} == {"2019Q2": "holds"}


def test_a_running_total_is_the_sum_since_the_year_began_and_a_missing_month_is_named():
    rows = [{"period": f"2019-{m:02}", "value": v} for m, v in ((1, 3), (2, 4), (3, 5))]
    total = [{"id": "t", "period": f"2019-{m:02}", "value": v} for m, v in ((1, 3), (2, 7), (3, 13))]
    rule = {
        "for_each": ["period"],
        "let": {"total": {"item": "t"}, "parts": {"item": "m", "period": {"relative": "year_to_date"}}},
    }
    both = [{**row, "item": "m"} for row in rows] + [{**row, "item": "t"} for row in total]
    found = {c.key["period"]: c.verdict for c in checks("total == sum(parts)", both, **rule)}
    assert found == {"2019-01": "holds", "2019-02": "holds", "2019-03": "violated"}
    without = [row for row in both if (row["item"], row["period"]) != ("m", "2019-01")]
    found = {c.key["period"]: c.missing for c in checks("total == sum(parts)", without, **rule)}
    assert "parts: 2019-01" in str(found["2019-02"]) or "2019-01" in str(found["2019-02"])


def test_quarters_make_up_their_year_and_a_missing_one_is_named():
    rows = series(p2019=10, p2019Q1=1, p2019Q2=2, p2019Q3=3, p2019Q4=4)
    rule = {
        "for_each": ["period"],
        "let": {"year": {}, "parts": {"period": {"relative": "quarters"}}},
        "keys": "year",
    }
    rule["applies"] = "count(parts) > 0"
    assert verdicts("year == sum(parts)", rows, **rule) == ["holds"]
    (found,) = checks("year == sum(parts)", rows[:-1], **rule)
    assert (found.verdict, found.missing) == ("untestable", ("2019Q4",))


def test_dates_of_any_frame_bind():
    frame = pl.DataFrame({"day": [datetime.date(2019, 2, 28), datetime.date(2019, 3, 1)], "value": [1, 2]})
    rule = """
- id: r
  title: t
  for_each: [day]
  let: {now: {}, before: {day: {relative: previous}}}
  missing: skip
  check: now == before + 1
"""
    assert audit.check(tables={"targets": frame}, rules=rule).summary.holds == 1


def test_years_as_whole_numbers_bind_and_small_ones_are_refused():
    rule = {
        "for_each": ["year"],
        "let": {"now": {}, "before": {"year": {"relative": "previous"}}},
        "missing": "skip",
    }
    assert verdicts("now > before", [{"year": 2018, "value": 1}, {"year": 2019, "value": 2}], **rule) == [
        "holds"
    ]
    with pytest.raises(InputError, match=r"“18.0+” in year is no period"):
        verdicts("now > before", [{"year": 18, "value": 1}, {"year": 19, "value": 2}], **rule)


def test_periods_of_another_table_are_found_also_where_it_lacks_the_own():
    tables = {"targets": [{"period": "2020", "value": 2}], "old": [{"period": "2019", "value": 1}]}
    let = {"now": {}, "before": {"table": "old", "period": {"relative": "previous"}}}
    assert verdicts("now == before + 1", tables, for_each=["period"], let=let) == ["holds"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [({"from": 2018, "to": 2020}, {"2018", "2019-07", "2020", "2018/2019"}), ({"from": "2019Q3"}, {"2019-07", "2020", "2021"}),
     ({"to": 2017}, {"2017"}), ({"from": "2020-01-01", "to": "2020-12-31"}, {"2020"})],
)  # fmt: skip
def test_where_takes_periods_between_two(limits, expected):
    rows = [
        {"period": p, "value": 1}
        for p in ("2017", "2018", "2019-07", "2020", "2021", "2018/2019", "2017/2018")
    ]
    found = checks("x == 1", rows, for_each=["period"], where={"period": limits}, let={"x": {}})
    assert {c.key["period"] for c in found} == expected


MOVED = {"region": CodeList.of("region", (
    Member("north"), Member("south"), Member("a", "north"), Member("b", "south"),
    Member("moved", "north", (), {"to": "2018"}), Member("moved", "south", (), {"from": "2019"}),
))}  # fmt: skip


class TestACountyThatMoved:
    def rows(self, year: str, north: int, south: int) -> list[dict[str, object]]:
        values = {"north": north, "south": south, "a": 1, "b": 2, "moved": 10}
        return [{"period": year, "region": region, "value": value} for region, value in values.items()]

    @pytest.mark.parametrize(
        ("year", "north", "south"),
        [("2018", 11, 2), ("2019", 1, 12), ("2018Q4", 11, 2), ("2019-01", 1, 12), ("2018/2019", 1, 12)]
    )  # fmt: skip
    def test_a_period_is_judged_by_the_list_of_its_last_day(self, year, north, south):
        rule = {"for_each": ["period"], "hierarchy": "region", "codes": MOVED}
        assert verdicts("whole == sum(parts)", self.rows(year, north, south), **rule) == ["holds", "holds"]
        wrong = verdicts("whole == sum(parts)", self.rows(year, north + 10, south - 10), **rule)
        assert wrong == ["violated", "violated"]

    def test_both_times_are_checked_in_one_run(self):
        rows = [*self.rows("2018", 11, 2), *self.rows("2019", 1, 12)]
        rule = {"for_each": ["period"], "hierarchy": "region", "codes": MOVED}
        found = checks("whole == sum(parts)", rows, **rule)
        assert sorted((c.key["period"], c.key["region"], c.verdict) for c in found) == [
            (period, region, "holds") for period in ("2018", "2019") for region in ("north", "south")
        ]

    def test_relations_and_attributes_use_the_list_of_the_time_too(self):
        rows = [*self.rows("2018", 11, 2), *self.rows("2019", 1, 12)]
        let = {"x": {"region": {"below": "south"}}}
        found = checks("count(x) == 2", rows, MOVED, for_each=["period"], let=let)
        assert [(c.key["period"], c.verdict) for c in found] == [("2018", "holds"), ("2019", "violated")]
        let = {"whole": {}, "parts": {"region": {"relative": "children"}}}
        found = checks(
            "whole == sum(parts)", rows, MOVED, for_each=["period", "region"], let=let, missing="skip"
        )
        assert [c.verdict for c in found] == ["holds"] * 4

    def test_a_rule_without_a_period_is_refused(self):
        with pytest.raises(InputError, match="changes in time"):
            report("whole == sum(parts)", self.rows("2018", 11, 2), MOVED, for_each=[], hierarchy="region")

    def test_entries_whose_times_overlap_or_are_none_are_refused(self):
        for dates in ({"from": "2018"}, {"from": "soon"}):
            codes = {
                "region": CodeList.of(
                    "region", (*MOVED["region"].entries[:-1], Member("moved", "south", (), dates))
                )
            }
            with pytest.raises(InputError, match=r"overlap|no period"):
                report(
                    "whole == sum(parts)",
                    self.rows("2018", 11, 2),
                    codes,
                    for_each=["period"],
                    hierarchy="region",
                )
