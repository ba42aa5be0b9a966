"""One million generated figures through the region hierarchy rule, against the same check written by hand in DuckDB SQL.

Both find missing parts, cells stated twice, intervals (bound words and rounding as written) and the verdict, from tables in
memory, and must agree on every count. At most 1.5 times the time of the SQL is wanted.

    python benchmarks/hierarchy.py [FIGURES] [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import time

import duckdb
import numpy as np
import polars as pl

from audit.engine.confront import confront
from audit.engine.frames import Table
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member
from audit.model.report import VERDICTS

WANTED = 1.5
RULE = """
- id: region-sum
  title: The districts add up to the whole
  where: {kind: target}
  for_each: [document, indicator, period, measure]
  hierarchy: region
  check: whole == sum(parts)
"""
SQL = """
WITH cells AS (
    SELECT document, indicator, period, measure, region,
           min(value) AS value, min(value) <> max(value) AS twice,
           min(low - half) AS low, bool_or(low IS NULL) AS low_open,
           max(high + half) AS high, bool_or(high IS NULL) AS high_open
    FROM (SELECT *, CASE WHEN unit = '亿元' THEN 0.5 / 10 ** length(split_part(literal, '.', 2))
                    ELSE 0 END::DECIMAL(18, 5) AS half
          FROM figures WHERE kind = 'target')
    GROUP BY ALL
), wholes AS (
    SELECT * FROM cells WHERE region IN (SELECT parent FROM regions)
), parts AS (
    SELECT document, indicator, period, measure, parent AS region,
           count(*) AS n, sum(value) AS value, bool_or(twice) AS twice, sum(low) AS low,
           bool_or(low_open) AS low_open, sum(high) AS high, bool_or(high_open) AS high_open
    FROM cells JOIN regions ON code = region WHERE parent IS NOT NULL
    GROUP BY ALL
), sizes AS (SELECT parent AS region, count(*) AS size FROM regions GROUP BY parent)
SELECT CASE WHEN w.value IS NULL OR p.value IS NULL OR p.n < s.size OR w.twice OR p.twice
                 THEN 'untestable'
            WHEN w.value = p.value THEN 'holds'
            WHEN (w.low_open OR p.high_open OR w.low <= p.high)
                 AND (w.high_open OR p.low_open OR p.low <= w.high) THEN 'reconcilable'
            ELSE 'violated' END AS verdict, count(*)
FROM wholes w FULL JOIN parts p USING (document, indicator, period, measure, region) JOIN sizes s USING (region)
GROUP BY verdict
"""


def regions() -> CodeList:
    """A city of ten zones of ten districts each."""
    members = {"city": Member("city")}
    for zone in range(10):
        members[f"zone {zone}"] = Member(f"zone {zone}", "city")
        members |= {f"district {zone}.{d}": Member(f"district {zone}.{d}", f"zone {zone}") for d in range(10)}
    return CodeList("region", members)


def figures(count: int, codes: CodeList) -> pl.DataFrame:
    """Figures that mostly add up: some left out, some stated twice, some wrong, some rounded, some open above."""
    chance = np.random.default_rng(7)
    series = count // len(codes.members) + 1
    districts = chance.integers(1, 1000, size=(10, 10, series))
    zones = districts.sum(axis=1) + (chance.random((10, series)) < 0.02) * 3
    city = zones.sum(axis=0) + (chance.random(series) < 0.02) * 3
    values = np.concatenate(
        [city[None], *(np.concatenate([zones[z][None], districts[z]]) for z in range(10))]
    )
    number = np.arange(series)
    frame = pl.DataFrame({
        "document": np.tile(np.char.add("plan-", (number % 5).astype(str)), len(codes.members)),
        "region": np.repeat(np.array(list(codes)), series),
        "indicator": np.tile(np.char.add("indicator-", (number // 10).astype(str)), len(codes.members)),
        "period": np.tile((2016 + number % 10).astype(str), len(codes.members)),
        "value": values.ravel(),
    })  # fmt: skip
    money = pl.col("indicator").str.ends_with("7")
    low, high = pl.col("value"), pl.when(pl.int_range(pl.len()) % 50 != 0).then(pl.col("value"))
    return (
        frame.with_columns(
            measure=pl.lit("level"),
            kind=pl.lit("target"),
            unit=pl.when(money).then(pl.lit("亿元")).otherwise(pl.lit("家")),
        )
        .with_columns(literal=pl.col("value").cast(pl.String), low=low, high=high)
        .with_columns(pl.col("value", "low", "high").cast(pl.Decimal(18, 4)))
        .filter(pl.Series(chance.random(values.size) > 0.002))
        .pipe(lambda kept: pl.concat([kept, kept.sample(fraction=0.001, seed=7)]))
        .head(count)
    )


def by_audit(frame: pl.DataFrame, codes: CodeList) -> dict[str, int]:
    """The verdicts that the rule gives, counted."""
    table = Table("targets", frame)
    catalogue = Catalogue(
        {"targets": TableShape("targets", table.columns, ())},
        {"region": codes},
        lambda _, c: table.observed(c),
    )
    found = confront(resolve(read_rules_text(RULE), catalogue), {"targets": table})
    counts = np.bincount(np.concatenate([c.verdicts for c in found]), minlength=len(VERDICTS)).tolist()
    return {verdict: count for verdict, count in zip(VERDICTS, counts, strict=True) if count}


def by_hand(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The verdicts that the SQL gives, counted."""
    return dict(connection.execute(SQL).fetchall())


def main(count: int, rounds: int) -> int:
    """Print the medians and their ratio; 1 when the counts differ or the ratio is above what is wanted."""
    codes = regions()
    frame = figures(count, codes)
    connection = duckdb.connect()
    connection.register("frame", frame)
    parents = pl.DataFrame(
        [(m.code, m.parent) for m in codes.members.values()], schema=["code", "parent"], orient="row"
    )
    connection.register("parents", parents)
    connection.execute("CREATE TABLE figures AS SELECT * FROM frame")
    connection.execute("CREATE TABLE regions AS SELECT * FROM parents")
    times: dict[str, list[float]] = {"duckdb": [], "audit": []}
    for _ in range(rounds):
        for name, run in (("duckdb", lambda: by_hand(connection)), ("audit", lambda: by_audit(frame, codes))):
            start = time.perf_counter()
            counts = run()
            times[name].append(time.perf_counter() - start)
            print(f"{name:7} {times[name][-1]:6.3f} s  {dict(sorted(counts.items()))}")
    medians = {name: statistics.median(found) for name, found in times.items()}
    ratio = medians["audit"] / medians["duckdb"]
    same = by_hand(connection) == by_audit(frame, codes)
    print(
        f"{len(frame)} figures: ratio {ratio:.2f}, wanted at most {WANTED}; {'the same verdicts' if same else 'VERDICTS DIFFER'}"
    )
    return int(ratio > WANTED or not same)


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5
        )
    )
