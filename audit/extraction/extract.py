"""From the text of a plan to the rows of the extracted tables, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from audit.documents.model import Table
from audit.extraction.account import account
from audit.extraction.figures.areas import with_areas
from audit.extraction.figures.budgets import find_budgets
from audit.extraction.figures.earned import earned_cell
from audit.extraction.figures.figures import Context, Reading, read_running_text
from audit.extraction.figures.naming import Sureness
from audit.extraction.figures.period_words import find_parts
from audit.extraction.figures.periods import document_time, find_times, issue_year
from audit.extraction.figures.regions import find_regions
from audit.extraction.figures.surroundings import clause_surroundings
from audit.extraction.numbers.scanner import scan_all
from audit.extraction.relations.relation_rows import relation_rows
from audit.extraction.tables.cells import read_cells, with_running_cells
from audit.extraction.tables.figures import table_readings
from audit.extraction.tables.structure import find_grids
from audit.extraction.tables.tasks import with_table_tasks
from audit.extraction.text.clauses import ClauseSpan, clause_at, find_clauses, is_excerpt
from audit.extraction.text.language import is_foreign
from audit.extraction.text.layout import Layout, lay_out, titles_of
from audit.extraction.text.plaintext import Plain
from audit.extraction.things.citations import find_citations
from audit.extraction.things.duties import with_duties
from audit.extraction.things.lists import find_lists
from audit.extraction.things.mentions import find_mentions
from audit.lexicon.aims import aim_of
from audit.model.frozen import frozen
from audit.model.relation import Relation
from audit.model.report import Reading as Account
from audit.model.rows import Citation, Clause, Figure, Mention, StatedList, figure_id


@frozen(guarded=False)
class Certainty:
    """How sure each part of a figure is: read in its phrase, carried from elsewhere, or guessed."""

    figure: str
    indicator: Sureness
    period: Sureness
    region: Sureness


@frozen
class Extract:
    """What a text states. Rows are in the order of the text; `certainty` has one row for each figure.

    `complete` is false for an excerpt that begins inside its document. `reading` tells what of the numbers was read.
    `places` are the stretches of the clauses' first lines in the text, and at "" that of the title.
    """

    region: str | None
    period: str | None
    complete: bool
    figures: tuple[Figure, ...]
    certainty: tuple[Certainty, ...]
    clauses: tuple[Clause, ...]
    lists: tuple[StatedList, ...]
    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]
    reading: Account = field(default_factory=Account)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def extract(
    text: str, document: str = "draft", *, file_name: str = "", tables: Sequence[Table] = ()
) -> Extract:
    """Read the figures, clauses, lists, mentions and citations of a plan.

    `text` is the plan as one string; all offsets of the rows are 0-based character offsets in it. `file_name` helps
    where the text names neither place nor year. `tables` are stretches of the text that a reader of documents has
    already recognised as tables; tab-separated lines and tables of one cell a line are found without it. Reads no file,
    needs no network, gives the same rows for the same text.
    """
    layout = lay_out(text, tables)
    grids = find_grids(layout)
    layout = with_running_cells(layout, grids)
    titles, clean = titles_of(layout), layout.plain.clean
    own_time = document_time(titles, clean, file_name)
    clauses = with_duties(find_clauses(layout), clean, reports=own_time.reports)
    clauses = with_table_tasks(clauses, grids)
    times = find_times(clean, issue_year(titles, clean), own_time)
    regions = find_regions(titles, clean, file_name)
    numbers = scan_all(clean)
    context = Context(
        layout, clauses, times, own_time, regions,
        clause_surroundings(clauses, times, regions, clean), find_budgets(clean), find_parts(clean),
        numbers.quantities,
    )  # fmt: skip
    in_cells, unread = read_cells(layout, grids)
    cells = (
        replace(reading, sure=earned_cell(reading.sure_indicator, reading.sure_period, own_time))
        for reading in table_readings(context, in_cells)
    )
    read = [*read_running_text(context), *cells]
    named = [reading for reading in read if reading.indicator]  # what has no name cannot be compared
    readings = with_areas(sorted(named, key=lambda reading: reading.quantity.start), clauses)
    told = account(layout, [reading.quantity for reading in readings], clauses, grids, unread, numbers.names)
    if not readings and is_foreign(clean):
        return _not_read(document, told)
    own_period = own_time.span or own_time.goal_year
    figures = _figures(readings, layout.plain, document)
    doubtful = _doubtful(readings, figures)
    return Extract(
        context.regions.own,
        str(own_period) if own_period else None,
        not is_excerpt(clauses),
        figures,
        tuple(
            Certainty(
                figure.id,
                "guess" if figure.id in doubtful else reading.sure_indicator,
                reading.sure_period,
                reading.sure_region,
            )
            for figure, reading in zip(figures, readings, strict=True)
        ),
        tuple(_clause(clause, layout.plain, document) for clause in clauses),
        _lists(readings, layout, clauses, document),
        _mentions(layout, clauses, document),
        _citations(layout.plain, clauses, document),
        relation_rows(clean, readings, figures, document),
        told,
        _places(clauses, layout.plain),
    )


def _places(clauses: Sequence[ClauseSpan], plain: Plain) -> dict[str, tuple[int, int]]:
    """Where every clause begins, to the end of its first line; at "" the first line of the text."""
    starts = {"": 0} | {clause.id: clause.start for clause in clauses if clause.start < clause.end}
    found = {}
    for name, start in starts.items():
        first = next((at for at in range(start, len(plain.clean)) if not plain.clean[at].isspace()), None)
        if first is not None:
            end = plain.clean.find("\n", first)
            found[name] = plain.slice_of(first, end if end >= 0 else len(plain.clean))
    return found


def _not_read(document: str, told: Account) -> Extract:
    """What a document in a language that is not read states, as far as it can be told: nothing."""
    return Extract(None, None, False, (), (), (), (), (), (), (), replace(told, not_read=(document,)))


def _figures(readings: Sequence[Reading], plain: Plain, document: str) -> tuple[Figure, ...]:
    seen: dict[str, int] = {}
    figures = []
    for reading in readings:
        quantity = reading.quantity
        start, end = plain.slice_of(quantity.start, quantity.end)
        evidence_start, evidence_end = plain.slice_of(reading.evidence_start, reading.evidence_end)
        key = figure_id(
            document,
            reading.region,
            reading.industry,
            reading.indicator,
            reading.period,
            reading.measure,
        )
        count = seen[key] = seen.get(key, 0) + 1
        literal = plain.text[start:end]
        evidence = plain.text[min(evidence_start, start) : max(evidence_end, end)]
        figures.append(
            Figure(
                id=key if count == 1 else f"{key}~{count}",
                document=document,
                clause=reading.clause,
                region=reading.region,
                industry=reading.industry,
                indicator=reading.indicator,
                period=reading.period,
                measure=reading.measure,
                literal=literal,
                value=quantity.value,
                low=quantity.low,
                high=quantity.high,
                unit=_shown_unit(quantity.unit),
                bound=quantity.bound,
                kind=reading.kind,
                evidence=evidence,
                start=start,
                end=end,
                account=reading.account,
                tier=reading.tier,
                sure=reading.sure,
                aim=aim_of(reading.indicator, quantity.bound, evidence, literal),
            )
        )
    return tuple(figures)


def _doubtful(readings: Sequence[Reading], figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of figures that only look like one thing stated twice: `建设8个中央级库` here and `建设7个中央级库` there.

    Where the noun follows the number, what else is built, held or founded may bear the same noun, so different numbers
    are more likely different things.
    """
    groups: dict[tuple[str | None, ...], list[Figure]] = {}
    for reading, figure in zip(readings, figures, strict=True):
        if reading.role == "named":
            key = (figure.region, figure.industry, figure.indicator, figure.period, figure.measure)
            groups.setdefault(key, []).append(figure)
    return frozenset(
        figure.id for group in groups.values() if len({f.value for f in group}) > 1 for figure in group
    )


def _shown_unit(unit: str | None) -> str | None:
    """`四大产业` counts 个; every other unit is kept as written."""
    return "个" if unit == "大" else unit


def _clause(clause: ClauseSpan, plain: Plain, document: str) -> Clause:
    return Clause(
        document, clause.id, clause.parent, clause.number, clause.kind, _heading_as_written(clause, plain),
        ";".join(clause.lead) or None, ";".join(clause.support) or None,
    )  # fmt: skip


def _heading_as_written(clause: ClauseSpan, plain: Plain) -> str | None:
    if clause.heading is None:
        return None
    at = plain.clean.index(clause.heading, clause.start)
    return _as_written(plain, at, at + len(clause.heading))


def _as_written(plain: Plain, start: int, end: int) -> str:
    """A stretch of the cleaned text as the source has it, without the line breaks in it."""
    first, last = plain.slice_of(start, end)
    return "".join(line.strip() for line in plain.text[first:last].splitlines())


def _lists(
    readings: Sequence[Reading], layout: Layout, clauses: list[ClauseSpan], document: str
) -> tuple[StatedList, ...]:
    plain = layout.plain
    counted = [(reading.quantity, reading.indicator) for reading in readings if reading.cell is None]
    places = [reading.quantity.start for reading in readings]
    rows = []
    for span in find_lists(plain.clean, counted, places):
        start, end = plain.slice_of(span.quantity.start, span.quantity.end)
        evidence_start, evidence_end = plain.slice_of(
            span.quantity.span_start, span.quantity.span_end + len(span.noun)
        )
        clause = clause_at(clauses, span.quantity.start)
        rows.append(
            StatedList(
                document,
                clause.id if clause else None,
                span.noun,
                span.stated,
                len(span.items) or None,
                ";".join(span.items) or None,
                span.open_ended,
                plain.text[evidence_start:evidence_end],
                start,
                end,
            )
        )
    return tuple(rows)


def _mentions(layout: Layout, clauses: list[ClauseSpan], document: str) -> tuple[Mention, ...]:
    plain = layout.plain
    rows = []
    for span in find_mentions(plain.clean, clauses):
        start, end = plain.slice_of(span.start, span.end)
        first, last = plain.slice_of(span.evidence_start, span.evidence_end)
        evidence = plain.text[first:last]
        rows.append(
            Mention(document, span.clause, plain.text[start:end], span.kind, span.role, evidence, start, end)
        )
    return tuple(rows)


_YEAR_BRACKETS = str.maketrans("[]［］", "〔〕〔〕")


def _citations(plain: Plain, clauses: list[ClauseSpan], document: str) -> tuple[Citation, ...]:
    rows = []
    for span in find_citations(plain.clean):
        start, end = plain.slice_of(span.start, span.end)
        clause = clause_at(clauses, span.start)
        number, title = (_as_written(plain, *part) if part else None for part in (span.number, span.title))
        number = "".join(number.split()).translate(_YEAR_BRACKETS) if number else None
        rows.append(Citation(document, clause.id if clause else None, number, title, start, end))
    return tuple(rows)
