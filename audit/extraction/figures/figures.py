"""Figures with their context: indicator, period, region, industry, measure and kind, and how sure each part is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from audit.extraction.figures.budgets import Budget, BudgetMarks, budget_at, names_whole_account
from audit.extraction.figures.earned import earned
from audit.extraction.figures.figure_periods import FigurePeriod, figure_period, in_part, years_of_lists
from audit.extraction.figures.indicators import name_figure
from audit.extraction.figures.meanings import figure_kind, figure_measure, settled_kind
from audit.extraction.figures.naming import Naming, Passage, Role, Sureness
from audit.extraction.figures.nouns import BRACKETS
from audit.extraction.figures.period_words import PartsNamed
from audit.extraction.figures.periods import DocumentTime, Time
from audit.extraction.figures.rates import name_ratio
from audit.extraction.figures.region_marks import (
    CarriedRegion,
    RegionMark,
    carry_region,
    marked_region,
    region_marks,
)
from audit.extraction.figures.regions import Regions
from audit.extraction.figures.surroundings import NOTHING, Surroundings, Title
from audit.extraction.figures.wordings import SHARE
from audit.extraction.tables.cells import CellFigure
from audit.extraction.text.clauses import ClauseSpan, clause_at
from audit.extraction.text.footnotes import without_marks
from audit.extraction.text.language import is_foreign
from audit.extraction.text.layout import Layout, LayoutBlock
from audit.model.frozen import frozen
from audit.model.rows import FigureKind, Measure
from audit.numbers.quantities import Quantity
from audit.numbers.units import unit_class


@frozen(guarded=False)
class Reading:
    """One figure as read, offsets in the cleaned text. `evidence` is a stretch of it that holds figure and noun.

    `role` tells a level from what is said about it (`growth`, `change`, `share`), `subject` is the noun of that level;
    `sentence` numbers the sentences of the text. A figure of a table has its `cell`. `sure` says how the whole key was
    got (see `earned`).
    """

    quantity: Quantity
    indicator: str
    role: Role
    subject: str
    rising: bool
    period: str | None
    region: str | None
    industry: str | None
    measure: Measure
    kind: FigureKind
    clause: str | None
    evidence_start: int
    evidence_end: int
    sentence: int
    block: LayoutBlock
    sure_indicator: Sureness
    sure_period: Sureness
    sure_region: Sureness
    cell: CellFigure | None = None
    account: str | None = None
    tier: str | None = None
    sure: Sureness = "inferred"


@frozen(slots=False)
class Context:
    """What is known of the whole document before its figures are read; `surroundings` by clause id."""

    layout: Layout
    clauses: list[ClauseSpan]
    times: list[Time]
    own_time: DocumentTime
    regions: Regions
    surroundings: dict[str, Surroundings]
    budgets: BudgetMarks
    parts: PartsNamed
    quantities: Sequence[Quantity]

    @cached_property
    def by_id(self) -> dict[str, ClauseSpan]:
        """The clauses by their ids."""
        return {clause.id: clause for clause in self.clauses}

    def around(self, clause: ClauseSpan | None) -> Surroundings:
        """What the headings above a clause say."""
        return self.surroundings.get(clause.id, NOTHING) if clause is not None else NOTHING


_SENTENCE = re.compile(r"[。!?;\n]|\.(?=[一-龥])")
_LONGEST_EVIDENCE = 40
_LONGEST_NOUN = 24
"""Of a heading that stands for the noun of a figure without one (`1.支持创新\n安排2亿元`)."""


def read_running_text(context: Context) -> list[Reading]:
    """Every figure outside tables, in the order of the text."""
    layout, clean = context.layout, context.layout.plain.clean
    quantities = without_marks(context.quantities, layout.marks)
    starts = [quantity.start for quantity in quantities]
    ends = [match.end() for match in _SENTENCE.finditer(clean)]
    readings: list[Reading] = []
    carried: CarriedRegion | None = None
    title = Title()
    for block in layout.blocks:
        if block.kind == "row" or is_foreign(clean[block.start : block.end]):
            continue
        clause = clause_at(context.clauses, block.start)
        title = title.after(block, clause)
        carried = carry_region(context.regions, clean, block.start, clause.id if clause else None, carried)
        inside = quantities[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if inside:
            readings.extend(_Paragraph(context, block, clause, carried, inside, ends, title).read())
    return readings


class _Paragraph:
    """One paragraph while its figures are read from left to right."""

    def __init__(
        self,
        context: Context,
        block: LayoutBlock,
        clause: ClauseSpan | None,
        carried: CarriedRegion | None,
        inside: Sequence[Quantity],
        ends: Sequence[int],
        title: Title,
    ) -> None:
        self._context, self._block, self._clause, self._inside, self._ends = (
            context,
            block,
            clause,
            inside,
            ends,
        )
        self._clean = context.layout.plain.clean
        self._around = title.over(context.around(clause), context.times)
        self._headings = title.headings(context.by_id, clause)
        self._marks: list[RegionMark] = region_marks(
            context.regions, self._clean, block.start, inside[-1].start, carried
        )
        self._years = years_of_lists(self._clean, inside, block.start)

    def read(self) -> list[Reading]:
        readings: list[Reading] = []
        passage = Passage()
        previous: Quantity | None = None
        index = 0
        while index < len(self._inside):
            sentence = bisect_right(self._ends, self._inside[index].start)
            limit = max(self._block.start, self._ends[sentence - 1] if sentence else 0)
            if previous is not None and previous.end <= limit:
                previous = None
                passage.levels.clear()
                passage.paired = []
            ratio = self._ratio(index)
            if len(ratio) > 1:
                namings = [
                    Naming(name, "share", "certain", name.removesuffix(SHARE))
                    for name in name_ratio(self._clean, ratio, limit)
                ]
                passage.last = namings[-1]
            else:
                following = self._inside[index + 1] if index + 1 < len(self._inside) else None
                namings = [name_figure(self._clean, ratio[0], previous, following, limit, passage)]
            for part, naming in zip(ratio, namings, strict=True):
                reading = self._reading(part, naming, sentence, limit)
                listed = (
                    readings and part.start in self._years and reading.indicator == readings[-1].indicator
                )
                readings.append(replace(reading, sure=readings[-1].sure) if listed else reading)
            previous = ratio[-1]
            index += len(ratio)
        return _told_once(readings) if self._context.own_time.reports else readings

    def _ratio(self, index: int) -> list[Quantity]:
        """The quantity at an index with those that a colon joins to it."""
        parts = [self._inside[index]]
        last = len(self._inside) - 1
        while index < last and self._inside[index + 1].start == parts[-1].end + 1:
            if self._clean[parts[-1].end] not in ":∶":
                break
            index += 1
            parts.append(self._inside[index])
        return parts

    def _reading(self, quantity: Quantity, naming: Naming, sentence: int, limit: int) -> Reading:
        context, clean, around = self._context, self._clean, self._around
        naming = _without_region(context.regions, naming)
        if not naming.indicator and self._clause is not None and self._clause.heading:
            naming = replace(
                naming, indicator=BRACKETS.sub("", self._clause.heading)[:_LONGEST_NOUN], sure="guess"
            )
        phrase = clean[max(limit, quantity.span_start - 40) : quantity.span_start]
        after = clean[quantity.span_end : quantity.span_end + 16]
        kind = figure_kind(quantity, naming, phrase, after, context.own_time.reports, around.looks_back)
        period = self._period(quantity, naming, kind, around.time, limit)
        kind = settled_kind(kind, period.period, context.own_time, around.looks_back, phrase)
        region, sure_region = self._region(quantity, naming, around)
        budget = self._budget(quantity, limit)
        measure = figure_measure(quantity, naming, kind, period.until)
        start, end = _evidence(clean, quantity, naming, limit)
        return Reading(
            quantity, naming.indicator, naming.role, naming.subject, naming.rising, period.written, region,
            around.industry, measure, kind,
            self._clause.id if self._clause else None, start, end, sentence, self._block, naming.sure, period.sure,
            sure_region, None, budget.account, budget.tier,
            earned(
                clean, naming, quantity, period, budget, context.own_time, kind, measure, region, context.regions.own
            ),
        )  # fmt: skip

    def _budget(self, quantity: Quantity, limit: int) -> Budget:
        """The account and tier of an amount of money, and of rates in a text that names accounts."""
        marks = self._context.budgets
        money = "元" in (quantity.unit or "") or (unit_class(quantity.unit) == "share" and marks.accounts[0])
        if not money:
            return Budget()
        return budget_at(marks, quantity.start, limit, self._block.start, self._headings)

    def _period(
        self, quantity: Quantity, naming: Naming, kind: FigureKind, heading: Time | None, limit: int
    ) -> FigurePeriod:
        context = self._context
        found = figure_period(
            self._clean,
            context.times,
            context.own_time,
            heading,
            quantity,
            naming,
            kind,
            self._block.start,
            limit,
        )
        year = self._years.get(quantity.start)
        if year is not None:
            return replace(found, period=year, sure="certain")
        return in_part(found, context.parts, quantity, self._block.start, limit, context.own_time)

    def _region(
        self, quantity: Quantity, naming: Naming, around: Surroundings
    ) -> tuple[str | None, Sureness]:
        named = naming.place or marked_region(self._marks, quantity.start)
        if named:
            return named, "certain"
        return around.region or self._context.regions.own, "inferred"


def _told_once(readings: Sequence[Reading]) -> list[Reading]:
    """The figures of a paragraph of a report; those of one name are of different things, told by the sentences before
    them (`卫生院5万个。卫生技术人员94万人`), unless it is that of a whole account.
    """
    counts = Counter((one.indicator, one.period, one.region) for one in readings)

    def again(one: Reading) -> bool:
        alone = counts[one.indicator, one.period, one.region] == 1
        return not alone and not names_whole_account(one.subject) and one.sure == "certain"

    return [replace(one, sure="inferred") if again(one) else one for one in readings]


def _without_region(regions: Regions, naming: Naming) -> Naming:
    """The indicator without the region that it begins with (`高新区国家级孵化器` → 国家级孵化器)."""
    named = regions.at(naming.indicator, 0)
    if named is None or len(naming.indicator) - named[1] < 2:
        return naming
    return replace(naming, indicator=naming.indicator[named[1] :].lstrip("的、,"))


def _evidence(clean: str, quantity: Quantity, naming: Naming, limit: int) -> tuple[int, int]:
    """The shortest stretch with figure and noun, at most about forty characters."""
    start, end = quantity.span_start, quantity.span_end
    limit = max(limit, start - 200)
    if naming.after:
        found = clean.find(naming.indicator, quantity.span_end, quantity.span_end + 40)
        end = found + len(naming.indicator) if found >= 0 else end
    noun = clean.rfind(naming.subject, limit, quantity.start) if naming.subject and not naming.after else -1
    if noun >= 0 and end - noun <= _LONGEST_EVIDENCE:
        start = min(start, noun)
    elif not naming.after:
        comma = max(clean.rfind(sign, limit, quantity.span_start) for sign in ",;:、(")
        start = max(comma + 1, limit, end - _LONGEST_EVIDENCE)
    if end - start > _LONGEST_EVIDENCE:
        end = max(quantity.span_end, start + _LONGEST_EVIDENCE)
    while start < quantity.span_start and clean[start] in " \n\t":
        start += 1
    return min(start, quantity.start), max(end, quantity.end)
