"""What becomes of checks that are too many to be told: they are counted, and nothing that needs each of them is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.model.report import Check, Report, Untold

MOST = 10_000
"""Checks of each verdict of a rule that a command tells where nothing else is asked for."""
MOST_FIGURES = 50_000
"""Figures that are told with all their checks, in the same case."""
MOST_CELLS = 1_000
"""Cells of one operand that a check tells, in the same case."""
MANY_CELLS, FEW_CELLS = 30_000, 2
"""Once checks of one verdict of a rule have so many cells, each further one tells so few of an operand."""
_ARE = {
    "violated": ("不成立", "are violated"), "reconcilable": ("可以解释", "are reconcilable"),
    "untestable": ("无法检验", "cannot be tested"), "holds": ("成立", "hold"),
}  # fmt: skip


def figures_cut(told: int, every: int) -> Phrase:
    """That not all figures are told, for a reader."""
    return Phrase(
        f"共 {every} 个指标，只列出前 {told} 个，按章的覆盖率也只计这些（--most 0 列出全部）",
        f"the first {told} of {every} figures are listed, and coverage by chapter is of these (--most 0 lists them all)",
    )


def counted_only(untold: Untold) -> Phrase:
    """How many checks of a rule are not told, for a reader."""
    zh, en = _ARE[untold.verdict]
    return Phrase(
        f"规则 {untold.rule}：另有 {untold.count} 项校验{zh}，数量过多，只计入合计，未逐项列出（--most 0 列出全部）",
        f"{untold.rule}: {untold.count} more checks {en}; they are counted and not told, since there are so many "
        "(--most 0 tells them all)",
    )


def cells_cut(checks: Iterable[Check]) -> Iterator[Phrase]:
    """Of how many checks of each rule not all cells are told, for a reader."""
    for rule, count in Counter(check.rule for check in checks if check.untold).items():
        yield Phrase(
            f"规则 {rule}：{count} 项校验涉及的指标值过多，只列出其中最小和最大的；"
            "结论和各项数值按全部指标值得出（--most 0 列出全部）",
            f"{rule}: of {count} {'check' if count == 1 else 'checks'} only the least and the greatest figures are told, since "
            "there are so many; verdict and numbers are of all (--most 0 tells them all)",
        )


def ensure_all_told(report: Report, at: str, rules: Collection[str] | None = None) -> None:
    """Raise `InputError`, which begins with `at`, where findings are counted only, of one of the `rules` (None: any)."""
    for one in report.untold:
        if one.verdict != "holds" and (rules is None or one.rule in rules):
            raise InputError(
                "{at}: {rule} has {count} findings more than are told, so that none of them can be found again; say --most 0, "
                "or mend what is wrong with so many.",
                at=at, rule=one.rule, count=one.count,
            )  # fmt: skip
