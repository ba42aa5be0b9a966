"""The cells that an operand takes: the rows that it selects, by the members of the key that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

import numpy as np

from audit.engine import exact
from audit.engine.exact import Booleans
from audit.engine.figures import Ends
from audit.engine.intake import Rows, keeps, reading_of, weight_reading
from audit.engine.keys import Integers, paired
from audit.engine.vocabulary import Vocabulary
from audit.language.plan import Limits, Operand, Plan, Translation, Weight
from audit.model.frozen import frozen


@frozen(slots=False)
class Cells:
    """One entry for each row of the table and each key that it belongs to.

    `keys` are the codes of the dimensions that the operand matches, in its order; `members` the codes that tell the
    cells of an aggregate apart. With `apart` every entry is a cell of its own; else entries alike in keys and members
    are one cell. `content` is what is stated, `at` the place of each entry in it: figures, codes of texts, or nothing
    but the row itself. `weights` are what the cells are weighed by, by name, with the place of each entry in them.
    `limits` are what the column declares all its numbers to lie within, also those that are not stated.
    """

    vocabulary: Vocabulary
    keys: tuple[Integers, ...]
    members: tuple[Integers, ...]
    apart: bool
    rows: Integers
    content: Ends | Integers | None
    at: Integers
    weights: Mapping[str, tuple[Ends, Integers]] = field(default_factory=dict)
    limits: Limits = (None, None)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def stated(self) -> Booleans:
        """Which entries state something; a row without a column states itself."""
        if self.content is None:
            return np.ones(len(self), dtype=bool)
        stated = self.content.stated if isinstance(self.content, Ends) else self.content > 0
        return stated[self.at]


def cells_of(operand: Operand, plan: Plan, tables: Mapping[str, Rows]) -> Cells:
    """The cells of an operand."""
    rows = tables[operand.table]
    vocabulary, places = rows.vocabulary, rows.kept(operand.filters)
    if operand.others:
        places = places[rows.texts[operand.others][places] > 0]
    linked: dict[str, Integers] = {}
    for link in operand.links:
        of = vocabulary.codes(row for _, row in link.pairs)
        entry, pair = paired(rows.texts[link.column][places], of, len(vocabulary))
        places, linked = _at(places, linked, entry)
        linked[link.dimension] = vocabulary.codes(key for key, _ in link.pairs)[pair]
    for condition in operand.key_filters:
        keep = np.flatnonzero(keeps(condition, linked[condition.column], vocabulary))
        places, linked = _at(places, linked, keep)
    content: Ends | Integers | None = None
    at, split = places, False
    if operand.translation is not None:
        known = vocabulary.codes(text for text, _, _ in operand.translation.pairs)
        entry, at = paired(rows.texts[operand.column][places], known, len(vocabulary))
        places, linked = _at(places, linked, entry)
        content, split = _translated(operand.translation, vocabulary), operand.translation.splits
    elif reading := reading_of(operand, plan):
        content = rows.readings[reading]
    elif operand.column:
        content = rows.texts[operand.column]
    apart = operand.many and (split or not operand.members)
    return Cells(
        vocabulary=vocabulary,
        keys=tuple(
            linked[dimension] if dimension in linked else rows.texts[column][places]
            for dimension, column in operand.matched
        ),
        members=() if apart else tuple(rows.texts[column][places] for column in operand.members),
        apart=apart,
        rows=rows.numbers[places],
        content=content,
        at=at,
        weights={name: _weights(weight, rows, places) for name, weight in operand.weights.items()},
        limits=operand.limits,
    )


def _weights(weight: Weight, rows: Rows, places: Integers) -> tuple[Ends, Integers]:
    """The weights of the rows at the given places, and the place of each of them among these; missing for no factor."""
    if weight.factors is None:
        return rows.readings[weight_reading(weight)], places
    numbers = exact.of_decimals([*(factor for _, factor in weight.factors), None])
    place = np.full(len(rows.vocabulary), len(weight.factors), dtype=np.int64)
    codes = rows.vocabulary.codes(member for member, _ in weight.factors)
    place[codes[codes >= 0]] = np.flatnonzero(codes >= 0)
    return Ends(numbers, numbers, numbers, numbers), place[rows.texts[weight.column][places]]


def _at(
    places: Integers, linked: Mapping[str, Integers], entries: Integers
) -> tuple[Integers, dict[str, Integers]]:
    """The rows and the key members that links gave them, at the given entries."""
    return places[entries], {name: codes[entries] for name, codes in linked.items()}


def _translated(translation: Translation, vocabulary: Vocabulary) -> Ends | Integers:
    """What the texts of a translation are taken as, in its order."""
    if translation.splits:
        return vocabulary.codes(piece for _, piece, _ in translation.pairs)
    numbers = exact.of_decimals([Decimal(number) for _, number, _ in translation.pairs])
    return Ends(numbers, numbers, numbers, numbers)
