"""Plans put side by side: the figures of several drafts as one table, so that rules between documents can compare them.

What a draft gives to the comparison is kept as plain text cells, so that a plan that did not change need not be read
again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from audit.engine.frames import Table
from audit.model.frozen import frozen
from audit.model.report import Report
from audit.model.rows import Document
from audit.model.text_frame import TextFrame
from audit.workspace.drafts import Draft, with_document
from audit.workspace.loading import Workspace
from audit.workspace.standard import shape

FIGURES = "targets"


@frozen(slots=False)
class Comparable:
    """What a plan gives to a comparison with others: its document, and its figures by column as written in tables.

    `compared` and `covered` are the ids of figures that the check of the plan alone compared, and looked at; `scanned`
    says how sure those are that were recognised in pictures, and is `None` where the plan has no such pages.
    """

    path: str
    document: Document
    figures: dict[str, list[str | None]]
    covered: tuple[str, ...]
    compared: tuple[str, ...]
    scanned: dict[str, str] | None = None

    def as_text(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_comparable(text: str) -> Comparable:
    """What `Comparable.as_text` wrote."""
    read = json.loads(text)
    return Comparable(
        read["path"], Document(**read["document"]), read["figures"], tuple(read["covered"]), tuple(read["compared"]),
        read["scanned"],
    )  # fmt: skip


def comparable(draft: Draft, report: Report) -> Comparable:
    """What a draft gives, its figures under the codes that it was checked with; `report` is that on the draft alone."""
    scanned = draft.workspace.scans.get(draft.document.id)
    figures = draft.workspace.tables[FIGURES]
    own = [row for row in figures.texts() if row["document"] == draft.document.id]
    return Comparable(
        draft.source.path,
        draft.document,
        {name: [row[name] for row in own] for name in shape(FIGURES).columns},
        tuple(use.cell.id for use in report.figures if use.checks),
        tuple(use.cell.id for use in report.figures if use.compared),
        None if scanned is None else {name: str(sure) for name, sure in scanned.items()},
    )


def together(plans: Sequence[Comparable], root: Path) -> Workspace:
    """The figures of plans as a workspace that has nothing else; what is the same has the same name in each."""
    known = shape(FIGURES)
    frame = TextFrame.stacked([TextFrame(plan.figures).select(list(known.columns)) for plan in plans])
    sources = tuple((plan.path, (0,) * len(plan.figures["id"])) for plan in plans)
    documents = None
    for plan in plans:
        documents = with_document(documents, plan.document)
    assert documents is not None
    return Workspace(
        root=root,
        tables={FIGURES: Table(FIGURES, frame, dict(known.columns), known.key, sources)},
        codes={"document": documents},
        documents=tuple(plan.document for plan in plans),
        clauses=(),
        inputs=(),
        scans={
            plan.document.id: {name: Decimal(sure) for name, sure in plan.scanned.items()}
            for plan in plans
            if plan.scanned is not None
        },
    )
