"""What tables suggest over time, across tables, with signs, of keys and of names: found where planted, else not."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from audit.actions.suggesting import Started, start_with
from audit.cli import main
from audit.diagnosis.suggestions.balances import as_difference, balances
from audit.diagnosis.suggestions.levels import by_levels
from audit.diagnosis.suggestions.matrix import Matrix, columns_of
from audit.diagnosis.suggestions.sums import sums
from audit.engine.frames import Table
from tests.diagnosis.suggestions.test_suggestions import added, matrix, numbers


def started(folder: Path, **tables: dict[str, list[object]]) -> Started:
    for name, columns in tables.items():
        pl.DataFrame(columns).write_csv(folder / f"{name}.csv")
    return start_with([folder / f"{name}.csv" for name in tables], folder / "out")


def told(found: Started, kind: str) -> list[tuple[str, int, int]]:
    return [(r.title.en, r.holds, r.checks) for r in found.rules if f".{kind}-" in r.id]


def test_an_account_is_what_was_there_and_came_in_less_what_went_out() -> None:
    columns = numbers(20, ["opening", "received", "paid"])
    columns["closing"] = [a + b - c for a, b, c in zip(*columns.values(), strict=True)]
    columns["closing"][4] += 1
    table = matrix(columns)
    (one,) = balances(table, sums(table))
    assert (one.whole, one.parts, one.minus, one.held) == ("closing", ("opening", "received"), ("paid",), 19)


def test_output_is_all_uses_less_imports() -> None:
    columns = numbers(24, ["consumption", "government", "investment", "exports"], most=90_000)
    imports = numbers(24, ["imports"], 5, 90_000)
    gdp = [a - b for a, b in zip(added(*columns.values()), imports["imports"], strict=True)]
    table = matrix({"gdp": gdp, **columns, **imports})
    (one,) = balances(table, sums(table))
    assert (one.whole, one.parts, one.minus) == ("gdp", tuple(columns), ("imports",))


def test_a_balance_that_sums_say_already_is_not_said_again() -> None:
    columns = numbers(20, "abc")
    columns["ab"], columns["bc"] = added(columns["a"], columns["b"]), added(columns["b"], columns["c"])
    table = matrix(columns)  # ab + c == a + bc follows from both
    assert len(sums(table)) == 2 and list(balances(table, sums(table))) == []


@pytest.mark.parametrize("seed", range(4))
def test_chance_balances_nothing(seed: int) -> None:
    table = matrix(numbers(12, "abcdefg", seed, 60))
    assert list(balances(table, ())) == []


def test_what_is_left_is_told_as_a_difference() -> None:
    columns = {"income": [50123, 90871, 70456, 20999], "expenditure": [70811, 60312, 75123, 44017]}
    columns["rest"] = [a - b for a, b in zip(*columns.values(), strict=True)]
    table = matrix(columns)
    (one,) = [as_difference(table, one) for one in sums(table)]
    assert (one.whole, one.parts, one.minus) == ("rest", ("income",), ("expenditure",))


def test_a_sum_in_few_rows_may_be_broken_in_one_where_the_numbers_are_large() -> None:
    columns = numbers(4, "ab", 3, 90_000)
    columns["whole"] = added(*columns.values())
    columns["whole"][2] += 10
    (one,) = sums(matrix(columns))
    assert (one.whole, one.held, one.rows) == ("whole", 3, 4)
    small = numbers(4, "ab", 3, 6)
    small["whole"] = added(*small.values())
    small["whole"][2] += 1
    assert sums(matrix(small)) == ()


def months(years: int) -> list[str]:
    return [f"{2020 + n // 12}年{n % 12 + 1}月" for n in range(12 * years)]


def test_running_totals_and_growth_are_suggested_with_the_rows_that_break_them(tmp_path: Path) -> None:
    flow = numbers(24, ["flow"], most=90_000)["flow"]
    total = [sum(flow[12 * (n // 12) : n + 1]) for n in range(24)]
    growth = [None] * 12 + [f"{flow[n] / flow[n - 12] * 100 - 100:.1f}" for n in range(12, 24)]
    total[16] += 5
    found = started(tmp_path, flows={"month": months(2), "flow": flow, "since": total, "growth": growth})
    assert told(found, "running") == [("since is flow added up since the year began", 23, 24)]
    assert told(found, "growth") == [("growth is what flow grew by since a year before", 12, 12)]
    assert not told(found, "rising")
    (broken,) = next(r for r in found.rules if ".running-" in r.id).broken
    assert broken.key == {"month": "2021-05"}


def test_names_and_their_codes_suggest_one_rule(tmp_path: Path) -> None:
    columns = numbers(12, ["Ash", "Elm"], most=90_000)
    columns["All"] = added(columns["Ash"], columns["Elm"])
    rows = [(place, place[0], 2010 + n, columns[place][n]) for place in columns for n in range(12)]
    table = dict(zip(("place", "code", "year", "people"), map(list, zip(*rows, strict=True)), strict=True))
    assert [r.title.en for r in started(tmp_path, people=table).rules] == [
        "people: All is the sum of Ash, Elm"
    ]


@pytest.mark.parametrize("rate", ["使用率", "使用率(%)", "occupancy rate"])
def test_a_rate_beside_amounts_takes_nothing_from_a_total_with_a_slip(tmp_path: Path, rate: str) -> None:
    columns: dict[str, list[object]] = {
        "医院": ["甲", "乙", "丙", "丁", "合计"],
        "床位": [1200, 800, 600, 450, 3050],
        "开放": [1180, 790, 600, 440, 3000],
        "护士": [860, 522, 377, 301, 2060],
        "医师": [410, 233, 198, 144, 985],
        rate: [92.1, 88.4, 85.0, 90.2, 89.3],
    }
    [(_, holds, checks)] = told(started(tmp_path, beds=columns), "members")
    assert (holds, checks) == (3, 4)


def test_what_is_new_is_what_all_grew_by(tmp_path: Path) -> None:
    new = numbers(24, ["new"], most=900)["new"]
    every = [5000 + sum(new[: n + 1]) for n in range(24)]
    new[7] += 3
    found = started(tmp_path, cases={"month": months(2), "new": new, "all": every})
    assert told(found, "change") == [("new is what all grew by since the period before", 22, 23)]


def test_a_level_on_every_seventh_day_is_held_against_all_days_before(tmp_path: Path) -> None:
    drawn = random.Random(2)
    levels = sorted(drawn.randint(1, 500) for _ in range(12))
    found = started(tmp_path, cases={"day": [f"2021/3/{2 * n + 1}" for n in range(12)], "cases": levels})
    assert told(found, "rising") == [("cases does not fall", 11, 11)]


def by_province(slip: int = 0) -> dict[str, dict[str, list[object]]]:
    drawn = random.Random(1)
    cities = [
        (p, f"{p}-{n}", drawn.randint(100, 9000)) for p in ("Ash", "Elm", "Oak", "Yew") for n in range(3)
    ]
    totals = {p: sum(x for q, _, x in cities if q == p) for p in ("Ash", "Elm", "Oak", "Yew")}
    totals["Oak"] += slip
    return {
        "provinces": {"province": [*totals], "cases": [*totals.values()]},
        "cities": {name: [row[n] for row in cities] for n, name in enumerate(("province", "city", "cases"))},
    }


def test_totals_of_a_table_are_found_to_be_sums_of_another(tmp_path: Path) -> None:
    found = started(tmp_path, **by_province(slip=3))
    assert told(found, "across") == [("cases is the sum of cases in “cities”", 3, 4)]
    assert told(found, "reference") == [("every province is one of province in “provinces”", 4, 4)]


def test_a_name_that_is_in_no_other_table_breaks_a_reference(tmp_path: Path) -> None:
    tables = by_province()
    tables["cities"]["province"][5] = "Elmm"
    found = started(tmp_path, **tables)
    assert told(found, "reference") == [("every province is one of province in “provinces”", 4, 5)]


def test_single_letters_refer_to_nothing(tmp_path: Path) -> None:
    found = started(
        tmp_path, kinds={"kind": [*"abcdefgh"], "n": [*range(8)]}, rows={"grade": [*"abcabcab"], "m": [5] * 8}
    )
    assert not told(found, "reference")


def test_rows_that_share_a_name_are_told_where_nearly_none_do(tmp_path: Path) -> None:
    counties = [f"county {n}" for n in range(30)]
    counties[9] = counties[8]
    found = started(tmp_path, votes={"county": counties, "votes": numbers(30, "v")["v"]})
    assert told(found, "unique") == [("county: a row each", 28, 29)]
    assert found.tables["votes"].key == ()


def test_rows_of_which_each_leaves_a_name_blank_have_no_key(tmp_path: Path) -> None:
    names = {"question": ["q1", None, "q2", None], "answer": [None, "yes", None, "yes"]}
    assert started(tmp_path, survey={**names, "share": [1, 2, 3, 4]}).rules == ()


def test_what_tables_suggest_of_each_other_passes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(tmp_path, **by_province())
    monkeypatch.chdir(tmp_path / "out")
    checked = CliRunner().invoke(main, ["check", "--lang", "en"])
    assert checked.exit_code == 0, checked.output
    assert CliRunner().invoke(main, ["rules", "test"]).exit_code == 0


def by_rank(slip: int = 0) -> dict[str, list[object]]:
    drawn = random.Random(4)
    rows: list[tuple[object, ...]] = []
    for year in range(2015, 2021):
        counties = [(s, f"{s}{n}", drawn.randint(100, 9000)) for s in "pqr" for n in range(3)]
        states = {s: sum(x for t, _, x in counties if t == s) for s in "pqr"}
        nation = sum(states.values())
        states["q"] += slip * (year == 2017)
        rows += [("county", s, name, year, x) for s, name, x in counties]
        rows += [("state", s, s, year, x) for s, x in states.items()]
        rows.append(("nation", "-", "-", year, nation))
    names = ("rank", "state", "place", "year", "people")
    return {name: [row[n] for row in rows] for n, name in enumerate(names)}


def test_rows_of_a_rank_are_the_sums_of_those_below(tmp_path: Path) -> None:
    assert told(started(tmp_path, people=by_rank(slip=4)), "rank") == [
        ("a row of rank state is the sum of those of county (people)", 17, 18),
        ("a row of rank nation is the sum of those of county (people)", 6, 6),
    ]


LEVELS: list[object] = [1, 2, 3, 3, 2, 3, 3, 1, 2, 2]


def items(slip: int = 0, levels: list[object] = LEVELS) -> dict[str, list[object]]:
    """Items of three levels with their amounts of two years; a slip in one total breaks two of its relations."""
    drawn = random.Random(5)
    columns: dict[str, list[object]] = {"item": [f"item {n}" for n in range(10)], "level": levels}
    for year in ("budget", "accounts"):
        leaf = [drawn.randint(1000, 90_000) for _ in range(10)]
        one, two = leaf[2] + leaf[3], leaf[5] + leaf[6]
        columns[year] = [
            one + two,
            one,
            leaf[2],
            leaf[3],
            two,
            leaf[5],
            leaf[6],
            leaf[8] + leaf[9],
            leaf[8],
            leaf[9],
        ]
    columns["accounts"][4] += slip  # type: ignore[operator]
    return columns


@pytest.mark.parametrize(("slip", "holds"), [(0, 8), (7, 6)])
def test_levels_say_what_each_row_is_a_part_of(tmp_path: Path, slip: int, holds: int) -> None:
    (tree,) = told(started(tmp_path, money=items(slip)), "tree")
    assert tree == (
        "budget, accounts: the parts of every item add up (item 0, item 1, item 4, item 7)",
        holds,
        8,
    )


@pytest.mark.parametrize(
    "levels",
    [
        [1, 3, 3, 3, 2, 3, 3, 1, 2, 2],
        [2] * 10,
        [3, 1, 2, 2, 1, 2, 2, 1, 2, 3],
        [1, 2, 3, 3, 2, 3, 3, None, 2, 2],
    ],
)
def test_levels_that_skip_one_or_do_not_add_up_say_nothing(levels: list[object]) -> None:
    columns = items(levels=levels)
    table = Table(
        "t",
        pl.DataFrame(
            {name: [None if v is None else str(v) for v in cells] for name, cells in columns.items()}
        ),
    )
    amounts = columns_of(table, ["budget", "accounts"])
    members = Matrix(tuple(map(str, columns["item"])), amounts.values.T, amounts.places)
    assert by_levels(table, ["level"], members) == ()


def test_a_sum_that_follows_from_others_is_not_said_again() -> None:
    columns = numbers(12, "abcd")
    table = {"left": added(*columns.values()), **columns, "right": added(*columns.values())}
    found = {(one.whole, one.parts) for one in sums(matrix(table))}
    assert found == {("left", ("a", "b", "c", "d")), ("left", ("right",))}


def test_of_a_total_at_two_places_the_one_beside_its_parts_is_said() -> None:
    columns = numbers(12, "abcdefg")
    income = added(*(columns[name] for name in "abc"))
    outgo = [*(columns[name] for name in "def")]
    outgo[2] = [a - b - c for a, b, c in zip(income, outgo[0], outgo[1], strict=True)]
    table = {
        "income": income,
        **{n: columns[n] for n in "abc"},
        "outgo": income,
        **dict(zip("def", outgo, strict=True)),
    }
    found = {(one.whole, "".join(one.parts)) for one in sums(matrix(table)) if len(one.parts) == 3}
    assert found == {("income", "abc"), ("outgo", "def")}
