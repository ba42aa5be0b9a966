"""A figure under the wrong region, year or industry."""

from __future__ import annotations

from collections.abc import Iterator

from audit.diagnosis.causes.hypothesis import Hypothesis, with_cells
from audit.diagnosis.causes.linear import constraint_of
from audit.diagnosis.causes.situation import Situation
from audit.model.phrase import Phrase

_KEY = ("document", "region", "industry", "indicator", "period", "measure")
_DIMENSIONS = {"region": "地区", "period": "年份", "industry": "行业"}


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For every figure of a sum that does not hold each other region, period and industry of the same indicator.

    Only where the check is linear and sets several figures beside each other: elsewhere a figure says nothing of its
    place. A place that has a figure already is not where another one belongs.
    """
    seen: set[tuple[object, ...]] = set()
    for finding in situation.findings:
        places = situation.places(finding.check.cells)
        noted = finding.severity == "info"
        if (
            noted
            or len(places) < 3
            or constraint_of(finding.check, situation.rules[finding.check.rule]) is None
        ):
            continue
        for place in places:
            row = situation.row(place)
            if "indicator" not in row:
                continue
            same = [situation.row(p) for p in situation.like(place[0], row, ("document", "indicator"))]
            for dimension, word in _DIMENSIONS.items():
                for member in dict.fromkeys(other.get(dimension) for other in same):
                    taken = situation.like(place[0], {**row, dimension: member}, _KEY)
                    if member and not taken and (place, dimension, member) not in seen:
                        seen.add((place, dimension, member))
                        yield Hypothesis("place", with_cells(situation, [place], {dimension: member}),
                                         Phrase(f"{word}应为{member}", f"the {dimension} is {member}"))  # fmt: skip
