"""Figures of tables as readings like those of running text: what a cell states, for which period and region."""

from __future__ import annotations

import re

from audit.extraction.figures.figures import Context, Reading
from audit.extraction.figures.grids import CellFigure, read_grids
from audit.extraction.figures.indicators import Naming, Role, Sureness
from audit.extraction.figures.meanings import figure_measure
from audit.extraction.text.clauses import clause_at
from audit.model.rows import FigureKind

_YEARS = re.compile(r"((?:19|20)\d\d)(?:年?[-—至~]((?:19|20)\d\d))?")
_WHOLE_SPAN = re.compile("年均|合计|总计")
_BASELINE = re.compile("基期|现状|实际")
_VERB = re.compile(r"(下降|减少|降低)|(增长|增加|提高)")


def read_tables(context: Context) -> list[Reading]:
    """Every figure in the tables of a document, row by row."""
    return [_reading(context, figure) for figure in read_grids(context.layout)]


def _reading(context: Context, figure: CellFigure) -> Reading:
    quantity, own = figure.quantity, context.own_time
    clause = clause_at(context.clauses, quantity.start)
    around = context.around(clause)
    naming = _naming(context, figure)
    kind: FigureKind = "baseline" if own.reports or _BASELINE.search(figure.head) else "target"
    period, sure_period = _period(context, figure)
    until = bool(_WHOLE_SPAN.search(figure.head)) or not _YEARS.search(figure.head)
    region = context.regions.names.get(figure.region_text) or figure.region_text or None
    return Reading(
        quantity, naming.indicator, naming.role, figure.label, naming.rising, period, region or context.regions.own,
        around.industry, figure_measure(quantity, naming, kind, until), kind, clause.id if clause else None,
        quantity.span_start, quantity.span_end, -figure.line, figure.row, naming.sure, sure_period,
        "certain" if region else "inferred", figure,
    )  # fmt: skip


def _naming(context: Context, figure: CellFigure) -> Naming:
    """The indicator of a cell; a verb in it (`下降15%`) makes a rate of what its row names."""
    role: Role = "growth" if figure.growth else "share" if figure.share else "level"
    sure: Sureness = "certain" if figure.label else "guess"
    clean = context.layout.plain.clean
    within = clean[figure.row.start : figure.quantity.span_start].rsplit("\t", 1)[-1]
    verb = _VERB.search(within) if role == "level" and figure.quantity.unit in ("%", "‰") else None
    if verb is None:
        return Naming(figure.indicator, role, sure, figure.label, lead=figure.head + figure.indicator)
    word = "降幅" if verb[1] else "增速"
    return Naming(figure.indicator + word, "growth", sure, figure.label, not verb[1], lead=figure.head)


def _period(context: Context, figure: CellFigure) -> tuple[str | None, Sureness]:
    """The year in the head, row or caption; the whole span for a total or an average of years; else the document's."""
    own = context.own_time
    years = _YEARS.search(figure.period_text)
    if years:
        return (f"{years[1]}/{years[2]}" if years[2] else years[1]), "certain"
    if own.span and _WHOLE_SPAN.search(figure.head):
        return own.span, "inferred"
    heading = context.around(clause_at(context.clauses, figure.quantity.start)).time
    if own.goal is None and heading is not None:
        return heading.period, "inferred"
    return (str(own.goal) if own.goal else None), "inferred"
