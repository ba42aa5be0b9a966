"""How often the first cause told is the slip that was made, and how far its confidence can be trusted:
`python -m benchmarks.causes [FOLDER…]` (default: the four plans and all examples).

In each folder some numbers that rules look at are drawn, and each gets one slip: a digit changed, two exchanged, one lost
or typed twice, ten times as much or a tenth, the number of the next row, two numbers of a row or column exchanged, or any
other number of the same size. The changed tables are checked; where that brings findings that were not there, their
heaviest cause is right if it puts back what stood there and nothing else. Printed are, by kind of slip, how many were
seen, and of these how many are the first cause, among its alternatives, left to a question, or told wrongly; then, by
the confidence told, how many are right.

    causes.py [FOLDER…] [--slips N] [--seed N] [--wrong]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audit.actions.confronting import confronted  # noqa: E402
from audit.actions.tracing import causes_of  # noqa: E402
from audit.engine.frames import Table  # noqa: E402
from audit.model.cause import Cause, Edit  # noqa: E402
from audit.numbers.numerals import number_of  # noqa: E402
from audit.tables.amending import amended, plain  # noqa: E402
from audit.workspace.binding import resolved  # noqa: E402
from audit.workspace.configuration import configure  # noqa: E402
from audit.workspace.session import Session  # noqa: E402

FOLDERS = (ROOT, *sorted(path.parent for path in (ROOT / "examples").glob("*/audit.toml")))
BINS = (
    (0.9, "0.90 and above"), (0.8, "0.80 to 0.89"), (0.6, "0.60 to 0.79"), (0.4, "0.40 to 0.59"), (0.0, "below 0.40"),
)  # fmt: skip

Row = dict[str, str | None]
Place = tuple[int, str]
"""The number of a row, and a column."""


@dataclass(frozen=True)
class Slip:
    """Cells of one table that read otherwise."""

    kind: str
    table: str
    cells: Mapping[Place, Decimal]


def slips(table: Table, place: Place, draw: random.Random) -> Iterator[Slip]:
    """One slip of each kind that the number at a place allows."""
    rows = table.texts()
    row, column = place
    value = number_of(rows[row][column])
    if not value:
        return
    digits = plain(abs(value))
    for kind, other in _rewritten(digits, draw):
        changed = Decimal(other).copy_sign(value)
        if changed != value:
            yield Slip(kind, table.name, {place: changed})
    yield Slip("tenfold", table.name, {place: value * 10})
    if value % 10 == 0 or "." in digits:
        yield Slip("tenth", table.name, {place: value / 10})
    near = [(row + 1, column), (row - 1, column)]
    near += [(row, name) for name, kind in table.columns.items() if kind == "number" and name != column]
    for beside in near:
        inside = 0 <= beside[0] < len(rows)
        there = number_of(rows[beside[0]][beside[1]]) if inside else None
        alike = inside and rows[beside[0]].get("unit") == rows[row].get("unit")
        if there and alike and there != value:
            yield Slip("neighbour", table.name, {place: there})
            yield Slip("exchange", table.name, {place: there, beside: value})
            break


def _rewritten(digits: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    at = draw.choice([place for place, sign in enumerate(digits) if sign != "."])
    yield "changed", digits[:at] + draw.choice("123456789".replace(digits[at], "")) + digits[at + 1 :]
    yield "doubled", digits[:at] + digits[at] + digits[at:]
    if len(digits.replace(".", "")) > 1 and not (at == 0 and digits[1] in ".0"):
        yield "lost", (digits[:at] + digits[at + 1 :]).rstrip(".")
    pairs = [p for p in range(len(digits) - 1) if "." not in digits[p : p + 2] and (p or digits[1] != "0")]
    if pairs:
        at = draw.choice(pairs)
        yield "swapped", digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    whole, point, decimals = digits.partition(".")
    size = 10 ** (len(whole) - 1)
    yield "other", str(draw.randrange(size, 10 * size)) + point + decimals


def planted(table: Table, slip: Slip) -> Table:
    """The table with a slip in it."""
    rows: list[Row] = [dict(row) for row in table.texts()]
    for (row, column), value in slip.cells.items():
        text = plain(value) + ("%" if (rows[row][column] or "").endswith("%") else "")
        rows[row] = amended(rows[row], {column: text})
    frame = pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String))
    return replace(table, frame=frame, types=table.columns)


class Sound:
    """A folder as it is: its tables, and what is found in them before anything slips."""

    def __init__(self, folder: Path) -> None:
        self._session = Session(configure(folder, {"SOURCE": (folder,)}))
        session = self._session
        report = confronted(session.workspace, session.chosen, everything=True)
        self._known = {finding.id for finding in report.findings}
        before = causes_of(
            report.findings, report, session.bound, session.chosen.rules, session.workspace.tables,
            session.workspace.codes,
        )  # fmt: skip
        self.mistakes = {edit for cause in before for edit in cause.edits}
        looked_at = {(c.table, c.source, c.line, c.column) for check in report.checks for c in check.cells}
        self.places: list[tuple[Table, Place]] = []
        for name, table in session.workspace.tables.items():
            numbers = [column for column, kind in table.columns.items() if kind == "number"]
            self.places += [
                (table, (row, column))
                for row in range(table.length)
                for column in numbers
                if (name, *table.place(row), column) in looked_at
            ]

    def told(self, slip: Slip) -> tuple[Cause, ...]:
        """The causes of the findings that a slip brings, the heaviest first."""
        session = self._session
        tables = {
            name: planted(table, slip) if name == slip.table else table
            for name, table in session.workspace.tables.items()
        }
        workspace = replace(session.workspace, tables=tables)
        report = confronted(workspace, session.chosen, everything=False)
        new = {finding.id for finding in report.findings if finding.severity != "info"} - self._known
        if not new:
            return ()
        plans = resolved(session.chosen, workspace)
        found = causes_of(report.findings, report, plans, session.chosen.rules, tables, workspace.codes)
        return tuple(cause for cause in found if new & set(cause.findings))


def puts_back(edits: tuple[Edit, ...], slip: Slip, table: Table, mistakes: set[Edit]) -> bool:
    """Whether edits put back what stood where the slip was made (of two numbers exchanged at least one, since no rule may
    look at the other), and nothing else but mistakes that were there."""
    rows = table.texts()
    columns = {column for _, column in slip.cells}
    wanted = {
        (column, number_of(rows[row][column]), number_of(plain(value))) for (row, column), value in slip.cells.items()
    }  # fmt: skip
    made = {
        (edit.column, number_of(edit.after), number_of(edit.before))
        for edit in edits
        if edit.column in columns and edit not in mistakes
    }
    return bool(made) and made <= wanted


def main() -> None:
    parse = argparse.ArgumentParser()
    parse.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parse.add_argument("--slips", type=int, default=15, help="slips made in each folder")
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--wrong", action="store_true", help="tell every slip that is not the first cause")
    ask = parse.parse_args()
    made: Counter[str] = Counter()
    became: Counter[tuple[str, str]] = Counter()
    trusted: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    started = time.perf_counter()
    for folder in ask.folders:
        sound, draw = Sound(folder), random.Random(f"{ask.seed} {folder.name}")
        for number in range(ask.slips):
            table, place = draw.choice(sound.places)
            slip = draw.choice(list(slips(table, place, draw)) or [None])
            if slip is None:
                continue
            made[slip.kind] += 1
            causes = sound.told(slip)
            if not causes:
                became[slip.kind, "unseen"] += 1
                continue
            first = causes[0]
            right = puts_back(first.edits, slip, table, sound.mistakes)
            ways = [other.edits for cause in causes for other in (cause, *cause.alternatives)]
            beside = any(puts_back(edits, slip, table, sound.mistakes) for edits in ways)
            what = "first" if right else "beside" if beside else "wrong" if first.edits else "asked"
            became[slip.kind, what] += 1
            if first.edits:
                told = float(first.confidence)
                trusted[next(name for least, name in BINS if told >= least)].append((told, right))
            if ask.wrong and what != "first":
                print(what, folder.name, number, slip, first.confidence, first.message.en)
    print(f"{'slip':12} {'made':>5} {'seen':>5} {'first':>6} {'beside':>7} {'asked':>6} {'wrong':>6}")
    for kind in (*sorted(made), "all"):
        count = {
            what: sum(n for (k, w), n in became.items() if w == what and kind in (k, "all"))
            for what in ("first", "beside", "asked", "wrong")
        }
        total = made.total() if kind == "all" else made[kind]
        print(
            f"{kind:12} {total:5} {sum(count.values()):5} {count['first']:6} {count['beside']:7} "
            f"{count['asked']:6} {count['wrong']:6}"
        )
    print(f"\n{'confidence told':16} {'causes':>6} {'mean told':>10} {'right':>6}")
    for _, name in BINS:
        if own := trusted[name]:
            mean, share = (sum(one[part] for one in own) / len(own) for part in (0, 1))
            print(f"{name:16} {len(own):6} {mean:10.2f} {share:6.2f}")
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
