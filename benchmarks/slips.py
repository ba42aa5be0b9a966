"""How surely slips are caught where the words tie a figure: `python benchmarks/slips.py FOLDER`.

Every document of the folder is taken as its text and checked once. Of the figures that take part in a relation that
holds, some are drawn, and each is given one slip: a digit changed, two digits exchanged, or the 万 or 亿 dropped. The text
is checked again; the slip is caught if the report then has a finding with the figure in it that it did not have before,
as an error, or as a warning where rounding or an unsure tie leaves a doubt. Printed are the share caught (with that
of errors alone in brackets) by kind of tie, by kind and by size of slip, and the errors that appear where no slip was
made. Ties are equations (a sum, a share, a growth) or limits: a part within its whole and a whole between its parts
allow most values by what they say.

A slip that leaves every relation of its figure true is one that no rule can see (`true still`: `12.5亿元，其中甲4.1亿元`
made `4.7亿元`). What is true is reckoned here from the relations of the sound text alone, with the changed number in
them, and not by reading the changed text: so the share caught of the others (`made false`) tells how much of what can
be seen is.

    slips.py FOLDER [--only GLOB] [--slips N] [--seed N] [--missed]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audit.actions.checking import check  # noqa: E402
from audit.diagnosis.formulas import is_true, tree_of  # noqa: E402
from audit.documents.opening import read_document  # noqa: E402
from audit.language.expression import Comparison, Expression, children  # noqa: E402
from audit.model.report import Cell, Report  # noqa: E402
from audit.workspace.configuration import Configuration  # noqa: E402

READABLE = {".html", ".pdf", ".docx", ".md", ".txt"}
TIES = ("relations.", "consistency.", "arithmetic.")
"""The rules that compare figures as the words tie them."""
LIMITS = (
    "relations.parts-within-whole",
    "relations.former-parts-within-whole",
    "relations.mean-among-parts",
)
"""Relations that only bound a figure."""
DEDUCED = frozenset(("relations.former-parts-within-whole", "relations.former-parts-make-whole"))
"""Relations of what figures were a period before."""
SIZES = ((0.01, "under 1 %"), (0.1, "1 to 10 %"), (1.0, "10 to 100 %"), (float("inf"), "over 100 %"))


@dataclass(frozen=True)
class Tie:
    """A figure in a relation that holds: where its literal stands, and whether an equation or only a limit ties it."""

    start: int
    literal: str
    by: str
    rule: str = ""


@dataclass(frozen=True)
class Slip:
    """A text with one slip, of the same length: its kind, how many times the number it now states, and by how much of
    itself the number changed."""

    kind: str
    text: str
    times: Fraction

    @property
    def size(self) -> float:
        return abs(float(self.times) - 1)


def ties(report: Report) -> list[Tie]:
    """The figures of relations that hold, each once, by the strictest that ties it."""
    found: dict[int, Tie] = {}
    for one in report.checks:
        figures = {cell.id for cell in one.cells}
        if one.verdict != "holds" or not one.rule.startswith(TIES) or len(figures) < 2:
            continue
        by = "limit" if one.rule in LIMITS else "equation"
        for cell in one.cells:
            if (
                cell.start is not None
                and cell.literal
                and found.get(cell.start, Tie(0, "", "limit")).by == "limit"
            ):
                found[cell.start] = Tie(cell.start, cell.literal, by, one.rule)
    return [found[start] for start in sorted(found)]


def slips(text: str, tie: Tie, draw: random.Random) -> Iterator[Slip]:
    """One slip of each kind that the literal allows; a multiplier that is dropped leaves a blank."""
    start, literal = tie.start, tie.literal
    if text[start : start + len(literal)] != literal:
        return
    digits = [at for at, sign in enumerate(literal) if sign.isascii() and sign.isdigit()]
    old = _number(literal)
    if old is None or not digits:
        return
    at = draw.choice(digits)
    other = draw.choice([sign for sign in "123456789" if sign != literal[at]])
    new = {"digit": literal[:at] + other + literal[at + 1 :]}
    pairs = [a for a, b in pairwise(digits) if b == a + 1 and literal[a] != literal[b]]
    if pairs:
        at = draw.choice(pairs)
        new["swap"] = literal[:at] + literal[at + 1] + literal[at] + literal[at + 2 :]
    for kind, changed in new.items():
        value = _number(changed)
        if value is not None and value != old:
            times = value / old if old else Fraction(10**9)
            yield Slip(kind, text[:start] + changed + text[start + len(literal) :], times)
    multiplier = re.compile(r"\s*[万亿]").match(text, start + len(literal.rstrip("万亿")))
    if multiplier is not None:
        blank = text[: multiplier.end() - 1] + " " + text[multiplier.end() :]
        yield Slip("multiplier", blank, Fraction(1, 10**8 if multiplier[0].endswith("亿") else 10**4))


def _number(literal: str) -> Fraction | None:
    plain = literal.replace(",", "").rstrip("万亿").strip()
    return Fraction(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def truth(report: Report, start: int, times: Fraction) -> str:
    """What becomes of the relations of the figure at a place, those that hold in a sound report, with so many times it:
    true still, made false, or not reckoned where one is of what the words make of the figure, not of its number."""
    tied = [
        one
        for one in report.checks
        if one.verdict == "holds"
        and one.rule.startswith(TIES)
        and any(cell.start == start for cell in one.cells)
    ]
    plain = [one for one in tied if one.rule not in DEDUCED]
    if all(
        _holds(
            tree_of(one.formula), [_times(cell, times) if cell.start == start else cell for cell in one.cells]
        )
        for one in plain
    ):
        return "true still" if len(plain) == len(tied) else "not reckoned"
    return "made false"


def _times(cell: Cell, times: Fraction) -> Cell:
    if cell.value is None or cell.column != "value":
        return cell
    return replace(cell, value=Decimal(cell.value * times.numerator) / times.denominator)


def _holds(node: Expression, cells: list[Cell]) -> bool:
    """Whether a formula is true of its cells; what is not known is not."""
    if isinstance(node, Comparison):
        return bool(is_true(node, cells))
    return all(_holds(part, cells) for part in children(node))


def checked(text: str, folder: Path) -> Report:
    """The report on a text."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    return check(Configuration(sources=(path,))).report


def told(report: Report, start: int) -> dict[str, str]:
    """The severity of every finding with the figure at a place, by the id of the finding."""
    return {
        finding.id: finding.severity
        for finding in report.findings
        if finding.severity != "info" and any(cell.start == start for cell in finding.check.cells)
    }


def errors(report: Report) -> set[tuple[str, tuple[int | None, ...]]]:
    """The errors of a report by rule and the places of their figures."""
    return {
        (finding.check.rule, tuple(cell.start for cell in finding.check.cells))
        for finding in report.findings
        if finding.severity == "error"
    }


def main() -> None:
    parse = argparse.ArgumentParser()
    parse.add_argument("folder", type=Path)
    parse.add_argument("--only", default="*")
    parse.add_argument("--slips", type=int, default=4, help="figures drawn from each document")
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--missed", action="store_true", help="tell every slip at an equation that is missed")
    ask = parse.parse_args()
    made: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    errs: Counter[tuple[str, str]] = Counter()
    elsewhere = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(p for p in ask.folder.glob(ask.only) if p.suffix in READABLE):
            text = read_document(path).text
            sound = checked(text, Path(folder))
            known, draw = errors(sound), random.Random(f"{ask.seed} {path.name}")
            tied = ties(sound)
            for tie in draw.sample(tied, min(ask.slips, len(tied))):
                slip = draw.choice(list(slips(text, tie, draw)) or [None])
                if slip is None:
                    continue
                report = checked(slip.text, Path(folder))
                size = next(name for most, name in SIZES if slip.size < most)
                became = truth(sound, tie.start, slip.times)
                groups = [(name, by) for name in ("all", slip.kind, size, became) for by in (tie.by, "tied")]
                if became == "made false":
                    groups += [(f"made false, {size}", by) for by in (tie.by, "tied")]
                made.update(groups)
                before = told(sound, tie.start)
                new = {
                    severity
                    for name, severity in told(report, tie.start).items()
                    if before.get(name) != severity
                }
                found.update(groups if new else ())
                errs.update(groups if "error" in new else ())
                if ask.missed and not new and became == "made false":
                    around = slip.text[max(0, tie.start - 30) : tie.start + 20].replace("\n", " ")
                    print(f"missed {path.name} {tie.start} {tie.rule} {tie.literal} {slip.kind}: {around}")
                strange = [e for e in errors(report) - known if tie.start not in e[1]]
                elsewhere += len(strange)
                for rule, places in strange if ask.missed else ():
                    print(f"elsewhere {path.name} {tie.start} {tie.literal} {slip.kind}: {rule} {places}")
    sizes = [name for _, name in SIZES]
    made_false = ("made false", *(f"made false, {name}" for name in sizes))
    for name in ("all", "digit", "swap", "multiplier", *sizes, "true still", "not reckoned", *made_false):
        cells = []
        for by in ("equation", "limit", "tied"):
            count = made[name, by]
            share, sure = (hits[name, by] / count if count else 0 for hits in (found, errs))
            cells.append(f"{by} {found[name, by]:4}/{count:4} {share:6.3f} ({sure:.3f})")
        print(f"{name:24} " + "   ".join(cells))
    print(f"new errors elsewhere {elsewhere}")


if __name__ == "__main__":
    main()
