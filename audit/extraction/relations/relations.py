"""Relations between figures that the text itself states: parts and total, shares, growth between levels, balances.

Only what the words tie together is related: `其中`, brackets after a figure, `合计`, `加上…后`, `按…分`,
`占…的比重`, a level with its change and rate. `其中` and `等` leave a breakdown open, so its parts bind only from
above (see `partitions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.accounts import accounts
from audit.extraction.relations.adjustments import adjustments
from audit.extraction.relations.breakdowns import breakdowns
from audit.extraction.relations.changes import (
    changes,
    changes_since,
    growth_between_years,
    growth_over_year_before,
    two_levels,
)
from audit.extraction.relations.completions import completions
from audit.extraction.relations.divided import divided_sums
from audit.extraction.relations.enumerated import enumerated
from audit.extraction.relations.former import former_sums
from audit.extraction.relations.known import known_identities, mean_rates
from audit.extraction.relations.learned import with_learned
from audit.extraction.relations.scores import scored_headings
from audit.extraction.relations.shares import hundreds, inline_shares, shares_of_levels, structure_shares
from audit.extraction.relations.statements import statements
from audit.extraction.relations.sums import over_years, totals
from audit.extraction.relations.ties import Tied


def find_relations(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """Every relation in running text, each once, in the order of its first figure."""
    running = [_signed(clean, reading) for reading in readings if reading.cell is None]
    found: list[Tied] = []
    for paragraph in _paragraphs(running):
        told = statements(clean, paragraph)
        sums = [
            tied for tie in (breakdowns, divided_sums, enumerated, totals) for tied in tie(clean, paragraph)
        ]
        found.extend(sums)
        found.extend(former_sums(sums, told))
        found.extend(changes(clean, told))
        for tie in (
            accounts,
            changes_since,
            over_years,
            two_levels,
            adjustments,
            completions,
            mean_rates,
            hundreds,
            inline_shares,
        ):
            found.extend(tie(clean, paragraph))
        found.extend(known_identities(clean, paragraph, sums))
    found.extend(shares_of_levels(clean, running, found))
    found = with_learned(running, found)
    found.extend(structure_shares(clean, found))
    found.extend(growth_between_years(running))
    found.extend(growth_over_year_before(clean, running))
    found.extend(scored_headings(clean, running))
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


_MINUS = re.compile(r"[一-龥][-－﹣−]$")


def _signed(clean: str, reading: Reading) -> Reading:
    """A reading with the minus sign that stands before its number after a noun (`结余-9820万元`)."""
    quantity = reading.quantity
    signed = _MINUS.search(clean, max(0, quantity.start - 2), quantity.start)
    if signed is None or quantity.value is None or quantity.value < 0:
        return reading
    low, high = quantity.low, quantity.high
    turned = replace(
        quantity,
        value=-quantity.value,
        low=None if high is None else -high,
        high=None if low is None else -low,
    )
    return replace(reading, quantity=turned)
