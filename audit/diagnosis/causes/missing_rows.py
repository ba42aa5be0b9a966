"""A row that is missing: the total that stands beside its parts nowhere, with the value that the parts give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.trials.trial import Change
from audit.language.rule import Relative, Rule
from audit.model.phrase import Phrase
from audit.model.report import Cell

_NUMBERS = ("value", "low", "high")
_ALIKE = ("clause", "indicator", "industry", "period", "measure", "unit")
_PARTS = "parts"


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For parts whose total a finding misses, rows with the totals: all that one clause lacks at once, also those that
    only untestable checks miss."""
    wanted: dict[tuple[str, str, str, str], list[Cell]] = defaultdict(list)
    found: set[tuple[str, str, str, str]] = set()
    for number, check in enumerate(
        (*(finding.check for finding in situation.findings), *situation.untestable)
    ):
        dimension = _parted(situation.rules.get(check.rule))
        parts = [cell for cell in check.cells if cell.operand == _PARTS]
        if dimension not in check.key or len(parts) < 2 or len(parts) < check.cells_in_all:
            continue
        place = (parts[0].document, parts[0].clause, dimension, check.key[dimension])
        wanted[place] += parts
        if number < len(situation.findings):
            found.add(place)
    for (_, clause, dimension, member), parts in (
        (place, wanted[place]) for place in wanted if place in found
    ):
        totals = list(_totals(situation, dict.fromkeys(situation.places(parts)), parts, dimension, member))
        if totals:
            yield Hypothesis("missing_row", tuple(totals), _about(clause, member, totals, situation.labels))


def _parted(rule: Rule | None) -> str:
    """The dimension along which a rule's `parts` are the parts of its key; blank where there are none."""
    if rule is None:
        return ""
    if rule.hierarchy is not None:
        return rule.hierarchy[0]
    conditions = rule.operands[_PARTS].conditions if _PARTS in rule.operands else {}
    return next(
        (d for d, (c, _) in conditions.items() if isinstance(c, Relative) and c.relation == "children"), ""
    )


def _totals(
    situation: Situation,
    places: Mapping[tuple[str, int], None],
    parts: Sequence[Cell],
    dimension: str,
    member: str,
) -> Iterator[Change]:
    """One row for every group of parts that are alike but for the dimension and their numbers."""
    groups: dict[tuple[object, ...], dict[tuple[str, int], Cell]] = defaultdict(dict)
    for cell in parts:
        place = situation.place(cell)
        if place is not None and place in places and cell.column == "value":
            row = situation.row(place)
            groups[
                tuple(
                    row.get(name) for name in ("clause", "indicator", "industry", "period", "measure", "unit")
                )
            ][place] = cell
    for group in groups.values():
        first = situation.row(next(iter(group)))
        numbers = {name: _sum([getattr(cell, name) for cell in group.values()]) for name in _NUMBERS}
        if len(group) > 1 and {"literal", *_NUMBERS} <= first.keys() and numbers["value"] is not None:
            written = {name: None if number is None else f"{number:f}" for name, number in numbers.items()}
            total = {
                **first,
                **written,
                "literal": written["value"],
                dimension: member,
                "id": f"+{first.get('id')}",
                "noun": None,
            }
            yield Change(
                next(iter(group))[0], None, {name: cell for name, cell in total.items() if name in first}
            )


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None where a number is not there, since the sum is open then."""
    return None if None in numbers else sum((n for n in numbers if n is not None), Decimal(0))


def _about(clause: str, member: str, totals: Sequence[Change], labels: Mapping[str, str]) -> Phrase:
    rows = [total.after or {} for total in totals]
    told = [(row.get("indicator") or "", f"{row.get('literal')}{row.get('unit') or ''}") for row in rows]
    zh = "、".join(f"{indicator}{figure}" for indicator, figure in told)
    en = ", ".join(f"{labels.get(indicator, indicator)} {figure}".strip() for indicator, figure in told)
    return Phrase(
        f"{clause} 缺少{member}的合计：{zh}",
        f"{clause} lacks the totals of {labels.get(member, member)}: {en}",
    )
