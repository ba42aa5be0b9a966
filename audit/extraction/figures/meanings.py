"""What a figure is meant as: its measure (level, increment, rate …) and its kind (target, baseline, threshold …)."""

from __future__ import annotations

import re

from audit.extraction.figures.naming import Naming
from audit.extraction.figures.periods import DocumentTime
from audit.extraction.figures.wordings import CUMULATIVE
from audit.lexicon import entries, only, pattern
from audit.model.period import Period
from audit.model.rows import FigureKind, Measure
from audit.numbers.quantities import Quantity
from audit.numbers.units import bare_unit, unit_class

_FLOW = pattern("<flow>")
_BUILT = pattern("<build anew>了?$")
_ADDED = pattern("<build anew>|<grow by>")
_FROM = pattern(r"[由从][^,;。]{0,10}$")
_REACHED = pattern("<reached>[了约近]?$")
_PER_YEAR = pattern("<a year>|年<capacity>[^,。;]*$")
_THRESHOLD = pattern("<subsidy>(?!<account of subsidies>)|<threshold>")
_CONDITION = pattern(r"<bound of a condition>?的?[一-龥“][^,。;:、]{0,16}?\d")
_BY_RULE = pattern("<by the rule of>$")
_TECHNICAL = frozenset(entries("technical unit"))
_TIME_UNITS = frozenset(entries("unit of a duration"))
_LENGTHS = frozenset(entries("unit of a speed or weight"))
_SPEED = pattern("<technical measure>")
_KEPT = pattern("<kept>[^,。;]*$")
_SPOKEN = re.compile(r"[二两三四五六七八九十]")


def figure_measure(quantity: Quantity, naming: Naming, kind: FigureKind, until: bool) -> Measure:
    """How the number is meant. `until` says that the period is an end to be reached (`到2019年`), not a year of its
    own.
    """
    lead = naming.lead
    if kind == "list_count":
        return "count"
    if kind == "technical" or bare_unit(quantity.unit or "") in _TIME_UNITS:
        return "size"
    if naming.role in ("growth", "share") or unit_class(quantity.unit) == "share":
        return "rate"
    if naming.role == "change":
        return "increment"
    if _PER_YEAR.search(lead):
        return "per_year"
    if pattern("^<ten thousand persons>|<per head>").search(naming.indicator):
        return "rate"
    reached = _REACHED.search(lead) or _FROM.search(lead)
    if not reached and unit_class(quantity.unit) == "size" and _ADDED.search(lead):
        return "cumulative" if until else "increment"
    if reached or unit_class(quantity.unit) != "count":
        return "level"
    if CUMULATIVE in lead:
        return "cumulative"
    if _FLOW.search(lead):
        return "cumulative" if until else "increment"
    return "level"


def figure_kind(
    quantity: Quantity, naming: Naming, phrase: str, after: str, reports: bool, past: bool
) -> FigureKind:
    """Target, baseline, threshold, count of listed things or technical size; reports state baselines."""
    unit = bare_unit(quantity.unit or "")
    if (unit in _TECHNICAL and not reports) or (unit in _LENGTHS and _SPEED.search(phrase[-8:])):
        return "technical"
    if _is_list_count(quantity, naming, phrase):
        return "list_count"
    if _THRESHOLD.search(naming.lead[-24:]) or pattern("<subsidy after>").match(after):
        return "threshold"
    if quantity.bound != "exact" and _BY_RULE.search(naming.lead):
        return "threshold"
    if (
        unit_class(quantity.unit) in ("amount", "size")
        and quantity.bound != "exact"
        and _CONDITION.match(after)
    ):
        return "threshold"
    return "baseline" if reports or past or is_lost(quantity) else "target"


def is_lost(quantity: Quantity) -> bool:
    """Whether a number is what was lost, owed or taken away: below zero, and no goal; nothing is counted below zero."""
    return (quantity.value or 0) < 0 and unit_class(quantity.unit) != "count"


_PLANNED = pattern(
    "<planned>|<budget stage><budget><budget total>?(?:为|是)?$|<budget>[^,。;]{0,6}(?:为|是)$"
    "|<planned at the end>$"
)
_STOPS = re.compile("[,。;]")
_DONE = pattern("<done>")


def kind_in_plan(kind: FigureKind, period: Period | None, own: DocumentTime) -> FigureKind:
    """What a plan says of years before its span is no goal of it, but where it starts from."""
    before = own.span is not None and not own.reports and period and period.last_year < own.span.first_year
    return "baseline" if kind == "target" and before else kind


def settled_kind(
    kind: FigureKind, period: Period | None, own: DocumentTime, past: bool, phrase: str = ""
) -> FigureKind:
    """What a report says of years after those that it reports on is a goal, and so is what it says was planned
    (`批准的收入预算为……`); the rest are results.
    """
    kind = kind_in_plan(kind, period, own)
    if own.reported is None or kind not in ("baseline", "target") or not period:
        return kind
    said = _STOPS.split(phrase)[-1]
    if _PLANNED.search(said) and not _DONE.search(said):
        return "target"
    return "target" if period.last_year > own.reported and not past else "baseline"


def _is_list_count(quantity: Quantity, naming: Naming, phrase: str) -> bool:
    """`A、B、C等四大产业`: a small count of things that the words before name, or that are already there."""
    if (
        quantity.value is None
        or quantity.value > 60
        or unit_class(quantity.unit) != "count"
        or quantity.bound != "exact"
    ):
        return False
    segment = re.split(r"[,;。:]", phrase)[-1]
    if _BUILT.search(segment):
        return False
    if _SPOKEN.match(quantity.literal):
        return True
    listed = segment.endswith("等") or (
        "、" in segment and segment[-1:] not in "、" and only("construction") not in segment[-6:]
    )
    return naming.after and (listed or (quantity.value <= 10 and bool(_KEPT.search(segment))))
