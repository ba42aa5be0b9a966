"""A number that is meant otherwise than it was read: 累计 is missing, 新 is too much, 每年 was left out."""

from __future__ import annotations

from collections.abc import Iterator

from audit.diagnosis.causes.hypothesis import Hypothesis, with_cells
from audit.diagnosis.causes.situation import Place, Situation
from audit.model.phrase import Phrase

_WORDS = {
    "level": Phrase("存量", "a level"), "increment": Phrase("当年新增", "new in the year"),
    "cumulative": Phrase("累计", "cumulative"), "per_year": Phrase("每年", "every year"),
}  # fmt: skip
_UNSAID = ("level", "increment")
"""Measures that a figure may have been given for want of a word; 累计 and 每年 are said."""
_SAID = 0.02
"""How likely the measure of one figure was read for want of a word; of a whole series less."""
_SERIES = (
    ("document", "indicator", "measure"),
    ("document", "indicator", "industry", "measure"),
    ("document", "indicator", "industry", "region", "measure"),
    ("document", "indicator", "industry", "region", "period", "measure"),
)


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For the figures of each finding, and for those in series with them, the measures that the same indicator has
    elsewhere in the document.

    Series from wide to narrow: the indicator wherever it stands in the document, of one industry, in one region, one
    figure.
    """
    seen: set[tuple[tuple[Place, ...], str]] = set()
    for finding in situation.findings:
        for place in situation.places(finding.check.cells):
            row = situation.row(place)
            if not set(_SERIES[-1]) <= row.keys() or row["measure"] not in _UNSAID:
                continue
            alike = (
                situation.row(p) for p in situation.like(place[0], row, ("document", "indicator", "industry"))
            )
            others = {measure for other in alike if (measure := other["measure"]) in _WORDS} - {
                row["measure"]
            }
            for columns in _SERIES:
                series = situation.like(place[0], row, columns)
                for measure in (name for name in _WORDS if name in others):
                    if (series, measure) not in seen:
                        seen.add((series, measure))
                        yield Hypothesis("measure", with_cells(situation, series, {"measure": measure}),
                                         _about(situation, series, measure), likelihood=_SAID / len(series))  # fmt: skip


def _about(situation: Situation, series: tuple[Place, ...], measure: str) -> Phrase:
    rows = [situation.row(place) for place in series]
    literals = "、".join(f"{row.get('literal') or ''}{row.get('unit') or ''}" for row in rows)
    word, name = _WORDS[measure], rows[0]["indicator"] or ""
    english = situation.labels.get(name, name)
    return Phrase(f"{name}（{literals}）应为{word.zh}", f"{english} ({literals}) is meant as {word.en}")
