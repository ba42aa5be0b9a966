"""`audit init FILE`: what was planted in tables is suggested, what chance explains is not, and the workspace passes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from audit.actions.suggesting import Started, start_with
from audit.cli import main
from audit.diagnosis.suggestions.chance import expected_by_chance
from audit.diagnosis.suggestions.matrix import Matrix, apart, columns_of
from audit.diagnosis.suggestions.ratios import limits, ratios
from audit.diagnosis.suggestions.sums import sums
from audit.engine.frames import Table


def numbers(rows: int, names: Sequence[str], seed: int = 0, most: int = 900) -> dict[str, list[int]]:
    drawn = random.Random(seed)
    return {name: [drawn.randint(1, most) for _ in range(rows)] for name in names}


def matrix(columns: dict[str, list[int]] | dict[str, list[str]]) -> Matrix:
    texts = {name: [str(value) for value in values] for name, values in columns.items()}
    return columns_of(Table("t", pl.DataFrame(texts)), list(columns))


def added(*columns: Sequence[int]) -> list[int]:
    return [sum(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("parts", ["bc", "abc", "ace", "abcdef"])
def test_a_planted_sum_is_found_also_where_a_row_breaks_it(parts: str) -> None:
    columns = numbers(40, "abcdef")
    columns["whole"] = added(*(columns[part] for part in parts))
    columns["whole"][7] += 1
    (found,) = sums(matrix(columns))
    assert (found.whole, "".join(found.parts), found.held, found.rows) == ("whole", parts, 39, 40)


def test_a_tree_of_totals_is_found_level_by_level() -> None:
    columns = numbers(12, ["a", "b", "c", "d"])
    tree = {"all": [0] * 12, "east": added(columns["a"], columns["b"]), "a": columns["a"], "b": columns["b"],
            "west": added(columns["c"], columns["d"]), "c": columns["c"], "d": columns["d"]}  # fmt: skip
    tree["all"] = added(tree["east"], tree["west"])
    assert {(one.whole, one.parts) for one in sums(matrix(tree))} >= {
        ("east", ("a", "b")), ("west", ("c", "d")), ("all", ("east", "west")),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("most", [1, 9, 900])
def test_what_chance_explains_is_not_suggested(seed: int, most: int) -> None:
    table = matrix(numbers(15, "abcdefg", seed, most))
    assert (sums(table), list(ratios(table)), list(limits(table))) == ((), [], [])


def test_two_columns_are_enough_where_the_numbers_are_large_and_not_where_they_are_small_or_round() -> None:
    table = {"a": [52304, 48120], "b": [21177, 22011], "c": [8043, 9120]}
    table["whole"] = added(*table.values())
    assert [(one.whole, one.parts) for one in sums(matrix(table))] == [("whole", ("a", "b", "c"))]
    assert sums(matrix({name: [value // 10000 for value in values] for name, values in table.items()})) == ()
    assert sums(matrix({"a": [20000, 10000], "b": [10000, 20000], "whole": [30000, 30000]})) == ()


def rounded(seed: int = 0) -> dict[str, list[int]]:
    """Amounts in thousands, of which each was rounded by itself."""
    exact = numbers(60, "abc", seed, 900_000)
    exact["whole"] = added(*exact.values())
    return {name: [round(value / 1000) for value in column] for name, column in exact.items()}


def test_whole_numbers_that_were_rounded_add_up_within_their_rounding() -> None:
    (found,) = sums(matrix(rounded()))
    assert (found.whole, found.parts, found.rounded, found.rows) == ("whole", ("a", "b", "c"), True, 60)
    assert found.held >= 58


def test_errors_of_one_side_are_no_rounding() -> None:
    columns = numbers(60, "abc", 0, 900)
    columns["whole"] = [value + (n % 4 == 0) for n, value in enumerate(added(*columns.values()))]
    assert sums(matrix(columns)) == ()  # 15 of 60 are one too large


def test_a_total_by_its_name_may_be_broken_in_a_third_of_the_rows() -> None:
    columns = numbers(60, "abc", 0, 900)
    columns["total"] = [value + (n % 4 == 0) for n, value in enumerate(added(*columns.values()))]
    (found,) = sums(matrix(columns))
    assert (found.whole, found.parts, found.held, found.rounded) == ("total", ("a", "b", "c"), 45, False)


def test_decimals_of_other_columns_are_no_digits_of_these() -> None:
    columns = {name: [*map(str, values)] for name, values in rounded().items()}
    columns["share"] = [f"{n / 7:.5f}" for n in range(60)]
    (found,) = sums(matrix(columns))
    assert found.whole == "whole" and found.rounded


def test_a_rate_of_two_numbers_together_is_recomputed() -> None:
    columns = numbers(40, ["without", "employed"])
    rates = [f"{a / (a + b):.4f}" for a, b in zip(*columns.values(), strict=True)]
    (found,) = ratios(matrix({**{n: list(map(str, v)) for n, v in columns.items()}, "rate": rates}))
    assert found.form.format(a=found.above, b=found.below) == "without / (without + employed)"


def test_a_limit_is_one_that_numbers_come_near_to() -> None:
    wholes = numbers(60, ["debt limit"], 3)["debt limit"]
    near = [whole * (60 + 40 * (n % 5) // 4) // 100 for n, whole in enumerate(wholes)]
    far = [whole // 3 for whole in wholes]
    found = [(one.part, one.whole) for one in limits(matrix({"limit": wholes, "debt": near, "fees": far}))]
    assert found == [("debt", "limit")]
    assert list(limits(matrix({"limit": wholes, "debt": near}), ["one place"] * 60)) == []


def test_columns_of_nothing_suggest_nothing() -> None:
    assert sums(matrix({"a": [0] * 30, "b": [0] * 30, "c": [0] * 30, "d": [5] + [0] * 29})) == ()


def test_a_share_is_recomputed_with_its_rounding() -> None:
    columns = numbers(30, ["part", "whole"])
    shares = [f"{100 * a / b:.1f}" for a, b in zip(columns["part"], columns["whole"], strict=True)]
    (found,) = ratios(matrix({**{n: list(map(str, v)) for n, v in columns.items()}, "share": shares}))
    assert (found.column, found.form.format(a=found.above, b=found.below)) == ("share", "part / whole * 100")


def test_what_is_the_same_in_all_rows_is_taken_for_a_per_cent() -> None:
    pay = [n * 130 for n in numbers(40, ["pay"])["pay"]]
    (found,) = ratios(matrix({"pay": pay, "tax": [n // 10 for n in pay], "rate": [10] * 40}))
    assert (found.column, found.form.format(a=found.above, b=found.below)) == ("pay", "tax / rate * 100")


def test_chance_is_counted_on_the_numbers_themselves() -> None:
    import numpy as np

    side, other = np.arange(20.0), np.arange(20.0)
    assert expected_by_chance(lambda moved: moved == other, side, 20, 20, 1000) < 1e-6
    constant = np.ones(20)
    assert expected_by_chance(lambda moved: moved == constant, constant, 20, 20, 1000) > 1


def wide(folder: Path) -> Path:
    """People by region, sex and year, a column a year, with one slip."""
    drawn = numbers(10, [f"{region}/{sex}" for region in "abcd" for sex in ("male", "female")])
    lines = [",".join(["region", "sex", *map(str, range(2015, 2025))])]
    for sex in ("male", "female", "total"):
        for region in ("a", "b", "c", "d", "all"):
            own = [drawn[f"{r}/{s}"] for r in ("abcd" if region == "all" else region)
                   for s in (("male", "female") if sex == "total" else (sex,))]  # fmt: skip
            cells = added(*own)
            cells[3] += (region, sex) == ("b", "total")
            lines.append(",".join([region, sex, *map(str, cells)]))
    (folder / "people.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "people.csv"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def test_a_wide_table_is_set_up_by_one_command_and_passes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide(tmp_path)
    monkeypatch.chdir(tmp_path)
    started = run("init", "people.csv")
    assert started.exit_code == 0, started.output
    assert "table people: key region, sex, period (150 rows)" in started.stdout
    assert "total is the sum of male, female  49/50" in started.stdout
    checked = run("check")
    assert checked.exit_code == 0, checked.output
    assert "people.csv:13" in checked.stdout and "2018" in checked.stdout
    assert run("rules", "test").exit_code == 0
    again = run("init", "people.csv")
    assert again.exit_code == 2 and "never overwritten" in again.stderr


def test_a_plain_table_suggests_rules_over_its_columns(tmp_path: Path) -> None:
    columns = numbers(25, ["yes", "no", "void"])
    columns["cast"] = added(columns["yes"], columns["no"], columns["void"])
    frame = pl.DataFrame({"county": [f"c{n}" for n in range(25)], **columns})
    frame.write_csv(tmp_path / "votes.csv")
    started: Started = start_with([tmp_path / "votes.csv"], tmp_path / "out")
    assert next((rule.id, rule.holds, rule.checks) for rule in started.rules) == ("votes.sum-1", 25, 25)
    assert started.tables["votes"].key == ("county",)
    assert 'file = "../votes.csv"' in (tmp_path / "out" / "audit.toml").read_text("utf-8")


def test_codes_and_numbers_of_rows_are_no_amounts(tmp_path: Path) -> None:
    columns = numbers(40, ["men", "women"])
    frame = pl.DataFrame(
        {
            "": range(40), "blank": [None] * 40, "place": [f"{n:02}" for n in range(1, 41)],
            "fips": [f"{n:05}" for n in range(1001, 1041)], "areaCode": range(7000, 7040),
            "county": [f"c{n}" for n in range(40)], **columns, "people": added(*columns.values()),
        }
    )  # fmt: skip
    frame.write_csv(tmp_path / "people.csv")
    started = start_with([tmp_path / "people.csv"], tmp_path / "out")
    shape = started.tables["people"]
    assert shape.numbers == ("men", "women", "people")
    assert {"place", "fips", "areaCode"} <= {*shape.dimensions} and "blank" not in shape.dimensions
    assert [rule.title.en for rule in started.rules] == ["people is the sum of men, women"]


def test_the_row_without_a_city_is_the_total_of_its_province(tmp_path: Path) -> None:
    drawn = random.Random(5)
    rows = [
        (day, province, city, drawn.randint(1, 900), drawn.randint(1, 90))
        for day in ("2020-02-01", "2020-02-02", "2020-02-03")
        for province, cities in (("p", "abc"), ("q", "de"), ("r", "fgh"))
        for city in cities
    ]
    for day, province in sorted({(day, province) for day, province, *_ in rows}):
        own = [row for row in rows if row[:2] == (day, province)]
        rows.append((day, province, "", sum(row[3] for row in own), sum(row[4] for row in own)))
    lines = [",".join(map(str, row)) for row in rows]
    (tmp_path / "cases.csv").write_text("date,province,city,ill,well\n" + "\n".join(lines) + "\n", "utf-8")
    started = start_with([tmp_path / "cases.csv"], tmp_path / "out")
    told = [(rule.title.en, rule.holds) for rule in started.rules if ".blank-" in rule.id]
    assert told == [("the row without city is the sum of the others (ill, well)", 18)]


@pytest.mark.parametrize(
    ("names", "key", "columns"),
    [
        (("births2015", "births2016", "births2017"), ("place", "period"), '"births2015..2017"'),
        (("2015_b", "2016_b", "2017_b"), ("place", "period"), '["2015_b", "2016_b", "2017_b"]'),
        (("X2015", "X2016", "X2017"), ("place", "period"), '"X2015..2017"'),
        (("2015 [YR2015]", "2016 [YR2016]", "2017 [YR2017]"), ("place", "period"), '["2015 [YR2015]", '),
        (
            [f"{name}{year}" for name in ("born", "died") for year in (2015, 2016, 2017)],
            ("place", "column", "period"), '["born2015..2017", "died2015..2017"]',
        ),
    ],
)  # fmt: skip
def test_columns_that_are_named_with_a_year_are_periods(
    tmp_path: Path, names: list[str], key: tuple[str, ...], columns: str
) -> None:
    frame = pl.DataFrame({"place": [f"p{n}" for n in range(12)], **numbers(12, names)})
    frame.write_csv(tmp_path / "people.csv")
    started = start_with([tmp_path / "people.csv"], tmp_path / "out")
    assert started.tables["people"].key == key and started.tables["people"].periods == ("period",)
    assert f"unpivot = {{columns = {columns}" in (tmp_path / "out" / "audit.toml").read_text("utf-8")


def test_columns_of_names_and_years_balance_in_one_rule(tmp_path: Path) -> None:
    drawn = {year: numbers(12, ["born", "died"], year) for year in (2015, 2016, 2017)}
    for own in drawn.values():
        own["growth"] = [a - b for a, b in zip(own["born"], own["died"], strict=True)]
    named = {f"{name}_{year}": drawn[year][name] for name in ("born", "died", "growth") for year in drawn}
    area = {"place": [f"p{n}" for n in range(12)], "area": [*range(500, 512)]}
    pl.DataFrame({**area, **named}).write_csv(tmp_path / "people.csv")
    started = start_with([tmp_path / "people.csv"], tmp_path / "out")
    assert [(r.title.en, r.holds, r.checks) for r in started.rules] == [
        ("value: growth is born less died", 36, 36)
    ]


def test_columns_that_are_a_fixed_multiple_of_another_show_nothing_anew() -> None:
    pay = [6_000 + n for n in numbers(12, ["pay"])["pay"]]
    columns = {"pay": pay, "tax": [f"{n * 0.105:.2f}" for n in pay], "hours": numbers(12, ["h"], 5)["h"]}
    assert apart(matrix({name: list(map(str, values)) for name, values in columns.items()})) == [0, 2]
