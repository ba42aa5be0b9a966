"""What things are called in a report: documents by their titles, codes in the reader's language, keys, places, operands.

Every format asks here, so that none of them shows an id where a name is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.model.report import SEVERAL_VALUES, Cell, Check, Report
from audit.numbers.numerals import parse_cell
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import measure_label
from audit.reporting.quotes import LONG, Quote, quote
from audit.wording import Words, words

_TELLING = ("region", "industry", "indicator", "period", "measure")
_SILENT = ("document", "relation", "start", "group", "kind", "row")
"""Parts of a key that only the program knows by, or that are told elsewhere."""
_ID, _SHORT = "id", 40


@frozen
class Names:
    """The names of one report in one language: `titles` by document id, `labels` (English) by code, `rules` by id.

    `texts` are the source texts that were given, by document id; `nameless` are the tables whose rows have no name but
    all that stands in them.
    """

    words: Words
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    nameless: frozenset[str] = frozenset()

    def quote(self, cell: Cell, limit: int = LONG) -> Quote:
        """The words of the plan around a figure."""
        return quote(cell, self.texts.get(cell.document), limit)

    def document(self, identity: str) -> str:
        """The title of a document; its id where no title is known."""
        return inert(self.titles.get(identity) or identity)

    def member(self, code: str) -> str:
        """A code in the reader's language: codes are Chinese names, their labels English."""
        return inert(self.labels.get(code, code) if self.words.language == "en" else code)

    def rule(self, identity: str) -> str:
        """The title of a rule."""
        return inert(self.rules.get(identity) or identity)

    def value(self, dimension: str, value: str) -> str:
        """A value of a dimension."""
        return measure_label(value, self.words) if dimension == "measure" else self.member(value)

    def key(self, key: Mapping[str, str]) -> str:
        """A check's key in a breath: `研发机构 · 2019`; the document where it is all there is, `—` without a key."""
        parts = [self.value(name, value) for name, value in key.items() if value and name not in _SILENT] or [
            self.document(key["document"]) if key.get("document") else ""
        ]
        return " · ".join(filter(None, parts)) or "—"

    def place(self, cell: Cell, within: str | None = None) -> str:
        """Where a figure stands: document and clause (the clause alone `within` its document), else the table's row."""
        if not cell.clause and not cell.document:
            return self.row(cell)
        title = "" if cell.document == within and cell.clause else self.document(cell.document)
        place = f"{title} {inert(cell.clause)}".strip()
        if cell.scanned is None:
            return place
        _ = self.words
        return _("{place} (scan, sure to {sure})", place=place, sure=f"{cell.scanned:.0%}")

    def places(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The places of the figures of one check; where all are of one document, their clauses alone."""
        documents = {cell.document for cell in cells}
        within = documents.pop() if len(documents) == 1 else None
        return tuple(self.place(cell, within) for cell in cells)

    def row(self, cell: Cell) -> str:
        """Which row of which table: file and line (without a file the table and the row's name), and what it says."""
        where = cell.where or f"{cell.table} {cell.id}".strip()
        column = f"[{cell.column}]" if cell.column else ""
        others = ", ".join(f"{name}={value}" for name, value in cell.dimensions.items())
        return excerpt(inert(" ".join(part for part in (where, column, others) if part)), "", 160)

    def operands(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """What tells the figures of a check apart: region, industry, indicator, period, measure, or document.

        A figure alone goes by its region, a row of another table by its clause (its place tells the document); a name
        that the rule gives in Latin letters, as authors of rules do, stands only where nothing else does. Rows of one's
        own table of which an operand takes several go by the column that tells these apart.
        """
        names = [name for name in _TELLING if len({cell.dimensions.get(name, "") for cell in cells}) > 1]
        rows = [self._row(cell) for cell in cells]
        names = names or _told_apart_by(cells, rows)
        several = len({cell.document for cell in cells}) > 1

        def label(cell: Cell) -> str:
            own = self._row(cell)
            parts = [self.value(name, own[name]) for name in names if own.get(name)]
            figure = cell.value is not None or cell.low is not None or cell.high is not None
            if not parts and several and figure and cell.operand.isascii():
                parts = [self.document(cell.document)]
            named = "" if cell.operand.isascii() else cell.operand
            other = (own.get("region") if cell.document else "") or named
            return " · ".join(parts) or (self.member(other) if other else inert(cell.clause or cell.operand))

        return tuple(excerpt(label(cell), "", 80) for cell in cells)

    def _row(self, cell: Cell) -> dict[str, str]:
        """What a row says of itself by column, last what it is known by where that is short; in a plan its clause tells
        more."""
        unknown = cell.clause or cell.table in self.nameless or len(cell.id) > _SHORT
        return dict(cell.dimensions) if unknown else {**cell.dimensions, _ID: cell.id}

    def missing(self, check: Check) -> str:
        """What a check that could not be made lacks."""
        return self.lacking(check.missing)

    def lacking(self, missing: Sequence[str]) -> str:
        """What is missing, by name; where nothing is, a figure that is no use."""
        _ = self.words
        return excerpt(_(", ").join(map(self._lacked, missing)), "", 60) or _("a figure that can be used")

    def _lacked(self, one: str) -> str:
        _, name = self.words, one.removesuffix(SEVERAL_VALUES)
        return self.member(one) if name == one else _("{name}: several values", name=self.member(name))


def _told_apart_by(cells: Sequence[Cell], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The column, as a list of one, in which the several rows of every operand all differ; empty for none.

    One of names tells a reader more than what the row is known by (`id`), and that more than a number.
    """
    sets: dict[str, list[Mapping[str, str]]] = {}
    for cell, row in zip(cells, rows, strict=True):
        sets.setdefault(cell.operand, []).append(row)
    several = [group for group in sets.values() if len(group) > 1]
    columns = several[0][0] if several else {}
    apart = [
        name for name in columns
        if all(len({row.get(name) or None for row in group} - {None}) == len(group) for group in several)
    ]  # fmt: skip
    return sorted(apart, key=lambda name: (parse_cell(columns[name]) is not None, name == _ID))[:1]


def names_of(report: Report, language: Language) -> Names:
    """The names of a report in a language."""
    return Names(
        words(language),
        {document.id: document.title for document in report.documents},
        report.labels,
        {rule.id: rule.title.in_(language) for rule in report.rules},
        report.texts,
        frozenset(one.table for one in report.identities if one.origin == "content"),
    )
