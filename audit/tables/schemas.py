"""The schemas of the tables that audit knows, as public pandera objects.

They take frames of text, as `pandas.read_csv(path, dtype=str)` gives them: a blank cell is null, everything else is
kept as written, so that nothing is rounded or guessed before it has been looked at. Columns that a table has besides
are let through; those that it may do without are not required. What one table must find in another (codes, clauses,
units) is in `references`, since it takes both; whether a row says what its source says is for `audit verify`.

`SCHEMAS[name].validate(frame, lazy=True)` raises pandera's `SchemaErrors` with every failing cell.
"""

from __future__ import annotations

from typing import get_args

import pandera.pandas as pa

from audit.model.phrase import marked
from audit.model.relation import RelationKind, RelationRole, RelationSureness
from audit.model.rows import Bound, ClauseKind, FigureKind, Measure, MentionRole, Sureness, figure_id
from audit.tables.conditions import (
    any_stated,
    before,
    built,
    date,
    fullmatch,
    number,
    one_of,
    ordered,
    own_aliases,
    period,
    truth,
    whole,
)  # fmt: skip


def _column(
    *checks: pa.Check, blank: bool = False, unique: bool = False, required: bool = True,
    type: str = "string", enum: tuple[str, ...] = (),
) -> pa.Column:  # fmt: skip
    """A column of text cells; `type` and `enum` are what a Table Schema calls them (see `descriptor`)."""
    metadata = {"type": type, "enum": enum}
    return pa.Column(
        str, list(checks), nullable=blank, unique=unique, coerce=True, required=required, metadata=metadata
    )


def _optional(*checks: pa.Check, type: str = "string") -> pa.Column:
    """A column that a table may do without."""
    return _column(*checks, blank=True, required=False, type=type)


def _number() -> pa.Column:
    return _column(number(), blank=True, type="number")


def _whole(least: int = 0, blank: bool = False) -> pa.Column:
    return _column(whole(least), blank=blank, type="integer")


def _truth() -> pa.Column:
    return _column(truth(), type="boolean")


def _one_of(*members: str, blank: bool = False) -> pa.Column:
    return _column(one_of(*members), blank=blank, enum=members)


def _table(
    name: str, columns: dict[str, pa.Column], *checks: pa.Check, key: tuple[str, ...] = ()
) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, checks=list(checks), unique=list(key) or None, name=name)


def _offsets() -> dict[str, pa.Column]:
    return {"start": _whole(), "end": _whole(1)}


def _id_is_built_from_the_key() -> pa.Check:
    key = ("document", "region", "industry", "indicator", "period", "measure")

    def build(stated: str | None, *parts: str | None) -> str | None:
        """The id as stated when it is the key's, also with ~2, ~3 for a key stated again; else what it should be."""
        expected = figure_id(*parts)
        again = (stated or "").removeprefix(f"{expected}~")
        return stated if again.isdigit() and int(again) > 1 else expected

    return built("id", marked("is not built from the row's key, which gives {expected}"), build, "id", *key)


def _code_list(name: str, **more: pa.Column) -> pa.DataFrameSchema:
    names = {"label_en": _column(blank=True), "aliases": _column(blank=True)}
    return _table(name, {"code": _column(unique=True), **more, **names}, own_aliases())


def _breakdown() -> pa.Column:
    return _one_of("full", "of_which", blank=True)


DOCUMENTS = _table(
    "documents",
    {
        "id": _column(
            fullmatch(r"[^\s/;]+", marked("holds a blank, “/” or “;”; ids of figures are built from it")),
            unique=True,
        ),
        "number": _column(blank=True),
        "title": _column(),
        "issuer": _column(blank=True),
        "date": _column(date(), blank=True, type="date"),
        "region": _column(blank=True),
        "period": _column(period(), blank=True),
        "sha256": _column(
            fullmatch("[0-9a-f]{64}", marked("is no SHA-256 digest of 64 hexadecimal digits")), blank=True
        ),
        "complete": _truth(),
    },
)

TARGETS = _table(
    "targets",
    {
        "id": _column(unique=True),
        "document": _column(),
        "clause": _column(blank=True),
        "region": _column(blank=True),
        "industry": _column(blank=True),
        "indicator": _column(),
        "period": _column(period(), blank=True),
        "measure": _one_of(*get_args(Measure)),
        "literal": _column(),
        "value": _number(),
        "low": _number(),
        "high": _number(),
        "unit": _column(blank=True),
        "bound": _one_of(*get_args(Bound)),
        "kind": _one_of(*get_args(FigureKind)),
        "evidence": _column(),
        **_offsets(),
        "account": _optional(),
        "tier": _optional(),
        "sure": _optional(one_of(*get_args(Sureness))),
    },
    _id_is_built_from_the_key(),
    ordered("low", "value"),
    ordered("value", "high"),
    ordered("low", "high"),
    before("start", "end"),
)

CLAUSES = _table(
    "clauses",
    {
        "document": _column(),
        "clause": _column(),
        "parent": _column(blank=True),
        "number": _column(blank=True),
        "kind": _one_of(*get_args(ClauseKind)),
        "heading": _column(blank=True),
        "lead": _column(blank=True),
        "support": _column(blank=True),
    },
    key=("document", "clause"),
)

LISTS = _table(
    "lists",
    {
        "document": _column(),
        "clause": _column(blank=True),
        "noun": _column(),
        "stated_count": _whole(1, blank=True),
        "listed_count": _whole(blank=True),
        "items": _column(blank=True),
        "open_ended": _truth(),
        "evidence": _column(),
        **_offsets(),
    },
    before("start", "end"),
    key=("document", "start"),
)

MENTIONS = _table(
    "mentions",
    {
        "document": _column(),
        "clause": _column(blank=True),
        "name": _column(),
        "kind": _column(),
        "role": _one_of(*get_args(MentionRole)),
        "evidence": _column(),
        **_offsets(),
        "canonical": _optional(),
        "region": _optional(),
        "industry": _optional(),
    },
    before("start", "end"),
    key=("document", "start", "end"),
)

CITATIONS = _table(
    "citations",
    {
        "document": _column(),
        "clause": _column(blank=True),
        "cited_number": _column(blank=True),
        "cited_title": _column(blank=True),
        **_offsets(),
        "corpus": _optional(),
        "cited_date": _optional(date(), type="date"),
    },
    any_stated("cited_number", "cited_title"),
    before("start", "end"),
    key=("document", "start"),
)

RELATIONS = _table(
    "relations",
    {
        "document": _column(),
        "relation": _column(),
        "kind": _one_of(*get_args(RelationKind)),
        "role": _one_of(*get_args(RelationRole)),
        "figure": _column(),
        "value": _number(),
        "low": _number(),
        "high": _number(),
        "half": _number(),
        "unit": _column(blank=True),
        "literal": _column(),
        "binding": _truth(),
        "sure": _one_of(*get_args(RelationSureness)),
        "evidence": _column(),
        **_offsets(),
    },
    before("start", "end"),
    key=("document", "relation", "role", "figure"),
)

REGIONS = _code_list("regions", parent=_column(blank=True), breakdown=_breakdown())
INDUSTRIES = _code_list("industries", parent=_column(blank=True), breakdown=_breakdown())
INDICATORS = _code_list(
    "indicators",
    parent=_column(blank=True),
    unit=_column(blank=True),
    additive=_truth(),
    broader=_column(blank=True),
    rate=_optional(),
)
MEASURES = _code_list("measures")
BODIES = _code_list(
    "bodies",
    parent=_column(blank=True),
    successor=_column(blank=True),
    see_also=_optional(),
    kind=_optional(),
)

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema
    for schema in (
        DOCUMENTS, TARGETS, CLAUSES, LISTS, MENTIONS, CITATIONS, RELATIONS,
        REGIONS, INDUSTRIES, INDICATORS, MEASURES, BODIES,
    )
}  # fmt: skip
"""The schemas by the name of their resource in `datapackage.json`."""
