"""What rules say about small tables: every feature of the language, by the verdicts that it gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.model.errors import InputError
from tests.engine.small import checks, report, verdict, verdicts

REGIONS = {"zone": None, "north": "zone", "south": "zone"}


def stated(**values: object) -> list[dict[str, object]]:
    """One row for each name in the dimension `item`; a dict gives further columns."""
    rows = []
    for item, value in values.items():
        rows.append({"item": item, **(value if isinstance(value, dict) else {"value": value})})
    return rows


def along(check: str, rows: list[dict[str, object]], **rule: object) -> str:
    return verdict(check, rows, for_each=[], along="item", **rule)


class TestExactNumbers:
    def test_numbers_beyond_ten_to_the_sixteen_are_compared_and_told(self):
        rows = stated(a=Decimal(10) ** 20 + 1, b=Decimal(10) ** 20)
        (found,) = checks("a == b", rows, for_each=[], along="item", rounding="exact")
        assert (found.verdict, found.left, found.right) == (
            "violated",
            Decimal(10) ** 20 + 1,
            Decimal(10) ** 20,
        )

    def test_binary_floats_do_not_decide(self):
        assert along("a + b == c", stated(a=Decimal("0.1"), b=Decimal("0.2"), c=Decimal("0.3"))) == "holds"
        assert along("a + b == c", stated(a=0.1, b=0.2, c=0.3)) == "holds"

    def test_nothing_is_lost_up_to_ten_to_the_fifteen_with_four_decimals(self):
        big = stated(a=Decimal("1000000000000000.0001"), b=Decimal(999999999999999), c=Decimal("1.0001"))
        assert along("a == b + c", big, rounding="exact") == "holds"
        assert along("a == b + c + 0.0001", big, rounding="exact") == "violated"
        assert checks("a == b", big, for_each=[], along="item")[0].imbalance == Decimal("1.0001")

    def test_the_imbalance_is_left_minus_right(self):
        (found,) = checks("a == b + c", stated(a=10, b=3, c=4), for_each=[], along="item")
        assert (found.left, found.right, found.imbalance) == (10, 7, 3)

    @pytest.mark.parametrize(
        ("check", "expected"),
        [("a - b == -4", "holds"), ("-b + a == -4", "holds"), ("a / b == 3 / 7", "holds"), ("b ^ 2 == 49", "holds"),
         ("a * b == 21", "holds"), ("round(b / a, 2) == 2.33", "holds"), ("abs(a - b) == 4", "holds"),
         ("min(a, b) == 3 and max(a, b) == 7", "holds"), ("mean(a, b) == 5", "holds"), ("a < b <= 7", "holds"),
         ("a > b or a == 3", "holds"), ("not a > b", "holds"), ("if a > b then a == 0", "holds"), ("a != b", "holds"),
         ("a == b", "violated"), ("count(a, b) == 2", "holds"), ("true", "holds"), ("a == 3 and unknown", "untestable"),
         ("a == 4 and unknown", "violated"), ("a == 3 or unknown", "holds")],
    )  # fmt: skip
    def test_operators(self, check, expected):
        names = check if "b" in check else check + " and b == 7"
        names = names if "a" in names.replace("abs", "").replace("max", "") else names + " and a == 3"
        assert along(names, stated(a=3, b=7)) == expected

    def test_division_by_zero_cannot_be_tested(self):
        assert along("a / b == 1", stated(a=3, b=0)) == "untestable"

    def test_negative_numbers(self):
        assert along("a + b == c", stated(a=-3, b=1, c=-2)) == "holds"


class TestIntervals:
    def test_rounded_amounts_are_reconcilable(self):
        rows = stated(
            a={"value": 12, "unit": "百万元"},
            b={"value": 45, "unit": "百万元"},
            c={"value": 58, "unit": "百万元"},
        )
        assert along("a + b == c", rows) == "reconcilable"
        assert along("a + b == c", rows, rounding="exact") == "violated"

    def test_a_difference_of_rounded_figures_that_is_right_is_never_violated(self):
        rows = stated(
            a={"value": 10, "unit": "个"}, b={"value": 3, "unit": "亿元"}, c={"value": 7, "unit": "亿元"}
        )
        assert along("a - b == c", rows) == "holds"

    def test_counts_are_exact(self):
        rows = stated(
            a={"value": 12, "unit": "家"}, b={"value": 45, "unit": "家"}, c={"value": 58, "unit": "家"}
        )
        assert along("a + b == c", rows) == "violated"
        assert along("a + b == c", rows, rounding="as_written") == "reconcilable"

    def test_counts_written_with_wan_are_rounded(self):
        rows = stated(
            a={"value": 15000, "literal": "1.5万", "unit": "家"}, b={"value": 10000, "literal": "1万", "unit": "家"},
            c={"value": 29000, "literal": "2.9万", "unit": "家"}, d={"value": 45000, "literal": "45000", "unit": "家"},
        )  # fmt: skip
        assert along("a + b == c", rows[:3]) == "reconcilable"
        assert along("a + b == d", [rows[0], rows[1], rows[3]]) == "violated"

    @pytest.mark.parametrize(
        ("low", "high", "against", "expected"),
        [(130, None, 150, "reconcilable"), (130, None, 130, "holds"), (130, None, 120, "violated"),
         (None, 130, 120, "reconcilable"), (None, 130, 140, "violated"), (120, 140, 135, "reconcilable")],
    )  # fmt: skip
    def test_bound_words_explain_a_difference(self, low, high, against, expected):
        rows = stated(
            a={"value": 130, "low": low, "high": high}, b={"value": against, "low": against, "high": against}
        )
        assert along("a == b", rows) == expected

    def test_a_range_holds_as_stated_when_a_number_lies_in_it(self):
        rows = stated(a={"value": None, "low": 3, "high": 5}, b={"value": 4, "low": 4, "high": 4})
        assert along("a == b", rows) == "holds"
        assert along("a > b + 2", rows) == "violated"

    def test_a_value_without_filled_in_ends_is_exact(self):
        rows = stated(a={"value": 3, "low": None, "high": None}, b={"value": 4, "low": 4, "high": 4})
        assert along("a == b", rows) == "violated"

    def test_open_parts_make_an_open_sum(self):
        rows = [
            {"region": "zone", "value": 100, "low": 100, "high": 100},
            {"region": "north", "value": 60, "low": 60, "high": None},
            {"region": "south", "value": 30, "low": 30, "high": 30},
        ]
        rule = {"for_each": [], "hierarchy": "region", "codes": {"region": REGIONS}}
        assert verdict("whole == sum(parts)", rows, **rule) == "reconcilable"
        assert verdict("whole <= sum(parts) - 20", rows, **rule) == "reconcilable"
        assert (
            verdict("whole <= sum(parts) - 200", [*rows[:1], {**rows[1], "high": 60}, rows[2]], **rule)
            == "violated"
        )


class TestTolerance:
    def test_absolute(self):
        assert along("a == b", stated(a=100, b=103), tolerance=3) == "holds"
        assert along("a == b", stated(a=100, b=104), tolerance=3) == "violated"
        assert along("a >= b", stated(a=100, b=103), tolerance={"absolute": 3}) == "holds"

    def test_relative_to_the_larger_side(self):
        assert along("a == b", stated(a=99, b=100), tolerance={"relative": "1%"}) == "holds"
        assert along("a == b", stated(a=98, b=100), tolerance={"relative": "1%"}) == "violated"
        assert along("a <= b", stated(a=101, b=100), tolerance={"relative": "1%"}) == "holds"


class TestMissing:
    def test_an_absent_part_is_untestable_and_named(self):
        (found,) = checks("a == b + c", stated(a=5, b=2), for_each=[], along="item")
        assert (found.verdict, found.missing) == ("untestable", ("c",))

    def test_a_blank_cell_is_not_zero(self):
        assert along("a == b + c", stated(a=2, b=2, c=None)) == "untestable"

    def test_policies(self):
        assert along("a == b + c", stated(a=2, b=2), missing={"c": "zero"}) == "holds"
        assert verdicts("a == b + c", stated(a=2, b=2), for_each=[], along="item", missing="skip") == []

    def test_a_missing_child_is_named_and_zero_must_be_asked_for(self):
        rows = [{"region": "zone", "value": 5}, {"region": "north", "value": 5}]
        rule = {"for_each": [], "hierarchy": "region", "codes": {"region": REGIONS}}
        (found,) = checks("whole == sum(parts)", rows, **rule)
        assert (found.verdict, found.missing) == ("untestable", ("south",))
        assert verdict("whole == sum(parts)", rows, missing={"parts": "zero"}, **rule) == "holds"

    def test_a_blank_cell_among_the_cells_of_an_aggregate_makes_it_untestable(self):
        rows = [{"item": "a", "value": 1}, {"item": "b", "value": None}]
        let = {"all": {"item": "any"}}
        assert verdict("sum(all) == 1", rows, for_each=[], let=let) == "untestable"
        assert verdict("sum(all) == 1", rows, for_each=[], let=let, missing="zero") == "untestable"
        assert verdict("sum(all) == 1", rows, for_each=[], let=let, missing="known") == "holds"

    def test_is_missing_and_is_stated_ask_for_it(self):
        assert along("a is stated and b is missing", stated(a=1)) == "holds"
        assert along("a is not stated or b is not missing", stated(a=1)) == "violated"

    def test_a_cell_stated_twice_with_one_value_is_that_value_with_two_untestable(self):
        assert along("a == b", [*stated(a=1, b=1), *stated(a=1)]) == "holds"
        (found,) = checks("a == b", [*stated(a=1, b=1), *stated(a=2)], for_each=[], along="item")
        assert (found.verdict, found.missing) == ("untestable", ("a (≠)",))

    def test_a_member_stated_twice_is_never_added_up_twice(self):
        rows = [{"region": r, "value": v} for r, v in (("zone", 5), ("north", 2), ("north", 2), ("south", 3))]
        assert (
            verdict("whole == sum(parts)", rows, {"region": REGIONS}, for_each=[], hierarchy="region")
            == "holds"
        )


class TestKeys:
    def test_blank_keys_are_keys(self):
        rows = [{"place": None, "item": "a", "value": 1}, {"place": "", "item": "b", "value": 1},
                {"place": "x", "item": "a", "value": 1}, {"place": "x", "item": "b", "value": 2}]  # fmt: skip
        found = checks("a == b", rows, for_each=["place"], along="item")
        assert [(c.key, c.verdict) for c in found] == [({}, "holds"), ({"place": "x"}, "violated")]

    def test_an_operand_with_fewer_dimensions_is_the_same_for_all_keys(self):
        rows = [{"place": p, "value": v} for p, v in (("x", 1), ("y", 5), ("all", 3))]
        let = {"one": {"place": {"not": "all"}}, "limit": {"place": "all"}}
        assert verdicts("one <= limit", rows, for_each=["place"], let=let) == ["holds", "violated"]

    def test_a_rule_without_dimensions_makes_one_check(self):
        assert verdicts("sum(x) == 6", stated(a=1, b=5), for_each=[], let={"x": {"item": "any"}}) == ["holds"]

    def test_a_rule_that_asks_for_absence_is_checked_also_where_there_is_nothing(self):
        let = {"x": {"item": "nothing"}}
        assert verdict("count(x) >= 1", stated(a=1), for_each=[], let=let) == "violated"
        with pytest.raises(InputError, match="“nothing” stands nowhere in item"):
            verdicts("x == 1", stated(a=1), for_each=[], let=let)

    def test_keys_that_no_operand_has_in_full_are_combinations(self):
        tables = {"a": [{"x": "1", "value": 1}, {"x": "2", "value": 2}], "b": [{"y": "1", "value": 2}]}
        with pytest.raises(Exception, match="no column"):
            verdicts(
                "p == q",
                tables,
                for_each=["x", "y"],
                table="a",
                let={"p": {"table": "a"}, "q": {"table": "b"}},
            )

    def test_keys_can_be_said(self):
        rows = [{"place": "x", "item": "a", "value": 1}, {"place": "y", "item": "b", "value": 1}]
        let = {"a": {"item": "a"}, "b": {"item": "b"}}
        assert verdicts("count(b) >= 1", rows, for_each=["place"], let=let, keys="b") == ["holds"]
        assert verdicts("count(b) >= 1", rows, for_each=["place"], let=let, keys=["a", "b"]) == [
            "violated",
            "holds",
        ]


class TestSelections:
    rows = (
        {"region": "north", "year": "2017", "value": 1}, {"region": "north", "year": "2018", "value": 2},
        {"region": "south", "year": "2017", "value": 4}, {"region": "south", "year": "2018", "value": 3},
    )  # fmt: skip

    def test_relatives_in_time(self):
        let = {"now": {}, "before": {"year": {"relative": "previous"}}}
        found = checks("now >= before", list(self.rows), for_each=["region", "year"], let=let, missing="skip")
        assert [(c.key["region"], c.verdict) for c in found] == [("north", "holds"), ("south", "violated")]

    def test_other(self):
        let = {"mine": {}, "others": {"region": {"relative": "other"}}}
        found = verdicts("mine < max(others)", list(self.rows), for_each=["region", "year"], let=let)
        assert found == ["holds", "holds", "violated", "violated"]

    def test_listed_members_must_all_be_there(self):
        let = {"all": {"region": ["north", "south"]}}
        assert verdicts("sum(all) == 5", list(self.rows), for_each=["year"], let=let) == ["holds", "holds"]
        assert verdicts("sum(all) == 5", list(self.rows)[:3], for_each=["year"], let=let) == [
            "holds",
            "untestable",
        ]

    def test_patterns(self):
        assert verdicts(
            "sum(x) == 10", list(self.rows), for_each=[], let={"x": {"year": {"like": "20*"}}}
        ) == ["holds"]
        assert verdicts(
            "count(x) == 2", list(self.rows), for_each=[], let={"x": {"year": {"unlike": "*7"}}}
        ) == ["holds"]

    def test_attributes_of_the_code_list(self):
        codes = {"region": REGIONS}
        let = {"x": {"region": {"below": "zone"}, "year": "2017"}}
        assert verdict("sum(x) == 5", list(self.rows), codes, for_each=[], let=let) == "holds"
        assert (
            verdict(
                "count(x) == 2",
                list(self.rows),
                codes,
                for_each=[],
                let={"x": {"region": {"parent": "zone"}, "year": "2017"}},
            )
            == "holds"
        )

    def test_rows_of_another_table_are_found_by_another_column(self):
        tables = {
            "targets": [{"plan": "p", "value": 3}, {"plan": "q", "value": 3}],
            "plans": [{"id": "p", "most": 5}, {"id": "q", "most": 2}],
        }
        let = {"x": {}, "most": {"table": "plans", "column": "most", "on": {"plan": "id"}}}
        assert verdicts("x <= most", tables, for_each=["plan"], let=let) == ["holds", "violated"]

    def test_a_row_finds_another_row_of_its_own_table(self):
        rows = {"people": [{"name": "a", "mother": "b", "age": 10}, {"name": "b", "mother": None, "age": 20}]}
        let = {"age": {"column": "age"}, "mothers": {"column": "age", "on": {"mother": "name"}}}
        found = checks(
            "mothers >= age + 15", rows, table="people", for_each=["name", "mother"], let=let, missing="skip"
        )
        assert [(c.key, c.verdict) for c in found] == [({"name": "a", "mother": "b"}, "violated")]

    def test_split_texts_are_several_cells(self):
        rows = {"lists": [{"id": "1", "items": "a;b;a", "n": 3}]}
        let = {"n": {"column": "n"}, "items": {"column": "items", "split": ";"}}
        assert (
            verdict(
                "count(items) == n and distinct(items) == 2", rows, table="lists", for_each=["id"], let=let
            )
            == "holds"
        )

    def test_numbers_in_texts(self):
        rows = {"clauses": [{"id": "x", "number": "(十三)"}, {"id": "y", "number": "第2条"}]}
        let = {"n": {"column": "number", "as": "ordinal"}}
        assert verdicts("n > 10", rows, table="clauses", for_each=["id"], let=let) == ["holds", "violated"]

    def test_several_breakdowns_of_one_whole(self):
        import polars as pl

        codes = pl.DataFrame({
            "code": ["all", "men", "women", "young", "old"], "parent": [None, *["all"] * 4],
            "group": [None, "sex", "sex", "age", "age"],
        })  # fmt: skip
        rows = [
            {"who": w, "value": v}
            for w, v in (("all", 10), ("men", 4), ("women", 6), ("young", 4), ("old", 5))
        ]
        assert sorted(
            verdicts("whole == sum(parts)", rows, {"who": codes}, for_each=[], hierarchy="who")
        ) == ["holds", "violated"]

    def test_a_relation_without_pairs_binds_nothing(self):
        made = report(
            "a >= max(b)", [{"year": "2019", "value": 1}], for_each=["year"],
            let={"a": {}, "b": {"year": {"relative": "later"}}},
        )  # fmt: skip
        assert made.unbound_rules == ("rule",)


class TestAggregates:
    rows = ({"item": "a", "value": 3}, {"item": "b", "value": 5}, {"item": "c", "value": 7})

    @pytest.mark.parametrize(
        ("check", "expected"),
        [("sum(x) == 15", "holds"), ("mean(x) == 5", "holds"), ("min(x) == 3 and max(x) == 7", "holds"),
         ("count(x) == 3", "holds"), ("distinct(x) == 3", "holds"), ("any(x > 6)", "holds"), ("any(x > 7)", "violated"),
         ("all(x >= 3)", "holds"), ("all(x > 3)", "violated"), ("any(x == 5)", "holds"), ("all(x != 4)", "holds"),
         ("count(x > 3) == 2", "holds"), ("count(x <= 3) == 1", "holds"), ("all(x <= max(y))", "holds"),
         ("any(x > max(y))", "violated"), ("count(x) == expected(x)", "violated")],
    )  # fmt: skip
    def test_functions(self, check, expected):
        let = {"x": {"item": "any"}, "y": {"item": "any"}}
        assert verdict(check, list(self.rows), for_each=[], let=let) == expected

    def test_a_blank_cell_leaves_a_test_open_unless_others_settle_it(self):
        rows = [*self.rows, {"item": "d", "value": None}]
        for check, expected in [("any(x > 6)", "holds"), ("any(x > 8)", "untestable"), ("all(x > 4)", "violated"),
                                ("all(x > 2)", "untestable"), ("count(x > 3) == 2", "untestable")]:  # fmt: skip
            assert verdict(check, rows, for_each=[], let={"x": {"item": "any"}}) == expected, check

    def test_nothing_is_neither_any_nor_all(self):
        let = {"x": {"item": "none"}}
        assert verdict("count(x) == 0 and any(x > 1)", list(self.rows), for_each=[], let=let) == "untestable"

    def test_open_bounds_are_counted_as_they_allow(self):
        rows = [{"item": "a", "value": 3, "low": 3, "high": None}]
        assert verdict("count(x > 4) == 1", rows, for_each=[], let={"x": {"item": "any"}}) == "reconcilable"


class TestTextsAndTruths:
    rows = (
        {"id": "1", "name": "甲", "alias": "甲", "done": True},
        {"id": "2", "name": "甲", "alias": "乙", "done": False},
    )

    def test_columns_of_a_record(self):
        tables = {"names": list(self.rows)}
        assert verdicts("name == alias", tables, table="names") == ["holds", "violated"]
        assert verdicts("done", tables, table="names") == ["holds", "violated"]
        assert verdicts("done == false", tables, table="names") == ["violated", "holds"]
        assert verdicts('if done then alias == "甲"', tables, table="names") == ["holds", "holds"]

    def test_a_blank_text_is_missing(self):
        tables = {"names": [{"id": "1", "name": None}, {"id": "2", "name": ""}, {"id": "3", "name": "x"}]}
        assert verdicts("name is stated", tables, table="names") == ["violated", "violated", "holds"]
        assert verdicts('name == "x"', tables, table="names") == ["untestable", "untestable", "holds"]

    def test_texts_of_several_rows(self):
        tables = {"names": list(self.rows)}
        let = {"names": {"column": "name"}, "aliases": {"column": "alias"}}
        assert (
            verdict(
                "distinct(names) == 1 and distinct(aliases) == 2", tables, table="names", for_each=[], let=let
            )
            == "holds"
        )
        assert (
            verdict(
                'any(aliases == "乙") and all(names == "甲")', tables, table="names", for_each=[], let=let
            )
            == "holds"
        )
        assert (
            verdict(
                'min(aliases) == "乙" and max(aliases) == "甲"', tables, table="names", for_each=[], let=let
            )
            == "holds"
        )

    def test_a_record_rule_checks_every_row_also_rows_with_one_key(self):
        tables = {"lists": [{"doc": "d", "n": 2, "m": 2}, {"doc": "d", "n": 2, "m": 3}]}
        assert sorted(verdicts("n == m", tables, table="lists", for_each=["doc"])) == ["holds", "violated"]


class TestReport:
    def test_findings_are_in_order_of_their_keys_and_carry_their_cells(self):
        rows = [
            {"place": p, "item": i, "value": v}
            for p, i, v in (("z", "a", 1), ("z", "b", 2), ("m", "a", 3), ("m", "b", 4))
        ]
        made = report("a == b", rows, for_each=["place"], along="item")
        assert [f.check.key["place"] for f in made.findings] == ["m", "z"]
        assert [(c.operand, c.value) for c in made.findings[0].check.cells] == [("a", 3), ("b", 4)]

    def test_an_id_depends_on_rule_and_key_not_on_numbers_or_order(self):
        rows = [{"place": "p", "item": i, "value": v} for i, v in (("a", 1), ("b", 2))]
        first = report("a == b", rows, for_each=["place"], along="item").findings[0].id
        other = [{**row, "value": 7 + n} for n, row in enumerate(reversed(rows))]
        assert report("a == b", other, for_each=["place"], along="item").findings[0].id == first


def test_within_its_tolerance_a_number_is_not_another():
    rows = [{"item": "a", "value": 100}, {"item": "b", "value": 101}]
    unlike = {"along": "item", "for_each": [], "check": "a != b"}
    assert verdict(rows=rows, tolerance={"absolute": "2"}, **unlike) == "violated"
    assert verdict(rows=rows, tolerance={"absolute": "0.5"}, **unlike) == "holds"
