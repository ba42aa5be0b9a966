"""A code list in doubt: a part that does not belong to its whole, or one that does and stands elsewhere.

One edit of the list would then settle most checks of the whole, while each of them alone looks like a slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.situation import Situation, code_table
from audit.diagnosis.causes.weighing import Tried
from audit.diagnosis.trials.outcomes import Key, Outcome
from audit.diagnosis.trials.trial import Change
from audit.language.expression import Call, Comparison, Name
from audit.model.phrase import Phrase
from audit.model.report import Check

_LEAST = 2
"""So many findings must be settled: one may as well be a slip."""
_FIGURE = ("document", "region", "industry", "indicator", "period", "measure")


def tried(situation: Situation, around: Sequence[Check]) -> Iterator[Tried]:
    """Every whole with another list of parts that settles more than half of its checks, with what that comes to.

    `around` are the checks of the wholes, those that hold among them. What comes of a move is reckoned from the
    figures, exactly, since plans are made for one state of the lists.
    """
    checks = {check.id: check for check in (*around, *(finding.check for finding in situation.findings))}
    wholes: dict[tuple[str, str], list[Check]] = defaultdict(list)
    for check in checks.values():
        dimension = _summed(situation, check)
        if dimension and check.verdict != "untestable":
            wholes[dimension, check.key[dimension]].append(check)
    for (dimension, whole), own in wholes.items():
        table = code_table(dimension)
        if sum(check.verdict != "holds" for check in own) < _LEAST:
            continue
        parents = {row.get("code") or "": number for number, row in enumerate(situation.rows[table])}
        for member, number in parents.items():
            row = situation.rows[table][number]
            leaves = row.get("parent") == whole
            if member == whole or (not leaves and row.get("parent")):
                continue
            after = None if leaves else whole
            outcome = _outcome(situation, own, dimension, member, Fraction(-1 if leaves else 1))
            if len(outcome.settled) >= _LEAST and 2 * len(outcome.settled) > len(own):
                yield Tried(Hypothesis("code_list", (Change(table, number, {**row, "parent": after}),),
                                       _about(member, whole, leaves)), outcome)  # fmt: skip


def _summed(situation: Situation, check: Check) -> str:
    """The dimension along which a check adds up parts to their whole; blank for every other check."""
    rule = situation.rules[check.rule]
    if rule.hierarchy is None or rule.hierarchy[0] not in check.key:
        return ""
    match rule.check:
        case Comparison("==", Name("whole", _), Call("sum", (Name("parts", _),), _)):
            return rule.hierarchy[0]
    return ""


def _outcome(
    situation: Situation, checks: Sequence[Check], dimension: str, member: str, weight: Fraction
) -> Outcome:
    """What becomes of checks when a member's figures count with this weight beside the parts that they have."""
    settled, new, hold = set[Key](), set[Key](), set[Key]()
    for check in checks:
        figure = _figure(situation, check, dimension, member)
        if figure is None or check.imbalance is None:
            continue
        rest, key = Fraction(check.imbalance) - weight * figure, situation.key_of(check)
        if rest == 0:
            hold.add(key)
            if check.verdict != "holds":
                settled.add(key)
        elif check.verdict == "holds":
            new.add(key)
    return Outcome(frozenset(settled), frozenset(new), frozenset(hold), frozenset())


def _figure(situation: Situation, check: Check, dimension: str, member: str) -> Fraction | None:
    """The figure that a member states where a check's parts stand; None where it states none."""
    for cell in check.cells:
        if cell.operand == "parts" and cell.dimensions.get(dimension) == member and cell.value is not None:
            return Fraction(cell.value)
    part = next((cell for cell in check.cells if cell.operand == "parts"), None)
    place = None if part is None else situation.place(part)
    if part is None or place is None:
        return None
    wanted = {**situation.row(place), dimension: member}
    columns = [name for name in dict.fromkeys((*_FIGURE, *check.key)) if name in wanted]
    found = [situation.cell(one, part) for one in situation.like(place[0], wanted, columns)]
    return Fraction(found[0].value) if len(found) == 1 and found[0].value is not None else None


def _about(member: str, whole: str, leaves: bool) -> Phrase:
    zh, en = ("不应计入", "is no part of") if leaves else ("应计入", "is a part of")
    return Phrase(
        f"代码表存疑：“{member}”{zh}“{whole}”", f"the code list is in doubt: “{member}” {en} “{whole}”"
    )
