"""The kinds of tables that audit knows: one record a kind, from which everything that depends on the kind derives.

A new kind is a record here (and, where rules or extraction give its rows, their dataclass in `model`). Its schema, its
description in `datapackage.json`, its links, its file in a new workspace, its rows in a draft and what rules can name
of it follow from the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any, Literal, get_args

from audit.model.frozen import frozen
from audit.model.relation import Relation, RelationKind, RelationRole, RelationSureness
from audit.model.rows import (
    Aim,
    Bound,
    Citation,
    Clause,
    ClauseKind,
    Document,
    Figure,
    FigureKind,
    Measure,
    Mention,
    MentionRole,
    MentionState,
    StatedList,
    Sureness,
)

CellType = Literal["string", "number", "integer", "boolean", "date"]
Form = Literal["", "id", "period", "digest"]


@frozen
class Column:
    """What the cells of a column are: a type as Table Schema has it, one of `members`, of a `form` of ours.

    A `blank` column may have blank cells; an `optional` one may be wanting altogether. `least` is the least integer.
    """

    type: CellType = "string"
    form: Form = ""
    members: tuple[str, ...] = ()
    least: int = 0
    blank: bool = False
    unique: bool = False
    optional: bool = False


RowCheck = tuple[str, ...]
"""A check of whole rows by its name in `kind_conditions.OF_ROWS`, with the columns it is given."""


@frozen
class TableKind:
    """A kind of table: the name of its resource and its columns in order.

    `key` identifies a row. `row` is what a row is in the model; `extracted` names the rows that extraction gives.
    `links` leads from a column to a column of another table, `trees` are columns that name a row above in the same
    table by the last column of the key. `folder` holds its files, one a document (`split`) or one in all. `dimension` is
    the column of figures whose codes it lists. A new workspace has it if `starts`, with the rows `initial`.
    """

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    checks: tuple[RowCheck, ...] = ()
    row: type[Any] | None = None
    extracted: str = ""
    links: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    trees: tuple[str, ...] = ()
    folder: str = ""
    split: bool = False
    dimension: str = ""
    starts: bool = True
    initial: tuple[tuple[str, ...], ...] = ()

    def path(self, document: str = "") -> str:
        """Where its rows lie in a package: those of a document, or all of them."""
        folder = f"{self.folder}/" if self.folder else ""
        return f"{folder}{document}.csv" if document and self.split else f"{folder}{self.name}.csv"


_TEXT, _BLANK, _OPTIONAL = Column(), Column(blank=True), Column(optional=True)
_NUMBER = Column("number", blank=True)
_TRUTH = Column("boolean")
_OFFSETS = {"start": Column("integer"), "end": Column("integer", least=1)}
_PERIOD = Column(form="period", blank=True)
_BREAKDOWN = Column(members=("full", "of_which"), blank=True)
_BEFORE: RowCheck = ("before", "start", "end")


ABOVE = ("parent", "broader", "rate", "successor")
"""The columns of a code list that name another of its codes."""


def _to(table: str, column: str = "code") -> tuple[str, tuple[str, ...]]:
    return table, (column,)


_Links = Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]]
_DOCUMENT: _Links = {("document",): _to("documents", "id")}
_IN_CLAUSE: _Links = {**_DOCUMENT, ("document", "clause"): ("clauses", ("document", "clause"))}


def _one_of(members: Any) -> Column:
    return Column(members=get_args(members))


def _parts(name: str, columns: Mapping[str, Column], key: tuple[str, ...], **more: Any) -> TableKind:
    """A table of what documents state, one file a document."""
    columns = {"document": _TEXT, "clause": _BLANK, **columns}
    return TableKind(
        name, columns, key, folder=name, split=True, **{"links": _IN_CLAUSE, "extracted": name, **more}
    )


def _codes(name: str, columns: Mapping[str, Column] | None = None, **more: Any) -> TableKind:
    """A code list."""
    columns = {"code": Column(unique=True), **(columns or {}), "label_en": _BLANK, "aliases": _BLANK}
    trees = tuple(above for above in ABOVE if above in columns)
    return TableKind(name, columns, ("code",), (("own_aliases",),), folder="codes", trees=trees, **more)


KINDS: tuple[TableKind, ...] = (
    TableKind(
        "documents",
        {
            "id": Column(form="id", unique=True), "number": _BLANK, "title": _TEXT, "issuer": _BLANK,
            "date": Column("date", blank=True), "region": _BLANK, "period": _PERIOD,
            "sha256": Column(form="digest", blank=True), "complete": _TRUTH,
        },
        ("id",), row=Document, links={("region",): _to("regions")},
    ),
    TableKind(
        "targets",
        {
            "id": Column(unique=True), "document": _TEXT, "clause": _BLANK, "region": _BLANK, "industry": _BLANK,
            "indicator": _TEXT, "period": _PERIOD, "measure": _one_of(Measure), "literal": _TEXT, "value": _NUMBER,
            "low": _NUMBER, "high": _NUMBER, "unit": _BLANK, "bound": _one_of(Bound), "kind": _one_of(FigureKind),
            "evidence": _TEXT, **_OFFSETS, "account": _OPTIONAL, "tier": _OPTIONAL,
            "sure": Column(members=get_args(Sureness), optional=True), "noun": _OPTIONAL,
            "aim": Column(members=get_args(Aim), optional=True),
        },
        ("id",),
        (
            ("figure_id",), ("literal_stated",),
            ("ordered", "low", "value"), ("ordered", "value", "high"), ("ordered", "low", "high"),
            _BEFORE,
        ),
        row=Figure, extracted="figures", folder="targets", split=True,
        links={
            **_IN_CLAUSE, ("region",): _to("regions"), ("industry",): _to("industries"),
            ("indicator",): _to("indicators"), ("measure",): _to("measures"),
        },
    ),
    TableKind(
        "clauses",
        {
            "document": _TEXT, "clause": _TEXT, "parent": _BLANK, "number": _BLANK, "kind": _one_of(ClauseKind),
            "heading": _BLANK, "lead": _BLANK, "support": _BLANK,
        },
        ("document", "clause"), row=Clause, extracted="clauses", folder="clauses", split=True, links=_DOCUMENT,
        trees=("parent",),
    ),
    _parts(
        "lists",
        {
            "noun": _TEXT, "stated_count": Column("integer", least=1, blank=True),
            "listed_count": Column("integer", blank=True), "items": _BLANK, "open_ended": _TRUTH, "evidence": _TEXT,
            **_OFFSETS,
        },
        ("document", "start"), checks=(_BEFORE,), row=StatedList,
    ),
    _parts(
        "mentions",
        {
            "name": _TEXT, "kind": _TEXT, "role": _one_of(MentionRole), "evidence": _TEXT, **_OFFSETS,
            "canonical": _OPTIONAL, "region": _OPTIONAL, "industry": _OPTIONAL,
            "state": Column(members=get_args(MentionState), optional=True),
            "year": Column("integer", least=1, optional=True),
        },
        ("document", "start", "end"), checks=(_BEFORE,), row=Mention,
        links={
            **_IN_CLAUSE, ("canonical",): _to("bodies"), ("region",): _to("regions"),
            ("industry",): _to("industries"),
        },
    ),
    _parts(
        "citations",
        {
            "cited_number": _BLANK, "cited_title": _BLANK, **_OFFSETS, "corpus": _OPTIONAL,
            "cited_date": Column("date", optional=True),
        },
        ("document", "start"), checks=(("any_stated", "cited_number", "cited_title"), _BEFORE), row=Citation,
        links={**_IN_CLAUSE, ("corpus",): _to("documents", "id")},
    ),
    TableKind(
        "relations",
        {
            "document": _TEXT, "relation": _TEXT, "kind": _one_of(RelationKind), "role": _one_of(RelationRole),
            "figure": _TEXT, "value": _NUMBER, "low": _NUMBER, "high": _NUMBER, "half": _NUMBER, "unit": _BLANK,
            "literal": _TEXT, "binding": _TRUTH, "sure": _one_of(RelationSureness), "evidence": _TEXT, **_OFFSETS,
            "years": _NUMBER,
        },
        ("document", "relation", "role", "figure"), (_BEFORE,), row=Relation, extracted="relations",
        folder="relations", split=True, links=_DOCUMENT, starts=False,
    ),
    _codes("regions", {"parent": _BLANK, "breakdown": _BREAKDOWN}, dimension="region"),
    _codes("industries", {"parent": _BLANK, "breakdown": _BREAKDOWN}, dimension="industry"),
    _codes(
        "indicators",
        {"parent": _BLANK, "unit": _BLANK, "additive": _TRUTH, "broader": _BLANK, "rate": _OPTIONAL},
        dimension="indicator",
    ),
    _codes(
        "measures", dimension="measure",
        initial=(
            ("level", "Stock reached at the end of the period", "存量"),
            ("increment", "Added within the period", "新增"),
            ("cumulative", "Added from the start of the plan to the end of the period", "累计"),
            ("per_year", "Repeated every year", "每年"),
            ("rate", "Share, ratio or growth", "比率"),
            ("count", "Number of things listed or named", "数量"),
            ("size", "Technical or legal size", "规格"),
        ),
    ),
    _codes("bodies", {"parent": _BLANK, "successor": _BLANK, "see_also": _OPTIONAL, "kind": _OPTIONAL}),
)  # fmt: skip

BY_NAME: dict[str, TableKind] = {kind.name: kind for kind in KINDS}
"""The kinds by the name of their resource in `datapackage.json`."""

CODE_LISTS: dict[str, str] = {kind.dimension: kind.name for kind in KINDS if kind.dimension}
"""The dimensions of figures and the resources that list their codes."""


def known(name: str, columns: Collection[str]) -> TableKind | None:
    """The kind that a table of this name and these columns is of; None for another table that is only called so.

    It is one when it has its key, or most of its columns: a table that lacks one is told what it lacks.
    """
    kind = BY_NAME.get(name)
    if kind is None:
        return None
    shared = kind.columns.keys() & {*columns}
    return (
        kind if ({*kind.key} <= shared and len(shared) > 1) or 2 * len(shared) > len(kind.columns) else None
    )
