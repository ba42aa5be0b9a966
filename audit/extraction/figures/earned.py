"""Whether the key of a figure is earned: every part of it read in the words, none inherited, cut or guessed.

Only figures whose whole key is earned are held against each other. The subject is read whole where its noun opens the
sentence, with nothing before it but times, fillers and the place; a noun further on may be part of what came before
(`出口……其中一般贸易……`). The period is read in the sentence, or is the one year that the title of a report names.
"""

from __future__ import annotations

import re

from audit.extraction.figures.budgets import Budget, names_whole_account
from audit.extraction.figures.figure_periods import FigurePeriod
from audit.extraction.figures.naming import Naming
from audit.extraction.figures.nouns import opening
from audit.extraction.figures.periods import DocumentTime
from audit.lexicon import entries, pattern
from audit.model.rows import FigureKind, Measure, Sureness
from audit.numbers.quantities import Quantity

_SHORTEST_SUBJECT = 4


def earned(
    clean: str, naming: Naming, quantity: Quantity, period: FigurePeriod, budget: Budget,
    own: DocumentTime, kind: FigureKind, measure: Measure, region: str | None, place: str | None,
) -> Sureness:  # fmt: skip
    """How the whole key was got; the least sure of its parts counts.

    A report states several budgets for the years that it reports on, first and adjusted: none is the one. In a document
    of one place (`place`) the nation before a noun may be a part of its name (`全国重点文物保护单位`). What was added or
    done (`新增住房2688套`) is told of many spans of time: the one of the title is not enough.
    """
    spread = measure in ("increment", "cumulative") and period.sure != "certain"
    parts: list[Sureness] = [
        _subject(clean, naming, quantity, own.reports),
        _sure_period(period, own),
        "certain" if names_whole_account(naming.subject) else budget.sure,
        "inferred" if spread or (kind == "target" and _is_past(period, own)) else "certain",
        "inferred" if place and region != place and region in _NATION else "certain",
    ]
    return "guess" if "guess" in parts else "inferred" if "inferred" in parts else "certain"


def _subject(clean: str, naming: Naming, quantity: Quantity, reports: bool) -> Sureness:
    """The goals of a plan follow each other with a noun each (`A达到……,B达到……`); what a report tells after a comma
    may be part of what stands before it.
    """
    if naming.sure == "guess" or not naming.subject:
        return "guess"
    stands = naming.role == "level" and naming.sure == "certain" and not naming.after
    stands = stands and not _OTHER_LEVEL.search(naming.lead)
    grows = naming.role == "growth" and not _OTHER_GROWTH.search(naming.lead)
    if not (stands or grows) or naming.place or clean[: quantity.span_start].endswith(("由", "从")):
        return "inferred"
    start = max(clean.rfind("。", 0, quantity.start), clean.rfind("\n", 0, quantity.start)) + 1
    if names_whole_account(naming.subject) and stands:
        return "inferred" if _OF_A_PLACE.match(clean, start) else "certain"
    if _LEFT.search(naming.subject) and not _OF_AN_ACCOUNT.search(naming.subject):
        return "inferred"
    at = clean.rfind(naming.subject, start, quantity.start)
    if at < 0 or len(naming.subject) < _SHORTEST_SUBJECT or _ACT.search(naming.subject):
        return "inferred"
    if _OF_THE_CONTEXT.match(naming.subject) or _OTHER_THING.match(clean, start):
        return "inferred"
    if _PART.search(clean, start, at) or clean.startswith(("—", "-", "•"), start):
        return "inferred"
    if not reports and (stated := _STATED.match(clean, start, at)):
        start = stated.end()
    if clean.count("(", start, at) > clean.count(")", start, at):
        return "inferred"
    before = clean[start:at].strip(",: \n\t")
    return "certain" if opening(before) == len(before) else "inferred"


_LEFT = pattern("<left of an account>")
_OF_AN_ACCOUNT = pattern("<before a side>")
"""What is left (`年末滚存结余`) is left of the account that its paragraph speaks of, unless its noun names one."""


_NATION = entries("whole nation")


_ACT = pattern("<act>$")
"""Nouns that tell an act (`统筹安排资金`), of which a text tells many."""


_OTHER_LEVEL = pattern("<other_level>")
"""Amounts that are not simply those of the period: `累计` may sum up several years."""


_OTHER_GROWTH = pattern("<other_growth>")
"""Growth that is not simply over the year before."""


_OF_THE_CONTEXT = pattern("<points back>|本(?!<reported>)[一-龥]{1,3}期")
"""Nouns that point at what was spoken of last (`本次回购数量`)."""


_OTHER_THING = pattern("<another thing>")
"""A sentence that goes on with another place or thing (`其次为南部矿区,产量5034吨`)."""


_PART = pattern("<of which>")


_STATED = re.compile(r"[^。\n]*\d[^,;\d。\n]*+[,;]")
"""Up to the last comma after words that state a figure, and so have a subject of their own."""


_OF_A_PLACE = pattern(r"(?!<own place>)[一-龥]{2,7}?[县旗区](?=<achieve>)")
"""A sentence that tells what one place within the document's reached (`曹妃甸区完成……;实现公共财政预算收入……`)."""


def _sure_period(period: FigurePeriod, own: DocumentTime) -> Sureness:
    if period.sure != "inferred" or period.period is None:
        return period.sure if period.period else "inferred"
    if period.named:
        return "certain"
    only = own.reports and own.titled and own.this_year is None and own.first == own.last
    return "certain" if only and period.period.first_year == own.last else "inferred"


def _is_past(period: FigurePeriod, own: DocumentTime) -> bool:
    return own.reported is not None and period.period is not None and period.period.first_year <= own.reported


def earned_cell(indicator: Sureness, period: Sureness, own: DocumentTime) -> Sureness:
    """How the whole key of a table's cell was got: a plan's table names indicator and year in its heads; the tables of
    a report tell accounts, tiers and stages apart by where they stand, which the heads alone do not give.
    """
    if "guess" in (indicator, period):
        return "guess"
    return "certain" if indicator == period == "certain" and not own.reports else "inferred"
