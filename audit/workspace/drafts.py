"""A draft as a workspace: the plan is read, its figures are extracted, and the tables are those of any workspace.

Alone a draft is checked against itself, with code lists made of what it names. Against a workspace its figures are
mapped to that workspace's codes and stand beside the figures of the plans in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from audit.documents.model import SourceDocument
from audit.documents.opening import read_document
from audit.engine.frames import Table
from audit.extraction import Extract, extract
from audit.extraction.account import FOREIGN
from audit.extraction.text.language import is_foreign
from audit.lexicon import pattern
from audit.model.codes import CodeList, Member
from audit.model.frozen import frozen
from audit.model.phrase import Language, Phrase
from audit.model.report import Input
from audit.model.rows import Document, Figure
from audit.model.text_frame import TextFrame
from audit.tables.kinds import KINDS
from audit.tables.writing import as_cell
from audit.workspace.figure_words import with_words
from audit.workspace.loading import Workspace
from audit.workspace.sources import document_id
from audit.workspace.standard import FIGURES, STANDARD, shape

_SHOWN = 12


@frozen(slots=False)
class Draft:
    """A draft ready to be checked.

    `notes` tell what could not be read or mapped.
    """

    source: SourceDocument
    document: Document
    extracted: Extract
    workspace: Workspace
    notes: tuple[Phrase, ...]

    @property
    def language(self) -> Language:
        """The language that the draft is written in, and comments on it are."""
        return "en" if is_foreign(self.source.text) else "zh"


def load_draft(path: Path, against: Workspace | None = None, *, name: str | None = None) -> Draft:
    """Read a draft and extract its tables; `InputError` for a file that cannot be read.

    `name` is the id that the document gets (default: that of the file's name); where the workspace has a document of
    that id, an earlier version perhaps, the draft's is marked as the draft's.
    """
    source = read_document(path)
    name = name or document_id(path)
    if against is not None and any(document.id == name for document in against.documents):
        name += "-draft"
    extracted = extract(source.text, name, file_name=path.name, tables=_tables(source))
    document = Document(
        id=name, number=None, title=name, issuer=None, date=None, region=extracted.region, period=extracted.period,
        sha256=source.sha256, complete=extracted.complete,
    )  # fmt: skip
    notes = tuple(_unread(source, extracted))
    scans = _scans(source, extracted, name)
    if scans:
        notes += (_told_scanned(source, scans[name]),)
    if against is None:
        workspace = replace(_alone(path, document, extracted), scans=scans)
    else:
        extracted, unmapped = _mapped(extracted, against)
        notes += unmapped
        workspace = _beside(path, document, extracted, against)
        workspace = replace(workspace, scans={**against.scans, **scans})
    return Draft(
        source=source, document=document, extracted=extracted, workspace=workspace, notes=notes,
    )  # fmt: skip


def _guessed(extracted: Extract) -> frozenset[str]:
    """The figures that rest on a guess, and the relations of which not every part is certain."""
    figures = {c.figure for c in extracted.certainty if "guess" in (c.indicator, c.period, c.region)}
    return frozenset(figures | {r.relation for r in extracted.relations if r.sure != "certain"})


def _scans(source: SourceDocument, extracted: Extract, document: str) -> dict[str, dict[str, Decimal]]:
    """How sure the figures are that were recognised in pictures; empty where all pages have their own text.

    In hundredths, rounded down: nothing that was recognised is quite sure.
    """
    if not source.recognised:
        return {}
    sure = {figure.id: source.sureness(figure.start, figure.end) for figure in extracted.figures}
    hundredths = {
        name: min(99, max(1, int(found * 100))) for name, found in sure.items() if found is not None
    }
    return {document: {name: Decimal(found).scaleb(-2) for name, found in hundredths.items()}}


def _told_scanned(source: SourceDocument, sure: Mapping[str, Decimal]) -> Phrase:
    """What was read from pictures, and how far it can be trusted."""
    pages, figures = len(source.recognised), len(sure)
    least = f"{min(sure.values(), default=Decimal(0)):.0%}"
    of, of_en = (f"，把握至少 {least}", f", the least sure to {least}") if figures else ("", "")
    return Phrase(
        f"有 {pages} 页是扫描件，经文字识别读出 {figures} 个指标值{of}；仅据此发现的问题不算错误，请对照原件核实",
        f"{pages} page{'s' if pages > 1 else ''} of {source.path.rpartition('/')[2]} "
        f"{'are scans' if pages > 1 else 'is a scan'}: {figures} figure{'s' if figures != 1 else ''} recognised{of_en}; "
        "nothing that rests on them is an error, compare it with the original",
    )


def _tables(source: SourceDocument) -> tuple[Any, ...]:
    return tuple(block.table for block in source.blocks if block.table is not None)


def rows_of_draft(document: Document, extracted: Extract) -> dict[str, Sequence[Any]]:
    """The rows of every kind of table that extraction gives, by the name of the table."""
    rows: dict[str, Sequence[Any]] = {
        kind.name: getattr(extracted, kind.extracted) for kind in KINDS if kind.extracted
    }
    return {"documents": (document,), **rows}


def _alone(path: Path, document: Document, extracted: Extract) -> Workspace:
    rows = rows_of_draft(document, extracted)
    tables = {name: _table(name, rows[name], path.as_posix()) for name in STANDARD}
    codes = _own_codes(document, extracted.figures)
    return Workspace(
        root=path.parent,
        tables={**tables, FIGURES: with_words(tables[FIGURES], codes.get("indicator"))},
        codes=codes,
        documents=(document,),
        clauses=extracted.clauses,
        inputs=(Input(path.as_posix(), document.sha256 or ""),),
        guessed=_guessed(extracted),
    )


def _beside(path: Path, document: Document, extracted: Extract, against: Workspace) -> Workspace:
    """The workspace's tables with the draft's rows after theirs."""
    rows = rows_of_draft(document, extracted)
    tables = dict(against.tables)
    for name in STANDARD:
        own = _table(name, rows[name], path.as_posix())
        own = with_words(own, against.codes.get("indicator")) if name == FIGURES else own
        if name in tables:
            frame = TextFrame.stacked([tables[name].frame, own.frame])
            tables[name] = replace(tables[name], frame=frame, sources=(*tables[name].sources, *own.sources))
        else:
            tables[name] = own
    inputs = (*against.inputs, Input(path.as_posix(), document.sha256 or ""))
    codes = {**against.codes, "document": with_document(against.codes.get("document"), document)}
    return replace(
        against, tables=tables, codes=codes, documents=(*against.documents, document),
        clauses=(*against.clauses, *extracted.clauses), inputs=inputs,
        guessed=against.guessed | _guessed(extracted),
    )  # fmt: skip


def _table(name: str, rows: Sequence[Any], path: str) -> Table:
    """A table of rows as the engine reads it: every column as text, blank as null."""
    known = shape(name)
    cells = {column: [as_cell(getattr(row, column)) for row in rows] for column in known.columns}
    return Table(name, TextFrame(cells), dict(known.columns), known.key, ((path, (0,) * len(rows)),))


def _own_codes(document: Document, figures: Sequence[Figure]) -> dict[str, CodeList]:
    """Code lists of what a draft names: its regions below its own, its indicators, additive unless they are ratios or
    may lie below zero (`比年初增减额`).
    """
    regions = dict.fromkeys(f.region for f in figures if f.region and f.region != document.region)
    own = (
        {document.region: Member(document.region, None, (), {"breakdown": "of_which"})}
        if document.region
        else {}
    )
    ratios = {f.indicator for f in figures if f.measure in ("rate", "size", "count")}
    names = {f.indicator: f.indicator not in ratios and not _SIGNED.search(f.indicator) for f in figures}
    indicators = {name: {"additive": str(additive).lower()} for name, additive in names.items()}
    return {
        "document": with_document(None, document),
        "region": CodeList("region", own | {r: Member(r, document.region) for r in regions}),
        "indicator": CodeList("indicator", {i: Member(i, None, (), a) for i, a in indicators.items()}),
        "industry": CodeList("industry", {f.industry: Member(f.industry) for f in figures if f.industry}),
    }


_SIGNED = pattern("<of either sign>")


def with_document(codes: CodeList | None, document: Document) -> CodeList:
    """A code list of documents with one more."""
    attributes = {n: str(v) for n in ("title", "date", "region", "period") if (v := getattr(document, n))}
    member = Member(document.id, None, (), attributes | {"complete": str(document.complete).lower()})
    return CodeList("document", {**(codes.members if codes else {}), document.id: member})


def _mapped(extracted: Extract, against: Workspace) -> tuple[Extract, tuple[Phrase, ...]]:
    """The figures under the codes of a workspace, by code or alias, and what has no code there."""
    unmapped: dict[str, dict[str, None]] = {"indicator": {}, "region": {}, "industry": {}}

    def code(dimension: str, name: str | None) -> str | None:
        if not name:
            return None
        known = against.codes[dimension].names if dimension in against.codes else {}
        found = next((known[spelt] for spelt in _spellings(dimension, name) if spelt in known), None)
        if found is None:
            unmapped[dimension][name] = None
        return found or name

    figures = tuple(
        replace(
            figure,
            indicator=code("indicator", figure.indicator) or figure.indicator,
            region=code("region", figure.region),
            industry=code("industry", figure.industry),
        )
        for figure in extracted.figures
    )
    return replace(extracted, figures=figures), tuple(_notes(unmapped))


def _spellings(dimension: str, name: str) -> tuple[str, ...]:
    """How a code list may spell a name of a draft: fields with their ending, indicators without the verb before."""
    if dimension == "industry":
        return (name, *(name + ending for ending in ("产业", "领域", "产业领域", "行业")))
    if dimension == "indicator":
        return (name, *(name.removeprefix(verb) for verb in ("新增", "累计新增", "累计")))
    return (name,)


def _notes(unmapped: dict[str, dict[str, None]]) -> list[Phrase]:
    words = {
        "indicator": ("指标", "indicators"),
        "region": ("地区", "regions"),
        "industry": ("行业", "industries"),
    }
    notes = []
    for dimension, names in unmapped.items():
        if names:
            listed = "、".join(list(names)[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
            zh, en = words[dimension]
            notes.append(
                Phrase(
                    f"有 {len(names)} 个{zh}在对照的工作区中没有代码，未与其比较：{listed}",
                    f"{len(names)} {en} have no code in the workspace and were not compared with it: {listed}",
                )
            )
    return notes


def _unread(source: SourceDocument, extracted: Extract) -> list[Phrase]:
    """What of a document holds figures perhaps and was not read: pictures, and passages in another language."""
    notes = [Phrase(f"未能读取：{part.zh}", f"not read: {part.en}") for part in source.unread]
    foreign = sum(one.count for one in extracted.reading.left_out if one.why == FOREIGN)
    for name in extracted.reading.not_read:
        notes.append(
            Phrase(
                f"文件 {name} 不是中文，没有读取，其中有 {foreign} 个数字",
                f"{name} is in another language than Chinese and was not read; it has {foreign} numbers in it",
            )
        )
    if foreign and not extracted.reading.not_read:
        notes.append(
            Phrase(
                f"未能读取：非中文的段落和表格，其中有 {foreign} 个数字",
                f"not read: passages and tables in other languages than Chinese, with {foreign} numbers in them",
            )
        )
    return notes
