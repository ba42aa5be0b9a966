"""`audit.pandera`: rules as checks of anyone's schema and tables of a workspace as schemas, in pandas and Polars."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pandera.polars as pp
import polars as pl
import pytest
from pandera.errors import SchemaDefinitionError, SchemaErrors, SchemaWarning

import audit.pandera
from audit.errors import InputError

ROOT = Path(__file__).parents[2]
WIDE = pl.DataFrame(
    {"year": ["2019", "2020", "2021"], "zone": [1560, 5, 7], "east": [650, 2, 3], "west": [1000, 3, None]}
)
LONG = pl.DataFrame(
    {
        "region": ["city", "east", "west"] * 2,
        "period": ["2019"] * 3 + ["2020"] * 3,
        "value": [10, 4, 5, 9, 4, 5],
    }
)
CODES = {"region": {"city": None, "east": "city", "west": "city"}}
SUM: dict[str, Any] = {"hierarchy": "region", "for_each": ["period"], "codes": CODES}
LIBRARIES: dict[str, tuple[Any, Any]] = {
    "pandas": (pa, lambda frame: pd.DataFrame(frame.to_dict(as_series=False))),
    "polars": (pp, lambda frame: frame),
}


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    return LIBRARIES[request.param]


def cases(schema: Any, frame: Any) -> list[tuple[Any, str]]:
    """The failure cases as (index, text); none where the frame is valid."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SchemaWarning)
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as errors:
            found = errors.failure_cases
            rows = found.to_dicts() if isinstance(found, pl.DataFrame) else found.to_dict("records")
            return [(row["index"], row["failure_case"]) for row in rows]
    return []


def test_a_case_holds_all_operands_of_one_relation(library: tuple[Any, Any]) -> None:
    lib, of = library
    ((index, text),) = cases(
        lib.DataFrameSchema(checks=[audit.pandera.check("zone == east + west")]), of(WIDE)
    )
    assert index == 0 and text.startswith(
        "violated: 1560 ≠ 650 + 1000 = 1650; zone 1560, east 650, west 1000"
    )


def test_a_rule_over_several_rows_is_one_case_too(library: tuple[Any, Any]) -> None:
    lib, of = library
    schema = lib.DataFrameSchema(checks=[audit.pandera.check("whole == sum(parts)", **SUM)])
    ((index, text),) = cases(schema, of(LONG))
    assert index == 0 and "10 ≠ 4 + 5 = 9" in text and "period=2019" in text
    assert cases(schema, of(LONG.tail(3))) == []


def test_several_cases_stand_at_their_rows(library: tuple[Any, Any]) -> None:
    lib, of = library
    wrong = WIDE.head(2).with_columns(zone=pl.Series([1, 2]))
    schema = lib.DataFrameSchema(checks=[audit.pandera.check("zone == east + west")])
    assert [index for index, _ in cases(schema, of(pl.concat([WIDE.slice(1, 1), wrong])))] == [1, 2]


def test_what_cannot_be_tested_is_a_warning_and_fails_where_strict(library: tuple[Any, Any]) -> None:
    lib, of = library
    frame = of(WIDE.tail(2))
    with pytest.warns(SchemaWarning, match="untestable: .*missing west"):
        lib.DataFrameSchema(checks=[audit.pandera.check("zone == east + west")]).validate(frame)
    strict = lib.DataFrameSchema(checks=[audit.pandera.check("zone == east + west", strict=True)])
    assert [text.split(":")[0] for _, text in cases(strict, frame)] == ["untestable"]


def test_what_rounding_explains_is_a_warning(library: tuple[Any, Any]) -> None:
    lib, of = library
    frame = of(pl.DataFrame({"a": [10.4], "b": [10.5]}))
    schema = lib.DataFrameSchema(checks=[audit.pandera.check("a == b", rounding="as_written")])
    with pytest.warns(SchemaWarning, match="reconcilable"):
        schema.validate(frame)


def test_a_rule_that_found_nothing_to_check_fails_unless_it_may(library: tuple[Any, Any]) -> None:
    lib, of = library
    nothing = of(LONG.filter(pl.col("region") != "city"))
    must = audit.pandera.check("whole == sum(parts)", missing="skip", **SUM)
    assert [text.split(":")[0] for _, text in cases(lib.DataFrameSchema(checks=[must]), nothing)] == [
        "nothing to check"
    ]
    may = audit.pandera.check("whole == sum(parts)", bound=False, missing="skip", **SUM)
    assert cases(lib.DataFrameSchema(checks=[may]), nothing) == []


def test_a_broken_rule_is_never_bad_data(library: tuple[Any, Any]) -> None:
    lib, of = library
    with pytest.raises(SchemaDefinitionError, match="cannot be read at “=”"):
        audit.pandera.check("zone = east")
    schema = lib.DataFrameSchema(checks=[audit.pandera.check("zone == eest")])
    with pytest.raises(SchemaDefinitionError, match="no column “eest”; the nearest is"):
        schema.validate(of(WIDE), lazy=True)


def test_yaml_keeps_a_rule_with_all_it_needs(library: tuple[Any, Any]) -> None:
    lib, of = library
    rules = [audit.pandera.check("value > 0", options={"n_failure_cases": 2}),
             audit.pandera.check("whole == sum(parts)", strict=True, bound=False, **SUM)]  # fmt: skip
    schema = lib.DataFrameSchema({"region": lib.Column(str)}, checks=rules)
    back = type(schema).from_yaml(schema.to_yaml())
    assert back.to_yaml() == schema.to_yaml()
    assert [check.statistics for check in back.checks] == [check.statistics for check in rules]
    assert cases(back, of(LONG)) == cases(schema, of(LONG)) != []


def test_a_model_names_a_rule_in_its_config(library: tuple[Any, Any]) -> None:
    lib, of = library

    class Budget(lib.DataFrameModel):  # type: ignore[misc, name-defined]
        year: str

        class Config:
            audit_rule = "zone == east + west"

    assert len(cases(Budget, of(WIDE))) == 1
    assert "year" in Budget.to_schema().columns


def test_pandas_failures_drop_the_rows_that_they_are_about() -> None:
    frame = LIBRARIES["pandas"][1](WIDE)
    schema = pa.DataFrameSchema(
        checks=[audit.pandera.check("zone == east + west", strict=True)], drop_invalid_rows=True
    )
    assert schema.validate(frame, lazy=True)["year"].tolist() == ["2020"]


def table(name: str, backend: str) -> Any:
    """A shipped table as the README reads it: texts, and booleans and days as such."""
    files = sorted((ROOT / "extracted").glob(f"{name}/*.csv")) or [ROOT / "extracted" / f"{name}.csv"]
    typed = audit.pandera.schema(ROOT, name, backend=backend).columns  # type: ignore[arg-type]
    if backend == "pandas":
        types = {n: "boolean" if str(column.dtype) == "boolean" else "str" for n, column in typed.items()}
        return pd.concat([pd.read_csv(file, dtype=types) for file in files], ignore_index=True)
    return pl.concat(
        [pl.read_csv(f, schema_overrides={n: c.dtype.type for n, c in typed.items()}) for f in files]
    )


@pytest.mark.parametrize("backend", LIBRARIES)
@pytest.mark.parametrize("name", ["targets", "documents", "lists"])
def test_a_table_of_a_workspace_is_a_typed_schema_that_yaml_keeps(name: str, backend: str) -> None:
    schema = audit.pandera.schema(ROOT, name, backend=backend)  # type: ignore[arg-type]
    frame = table(name, backend)
    assert len(schema.validate(frame, lazy=True)) == len(frame)
    back = type(schema).from_yaml(schema.to_yaml())
    assert back.to_yaml() == schema.to_yaml()
    assert [len(column.checks) for column in back.columns.values()] == [
        len(column.checks) for column in schema.columns.values()
    ]
    assert len(back.checks) == len(schema.checks)
    assert len({str(column.dtype) for column in back.columns.values()}) > 1


def test_a_schema_of_a_table_finds_what_is_wrong_in_its_cells() -> None:
    frame = table("targets", "pandas")
    frame.loc[0, "measure"] = "levle"
    frame.loc[1, "low"] = frame.loc[1, "value"] + "1"
    frame.loc[2, "region"] = "nowhere"
    found = cases(audit.pandera.schema(ROOT, "targets"), frame)
    assert {index for index, _ in found} == {0, 1, 2}


def test_texts_of_numbers_become_numbers() -> None:
    file = next(iter(sorted((ROOT / "extracted/targets").glob("*.csv"))))
    typed = audit.pandera.schema(ROOT, "targets").validate(pd.read_csv(file, dtype=str), lazy=True)
    assert typed["value"].dtype == "float64" and str(typed["start"].dtype) == "Int64"


def test_an_example_is_drawn_or_refused_and_never_sought_without_end() -> None:
    assert len(audit.pandera.schema(ROOT, "measures").example(size=2)) == 2
    with pytest.raises(SchemaDefinitionError, match="cannot be drawn"):
        audit.pandera.schema(ROOT, "targets").example(size=1)


def test_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="no table “target”; the nearest is “targets”"):
        audit.pandera.schema(ROOT, "target")
    with pytest.raises(InputError, match="pandas, polars"):
        audit.pandera.schema(ROOT, "targets", backend="spark")  # type: ignore[arg-type]
