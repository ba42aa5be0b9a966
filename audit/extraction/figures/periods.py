"""Periods: which year or span of years a figure is for.

Times are found once per text (`find_times`); a figure takes the nearest time before it in its paragraph, else that of
the headings above it, else the document's own. A year that only describes something (`受2023年减产影响`) governs
nothing, and a year compared with (`比2015年`) gives the start of the span of a growth rate.
"""

from __future__ import annotations

import re
from typing import Literal

from audit.extraction.figures.period_words import TO, YEAR, PartOfYear, last_part, year_of
from audit.lexicon import entries, initials, meanings, only, pattern
from audit.model.frozen import frozen
from audit.model.period import Period, five_year_plan, years
from audit.numbers.numerals import parse_number

TimeKind = Literal["point", "span", "base", "from"]


@frozen
class Time:
    """A time that the text names: `first` and `last` year, `end` offset after it; a base is a year compared with, a
    `from` holds only for the number right after it (`由2023年的15亿元增加到26亿元`).

    `planned` marks a five-year plan (`十四五`), whose goals are for its last year.
    """

    start: int
    end: int
    first: int
    last: int
    kind: TimeKind
    planned: bool = False

    @property
    def period(self) -> Period:
        """The years as a period."""
        return years(self.first, self.last)


_PLAN_NUMBER = pattern("第([一二三四五六七八九十]{1,3})<of five years><plan of years>")
_FIRST = initials("before a year", "this or next year", "coming", "plan before ten")
_TIMES = pattern(
    rf"(?=[《〔比较与一二十“\d]|[{_FIRST}])(?:"
    r"(?P<name>《[^》\n]{1,150}》|〔\d{4}〕)"
    rf"|(?P<lead><before a year>)?(?P<first>{YEAR})年?(?:(?:{TO}|、|和)(?P<last>{YEAR}|\d{{2}}))?年"
    r"(?P<tail><end of a year>)?(?P<day>\d{1,2}月\d{1,2}日)?"
    r"|(?P<relative><this or next year>)(?!的?(?:<not the whole year>|[一二三四五六七八九十]))"
    r"|<coming>(?P<years>[一二两三四五六七八九十]|\d{1,2})年"
    r"|(?P<plan_lead>比|较|与)?“?(?P<plan>十[一二三四五六]五|<plan before ten>(?=<after a plan named>))”?"
    r"(?P<plan_tail><after a plan of years>)?)"
)
_OPENS = pattern(r"(?:^|[,。;:、(\n\t!?—]|<opens a time>|[一二三四五六七八九十]|\d[.、])$")


_BESIDE = pattern(r"<farther aim>[^,。;\n]{0,20}<aim beside>")
"""A year whose aims are named beside the plan's own (`与到2035年基本实现现代化目标相衔接`, `2035年远景目标`)."""


def find_times(clean: str, issued: int | None = None, own: DocumentTime | None = None) -> list[Time]:
    """Every time that may govern figures, in order; offsets in the cleaned text. `issued` is the year of the document.

    Full dates (days of issue), times inside titles and times in mid-phrase are left out. `own` says which year `今年`
    is in a work report, and which years `今后五年` are in a plan.
    """
    found = []
    for match in _TIMES.finditer(clean):
        time = None
        if match["first"]:
            time = _year(match, clean)
        elif match["plan"]:
            time = _plan(match)
        elif match["relative"]:
            time = _relative(match, clean, own)
        elif match["years"]:
            time = _coming(match, issued, own)
        if time is not None:
            found.append(time)
    return found


def _relative(match: re.Match[str], clean: str, own: DocumentTime | None) -> Time | None:
    """`今年`, `去年`, `明年` of a work report where they open a phrase; compared with (`比去年`) they govern nothing."""
    if (
        own is None
        or own.this_year is None
        or not _OPENS.search(clean[max(0, match.start() - 6) : match.start()])
    ):
        return None
    year = own.this_year + int(meanings("this or next year")[match["relative"]])
    return Time(match.start(), match.end(), year, year, "point")


def _coming(match: re.Match[str], issued: int | None, own: DocumentTime | None) -> Time | None:
    """`今后五年`: the years of a plan as long as that, else those from its issue on."""
    number = parse_number(match["years"])
    length = int(number.value) if number else 1
    if (
        own is not None
        and own.first is not None
        and own.last is not None
        and own.last - own.first + 1 == length
    ):
        return Time(match.start(), match.end(), own.first, own.last, "span", planned=True)
    if issued is None:
        return None
    return Time(match.start(), match.end(), issued, issued + length - 1, "span")


def _year(match: re.Match[str], clean: str) -> Time | None:
    if match["day"] or match["tail"] in entries("since") or _BESIDE.match(clean, match.end()):
        return None
    lead = match["lead"] or ""
    before = clean[max(0, match.start() - 6) : match.start()]
    first = year_of(match["first"])
    last = year_of(match["last"], first) if match["last"] else first
    if lead in ("比", "较") or (
        lead in ("与", "同") and pattern("<compared with>").match(clean[match.end() : match.end() + 3])
    ):
        return Time(match.start(), match.end(), first, last, "base")
    if (
        not lead
        and before[-1:] in ("由", "从")
        and match["last"] is None
        and clean[match.end() : match.end() + 1] != "起"
    ):
        return Time(match.start(), match.end(), first, first, "from")
    if not lead and not _OPENS.search(before):
        return None
    if match["last"] and re.search(r"[、和]$", clean[: match.start("last")][-1:]):
        return Time(match.start(), match.end(), first, last, "point")
    return Time(match.start(), match.end(), first, last, "point" if first == last else "span")


def _plan(match: re.Match[str]) -> Time | None:
    """A five-year plan: its span, or its last year when the end is meant (`十四五末`)."""
    plan = five_year_plan(match["plan"])
    if plan is None:
        return None
    first = plan.first_year
    if match["plan_lead"]:
        return Time(match.start(), match.end(), first, first + 4, "base")
    if "末" in (match["plan_tail"] or ""):
        return Time(match.start(), match.end(), first + 4, first + 4, "point")
    return Time(match.start(), match.end(), first, first + 4, "span", planned=True)


@frozen
class DocumentTime:
    """The document's own time: `span` of a plan, the year that its goals are for, and whether it reports the past.

    `this_year` is the year in which a work report is given: it reports the years before and sets goals for this one.
    `titled` says that the title names these years and no others; else they were taken from goals, opening words or the
    file's name, or others are reported beside them (`2025年预算执行情况和2026年预算草案`).
    `part` is the part of the year that a title names (`2025年一季度`).
    """

    goal: int | None
    first: int | None
    last: int | None
    reports: bool
    this_year: int | None = None
    titled: bool = False
    part: PartOfYear | None = None

    @property
    def reported(self) -> int | None:
        """The last year whose results a report tells; `None` for a plan."""
        if not self.reports:
            return None
        return self.this_year - 1 if self.this_year is not None else self.last

    @property
    def span(self) -> Period | None:
        """The years that it is for, `None` where only a goal is known."""
        if self.first is None or self.last is None:
            return None
        return years(self.first, self.last)

    @property
    def goal_year(self) -> Period | None:
        """The year that its goals are for, or that it reports."""
        return None if self.goal is None else years(self.goal, self.goal)


_REPORT = pattern("<title of a report>")
_PLANS = pattern("<title of a plan>")
_SPAN_IN_TITLE = re.compile(rf"[(]?({YEAR})年?{TO}({YEAR})年?")
_YEAR_IN_TITLE = re.compile(rf"({YEAR})年")
_GOAL_YEAR = re.compile(rf"(?:到|至)({YEAR})年")
_PLAN_IN_TITLE = pattern("十[一二三四五六]五|<tenth plan>(?=<after the tenth plan>)")
_FILE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_FILE_PLAN = re.compile(r"(1[0-6])(?:th)?(?:fyp|5)")


def document_time(titles: str, clean: str, name: str = "") -> DocumentTime:
    """The document's own time from its titles, else from its goals, else from its file name.

    A title with a span of years or a five-year plan makes a plan whose goals are for the last year; the title of a
    report names the year reported, and so does one of a part of a year that names no plan (`2025年1-8月零售额`).
    """
    told_of = last_part(_without_dates(titles)) is not None and not _PLANS.search(titles)
    reports = told_of or bool(_REPORT.search(titles))
    titles = _OTHER_AIMS.sub("", titles)
    span = _SPAN_IN_TITLE.search(titles)
    if span:
        first, last = year_of(span[1]), year_of(span[2])
        return DocumentTime(last, first, last, False, titled=True)
    year = _YEAR_IN_TITLE.search(_without_dates(titles))
    if reports and year:
        stated = year_of(year[1])
        undated = _without_dates(titles)
        part = last_part(undated)
        alone = len(set(_YEAR_IN_TITLE.findall(undated))) == 1
        given = stated if only("work report") in titles else None
        return DocumentTime(stated, stated, stated, True, given, alone, part)
    if plan := _plan_in_title(titles):
        return DocumentTime(plan.last_year, plan.first_year, plan.last_year, False, titled=True)
    if year:
        stated = year_of(year[1])
        return DocumentTime(stated, stated, stated, reports, titled=True)
    goals = [year_of(goal) for goal in _GOAL_YEAR.findall(clean)]
    goals = goals or [time.last for time in find_times(clean) if time.kind == "point"]
    if goals and not reports:
        goal = max(sorted(set(goals)), key=lambda y: (goals.count(y), -y))
        return DocumentTime(goal, None, None, False)
    named = _FILE_YEAR.search(name) or _YEAR_H.search(name)
    if named:
        stated = int(named[1])
        return DocumentTime(stated, stated, stated, reports)
    numbered = _FILE_PLAN.search(name)
    if numbered and (plan := five_year_plan(f"十{'零一二三四五六'[int(numbered[1]) - 10]}五")):
        return DocumentTime(plan.last_year, plan.first_year, plan.last_year, False)
    opening = _YEAR_IN_TITLE.search(_without_dates(clean[:1500])) if reports else None
    stated_year = year_of(opening[1]) if opening else None
    return DocumentTime(stated_year, stated_year, stated_year, reports)


_OTHER_AIMS = pattern(f"和?{YEAR}<years of a vision><development>?<aims of it>")


def _plan_in_title(titles: str) -> Period | None:
    """The five-year plan that a title names (`十四五`, `第十四个五年规划`)."""
    number = _PLAN_NUMBER.search(titles)
    named = _PLAN_IN_TITLE.search(titles)
    name = number[1] + "五" if number else named[0] if named else ""
    return five_year_plan(name)


_YEAR_H = re.compile(r"((?:19|20)\d{2})(?=[hq]\d|\D|$)", re.IGNORECASE)
_NUMBERED_YEAR = re.compile(r"[〔\[]((?:19|20)\d\d)[〕\]]")
_ISSUE_DATE = pattern(rf"({YEAR})年\d{{1,2}}月\d{{1,2}}日<issued>?(?=\n|$)")


def issue_year(titles: str, clean: str) -> int | None:
    """The year of issue: of the document's number in its titles, else of the date that stands alone on a line."""
    numbered = _NUMBERED_YEAR.search(titles)
    if numbered:
        return int(numbered[1])
    dated = _ISSUE_DATE.search(clean)
    return year_of(dated[1]) if dated else None


_DATES = re.compile(rf"{YEAR}年\d{{1,2}}月(?:\d{{1,2}}日)?|〔\d{{4}}〕\d*号?")


def _without_dates(text: str) -> str:
    return _DATES.sub("", text)
