"""Figures of tables as readings like those of running text: what a cell states, for which period and region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.extraction.figures.budgets import find_budgets
from audit.extraction.figures.figures import Context, Reading
from audit.extraction.figures.meanings import figure_measure, is_lost, kind_in_plan
from audit.extraction.figures.naming import Naming, Role, Sureness
from audit.extraction.figures.period_words import YEAR, find_parts, last_part, named_years, spans
from audit.extraction.figures.wordings import CUMULATIVE, FALL, GROWTH, SHARE, YEARLY
from audit.extraction.tables.cells import CellFigure, bare_name
from audit.extraction.tables.heads import says, without_unit
from audit.extraction.tables.outline import row_names
from audit.extraction.text.clauses import clause_at
from audit.lexicon import pattern
from audit.model.period import Period
from audit.model.rows import FigureKind

_YEAR_FIRST = re.compile(YEAR)
_YEAR_NAME = re.compile(rf"{YEAR}年?")
_WHOLE_SPAN = pattern("<of the whole span>")
_BASELINE = pattern("<column of results>")
_TARGET = pattern("<column of goals>")
_VERB = pattern("(<falls>)|(<rises>)")
_RISE = pattern("<rise>$")
_PLACE = pattern("^[一-龥]{2,8}<end of a place in a table>$|^全(?:市|省|区|县|国|州)$")
_ROLES: dict[str, Role] = {
    "growth": "growth", "change": "change", "share": "share", "completion": "share", "previous_ratio": "share",
}  # fmt: skip


def table_readings(context: Context, figures: Sequence[CellFigure]) -> list[Reading]:
    """A reading for every number of a table.

    Rows that are called the same are told apart by what they are parts of; where that is open, the name is a guess.
    """
    names: dict[tuple[int, int], dict[int, str | None]] = {}
    readings = []
    for figure in figures:
        panel = figure.grid.panels[figure.panel]
        key = (figure.grid.number, figure.panel)
        if key not in names:
            rows = (row.index for row in panel.rows)
            names[key] = dict(zip(rows, row_names(panel), strict=True))
        name = names[key][figure.row.index]
        named = figure if name is None else replace(figure, name=name)
        readings.append(_reading(context, named, "guess" if name is None else "certain"))
    return readings


def _reading(context: Context, figure: CellFigure, sure: Sureness) -> Reading:
    quantity, own = figure.quantity, context.own_time
    clause = clause_at(context.clauses, quantity.start)
    around = context.around(clause)
    place = _place(figure)
    naming = _naming(context, figure, place)
    period, sure_period = _period(context, figure)
    kind = kind_in_plan(_kind(figure, own.reports or is_lost(quantity)), period, own)
    until = bool(_WHOLE_SPAN.search(figure.column.head)) or named_years(figure.column.head) is None
    region = context.regions.names.get(place) or place or None
    return Reading(
        quantity, naming.indicator, naming.role, figure.name, naming.rising, str(period) if period else None,
        region or context.regions.own,
        around.industry, figure_measure(quantity, naming, kind, until), kind, clause.id if clause else None,
        quantity.span_start, quantity.span_end, -figure.row.block.start - 1, figure.row.block,
        sure if naming.sure == "certain" else naming.sure, sure_period, "certain" if region else "inferred", figure,
        *_budget(figure),
    )  # fmt: skip


def _kind(figure: CellFigure, reports: bool) -> FigureKind:
    head = figure.column.head
    if _TARGET.search(head) and not _BASELINE.search(head):
        return "target"
    return "baseline" if reports or _BASELINE.search(head) else "target"


def _place(figure: CellFigure) -> str:
    """The place that the row, or else the column, is for."""
    names = (*reversed(figure.row.names), *(without_unit(head) for head in figure.column.heads))
    return next((name for name in names if _PLACE.match(name)), figure.row.place)


def _budget(figure: CellFigure) -> tuple[str | None, str | None]:
    """The account and the tier of government that the names and heads of a cell tell, or else the caption."""
    texts = (*reversed(figure.row.names), *reversed(figure.column.heads), figure.grid.caption)
    marks = [find_budgets(text) for text in texts]
    account = next((code for one in marks for code in one.accounts[1]), None)
    tier = next((code for one in marks for code in one.tiers[1]), None)
    return account, tier or None


def _naming(context: Context, figure: CellFigure, place: str) -> Naming:
    """The indicator of a cell: what its row names, with what its head adds to it.

    A verb in the cell (`下降15%`) makes a rate of it; a number in brackets under `累计` is the change over all years.
    """
    column = figure.column
    head = without_unit(column.head)
    name = _counted_in_row(figure, place)
    sure: Sureness = "certain" if figure.name else "guess"
    if figure.cumulative and says(head, "cumulative"):
        return Naming(f"{_RISE.sub('', name)}{CUMULATIVE}", "change", sure, name, lead=f"{CUMULATIVE}{name}")
    role: Role = _ROLES.get(column.meaning, "level")
    if column.meaning == "change":
        name += head
    elif role == "level" and column.name not in ("", place):
        name += column.name
    name = name or column.name or head
    verb = _verb(context, figure) if role == "level" and figure.quantity.unit in ("%", "‰") else None
    if verb:
        ending = FALL if verb[1] else GROWTH
        return Naming(name + ending, "growth", sure, name, not verb[1], lead=head)
    if column.meaning == "growth":
        name = _RISE.sub("", name) + (YEARLY if YEARLY in head else "") + GROWTH
    elif column.meaning == "share":
        name += SHARE
    elif column.meaning in ("completion", "previous_ratio"):
        name += head
    return Naming(name, role, sure, figure.name, lead=head + name)


def _counted_in_row(figure: CellFigure, place: str) -> str:
    """What the row counts: its name; for a place or a year what an earlier label, the head or the caption names."""
    if not _YEAR_NAME.fullmatch(figure.name) and bare_name(figure.row.name) not in (
        place,
        without_unit(place),
    ):
        return figure.name
    earlier = [
        label for label in figure.row.names[:-1] if not _PLACE.match(label) and label != figure.row.place
    ]
    if earlier or (figure.column.name not in ("", place) and figure.column.meaning == "level"):
        return earlier[-1] if earlier else ""
    return _noun_of_caption(figure.grid.caption)


def _noun_of_caption(caption: str) -> str:
    text = pattern(r"^<numbered caption>?\s*\d*[-—.]?\d*(?![\d年月])\s*").sub("", caption)
    text = pattern(rf"{YEAR}年|<of the districts>(?:县|市)*|<filler of a caption>|表$").sub("", text)
    parts = find_parts(text)
    start = parts.ends[0] if parts.starts and parts.starts[0] == 0 else 0
    return text[start:].strip(" :")


def _verb(context: Context, figure: CellFigure) -> re.Match[str] | None:
    clean = context.layout.plain.clean
    within = clean[figure.row.block.start : figure.quantity.span_start].rsplit("\t", 1)[-1]
    return _VERB.search(within)


def _period(context: Context, figure: CellFigure) -> tuple[Period | None, Sureness]:
    """The years that head, row, caption or document give, narrowed to the part of a year that head or row name."""
    period, sure = _years(context, figure)
    texts = (figure.column.head, *reversed(figure.row.names))
    part = next((part for text in texts if (part := last_part(text))), None)
    return (part.of(period.first_year) if part and period and not period.is_span else period), sure


def _years(context: Context, figure: CellFigure) -> tuple[Period | None, Sureness]:
    """The year in the head or row; for a total or an average of years all of them; else the year of the caption or of
    the document."""
    own, head = context.own_time, figure.column.head
    named = named_years(head) or next(
        (
            found
            for name in reversed(figure.row.names)
            if _YEAR_FIRST.match(name) and (found := named_years(name))
        ),
        None,
    )
    if named:
        return named, "certain"
    if figure.cumulative or _WHOLE_SPAN.search(head):
        columns = figure.grid.panels[figure.panel].values
        span = own.span or spans([found for column in columns if (found := named_years(column.head))])
        if span:
            return span, "inferred"
    return _year_of_table(context, figure), "inferred"


def _year_of_table(context: Context, figure: CellFigure) -> Period | None:
    """The year before that of the caption or the document, where the head says so; else that year."""
    own = context.own_time
    named = named_years(figure.grid.caption)
    heading = context.around(clause_at(context.clauses, figure.quantity.start)).time
    year = named if named and not named.is_span else own.goal_year
    if year is None:
        return heading.period if heading is not None else None
    before = figure.column.meaning == "level" and says(figure.column.head, "previous")
    return year.moved(-1) if before else year
