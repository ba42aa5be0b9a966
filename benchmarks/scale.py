"""Five rules over generated figures in a parquet file, through `audit check`, against the same checks written by hand.

Rules: parts of a hierarchy on all levels, agreement of documents, no fall from year to year, a row schema, a unique key.
By hand: DuckDB SQL on the file, Polars (lazy, streaming) and pandas; all must count the verdicts that audit counts. Every tool
is a process of its own, one after the other in turns; told are medians of processor time, of time and of the most memory.
`audit check` also tells every finding with its evidence, which those by hand do not.

    python benchmarks/scale.py [FIGURES] [ROUNDS] [duckdb] [polars] [pandas]

With `--rules`, so many rules (500) at five sets of keys against one rule a set of keys, both through `audit check`:

    python benchmarks/scale.py --rules [RULES] [FIGURES] [ROUNDS]
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale_data import SAME_KEYS, rules_of_same_keys, write

WANTED, MEMORY, SHARED = 1.5, 2.5, 3.0
VERDICTS = ("holds", "reconcilable", "violated", "untestable")
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


_STEPS, _OPEN = 1000, 2**53
"""Whole steps of a unit, so that sums are exact, and what stands above every number."""


def pandas() -> list[dict[str, int]]:
    """The verdicts of every rule, counted by pandas: texts as codes, numbers as whole steps."""
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
    cells["twice"], cells["open"] = cells["value"] != cells["most"], cells["high"] == _OPEN
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
        open="any",
    )  # fmt: skip
    wholes = cells[cells["region"].isin(above.values())].drop(columns="parent")
    sums = wholes.merge(
        parts, "outer", left_on=[*key, "region"], right_on=[*key, "parent"], suffixes=("", "_parts"), indicator=True
    )  # fmt: skip
    sizes = pd.Series(list(above.values())).value_counts()
    lacking = (sums["_merge"] != "both") | (sums["n"] != sums["region"].map(sizes))
    lacking |= sums["twice"].eq(True) | sums["twice_parts"].eq(True)
    meet = (sums["open_parts"].eq(True) | (sums["low"] <= sums["high_parts"])) & (
        sums["open"].eq(True) | (sums["low_parts"] <= sums["high"])
    )
    same = totals(
        rows, ["region", "indicator", "period", "measure"], least=("value", "min"), most=("value", "max"), low="max",
        high="min", documents=("document", "nunique"),
    )  # fmt: skip
    same = same[same["documents"] >= 2]
    years = np.array([int(text) for text in texts["period"].dictionary.to_pylist()])
    cells["year"] = years[cells["period"]]
    before = cells.assign(year=cells["year"] + 1)
    by = ["document", "region", "indicator", "measure", "year"]
    fall = cells.merge(before, on=by, suffixes=("", "_before"))
    once = rows.groupby(names, sort=False).size()
    known = rows["unit"].isin([units.index(unit) for unit in ("家", "亿元")])
    questions = [
        (lacking, sums["value"] == sums["value_parts"], meet),
        (same["least"] > same["most"], same["least"] == same["most"], same["low"] <= same["high"]),
        (
            fall["twice"] | fall["twice_before"],
            fall["value"] >= fall["value_before"],
            fall["high"] >= fall["low_before"],
        ),
        (rows["value"] == _OPEN, (rows["value"] >= 0) & known, rows["value"] > _OPEN),
        (once == 0, once == 1, once == 0),
    ]
    found = [np.select(asked, ["untestable", "holds", "reconcilable"], "violated") for asked in questions]
    return [
        dict(zip(*(column.tolist() for column in np.unique(one, return_counts=True)), strict=True))
        for one in found
    ]


BY_HAND = {"duckdb": duckdb, "polars": polars, "pandas": pandas}


def run(tool: str, folder: Path, rules: str = "rules.yaml") -> tuple[float, float, float, Counter[str]]:
    """Seconds of the processor and of the clock, GB, and the verdicts counted: of one process in the folder."""
    check = [
        "-m", "audit", "check", "figures.parquet", "--rules", rules, "--fail-on", "never", "--lang", "en", "-q",
    ]  # fmt: skip
    arguments = check if tool == "audit" else [os.path.abspath(__file__), "--by-hand", tool]
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": f"{Path(__file__).parents[1]}"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{tool}: ended with {status}")
    if tool == "audit":
        totals = re.search(
            rb"checks: (\d+) hold, (\d+) reconcilable, (\d+) violated, (\d+) untestable", output
        )
        assert totals is not None, output
        counts = Counter(dict(zip(VERDICTS, map(int, totals.groups()), strict=True)))
    else:
        counts = Counter(json.loads(output))
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1e6, counts


def main(count: int, rounds: int, by_hand: Sequence[str]) -> int:
    """Print medians and ratios to the first of those by hand; 1 when verdicts differ, or audit takes more than is wanted."""
    tools = (by_hand[0], "audit", *by_hand[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, os.path.abspath(__file__), "--write", str(count), name], check=True)
        found: dict[str, list[tuple[float, float, float]]] = {tool: [] for tool in tools}
        counts: dict[str, Counter[str]] = {}
        for _ in range(rounds):
            for tool in tools:
                *used, verdicts = run(tool, folder)
                found[tool].append((used[0], used[1], used[2]))
                counts[tool] = verdicts
    medians = {
        tool: [statistics.median(column) for column in zip(*own, strict=True)] for tool, own in found.items()
    }
    basis = medians[by_hand[0]]
    print(f"{count} figures, five rules, {rounds} rounds, against {by_hand[0]}")
    for tool, (processor, wall, memory) in medians.items():
        ratios = f"{processor / basis[0]:5.2f}   clock {wall:7.2f} s {wall / basis[1]:5.2f}"
        print(f"{tool:8} processor {processor:7.2f} s {ratios}   {memory:5.2f} GB")
    same = all(own == counts["audit"] for own in counts.values())
    told = "the same verdicts" if same else f"VERDICTS DIFFER: {counts}"
    print(f"wanted of audit: at most {WANTED} times {by_hand[0]}, {MEMORY} GB; {told}")
    return int(not same or medians["audit"][0] > WANTED * basis[0] or medians["audit"][2] > MEMORY)


def main_of_same_keys(rules: int, count: int, rounds: int) -> int:
    """Print medians and their ratio; 1 where many rules take more than is wanted, or checks are left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, os.path.abspath(__file__), "--write", str(count), name], check=True)
        found: dict[int, list[tuple[float, float, float, int]]] = {len(SAME_KEYS): [], rules: []}
        for own in found:
            (folder / f"{own}.yaml").write_text(rules_of_same_keys(own), encoding="utf-8")
        for _ in range(rounds):
            for own, figures in found.items():
                *used, verdicts = run("audit", folder, f"{own}.yaml")
                figures.append((used[0], used[1], used[2], verdicts.total()))
    print(f"{count} figures, {rules} rules at {len(SAME_KEYS)} sets of keys, {rounds} rounds")
    medians = {
        own: [statistics.median(column) for column in zip(*figures, strict=True)]
        for own, figures in found.items()
    }
    for own, (processor, wall, memory, checks) in medians.items():
        told = f"processor {processor:7.2f} s   clock {wall:7.2f} s   {memory:5.2f} GB   {checks:.0f} checks"
        print(f"{own:4} rules   {told}")
    few, many = medians.values()
    print(
        f"many rules take {many[0] / few[0]:.2f} times what one a set of keys takes; wanted at most {SHARED}"
    )
    return int(many[0] > SHARED * few[0] or many[3] * len(SAME_KEYS) != few[3] * rules)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--by-hand"]:
        print(json.dumps(sum(map(Counter, BY_HAND[sys.argv[2]]()), Counter())))
    elif sys.argv[1:2] == ["--write"]:
        write(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        given = [int(one) for one in sys.argv[1:] if one.isdigit()]
        if sys.argv[1:2] == ["--rules"]:
            sys.exit(main_of_same_keys(*given, *(500, 1_000_000, 3)[len(given) :]))
        tools = [tool for tool in BY_HAND if tool in sys.argv] or [*BY_HAND]
        sys.exit(main(*given, *(1_000_000, 3)[len(given) :], by_hand=tools))
