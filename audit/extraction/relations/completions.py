"""How far a budget was carried out: `收入预算为160亿元,实际完成168亿元,为预算的105%`."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.groups import sentence_start
from audit.extraction.relations.scopes import are_opposed
from audit.extraction.relations.ties import Tied, amount, between, comparable, is_level, phrase_before
from audit.lexicon import pattern

_PLANNED = pattern("<budget>(?:数|<total of a side>|<is done>|<turns to>)?(?:为|至|到|是)?$")
"""How the phrase of a budget ends (`年初预算合计`, `支出预算调整为`)."""
_BUDGET = pattern("<budget>")
_STAGE = pattern("<stage of a budget>")
_DONE = pattern("<is done>")
_OF_BUDGET = pattern(r",?(?:为|占|是|<is done>)?(?P<stage><stage of a budget>)?后?的?<budget>数?的")
"""What stands between what was done and its share of the budget."""


def completions(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """What was done, the budget that its sentence tells before it, and the share right after it.

    Of several budgets it is the one of the stage that the share names (`为年初预算的`), else the last; a budget that
    stands alone need not name its stage.
    """
    found = []
    for place in range(2, len(paragraph)):
        done, share = paragraph[place - 1], paragraph[place]
        of = _OF_BUDGET.fullmatch(between(clean, done, share))
        if of is None or share.quantity.unit != "%" or not is_level(done):
            continue
        start = sentence_start(clean, done.quantity.start)
        earlier = [r for r in paragraph[: place - 1] if r.quantity.start >= start]
        budget = _budget_of(clean, done, earlier, of["stage"])
        if budget is not None and None not in (amount(done), amount(budget)):
            found.append(
                Tied("share", (("part", done), ("whole", budget), ("share", share)), True, "certain")
            )
    return found


def _budget_of(clean: str, done: Reading, earlier: Sequence[Reading], stage: str | None) -> Reading | None:
    """The budget that was carried out: told before, in one unit and of one side, with nothing carried out between."""
    phrase = phrase_before(clean, done)
    if not _DONE.search(phrase) or _is_budget(done, phrase):
        return None
    budgets: list[Reading] = []
    for reading in reversed(earlier):
        words = phrase_before(clean, reading)
        if _is_budget(reading, words):
            if comparable(done, reading) and not are_opposed(reading.indicator, done.indicator):
                budgets.append(reading)
        elif is_level(reading) and _DONE.search(words):
            break
    named = [one for one in budgets if stage is None or stage in phrase_before(clean, one)]
    if not named and len(budgets) == 1 and not _STAGE.search(phrase_before(clean, budgets[0])):
        return budgets[0]
    return named[0] if named else None


def _is_budget(reading: Reading, words: str) -> bool:
    """Whether a level is a budget by the end of its phrase, or as what a report tells was planned."""
    approved = reading.kind == "target" and _BUDGET.search(words) and not _DONE.search(words)
    return is_level(reading) and bool(_PLANNED.search(words) or approved)
