"""Tables that Spark knows by a name, asked in the session that it runs this program in: `spark:///sales.targets`."""

from __future__ import annotations

import hashlib
from typing import Any

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import require

SCHEME = "spark://"


@frozen
class SparkTable:
    """A table as Spark holds it; `sha256` is a digest of what stands in its rows, in whatever order."""

    path: str
    name: str
    frame: Any
    key: tuple[str, ...]
    sha256: str


def is_spark(asked: Asked) -> bool:
    return asked.url.startswith(SCHEME)


def table_of_spark(asked: Asked) -> SparkTable:
    """The table that an address names (`spark:///sales.targets`, or a file: ``spark:///parquet.`s3a://…` ``), or what a query
    gives. Raises `InputError` with what Spark says."""
    require("pyspark", "spark", asked.url)
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    named = asked.sheet or asked.url.removeprefix(SCHEME).strip("/")
    if not (named or asked.query):
        raise InputError("{path}: say which table is meant, as in spark:///sales.targets.", path=asked.url)
    for setting in ("numbers", "missing", "unpivot", "head"):
        if getattr(asked, setting):
            raise InputError(
                "{at}: what Spark holds is taken as it is; {setting} cannot be said of it.",
                at=asked.at,
                setting=setting,
            )
    session = SparkSession.builder.getOrCreate()
    try:
        frame = session.sql(asked.query or f"select * from {named}")
        name = asked.name or named.strip("`").rpartition(".")[2]
        path = asked.url if asked.query else f"{SCHEME}/{named}"
        return SparkTable(path, name, frame, asked.key, _digest(frame))
    except PySparkException as error:
        problem = " ".join(str(error).split())[:200]
        raise InputError("{path}: the database says: {problem}", path=asked.url, problem=problem) from None


def _digest(frame: Any) -> str:
    from pyspark.sql import functions

    row = functions.xxhash64(*(functions.col(f"`{name.replace('`', '``')}`") for name in frame.columns))
    (told,) = frame.select(row.alias("row")).agg(
        functions.count("*"), functions.bit_xor("row"), functions.sum(functions.col("row").cast("decimal(38)"))
    ).collect()  # fmt: skip
    return hashlib.sha256(repr((frame.columns, tuple(map(str, told)))).encode()).hexdigest()
