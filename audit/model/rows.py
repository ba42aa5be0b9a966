"""The rows of the extracted tables; the fields are the fixed columns, in order (see `extracted/datapackage.json`).

Numbers are `Decimal` so that a figure is kept as it was written; `None` is a blank cell: an open bound, a dimension
that the plan does not give. Offsets are 0-based character offsets in the document's text, `end` exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from audit.model.frozen import frozen

Sureness = Literal["certain", "inferred", "guess"]
Scans = Mapping[str, Mapping[str, Decimal]]
"""The documents that were read from pictures of their pages, and of each the figures so read with how sure they are."""
Bound = Literal["exact", "at_least", "above", "at_most", "below", "about", "range"]
Aim = Literal["rise", "fall"]
Measure = Literal["level", "increment", "cumulative", "per_year", "rate", "count", "size"]
FigureKind = Literal["target", "baseline", "threshold", "list_count", "technical", "citation"]
ClauseKind = Literal["chapter", "part", "task", "stage_goal", "measure", "item"]
MentionState = Literal["planned", "building", "standing"]
MentionRole = Literal["goal", "task", "lead", "support", "example"]


@frozen
class Document:
    """A plan: `period` is a year or `2017/2020`, `sha256` of the source's bytes, `complete` false for an excerpt."""

    id: str
    number: str | None
    title: str
    issuer: str | None
    date: str | None
    region: str | None
    period: str | None
    sha256: str | None
    complete: bool


@frozen(guarded=False)
class Figure:
    """One quantity that a document states. `value` is in `unit` and blank for a range; blank `low`/`high` are open.

    A table may do without the last columns: `account` is the budget that money belongs to (`一般公共预算`), `tier` the
    tier of government (`全市`, `市本级`), `sure` how the whole key was got: read in the words, inherited from what
    stands around them, or guessed; blank once a person has reviewed the row. `noun` is the indicator as it is written,
    `aim` whether less of it is wanted (`fall`), as of emissions; blank where nothing says so.
    """

    id: str
    document: str
    clause: str | None
    region: str | None
    industry: str | None
    indicator: str
    period: str | None
    measure: Measure
    literal: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: Bound
    kind: FigureKind
    evidence: str
    start: int
    end: int
    account: str | None = None
    tier: str | None = None
    sure: Sureness | None = None
    noun: str | None = None
    aim: Aim | None = None


def figure_id(
    document: str | None, region: str | None, industry: str | None, indicator: str | None,
    period: str | None, measure: str | None,
) -> str:  # fmt: skip
    """The id of a figure: its key joined by `/`; `-` stands for a blank part and for a `/` within one (2017-2020)."""
    parts = (document, region, industry, indicator, period, measure)
    return "/".join((part or "-").replace("/", "-") for part in parts)


@frozen
class Clause:
    """A numbered place in a document; `lead` and `support` are `;`-separated bodies."""

    document: str
    clause: str
    parent: str | None
    number: str | None
    kind: ClauseKind
    heading: str | None
    lead: str | None
    support: str | None


@frozen
class StatedList:
    """ "N things: a, b, c". `items` are `;`-separated, `listed_count` blank when nothing is listed.

    `stated_count` is blank for an enumeration without a number; `start`, `end` are then those of the noun.
    """

    document: str
    clause: str | None
    noun: str
    stated_count: int | None
    listed_count: int | None
    items: str | None
    open_ended: bool
    evidence: str
    start: int
    end: int


@frozen
class Mention:
    """A named body, project, industry or programme and the part it plays there.

    A table may do without the last columns: `state` is how far the thing is to be, `year` by when.
    """

    document: str
    clause: str | None
    name: str
    kind: str
    role: MentionRole
    evidence: str
    start: int
    end: int
    state: MentionState | None = None
    year: int | None = None


@frozen
class Citation:
    """A document cited by a document, with the number and title as cited."""

    document: str
    clause: str | None
    cited_number: str | None
    cited_title: str | None
    start: int
    end: int
