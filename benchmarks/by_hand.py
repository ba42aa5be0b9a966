"""The five rules of `scale_data` by hand: every tool counts the verdicts that `audit check` counts, in its own way.

DuckDB SQL and Polars read the file and answer all. pandas brings the cells together in frames of what is compared with
what. pandera and Great Expectations have no words for sums along a hierarchy, for rows of other keys or for three
verdicts: they check the rows and the key themselves, and the other three rules on the frames made with pandas, once as
stated and once as intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

_ALLOWED = """(SELECT *, CASE WHEN unit = '亿元' THEN 0.5 / 10 ** length(split_part(literal, '.', 2))
    ELSE 0 END::DECIMAL(18, 5) AS half FROM 'figures.parquet')"""
SQL = f"""
WITH cells AS (
    SELECT document, indicator, period, measure, region, min(value) AS value, min(value) <> max(value) AS twice,
           min(low - half) AS low, bool_or(low IS NULL) AS low_open, max(high + half) AS high, bool_or(high IS NULL) AS high_open
    FROM {_ALLOWED} GROUP BY ALL
), regions AS (FROM 'codes/regions.csv'
), wholes AS (SELECT * FROM cells WHERE region IN (SELECT parent FROM regions)
), parts AS (
    SELECT document, indicator, period, measure, parent AS region, count(*) AS n, sum(value) AS value, bool_or(twice) AS twice,
           sum(low) AS low, bool_or(low_open) AS low_open, sum(high) AS high, bool_or(high_open) AS high_open
    FROM cells JOIN regions ON code = region WHERE parent IS NOT NULL GROUP BY ALL
), sizes AS (SELECT parent AS region, count(*) AS size FROM regions WHERE parent IS NOT NULL GROUP BY parent)
SELECT CASE WHEN w.value IS NULL OR p.value IS NULL OR p.n < s.size OR w.twice OR p.twice THEN 'untestable'
            WHEN w.value = p.value THEN 'holds'
            WHEN (w.low_open OR p.high_open OR w.low <= p.high) AND (w.high_open OR p.low_open OR p.low <= w.high)
            THEN 'reconcilable' ELSE 'violated' END, count(*)
FROM wholes w FULL JOIN parts p USING (document, indicator, period, measure, region) JOIN sizes s USING (region) GROUP BY 1;
SELECT CASE WHEN least = most THEN 'holds' WHEN low <= high THEN 'reconcilable' ELSE 'violated' END, count(*)
FROM (SELECT min(value) AS least, max(value) AS most, max(low - half) AS low, min(high + half) AS high FROM {_ALLOWED}
      GROUP BY region, indicator, period, measure HAVING count(DISTINCT document) >= 2 AND count(value) = count(*)) GROUP BY 1;
WITH cells AS (
    SELECT document, region, indicator, CAST(period AS INTEGER) AS year, measure, min(value) AS value,
           min(value) <> max(value) AS twice, max(CASE WHEN high IS NULL THEN 9e15 ELSE high + half END) AS high,
           min(low - half) AS low FROM {_ALLOWED} GROUP BY ALL
)
SELECT CASE WHEN n.twice OR b.twice THEN 'untestable' WHEN n.value >= b.value THEN 'holds'
            WHEN n.high >= b.low THEN 'reconcilable' ELSE 'violated' END, count(*)
FROM cells n JOIN cells b ON n.document = b.document AND n.region = b.region AND n.indicator = b.indicator
     AND n.measure = b.measure AND n.year = b.year + 1 GROUP BY 1;
SELECT CASE WHEN value IS NULL OR unit IS NULL THEN 'untestable' WHEN value >= 0 AND unit IN ('家', '亿元') THEN 'holds'
            ELSE 'violated' END, count(*) FROM 'figures.parquet' GROUP BY 1;
SELECT CASE WHEN n = 1 THEN 'holds' ELSE 'violated' END, count(*)
FROM (SELECT count(*) AS n FROM 'figures.parquet' GROUP BY document, region, indicator, period, measure) GROUP BY 1;
"""


def duckdb() -> list[dict[str, int]]:
    """The verdicts of every rule, counted by SQL."""
    import duckdb

    connection = duckdb.connect()
    return [dict(connection.execute(query).fetchall()) for query in SQL.split(";")[:-1]]


def polars() -> list[dict[str, int]]:
    """The verdicts of every rule, counted by Polars."""
    import polars as pl

    places = pl.col("literal").str.split(".").list.get(1, null_on_oob=True).str.len_chars().fill_null(0)
    written = pl.lit(0.5) / pl.lit(10.0).pow(places)
    half = pl.when(pl.col("unit") == "亿元").then(written).otherwise(0).cast(pl.Decimal(18, 5))
    rows = pl.scan_parquet("figures.parquet").with_columns(
        low=pl.col("low") - half, high=pl.col("high") + half
    )
    regions = pl.scan_csv("codes/regions.csv").filter(pl.col("parent").is_not_null())
    key = ["document", "indicator", "period", "measure"]
    twice, open_above = pl.col("value").min() != pl.col("value").max(), pl.col("high").is_null().any()
    cells = rows.group_by(*key, "region").agg(
        pl.col("value").min(), pl.col("low").min(), pl.col("high").max(), twice=twice, open=open_above
    )  # fmt: skip
    numbers = [pl.col(n).sum() for n in ("value", "low", "high")]
    parts = cells.join(regions, left_on="region", right_on="code").group_by(*key, "parent").agg(
        *numbers, pl.col("twice", "open").any(), n=pl.len()
    )  # fmt: skip
    wholes = cells.join(regions.select("parent").unique(), left_on="region", right_on="parent", how="semi")
    sums = wholes.join(parts, left_on=[*key, "region"], right_on=[*key, "parent"], how="full", coalesce=True).join(
        regions.group_by("parent").agg(size=pl.len()), left_on="region", right_on="parent"
    )  # fmt: skip
    unknown = pl.any_horizontal("twice", "twice_right") | (pl.col("n") < pl.col("size"))
    unknown |= pl.col("value").is_null() | pl.col("value_right").is_null()
    meet = (pl.col("open_right") | (pl.col("low") <= pl.col("high_right"))) & (
        pl.col("open") | (pl.col("low_right") <= pl.col("high"))
    )
    same = rows.group_by("region", "indicator", "period", "measure").agg(
        least=pl.col("value").min(), most=pl.col("value").max(), low=pl.col("low").max(), high=pl.col("high").min(),
        documents=pl.col("document").n_unique(),
    ).filter(pl.col("documents") >= 2)  # fmt: skip
    years = cells.with_columns(year=pl.col("period").cast(pl.Int64)).drop("period")
    fall = years.join(
        years.with_columns(pl.col("year") + 1), on=["document", "region", "indicator", "measure", "year"]
    )
    once = rows.group_by(*key, "region").len()
    known_unit = (pl.col("value") >= 0) & pl.col("unit").is_in(["家", "亿元"])
    questions = [
        (sums, unknown.fill_null(True), pl.col("value") == pl.col("value_right"), meet),
        (same, pl.lit(False), pl.col("least") == pl.col("most"), (pl.col("low") <= pl.col("high")).fill_null(True)),
        (fall, pl.any_horizontal("twice", "twice_right"), pl.col("value") >= pl.col("value_right"),
         pl.col("open") | (pl.col("high") >= pl.col("low_right"))),
        (rows, pl.col("value").is_null() | pl.col("unit").is_null(), known_unit, pl.lit(False)),
        (once, pl.lit(False), pl.col("len") == 1, pl.lit(False)),
    ]  # fmt: skip
    found = []
    for frame, untestable, holds, possible in questions:
        verdict = (
            pl.when(untestable).then(pl.lit("untestable")).when(holds).then(pl.lit("holds"))
            .when(possible).then(pl.lit("reconcilable")).otherwise(pl.lit("violated"))
        )  # fmt: skip
        counts = frame.select(verdict=verdict).group_by("verdict").len().collect(engine="streaming")
        found.append(dict(counts.iter_rows()))
    return found


class Compared(NamedTuple):
    """What a rule compares, one row a check: `left` with `right` as stated, and `least` with `most` of what is allowed;
    `untestable` where something is missing or stated twice. `ordered` asks that the left is not below the right."""

    checks: pd.DataFrame
    ordered: bool


class Prepared(NamedTuple):
    """The rows, texts as codes and numbers as whole steps; their key; the codes of the known units; what is compared."""

    rows: pd.DataFrame
    key: list[str]
    units: list[int]
    compared: list[Compared]


_STEPS, _OPEN = 1000, 2**53
"""Whole steps of a unit, so that sums are exact, and what stands above every number."""


def prepared() -> Prepared:
    """The figures, brought together with pandas."""
    import numpy as np
    import pandas as pd
    import pyarrow.parquet as pq

    names = ["document", "indicator", "period", "measure", "region"]
    table = pq.read_table("figures.parquet")
    texts = {name: table[name].combine_chunks().dictionary_encode() for name in (*names, "unit")}
    rows = pd.DataFrame({name: found.indices.to_numpy() for name, found in texts.items()})
    literals = table["literal"].to_pandas()
    for name in ("value", "low", "high"):
        numbers = table[name].cast("float64").to_numpy()
        rows[name] = np.where(np.isnan(numbers), _OPEN, np.round(numbers * _STEPS)).astype(np.int64)
    units = texts["unit"].dictionary.to_pylist()
    money = rows["unit"] == units.index("亿元")
    places = literals.where(literals.str.contains(".", regex=False), ".").str.split(".").str[1].str.len()
    half = np.where(money, _STEPS // 2 // 10**places, 0)
    rows["low"], rows["high"] = (
        rows["low"] - half,
        np.where(rows["high"] == _OPEN, _OPEN, rows["high"] + half),
    )

    def totals(frame: pd.DataFrame, by: list[str], **asked: str | tuple[str, str]) -> pd.DataFrame:
        named = {name: one if isinstance(one, tuple) else (name, one) for name, one in asked.items()}
        return frame.groupby(by, sort=False).agg(**named).reset_index()

    cells = totals(rows, names, value="min", most=("value", "max"), low="min", high="max")
    cells["twice"] = cells["value"] != cells["most"]
    regions = texts["region"].dictionary.to_pylist()
    listed = pd.read_csv("codes/regions.csv").dropna()
    above = {
        regions.index(code): regions.index(parent)
        for code, parent in zip(listed["code"], listed["parent"], strict=True)
    }
    cells["parent"] = cells["region"].map(above)
    key = names[:-1]
    parts = totals(
        cells.dropna(subset="parent"), [*key, "parent"], n=("value", "size"), value="sum", low="sum", high="sum", twice="any",
    )  # fmt: skip
    wholes = cells[cells["region"].isin(above.values())].drop(columns="parent")
    sums = wholes.merge(
        parts, "outer", left_on=[*key, "region"], right_on=[*key, "parent"], suffixes=("", "_parts"), indicator=True
    )  # fmt: skip
    sizes = pd.Series(list(above.values())).value_counts()
    lacking = (sums["_merge"] != "both") | (sums["n"] != sums["region"].map(sizes))
    lacking |= sums["twice"].eq(True) | sums["twice_parts"].eq(True)
    same = totals(
        rows, ["region", "indicator", "period", "measure"], left=("value", "min"), right=("value", "max"),
        least=("low", "max"), most=("high", "min"), documents=("document", "nunique"),
    )  # fmt: skip
    same = same[same["documents"] >= 2].assign(untestable=False)
    years = np.array([int(text) for text in texts["period"].dictionary.to_pylist()])
    cells["year"] = years[cells["period"]]
    before = cells.assign(year=cells["year"] + 1)
    by = ["document", "region", "indicator", "measure", "year"]
    fall = cells.merge(before, on=by, suffixes=("", "_before"))
    hierarchy = pd.DataFrame({
        "left": sums["value"], "right": sums["value_parts"], "untestable": lacking,
        "least": np.maximum(sums["low"], sums["low_parts"]), "most": np.minimum(sums["high"], sums["high_parts"]),
    })  # fmt: skip
    never_falls = pd.DataFrame({
        "left": fall["value"], "right": fall["value_before"], "untestable": fall["twice"] | fall["twice_before"],
        "least": fall["low_before"], "most": fall["high"],
    })  # fmt: skip
    known = [units.index(unit) for unit in ("家", "亿元")]
    return Prepared(
        rows, names, known, [Compared(hierarchy, False), Compared(same, False), Compared(never_falls, True)]
    )


def pandas() -> list[dict[str, int]]:
    """The verdicts of every rule, counted by pandas."""
    import numpy as np

    rows, key, units, compared = prepared()
    questions = [
        (checks["untestable"], checks["left"] >= checks["right"] if ordered else checks["left"] == checks["right"],
         checks["least"] <= checks["most"])
        for checks, ordered in compared
    ]  # fmt: skip
    questions += [
        (rows["value"] == _OPEN, (rows["value"] >= 0) & rows["unit"].isin(units), rows["value"] > _OPEN)
    ]
    found = [np.select(asked, ["untestable", "holds", "reconcilable"], "violated") for asked in questions]
    counted = [
        dict(zip(*(column.tolist() for column in np.unique(one, return_counts=True)), strict=True))
        for one in found
    ]
    return [*counted, _of_keys(rows, key, rows.index[rows.duplicated(key, keep=False)])]


def _counted(
    compared: list[Compared], failing: Callable[[Any, bool], tuple[int, int]]
) -> Iterator[dict[str, int]]:
    """The verdicts of what is compared, of how many of the testable checks fail as stated, and as intervals."""
    for checks, ordered in compared:
        testable = checks[~checks["untestable"]]
        stated, possible = failing(testable, ordered)
        yield {
            "untestable": len(checks) - len(testable), "holds": len(testable) - stated,
            "reconcilable": stated - possible, "violated": possible,
        }  # fmt: skip


def _of_rows(rows: int, failing: int) -> dict[str, int]:
    return {"holds": rows - failing, "violated": failing}


def _of_keys(rows: pd.DataFrame, key: list[str], twice: Any) -> dict[str, int]:
    """The verdicts of the keys, of the rows whose key stands twice."""
    return {"holds": len(rows) - len(twice), "violated": len(rows.loc[twice, key].drop_duplicates())}


def pandera() -> list[dict[str, int]]:
    """The verdicts of every rule by schemas of pandera, on pandas."""
    import pandera.pandas as pa

    def cases(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame | None:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            return errors.failure_cases
        return None

    def rows_of(found: pd.DataFrame | None, check: str | None = None) -> list[Any]:
        if found is None:
            return []
        return (found if check is None else found[found["check"] == check])["index"].unique().tolist()

    def failing(checks: pd.DataFrame, ordered: bool) -> tuple[int, int]:
        stated = (
            pa.Check(lambda frame: frame["left"] >= frame["right"], name="as stated")
            if ordered
            else pa.Check(lambda frame: frame["left"] == frame["right"], name="as stated")
        )
        possible = pa.Check(lambda frame: frame["least"] <= frame["most"], name="as intervals")
        found = cases(pa.DataFrameSchema(checks=[stated, possible]), checks)
        fails = set(rows_of(found, "as stated"))
        return len(fails), len(fails & set(rows_of(found, "as intervals")))

    rows, key, units, compared = prepared()
    row_schema = pa.DataFrameSchema({
        "value": pa.Column(int, pa.Check.ge(0)), "unit": pa.Column(checks=pa.Check.isin(units)),
    })  # fmt: skip
    twice = rows_of(cases(pa.DataFrameSchema(unique=key), rows))
    return [
        *_counted(compared, failing),
        _of_rows(len(rows), len(rows_of(cases(row_schema, rows)))),
        _of_keys(rows, key, twice),
    ]


def gx() -> list[dict[str, int]]:
    """The verdicts of every rule by expectations of Great Expectations, on pandas."""
    import great_expectations
    import great_expectations.expectations as gxe

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("frames")

    def failing_rows(frame: pd.DataFrame, *expectations: gxe.Expectation) -> list[list[Any]]:
        """The unexpected rows of each expectation, by their number."""
        name = f"frame {len(source.assets)}"
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)
        found = batch.get_batch({"dataframe": frame}).validate(
            great_expectations.ExpectationSuite(name, expectations=[*expectations]), result_format="COMPLETE"
        )
        by_kind = {
            (one.expectation_config.type, one.expectation_config.kwargs.get("column_A")): one.result
            for one in found.results
        }
        return [
            by_kind[one.expectation_type, getattr(one, "column_A", None)]["unexpected_index_list"] or []
            for one in expectations
        ]

    def failing(checks: pd.DataFrame, ordered: bool) -> tuple[int, int]:
        stated = (
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="left", column_B="right", or_equal=True)
            if ordered
            else gxe.ExpectColumnPairValuesToBeEqual(column_A="left", column_B="right")
        )
        possible = gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="most", column_B="least", or_equal=True
        )
        fails, impossible = failing_rows(checks, stated, possible)
        return len(fails), len(set(fails) & set(impossible))

    rows, key, units, compared = prepared()
    below, unknown, twice = failing_rows(
        rows,
        gxe.ExpectColumnValuesToBeBetween(column="value", min_value=0),
        gxe.ExpectColumnValuesToBeInSet(column="unit", value_set=units),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=key),
    )
    return [
        *_counted(compared, failing),
        _of_rows(len(rows), len({*below, *unknown})),
        _of_keys(rows, key, twice),
    ]


BY_HAND: dict[str, tuple[str, Callable[[], list[dict[str, int]]]]] = {
    "duckdb": ("duckdb", duckdb), "polars": ("polars", polars), "pandas": ("pandas", pandas),
    "pandera": ("pandera", pandera), "gx": ("great_expectations", gx),
}  # fmt: skip
"""The tools by name, each with the library that it needs."""
