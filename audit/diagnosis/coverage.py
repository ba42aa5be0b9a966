"""Which figures some check compared with another figure, which none did, and which rules found nothing to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from audit.model.frozen import frozen
from audit.model.report import FigureUse, Report


@frozen
class Share:
    """The figures of a document (`clause` None) or of one of its clauses, and how many of them a check compared
    with another figure.

    `clause` is blank for figures before the first clause; `heading` is blank where the clause has none.
    """

    document: str
    clause: str | None
    heading: str
    figures: int
    covered: int

    @property
    def share(self) -> Fraction | None:
        """Covered figures as a part of all; None without figures."""
        return Fraction(self.covered, self.figures) if self.figures else None


@frozen
class Unused:
    """A figure that no check compared with another; `tried` are the rules whose checks of it could not be tested."""

    use: FigureUse
    tried: tuple[str, ...]


@frozen
class Coverage:
    """Shares by document and by clause in the order of the tables, the unused figures, the rules that bound nothing."""

    total: Share
    documents: tuple[Share, ...]
    clauses: tuple[Share, ...]
    unused: tuple[Unused, ...]
    rules: int
    unbound_rules: tuple[str, ...]


def coverage(report: Report) -> Coverage:
    """The coverage of a report that was built with everything (all checks and figures).

    A figure is covered when a check with a verdict other than `untestable` compares it with another figure.
    """
    headings = {(c.document, c.clause): c.heading or "" for c in report.clauses}
    by_document: dict[str, list[FigureUse]] = defaultdict(list)
    by_clause: dict[tuple[str, str], list[FigureUse]] = defaultdict(list)
    for use in report.figures:
        by_document[use.cell.document].append(use)
        by_clause[use.cell.document, use.cell.clause].append(use)
    tried = _tried(report)
    return Coverage(
        total=_share("", None, "", report.figures),
        documents=tuple(_share(document, None, "", uses) for document, uses in by_document.items()),
        clauses=tuple(_share(*place, headings.get(place, ""), uses) for place, uses in by_clause.items()),
        unused=tuple(Unused(use, tried.get(use.cell.id, ())) for use in report.figures if not use.compared),
        rules=len(report.rules),
        unbound_rules=report.unbound_rules,
    )


def _share(document: str, clause: str | None, heading: str, uses: Iterable[FigureUse]) -> Share:
    compared = [use.compared for use in uses]
    return Share(document, clause, heading, len(compared), sum(compared))


def _tried(report: Report) -> dict[str, tuple[str, ...]]:
    """The rules of the untestable checks that each figure takes part in, by the figure's id."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for check in report.untestable:
        for cell in check.cells:
            found[cell.id][check.rule] = None
    return {figure: tuple(rules) for figure, rules in found.items()}
