"""Relations between figures that the text itself states: parts and total, shares, growth between levels, balances.

Only what the words tie together is related: `其中`, brackets after a figure, `合计`, `加上…后`, `按…分`,
`占…的比重`, a level with its change and rate. `其中` and `等` leave a breakdown open, so its parts bind only from
above (see `partitions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.breakdowns import breakdowns
from audit.extraction.relations.changes import changes, growth_between_years
from audit.extraction.relations.shares import hundreds, inline_shares, shares_of_levels, structure_shares
from audit.extraction.relations.sums import additions, balances, divided_sums, totals
from audit.extraction.relations.ties import Tied, is_level


def find_relations(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """Every relation in running text, each once, in the order of its first figure."""
    running = [reading for reading in readings if reading.cell is None]
    levels_of_clause: dict[str | None, list[Reading]] = {}
    for reading in running:
        if is_level(reading):
            levels_of_clause.setdefault(reading.clause, []).append(reading)
    found: list[Tied] = []
    for paragraph in _paragraphs(running):
        for tie in (breakdowns, totals, additions, balances, hundreds, changes, inline_shares):
            found.extend(tie(clean, paragraph))
        found.extend(divided_sums(clean, paragraph, levels_of_clause.get(paragraph[0].clause, [])))
    found.extend(shares_of_levels(running))
    found.extend(structure_shares(found))
    found.extend(growth_between_years(clean, running))
    unique = {tied.key: tied for tied in reversed(found)}
    return sorted(
        unique.values(), key=lambda tied: min(reading.quantity.start for _, reading in tied.figures)
    )


_MOST_FIGURES = 150


def _paragraphs(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """The figures of each paragraph; one with very many is cut, so that the work stays in step with the text."""
    group: list[Reading] = []
    for reading in readings:
        if group and (reading.block is not group[-1].block or len(group) >= _MOST_FIGURES):
            yield group
            group = []
        group.append(reading)
    if group:
        yield group
