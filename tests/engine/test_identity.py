"""Every row has one identity: a declared key, else inferred columns, else all that stands in it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.engine.frames import Table
from audit.engine.identity import dimensions_of, identity_of
from audit.errors import InputError

RULE = "- {id: equal, title: t, table: t, check: a == b}\n"


def of(frame: pl.DataFrame, key: tuple[str, ...] = ()):
    return identity_of(Table("t", frame, key=key))


@pytest.mark.parametrize(
    ("columns", "key", "expected", "origin"),
    [
        ({"id": ["1", "2"], "x": ["a", "a"]}, ("x", "id"), ("x", "id"), "declared"),
        ({"x": ["a", "a"], "id": ["1", "2"]}, (), ("id",), "declared"),
        ({"region": ["e", "w", "e"], "year": [2020, 2020, 2021], "a": [1.5, 1.5, 1.5]}, (), ("region", "year"), "inferred"),
        ({"region": ["e", "w"], "year": [2020, 2021]}, (), ("region",), "inferred"),
        ({"region": ["e", None], "a": [1, 1]}, (), ("region",), "inferred"),
        ({"region": ["e", ""], "town": [None, ""], "a": [1, 2]}, (), ("region",), "inferred"),
        ({"region": ["", None], "a": [1, 2]}, (), (), "content"),
        ({"a": [1, 2], "b": [3, 4]}, (), (), "content"),
        ({"region": ["e", "e"], "value": [1, 2], "literal": ["1", "2"], "evidence": ["u", "v"]}, (), (), "content"),
        ({"region": ["e", "e"], "flag": [True, False]}, (), ("flag",), "inferred"),
    ],
)  # fmt: skip
def test_what_tells_rows_apart(columns, key, expected, origin) -> None:
    found = of(pl.DataFrame(columns), key)
    assert (found.origin, found.columns) == (origin, expected)


rows = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(["e", "w", None, ""]),
            "year": st.sampled_from([2020, 2021]),
            "a": st.integers(0, 2),
        }
    ),
    min_size=1,
    max_size=12,
)


@given(rows, st.booleans())
def test_every_row_has_a_name_of_its_own_that_its_place_does_not_change(rows, turned) -> None:
    schema = {"region": pl.String, "year": pl.Int64, "a": pl.Int64}
    order = list(reversed(rows)) if turned else rows
    names = []
    for some in (rows, order):
        frame = pl.DataFrame(some, schema=schema)
        found = of(frame)
        names.append([found.name(n, values) for n, values in enumerate(frame.to_dicts())])
        assert len(set(names[-1])) == len(some)
    assert sorted(names[0]) == sorted(names[1])


def test_frames_without_a_key_give_each_finding_an_id_of_its_own() -> None:
    frame = pl.DataFrame({"region": ["e"] * 13, "a": range(13), "b": [x % 4 + 100 for x in range(13)]})
    report = audit.check({"t": frame}, RULE)
    assert len({finding.id for finding in report.findings}) == len(report.findings) == 13
    assert len({cell.id for finding in report.findings for cell in finding.check.cells}) == 13
    assert [one.origin for one in report.identities] == ["content"]
    assert "no columns that tell its rows apart" in report.notes[0].en


def test_what_was_inferred_is_told() -> None:
    frame = pl.DataFrame(
        {"region": ["e", "w", "e"], "year": [2020, 2020, 2021], "a": [1, 1, 1], "b": [2, 2, 2]}
    )
    report = audit.check({"t": frame}, RULE)
    assert [finding.check.key for finding in report.findings] == [
        {"region": region, "year": year} for region, year in (("e", "2020"), ("w", "2020"), ("e", "2021"))
    ]
    assert "told apart by region, year" in report.notes[0].en
    assert not audit.check({"t": frame}, RULE, keys={"t": ("region", "year")}).notes


def test_the_cells_of_two_columns_of_one_row_are_two() -> None:
    (finding,) = audit.check(
        {"t": pl.DataFrame({"id": ["x"], "a": [1], "b": [2], "note": ["n"]})}, RULE
    ).findings
    left, right = finding.check.cells
    assert (left.id, left.table, left.column, left.value) == ("x", "t", "a", 1)
    assert (right.id, right.column, right.value) == ("x", "b", 2)
    assert left.identity != right.identity
    assert left.dimensions == {"b": "2", "note": "n"}


def test_breakdowns_of_one_whole_are_checks_of_their_own() -> None:
    codes = pl.DataFrame({"code": ["z", "e", "w", "n", "s"], "parent": [None, "z", "z", "z", "z"],
                          "breakdown": ["full", None, None, None, None],
                          "group": [None, "one", "one", "other", "other"]})  # fmt: skip
    frame = pl.DataFrame(
        {"id": list("12345"), "region": ["z", "e", "w", "n", "s"], "value": [10, 5, 4, 5, 4]}
    )
    rule = "- {id: sums, title: t, for_each: [], hierarchy: region, check: whole == sum(parts)}\n"
    report = audit.check({"targets": frame}, rule, {"region": codes})
    assert [finding.check.key for finding in report.findings] == [
        {"region": "z", "group": "one"},
        {"region": "z", "group": "other"},
    ]
    assert len({finding.id for finding in report.findings}) == 2


def test_a_key_that_names_no_column_is_refused() -> None:
    with pytest.raises(InputError, match=r"“regoin”.*“region”"):
        audit.check({"t": pl.DataFrame({"region": ["e"], "a": [1], "b": [1]})}, RULE, keys={"t": ["regoin"]})


@pytest.mark.parametrize("name", ["一季度", "第3季度", "12月份", "Quarter 2", "week_7"])
def test_a_column_called_by_one_quarter_holds_amounts(name: str) -> None:
    frame = pl.DataFrame({"place": ["a", "b"], "quarter": [1, 2], name: [1650, 40]})
    assert dimensions_of(Table("t", frame)) == ("place", "quarter")
