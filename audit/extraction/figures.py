"""Figures with their context: indicator, period, region, industry, measure and kind, and how sure each part is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.extraction.bounds import interval
from audit.extraction.clauses import ClauseSpan, clause_at
from audit.extraction.grids import CellFigure, read_grids
from audit.extraction.indicators import Naming, Passage, Sureness, name_figure, name_ratio
from audit.extraction.layout import Layout, LayoutBlock
from audit.extraction.meanings import figure_kind, figure_measure
from audit.extraction.periods import DocumentTime, Time
from audit.extraction.quantities import Quantity, read_quantity, scan
from audit.extraction.regions import Regions
from audit.model.rows import FigureKind, Measure


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as read, offsets in the cleaned text. `evidence` is a stretch of it that holds figure and noun.

    `role` tells a level from what is said about it (`growth`, `change`, `share`), `subject` is the noun of that level;
    `sentence` numbers the sentences of the text. A figure of a table has its `cell`.
    """

    quantity: Quantity
    indicator: str
    role: str
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


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the whole document before its figures are read."""

    layout: Layout
    clauses: list[ClauseSpan]
    times: list[Time]
    own_time: DocumentTime
    regions: Regions


_SENTENCE = re.compile(r"[。!?;\n]|\.(?=[一-龥])")
_LONGEST_EVIDENCE = 40


def read_figures(context: Context) -> list[Reading]:
    """Every figure of the document in the order of the text."""
    layout = context.layout
    clean = layout.plain.clean
    quantities = _without_marks(scan(clean), layout)
    starts = [quantity.start for quantity in quantities]
    ends = [match.end() for match in _SENTENCE.finditer(clean)]
    headings = _heading_times(context)
    readings: list[Reading] = []
    carried: _Carried | None = None
    for block in layout.blocks:
        if block.kind == "row":
            continue
        carried = _carried_region(context, block, carried)
        first, last = bisect_right(starts, block.start - 1), bisect_right(starts, block.end - 1)
        inside = quantities[first:last]
        if inside:
            readings.extend(_read_block(context, block, inside, ends, headings, carried))
    readings.extend(_read_cell(context, figure, headings) for figure in read_grids(layout))
    return sorted(readings, key=lambda reading: reading.quantity.start)


_TRAILING_MARK = re.compile(r"(\d{1,2})$")


def _without_marks(quantities: list[Quantity], layout: Layout) -> list[Quantity]:
    """Footnote marks glued to a number taken off (`3062.631亿元` with mark 1 is 3062.63).

    A number is taken to end in a mark when the text has that footnote, and without it the number has as many decimals
    as the others of the same unit have at most.
    """
    if not layout.marks:
        return quantities
    usual: dict[str | None, list[int]] = {}
    for quantity in quantities:
        usual.setdefault(quantity.unit, []).append(quantity.decimals)
    cleaned = []
    for quantity in quantities:
        most = (
            sorted(usual[quantity.unit])[int(len(usual[quantity.unit]) * 0.95)]
            if len(usual[quantity.unit]) > 4
            else 9
        )
        match = _TRAILING_MARK.search(quantity.literal)
        if quantity.decimals > most and match and quantity.bound != "range":
            mark = quantity.literal[-(quantity.decimals - most) :]
            if mark in layout.marks:
                cleaned.append(_cut(quantity, len(mark)))
                continue
        cleaned.append(quantity)
    return cleaned


def _most(decimals: list[int]) -> int:
    """How many decimals nearly all numbers of a unit have at most; no limit where they are too few to tell."""
    return sorted(decimals)[int((len(decimals) - 1) * 0.9)] if len(decimals) > 4 else 9


def _cut(quantity: Quantity, signs: int) -> Quantity:
    literal = quantity.literal[:-signs]
    read = read_quantity(literal, quantity.unit)
    low, high = interval(read.value, quantity.bound) if read.value is not None else (read.low, read.high)
    return replace(
        quantity, literal=literal, value=read.value, low=low, high=high, decimals=read.decimals, step=read.step,
        end=quantity.end - signs,
    )  # fmt: skip


def _heading_times(context: Context) -> dict[str, Time]:
    """The time that a clause's heading names, by clause id."""
    found: dict[str, Time] = {}
    starts = [time.start for time in context.times]
    clean = context.layout.plain.clean
    for clause in context.clauses:
        if clause.heading is None:
            continue
        end = min(clause.end, clause.start + len(clause.heading) + 12)
        line = clean.find("\n", clause.start, end)
        end = line if line >= 0 else end
        index = bisect_right(starts, clause.start - 1)
        if index < len(starts) and starts[index] < end and context.times[index].kind != "base":
            found[clause.id] = context.times[index]
    return found


def _read_block(
    context: Context, block: LayoutBlock, inside: Sequence[Quantity], ends: list[int], headings: dict[str, Time],
    carried: _Carried | None,
) -> list[Reading]:  # fmt: skip
    clean = context.layout.plain.clean
    passage = Passage()
    marks = _region_marks(context, block.start, inside[-1].start)
    if carried is not None:
        marks.insert(0, _RegionMark(block.start, carried.code, block.end))
    clause = clause_at(context.clauses, inside[0].start)
    readings: list[Reading] = []
    years = _listed_years(clean, inside, block.start)
    previous: Quantity | None = None
    index = 0
    while index < len(inside):
        quantity = inside[index]
        sentence = bisect_right(ends, quantity.start)
        limit = max(block.start, ends[sentence - 1] if sentence else 0)
        if previous is not None and previous.end <= limit:
            previous = None
            passage.levels.clear()
            passage.paired = []
        ratio = _ratio_parts(clean, inside, index)
        names: list[str] | None = name_ratio(clean, ratio, limit) if len(ratio) > 1 else None
        for place, part in enumerate(ratio):
            following = inside[index + 1] if index + 1 < len(inside) else None
            if names is not None:
                subject = names[place].removesuffix("比重")
                naming = Naming(names[place], "share", "certain", subject)
                passage.last = naming
            else:
                naming = name_figure(clean, part, previous, following, limit, passage)
            reading = _reading(context, block, part, naming, clause, sentence, limit, marks, headings)
            year = years.get(part.start)
            readings.append(replace(reading, period=year, sure_period="certain") if year else reading)
            previous = part
            index += 1
    return readings


_YEARS = re.compile(r"(?:19|20)\d\d(?=年|[、和])")
_YEAR_LIST = re.compile(r"(?:19|20)\d\d年?(?:[、和及](?:19|20)\d\d年?)+")


def _listed_years(clean: str, inside: Sequence[Quantity], start: int) -> dict[int, str]:
    """`2024、2025年分别达到300家、420家`: each number of the list has its own year; by offset of the number."""
    found: dict[int, str] = {}
    index = 0
    while index < len(inside):
        run = [inside[index]]
        while index + len(run) < len(inside) and re.fullmatch(
            "[、和,及]", clean[run[-1].span_end : inside[index + len(run)].span_start]
        ):
            run.append(inside[index + len(run)])
        if len(run) > 1:
            opened = max(start, *(clean.rfind(sign, start, run[0].start) + 1 for sign in "。;\n"))
            lead = clean[opened : run[0].start]
            lists = list(_YEAR_LIST.finditer(lead))
            years = _YEARS.findall(lists[-1][0] + "年") if lists and "分别" in lead else []
            if len(years) == len(run):
                found.update({quantity.start: year for quantity, year in zip(run, years, strict=True)})
        index += len(run)
    return found


def _ratio_parts(clean: str, inside: Sequence[Quantity], index: int) -> list[Quantity]:
    parts = [inside[index]]
    while (
        index + 1 < len(inside)
        and inside[index + 1].start == parts[-1].end + 1
        and clean[parts[-1].end] in ":∶"
    ):
        index += 1
        parts.append(inside[index])
    return parts


@dataclass(frozen=True, slots=True)
class _RegionMark:
    start: int
    code: str
    until: int


@dataclass(frozen=True, slots=True)
class _Carried:
    """The region that a paragraph began with, for the paragraphs that follow in the same clause."""

    code: str
    clause: str | None


def _carried_region(context: Context, block: LayoutBlock, before: _Carried | None) -> _Carried | None:
    """What the paragraphs up to this one say about whose they are; a new clause or region ends it."""
    clause = clause_at(context.clauses, block.start)
    clause_id = clause.id if clause else None
    named = context.regions.at(context.layout.plain.clean, block.start)
    if named is not None:
        return _Carried(named[0], clause_id)
    return before if before is not None and before.clause == clause_id and clause_id is not None else None


_SEGMENT = re.compile(
    r"(?:^|(?<=[,;。:、(\n]))(?:其中[,:]?|在|对|由|(?:到|至)?(?:19|20)\d\d年(?:末|底)?,?|[一二三四五六]是)*"
)


def _region_marks(context: Context, start: int, end: int) -> list[_RegionMark]:
    """The regions named at the start of phrases of a paragraph; one at the start of a sentence holds to its end."""
    clean = context.layout.plain.clean
    marks = []
    for match in _SEGMENT.finditer(clean, start, end):
        named = context.regions.at(clean, match.end())
        if named is None:
            continue
        opens = match.start() == start or clean[match.start() - 1] in "。\n;"
        stop = _SENTENCE.search(clean, match.end())
        marks.append(
            _RegionMark(match.start(), named[0], end + 1 if opens else stop.start() if stop else end + 1)
        )
    return marks


def _region(
    context: Context, at: int, marks: list[_RegionMark], clause: ClauseSpan | None
) -> tuple[str | None, Sureness]:
    for mark in reversed(marks):
        if mark.start <= at < mark.until:
            return mark.code, "certain"
    for ancestor in _ancestors(context, clause):
        if ancestor.heading:
            named = context.regions.at(ancestor.heading, 0)
            if named and named[0] != context.regions.own:
                return named[0], "inferred"
            for alias, code in context.regions.places.items():
                if alias in ancestor.heading:
                    return code, "inferred"
    return context.regions.own, "inferred"


def _ancestors(context: Context, clause: ClauseSpan | None) -> list[ClauseSpan]:
    by_id = {c.id: c for c in context.clauses} if clause is not None and clause.parent else {}
    found = []
    while clause is not None:
        found.append(clause)
        clause = by_id.get(clause.parent or "")
    return found


_LAST_YEAR = re.compile(
    r"(?<![比较与同])(?:同期|去年全年|去年同期|上年同期|去年|上年)(?:全年)?(?:为|是)?(?:增长|下降|增加|减少|上涨)?$"
)
_AVERAGE = re.compile(r"年均|年平均|年递增")


def _period(
    context: Context, quantity: Quantity, naming: Naming, block_start: int, limit: int, clause: ClauseSpan | None, headings: dict[str, Time],
    kind: FigureKind,
) -> tuple[str | None, Sureness, bool]:  # fmt: skip
    """The period, how sure it is, and whether it is an end to be reached; see `periods` for the order of the sources."""
    times, own = context.times, context.own_time
    clean = context.layout.plain.clean
    index = bisect_right(times, quantity.start, key=lambda time: time.start)
    governing: Time | None = None
    base: Time | None = None
    while index > 0 and times[index - 1].start >= block_start:
        index -= 1
        if times[index].kind == "base":
            base = base or (times[index] if times[index].start >= limit else None)
        else:
            governing = times[index]
            break
    sure: Sureness = "certain" if governing is not None and governing.start >= limit else "inferred"
    if governing is None:
        governing = next((headings[c.id] for c in _ancestors(context, clause) if c.id in headings), None)
    if governing is None:
        return *_own_period(own, naming, kind), own.span is not None and own.first != own.last
    until = governing.kind == "span" or clean[governing.start] in "到至"
    if (
        base is not None
        and naming.role in ("growth", "change")
        and base.last < governing.last
        and governing.kind == "point"
    ):
        return f"{base.last}/{governing.last}", sure, until
    if _LAST_YEAR.search(clean[max(limit, quantity.span_start - 12) : quantity.span_start]):
        return str(governing.last - 1), "inferred", until
    if (
        governing.planned
        and governing.last == own.goal
        and not own.reports
        and not _AVERAGE.search(naming.lead)
    ):
        return str(governing.last), sure, until
    if _AVERAGE.search(naming.lead) and own.span and governing.last == own.last and naming.role == "growth":
        return own.span, sure, until
    return governing.period, sure, until


def _own_period(own: DocumentTime, naming: Naming, kind: FigureKind) -> tuple[str | None, Sureness]:
    """The document's own time: the year reported, or the year of the goals for a goal."""
    if own.goal is None or (not own.reports and kind in ("technical", "list_count", "threshold")):
        return None, "inferred"
    if _AVERAGE.search(naming.lead) and naming.role == "growth" and own.span:
        return own.span, "inferred"
    if own.reports and _LAST_YEAR.search(naming.lead):
        return str(own.goal - 1), "inferred"
    return str(own.goal), "inferred"


def _reading(
    context: Context, block: LayoutBlock, quantity: Quantity, naming: Naming, clause: ClauseSpan | None, sentence: int, limit: int,
    marks: list[_RegionMark], headings: dict[str, Time],
) -> Reading:  # fmt: skip
    clean = context.layout.plain.clean
    naming = _without_region(context, naming)
    phrase = clean[max(limit, quantity.span_start - 40) : quantity.span_start]
    after = clean[quantity.span_end : quantity.span_end + 16]
    kind = figure_kind(quantity, naming, phrase, after, context.own_time.reports, _past(context, clause))
    region, sure_region = _region(context, quantity.start, marks, clause)
    if naming.place:
        region, sure_region = naming.place, "certain"
    period, sure_period, until = _period(
        context, quantity, naming, block.start, limit, clause, headings, kind
    )
    measure = figure_measure(quantity, naming, kind, until)
    start, end = _evidence(clean, quantity, naming, limit)
    return Reading(
        quantity, naming.indicator, naming.role, naming.subject, naming.rising, period, region, _industry(context, clause),
        measure, kind, clause.id if clause else None, start, end, sentence, block, naming.sure, sure_period, sure_region,
    )  # fmt: skip


def _without_region(context: Context, naming: Naming) -> Naming:
    """The indicator without the region that it begins with (`高新区国家级孵化器` → 国家级孵化器)."""
    named = context.regions.at(naming.indicator, 0)
    if named is None or len(naming.indicator) - named[1] < 2:
        return naming
    return replace(naming, indicator=naming.indicator[named[1] :].lstrip("的、,"))


_PAST = re.compile(r"背景|回顾|基础|现状|进展|成效|成就|完成情况|总结")


def _past(context: Context, clause: ClauseSpan | None) -> bool:
    return any(c.heading and _PAST.search(c.heading) for c in _ancestors(context, clause))


_FIELD = re.compile(
    r"^(?:(?:重点|积极|大力|加快|着力|持续|优先|稳步|全面)?(?:发展|培育|推进|推动|打造|壮大|建设|做大做强|促进)+)?(?P<name>[^,、。:和]{2,12}?)(?:及其相关)?(?:领域|产业|行业)$"
)


def _industry(context: Context, clause: ClauseSpan | None) -> str | None:
    """The field that the nearest heading above names (`…领域`, `…产业`)."""
    for ancestor in _ancestors(context, clause):
        match = _FIELD.match(ancestor.heading or "")
        if match:
            return match["name"]
    return None


def _evidence(clean: str, quantity: Quantity, naming: Naming, limit: int) -> tuple[int, int]:
    """The shortest stretch with figure and noun, at most about forty characters."""
    end = quantity.span_end
    start = quantity.span_start
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


_HEAD_YEAR = re.compile(r"((?:19|20)\d\d)(?:年?[-—至~]((?:19|20)\d\d))?")


def _read_cell(context: Context, figure: CellFigure, headings: dict[str, Time]) -> Reading:
    clean = context.layout.plain.clean
    quantity = figure.quantity
    clause = clause_at(context.clauses, quantity.start)
    role = "growth" if figure.growth else "share" if figure.share else "level"
    naming = Naming(
        figure.indicator, role, "certain" if figure.label else "guess", figure.label, lead=figure.head
    )  # type: ignore[arg-type]
    verb = re.search(
        r"(下降|减少|降低)|(增长|增加|提高)",
        clean[figure.row.start : quantity.span_start].rsplit("\t", 1)[-1],
    )
    if verb and role == "level" and quantity.unit in ("%", "‰"):
        word = "降幅" if verb[1] else "增速"
        naming = Naming(
            figure.indicator + word, "growth", naming.sure, figure.label, not verb[1], lead=figure.head
        )
    own = context.own_time
    kind: FigureKind = "baseline" if own.reports or re.search(r"基期|现状|实际", figure.head) else "target"
    year = _HEAD_YEAR.search(figure.period_text)
    if year:
        period, sure = (f"{year[1]}/{year[2]}" if year[2] else year[1]), "certain"
    elif own.span and re.search("年均|合计|总计", figure.head):
        period, sure = own.span, "inferred"
    else:
        heading = next((headings[c.id] for c in _ancestors(context, clause) if c.id in headings), None)
        stated = (
            heading.period if heading is not None and not own.goal else str(own.goal) if own.goal else None
        )
        period, sure = stated, "inferred"
    named = context.regions.names.get(figure.region_text) or (figure.region_text or None)
    return Reading(
        quantity, naming.indicator, naming.role, figure.label, naming.rising, period, named or context.regions.own,
        _industry(context, clause), figure_measure(quantity, naming, kind, True), kind, clause.id if clause else None,
        quantity.span_start, quantity.span_end, -figure.line, figure.row, naming.sure, sure,  # type: ignore[arg-type]
        "certain" if named else "inferred", figure,
    )  # fmt: skip
