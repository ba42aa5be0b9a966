"""Whose budget an amount of money is in: the account (`一般公共预算`) and the tier of government (`市本级`).

Reports on budgets state the same noun (`支出完成……`) once for every account and tier. What counts is the last one named:
in the sentence it is stated, before the sentence or in a heading it is inherited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from audit.lexicon import alternatives, pattern, rows
from audit.model.frozen import frozen
from audit.model.rows import Sureness

_MINUTE = re.compile(r"[(](?=[含不])[^()]{1,40}[)]")
"""What a tier takes in or leaves out (`市本级(含高新开发区)`) makes another one of it."""


@frozen
class Budget:
    """An account and a tier, `None` where none is named (the whole place); `sure` how they were got."""

    account: str | None = None
    tier: str | None = None
    sure: Sureness = "certain"


@frozen
class BudgetMarks:
    """Where a text names accounts and tiers, by kind: the offsets, in order, and what is named there."""

    accounts: tuple[tuple[int, ...], tuple[str, ...]]
    tiers: tuple[tuple[int, ...], tuple[str, ...]]


@cache
def _names(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {row["alias"]: row["code"] for row in rows("budgets") if row["kind"] == kind}
    guard = "(?![的]?<not of a tier>)" if kind == "tier" else ""
    return pattern(f"(?:{alternatives(codes)}){guard}"), codes


def find_budgets(clean: str) -> BudgetMarks:
    """Every account and tier that a text names."""
    return BudgetMarks(_marks(clean, "account"), _marks(clean, "tier"))


def _marks(clean: str, kind: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    pattern, codes = _names(kind)
    found: list[tuple[int, str]] = []
    aside = 0
    for match in pattern.finditer(clean):
        if match.start() < aside:
            continue
        more = _MINUTE.match(clean, match.end()) if kind == "tier" and codes[match[0]] else None
        aside = more.end() if more else aside
        found.append((match.start(), codes[match[0]] + (more[0] if more else "")))
    return tuple(at for at, _ in found), tuple(code for _, code in found)


def budget_at(
    marks: BudgetMarks, at: int, sentence_start: int, block_start: int, headings: Sequence[tuple[int, int]]
) -> Budget:
    """The budget that a figure at `at` is in.

    The last mark of its sentence counts, else the last of its paragraph, else that of the nearest heading above
    (`headings`: their stretches, the nearest first). In a text that tells tiers apart, a sentence further on in a
    paragraph that names none may be of any: then the budget is inherited.
    """
    account, _ = _last(*marks.accounts, at, sentence_start, block_start, headings)
    tier, stated = _last(*marks.tiers, at, sentence_start, block_start, headings)
    told_apart = any(marks.tiers[1])
    sure: Sureness = "certain" if stated or not told_apart or sentence_start <= block_start else "inferred"
    return Budget(account, tier or None, sure)


def _last(
    places: Sequence[int],
    codes: Sequence[str],
    at: int,
    sentence_start: int,
    block_start: int,
    headings: Sequence[tuple[int, int]],
) -> tuple[str | None, bool]:
    """The code of the last mark before `at`, and whether it stands in the sentence."""
    for start, end in [(block_start, at), *headings]:
        index = bisect_left(places, end) - 1
        if index >= 0 and places[index] >= start:
            return codes[index], start == block_start and places[index] >= sentence_start
    return None, False


@cache
def _whole_account() -> re.Pattern[str]:
    _, accounts = _names("account")
    _, tiers = _names("tier")
    return pattern(
        f"<local>?(?:{alternatives(tiers)})?<local>?(?:{alternatives(accounts)})<budget>?(?:总)?<side>"
    )


def names_whole_account(noun: str) -> bool:
    """Whether a noun is the income or the outgo of an account (`市本级一般公共预算收入`): whole wherever it stands."""
    return _whole_account().fullmatch(noun) is not None
