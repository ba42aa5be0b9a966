"""Generated figures for `scale`: a hierarchy of regions, two documents, ten years, of any number of figures.

Nearly all is as it should be; one figure in ten thousand is wrong, left out, stated twice, or less than the year before.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

ZONES = DISTRICTS = 10
YEARS = 10
DEFECTS = 10_000
"""One figure in so many has a defect of each kind."""
REGIONS = [
    ("city", None),
    *((f"zone {z}", "city") for z in range(ZONES)),
    *((f"district {z}.{d}", f"zone {z}") for z in range(ZONES) for d in range(DISTRICTS)),
]
"""Every region and the one above it: a city of ten zones of ten districts each."""

RULES = """
- id: region-sum
  title: The parts add up to the whole, on all levels
  for_each: [document, indicator, period, measure]
  hierarchy: region
  check: whole == sum(parts)
- id: documents-agree
  title: Two documents that state the same agree
  for_each: [region, indicator, period, measure]
  let: {figures: {}, documents: {column: document}}
  keys: figures
  missing: skip
  applies: distinct(documents) >= 2
  check: min(figures) == max(figures)
- id: never-falls
  title: No figure is less than that of the year before
  for_each: [document, region, indicator, period, measure]
  let: {now: {}, before: {period: {relative: previous}}}
  missing: skip
  check: now >= before
- id: row-schema
  title: Every row states a number in a known unit that is not below nothing
  check: value >= 0 and (unit == "家" or unit == "亿元")
- id: unique-key
  title: No key stands twice
  for_each: [document, region, indicator, period, measure]
  let: {rows: {column: region}}
  check: count(rows) == 1
"""

SAME_KEYS = (
    """  for_each: [document, indicator, period, measure]
  hierarchy: region
  missing: skip
  check: whole <= sum(parts) + {}
""",
    """  for_each: [region, indicator, period, measure]
  let: {{figures: {{}}, documents: {{column: document}}}}
  keys: figures
  missing: skip
  applies: distinct(documents) >= 2
  check: max(figures) - min(figures) <= {}
""",
    """  for_each: [document, region, indicator, period, measure]
  let: {{now: {{}}, before: {{period: {{relative: previous}}}}}}
  missing: skip
  check: now >= before - {}
""",
    """  check: value >= -{}
""",
    """  for_each: [document, region, indicator, period, measure]
  let: {{rows: {{column: region}}}}
  check: count(rows) <= {}
""",
)
"""The same sets of keys, with checks that leave room, so that all of them hold."""


def rules_of_same_keys(count: int) -> str:
    """So many rules, one after the other at each set of keys; each leaves more room than that before."""
    return "".join(
        f"- id: rule-{n}\n  title: A rule\n{SAME_KEYS[n % len(SAME_KEYS)].format(1_000_000 + n)}"
        for n in range(count)
    )


AT_ONCE = 10_000_000
"""So many figures are made at a time."""


def figures(count: int, part: int = 0) -> pl.DataFrame:
    """So many figures or a few more, with the columns of figures; values are decimals of two places.

    Those of each `part` are of indicators of their own.
    """
    chance = np.random.default_rng(7 + part)
    series = max(2, count // (len(REGIONS) * YEARS * 2) + 1)
    districts = np.cumsum(chance.integers(1, 1000, size=(ZONES, DISTRICTS, series, YEARS)), axis=3)
    zones = districts.sum(axis=1)
    values = np.concatenate([zones.sum(axis=0)[None], zones, districts.reshape(-1, series, YEARS)])
    values = np.repeat(values[:, :, :, None], 2, axis=3).ravel()
    shape = (len(REGIONS), series, YEARS, 2)

    def coded(names: list[str], axis: int) -> pl.Series:
        codes = np.arange(shape[axis], dtype=np.uint32).reshape([-1 if a == axis else 1 for a in range(4)])
        return pl.Series(names)[np.broadcast_to(codes, shape).ravel()]

    def some() -> np.ndarray:
        return chance.random(values.size) < 1 / DEFECTS

    values = np.where(some(), values + 300, np.where(some(), values // 7, values))
    frame = pl.DataFrame({
        "document": coded(["plan-a", "plan-b"], 3),
        "region": coded([name for name, _ in REGIONS], 0),
        "indicator": coded([f"indicator-{part * AT_ONCE + n}" for n in range(series)], 1),
        "period": coded([str(2016 + n) for n in range(YEARS)], 2),
        "value": values,
    })  # fmt: skip
    money = pl.col("indicator").str.ends_with("7")
    at_least = pl.int_range(pl.len()) % 50 == 0
    frame = frame.with_columns(
        measure=pl.lit("level"),
        kind=pl.lit("target"),
        unit=pl.when(money).then(pl.lit("亿元")).otherwise(pl.lit("家")),
        bound=pl.when(at_least).then(pl.lit("at_least")).otherwise(pl.lit("exact")),
        literal=pl.col("value").cast(pl.String),
        low=pl.col("value"),
        high=pl.when(~at_least).then(pl.col("value")),
    ).with_columns(pl.col("value", "low", "high").cast(pl.Decimal(18, 2)))
    kept = frame.filter(pl.Series(~some()))
    return pl.concat([kept, kept.filter(pl.Series(some()[: len(kept)]))])


def write(count: int, folder: Path) -> None:
    """The figures, the code list of the regions and the rules, as files in a folder."""
    (folder / "codes").mkdir(parents=True, exist_ok=True)
    pl.DataFrame(REGIONS, schema=["code", "parent"], orient="row").write_csv(folder / "codes" / "regions.csv")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    made = []
    for part, done in enumerate(range(0, count, AT_ONCE)):
        made.append(folder / f"{part}.parquet")
        figures(min(count - done, AT_ONCE), part).write_parquet(made[-1])
    pl.scan_parquet(made).sink_parquet(folder / "figures.parquet")
    for path in made:
        path.unlink()


def write_database(folder: Path) -> None:
    """The figures of a folder as a table of a DuckDB file in it."""
    import duckdb

    with duckdb.connect(str(folder / "figures.duckdb"), config={"memory_limit": "2GB"}) as database:
        database.execute(f"create table figures as from '{folder / 'figures.parquet'}'")
