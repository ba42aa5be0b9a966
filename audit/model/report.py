"""What a run found, as plain values: every report format is a function of a `Report`.

Numbers are exact decimals; `None` stands for what is not there (an open bound, a side that could not be computed).
Tuples are in report order: the same input gives the same report on every engine.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from audit.model.cause import Cause
from audit.model.frozen import frozen
from audit.model.phrase import Language, Phrase
from audit.model.rows import Clause, Document

Verdict = Literal["holds", "reconcilable", "violated", "untestable"]
Severity = Literal["error", "warning", "info"]
Origin = Literal["declared", "inferred", "content"]
Beyond = Literal["", "above", "below"]
Change = Literal["new", "worsened", "changed", "unchanged"]
FrameOf = Literal["findings", "checks", "cells", "rules", "figures", "causes"]
Library = Literal["pandas", "polars"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
VERDICTS: tuple[Verdict, ...] = ("holds", "reconcilable", "violated", "untestable")
SEVERAL_VALUES = " (≠)"
"""What ends the name of an operand, among those missing in a check, that is stated with different values."""


@frozen
class Cell:
    """One figure (or row of another table) as an operand of a check.

    `id` names the row (see `audit.engine.identity`), `table` and `column` say where it was taken from. `source` is the
    table's file and `line` the 1-based line there (the header is line 1), so that a machine can point at it; both are
    blank for a row of no file. `address` is the place in a file of several tables: sheet and cell, or table and row.
    `dimensions` holds what else the row says that is not blank: for a figure its
    dimensions, for another row its other columns. For a row that is no figure `literal` is the cell compared, or blank.
    `beyond` tells of a figure that is stated as above or below its value, which it is not itself. `scanned` says of a
    figure that was recognised in the picture of a page how sure that is, above 0 and below 1.
    """

    operand: str
    id: str
    document: str
    clause: str
    literal: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    evidence: str
    start: int | None
    end: int | None
    dimensions: dict[str, str] = field(default_factory=dict)
    source: str = ""
    line: int = 0
    table: str = ""
    column: str = ""
    beyond: Beyond = ""
    address: str = ""
    scanned: Decimal | None = None

    @property
    def where(self) -> str:
        """The place for a reader: file and line, or file, sheet and cell; the file for a row of no line in it, and
        blank for a row of no file."""
        if self.address:
            return f"{self.source}!{self.address}"
        return f"{self.source}:{self.line}" if self.source and self.line else self.source

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two cells of a report one: the row, the column, and what was read there."""
        return (
            self.table, self.source, self.address or self.line, self.id, self.column, self.literal, self.value, self.low,
            self.high,
        )  # fmt: skip


@frozen
class Check:
    """One rule bound to one key. `imbalance` is left minus right as stated; `missing` names absent operands.

    `equation` is the relation with the figures filled in, e.g. `1650 == 650 + 1000`, and `formula` the same with the
    places of `cells` instead of their numbers (see `audit.diagnosis.formulas`). `untold` says by operand how many more cells
    there are than are told; the verdict and all numbers are of all of them. `left_low` … `right_high` are the ends
    of both sides as intervals (`None`: open); `unreached` names those that their interval comes near to and does not hold.
    """

    id: str
    rule: str
    key: dict[str, str]
    verdict: Verdict
    left: Decimal | None
    right: Decimal | None
    imbalance: Decimal | None
    left_low: Decimal | None
    left_high: Decimal | None
    right_low: Decimal | None
    right_high: Decimal | None
    equation: str
    cells: tuple[Cell, ...]
    missing: tuple[str, ...] = ()
    formula: str = ""
    unreached: tuple[str, ...] = ()
    untold: dict[str, int] = field(default_factory=dict)

    @property
    def cells_in_all(self) -> int:
        """How many cells take part, whether they are told or not."""
        return len(self.cells) + sum(self.untold.values())

    @property
    def lumped(self) -> tuple[str, ...]:
        """The operands stated with several values whose cells are of different things, which a key would tell apart."""
        if self.key:
            return ()
        several = [one.removesuffix(SEVERAL_VALUES) for one in self.missing if one.endswith(SEVERAL_VALUES)]
        return tuple(
            one for one in several if len({str(c.dimensions) for c in self.cells if c.operand == one}) > 1
        )


@frozen
class Waiver:
    """A finding accepted by a named person for a reason until a date (ISO)."""

    reason: str
    category: str
    by: str
    on: str
    until: str


@frozen
class Finding:
    """A check that is not fine, as reported. `message` says what is the matter, `why` why it matters.

    `id` depends on rule, key and documents only. `change` is set by a comparison with a baseline; `worsened` is a
    change to a greater severity, from reconcilable to violated, to a greater imbalance, or the end of a waiver.
    """

    check: Check
    severity: Severity
    level: int
    message: Phrase
    why: Phrase
    certain: bool = True
    waiver: Waiver | None = None
    change: Change | None = None

    @property
    def id(self) -> str:
        return self.check.id

    @property
    def scanned(self) -> Decimal | None:
        """How sure the least sure of its figures is that come from a scan; `None` where none does."""
        return min((cell.scanned for cell in self.check.cells if cell.scanned is not None), default=None)


@frozen
class RuleCard:
    """A rule as told to a reader: what it checks, why, what it does not check, and what became of it in this run."""

    id: str
    title: Phrase
    severity: Severity
    level: int
    because: Phrase
    limits: Phrase | None
    expression: str
    source: str
    line: int
    checks: int = 0
    holds: int = 0
    reconcilable: int = 0
    violated: int = 0
    untestable: int = 0


@frozen
class FigureUse:
    """A figure of the checked tables and the ids of the checks it took part in (empty: no rule looked at it).

    `compared` says whether one of them compares it with another figure; `untold` that it took part in checks of which none
    is told with it, since there are too many.
    """

    cell: Cell
    indicator: str
    region: str
    industry: str
    period: str
    measure: str
    checks: tuple[str, ...]
    compared: bool = False
    untold: bool = False


@frozen
class Summary:
    """The totals of a run.

    `figures_covered` took part in at least one check that gave a verdict, `figures_compared` in one that compares them
    with another figure.
    """

    figures: int
    figures_covered: int
    rules: int
    rules_unbound: int
    checks: int
    holds: int
    reconcilable: int
    violated: int
    untestable: int
    waived: int
    figures_compared: int = 0


@frozen
class Input:
    """A file that the run read, with the digest of its bytes."""

    path: str
    sha256: str


@frozen
class Comparison:
    """What became of the findings of an earlier report (`baseline`, its file) that are none any more.

    `settled` are settled; those in `lost` went away only because their relation can no longer be tested.
    """

    baseline: str
    settled: tuple[Finding, ...]
    lost: tuple[Finding, ...]


@frozen
class TableIdentity:
    """What told the rows of a table apart: `columns` that it declares or that were inferred, else its whole content.

    `alike` counts the rows that are not told apart even so; the ids of their checks end in a number.
    """

    table: str
    columns: tuple[str, ...]
    origin: Origin
    alike: int


@frozen
class LeftOut:
    """How many numerals of the documents are no figures here, and why: an English message of the catalogue."""

    why: str
    count: int


@frozen
class Unreadable:
    """Something where a number should stand that holds none: `text` as written, `place` for a reader (table 2, row 3)."""

    place: str
    text: str


@frozen
class Reading:
    """What the documents that a run read held, and what of it was read.

    `numerals` are all numerals seen, `read` those that became figures; all others are told in `left_out`, with the
    reason (a year, an ordinal, part of a name …), and cells that should hold a number and do not in `unreadable`.
    `not_read` names the documents that are in another language than those that are read: nothing of them was.
    """

    numerals: int = 0
    read: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    not_read: tuple[str, ...] = ()


@frozen
class Untold:
    """So many checks of a rule have a verdict and are counted without being told, since there are more than a report
    tells; `severity` is what a finding of them would weigh."""

    rule: str
    verdict: Verdict
    severity: Severity
    count: int


@frozen
class Report:
    """All that a run found. `checks` and `figures` are complete; formats show them when asked for all.

    `clauses` gives the places of the figures their headings; without it reports show the numbers of clauses only.
    `comparison` is there when the run was compared with a baseline. `reading` tells what of the numerals of drafts was
    read, `notes` what of the input was not looked at: pictures of a draft, names that have no code. `identities` say what
    the rows of the tables go by. `untold` are checks that are only counted. `causes` stand behind the findings, where
    they were asked for. `labels` are the English names of the codes that the report speaks of, `texts` the source texts
    by document, where they were given: these stand in no JSON report.
    """

    version: str
    summary: Summary
    documents: tuple[Document, ...]
    inputs: tuple[Input, ...]
    rules: tuple[RuleCard, ...]
    findings: tuple[Finding, ...]
    untestable: tuple[Check, ...]
    unbound_rules: tuple[str, ...]
    checks: tuple[Check, ...]
    figures: tuple[FigureUse, ...]
    clauses: tuple[Clause, ...] = ()
    comparison: Comparison | None = None
    notes: tuple[Phrase, ...] = ()
    reading: Reading = Reading()
    identities: tuple[TableIdentity, ...] = ()
    untold: tuple[Untold, ...] = ()
    causes: tuple[Cause, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def to_frame(
        self, of: FrameOf = "findings", *, library: Library = "pandas", language: Language | None = None
    ) -> Any:
        """A part of the report as a frame of pandas or Polars: one row a finding, check, cell, rule, figure or cause.

        Parts of a key are columns (`key_region`), numbers floats, what is not there null. `language` is that of the
        messages (default: the locale's). Raises `audit.errors.InputError` for a part that this report did not keep:
        checks and figures need `everything=True`, causes `causes=True`.
        """
        from audit.report import report_frame

        return report_frame(self, of, library=library, language=language)

    def save(
        self, path: str | Path, *, language: Language | None = None, all_checks: bool | None = None
    ) -> None:
        """Write the report in the format that the suffix of `path` asks for; see `audit.report.write_report`."""
        from audit.report import write_report

        write_report(self, path, language=language, all_checks=all_checks)

    def _repr_html_(self) -> str:
        """The report's cards, as a notebook shows them."""
        from audit.report import report_cards

        return report_cards(self)
