"""How well and how fast plans are read: `python benchmarks/extraction.py`.

Prints one line a document of the own set (tests/data/extraction) and, where it lies beside the repository, of the
shared development set as its scorer measures it; then the speed on megabytes of plan text after start-up.
"""

from __future__ import annotations

import csv
import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.documents.opening import read_document
from audit.extraction import extract
from audit.model.rows import Figure

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "data" / "extraction"
SHARED = Path(os.environ.get("AUDIT_SHARED", ROOT.parent / "shared"))
FACETS = ("unit", "bound", "region", "period", "indicator")
MEGABYTE = 1_000_000
FILLER = (
    "坚持陆海统筹、分类施策，完善体制机制，健全工作推进和考核评价体系，强化部门协同和上下联动，及时研究解决突出问题，"
    "加强政策宣传解读，营造关心海洋、认识海洋、经略海洋的良好氛围，确保各项任务落到实处、见到实效。\n"
) * 3
"""Words without figures: a plan has a figure every two or three hundred characters."""


@dataclass(frozen=True)
class Score:
    """Of one document: how many figures were there and found, and the share of the found ones right in each facet."""

    document: str
    gold: int
    read: int
    found: int
    right: dict[str, float]
    faults: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / max(1, self.gold)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.read)


def score(name: str) -> Score:
    """Read one document of the own set and compare it with its gold table."""
    text = (OWN / f"{name}.txt").read_text(encoding="utf-8")
    figures = {(figure.start, figure.end): figure for figure in extract(text, name).figures}
    faults: list[str] = []
    right = dict.fromkeys(FACETS, 0)
    found = gold = 0
    for row, span in _gold(name, text):
        gold += 1
        figure = figures.pop(span, None)
        if figure is None or not _same_number(figure, row):
            faults.append(f"missed {row['evidence']!r}: {figure}")
            continue
        found += 1
        for facet in FACETS:
            good = _agrees(facet, getattr(figure, facet) or "", row[facet])
            right[facet] += good
            if not good:
                faults.append(f"{row['evidence']!r} {facet}: {getattr(figure, facet)!r}, not {row[facet]!r}")
    faults.extend(f"made up {figure.evidence!r}" for figure in figures.values())
    shares = {facet: count / max(1, found) for facet, count in right.items()}
    return Score(name, gold, found + len(figures), found, shares, tuple(faults))


def _gold(name: str, text: str) -> Iterator[tuple[dict[str, str], tuple[int, int]]]:
    """The gold rows with the place of their literals; rows are in text order and evidence may overlap."""
    at = 0
    with (OWN / f"{name}.gold.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            evidence = text.index(row["evidence"], at)
            start = text.rindex(row["literal"], evidence, evidence + len(row["evidence"]))
            at = evidence + 1
            yield row, (start, start + len(row["literal"]))


def _same_number(figure: Figure, row: dict[str, str]) -> bool:
    stated = ("" if part is None else str(part) for part in (figure.value, figure.low, figure.high))
    return list(stated) == [row["value"], row["low"], row["high"]]


def _agrees(facet: str, read: str, gold: str) -> bool:
    if facet != "indicator":
        return read == gold
    if read in gold or gold in read:
        return bool(read)
    a, b = ({word[i : i + 2] for i in range(len(word) - 1)} for word in (read, gold))
    return 2 * len(a & b) / max(1, len(a) + len(b)) >= 0.6


def documents() -> list[str]:
    return sorted(path.name.removesuffix(".gold.csv") for path in OWN.glob("*.gold.csv"))


def speed(megabytes: float = 2.0) -> float:
    """Megabytes of plan text read in a second of processor time, after a first text has been read."""
    text = (OWN / "plan.txt").read_text(encoding="utf-8")
    body = text[text.index("一、") :] + FILLER * 4
    whole = body * max(1, round(megabytes * MEGABYTE / len(body.encode())))
    extract(text)
    start = time.process_time()
    extract(whole)
    return len(whole.encode()) / MEGABYTE / (time.process_time() - start)


def crowd_speed() -> float | None:
    """The same of the html and txt of published bulletins, budgets and reports, full of figures; None where none are there."""
    paths = [
        path
        for path in sorted((SHARED / "crowd" / "documents").glob("*"))
        if path.suffix in (".html", ".txt")
    ]
    plans = [(path, read_document(path)) for path in paths]
    start = time.process_time()
    for path, plan in plans:
        extract(plan.text, path.stem, file_name=path.name, tables=plan.tables)
    size = sum(len(plan.text.encode()) for _, plan in plans)
    return size / MEGABYTE / (time.process_time() - start) if plans else None


def _shared_scores() -> Iterator[str]:
    folder = SHARED / "devset"
    if not (folder / "score.py").exists():
        return
    with (folder / "windows.csv").open(encoding="utf-8", newline="") as lines:
        windows = list(csv.DictReader(lines))
    for window in windows:
        source = folder / f"{window['document']}.txt"
        with source.open(encoding="utf-8", newline="") as opened:
            text = opened.read()
        figures = extract(text, window["document"], file_name=source.name).figures
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as table:
            writer = csv.writer(table)
            writer.writerow([field.name for field in dataclasses.fields(Figure)])
            writer.writerows(dataclasses.astuple(figure) for figure in figures)
            table.flush()
            command = [
                sys.executable,
                str(folder / "score.py"),
                str(source),
                str(source.with_suffix("")) + ".gold.csv",
                table.name,
            ]
            command += ["--window", window["start_char"], window["end_char"]]
            yield subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    for name in documents():
        result = score(name)
        facets = "  ".join(f"{facet} {share:.3f}" for facet, share in result.right.items())
        print(
            f"{name:10} gold {result.gold:3}  recall {result.recall:.3f}  precision {result.precision:.3f}  {facets}"
        )
        if "--errors" in sys.argv:
            print(*("    " + fault for fault in result.faults), sep="\n")
    for line in _shared_scores():
        print(line)
    print(f"speed {speed():.2f} MB/s")
    if (dense := crowd_speed()) is not None:
        print(f"speed {dense:.2f} MB/s on texts full of figures")


if __name__ == "__main__":
    main()
