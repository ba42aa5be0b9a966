"""Small plans as a reader judges them: what each states, what of its figures is tied, and what is said against it.

`data/extraction/readings.txt` holds plans of our own, one for every kind of input that lies beside the project
(AUDIT_SHARED), `readings.told.txt` what a reader takes from each, `shared.told.txt` the same of those inputs. Run
`AUDIT_UPDATE_GOLDEN=1 pytest tests/extraction/test_reading.py` after a change, and read the difference as that reader.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.model.report import Cell, Report
from audit.workspace.configuration import Configuration

DATA = Path(__file__).resolve().parents[1] / "data" / "extraction"
OWN, OWN_TOLD, SHARED_TOLD = (
    DATA / name for name in ("readings.txt", "readings.told.txt", "shared.told.txt")
)
SHARED = Path(os.environ.get("AUDIT_SHARED", Path(__file__).parents[3] / "shared")) / "acceptance" / "reading"
TIES = ("relations.", "consistency.", "arithmetic.")


def sections(path: Path) -> dict[str, str]:
    """The named stretches of a file, each below a line `=== name`."""
    if not path.exists():
        return {}
    parts = re.split(r"(?m)^=== (.+)\n", path.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def told(path: Path) -> Iterator[str]:
    """What is taken from a document, a line each: figures, ties, findings, bodies, and what was not read."""
    run = check(Configuration(sources=(path,), severity="info"))
    assert run.draft is not None
    found = run.draft.extracted
    yield f"of {found.region or '-'} {found.period or '-'}"
    for figure in found.figures:
        number = figure.value if figure.value is not None else f"[{figure.low}, {figure.high}]"
        words = (figure.region, figure.indicator, figure.period, figure.measure, figure.kind)
        yield f"figure {' '.join(word or '-' for word in words)} {figure.bound} {number} {figure.unit or ''}".rstrip()
    for clause in found.clauses:
        if clause.lead or clause.support:
            yield f"bodies {clause.clause} {clause.lead or ''} / {clause.support or ''}"
    yield from _said(run.report)


def _said(report: Report) -> Iterator[str]:
    for one in report.checks:
        if one.rule.startswith(TIES):
            yield f"tied {one.verdict} {one.rule} {_literals(one.cells)}"
    for finding in report.findings:
        sure = "" if finding.certain else " unsure"
        yield f"{finding.severity}{sure} {finding.check.rule} {_literals(finding.check.cells)}"
    for left in report.reading.left_out:
        yield f"left out {left.count}: {left.why}"
    for cell in report.reading.unreadable:
        yield f"unreadable {cell.place} {cell.text}"
    for name in report.reading.not_read:
        yield f"not read {name}"


def _literals(cells: tuple[Cell, ...]) -> str:
    return " ".join(re.sub(r"\s+", "", cell.literal) for cell in cells)


def _held(name: str, path: Path, golden: Path) -> None:
    """Compare with the section of a golden file, or write that section anew."""
    said = "".join(f"{line}\n" for line in told(path))
    known = sections(golden)
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        known[name] = said
        golden.write_text("".join(f"=== {key}\n{known[key]}" for key in sorted(known)), encoding="utf-8")
        known = sections(golden)
    assert said == known.get(name)


@pytest.mark.parametrize("name", sections(OWN))
def test_our_own_plans_are_read_as_a_reader_reads_them(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(sections(OWN)[name], encoding="utf-8")
    _held(name, path, OWN_TOLD)


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.*")), ids=lambda path: path.name)
def test_the_inputs_beside_the_project_are_read_as_a_reader_reads_them(path: Path) -> None:
    _held(path.name, path, SHARED_TOLD)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the acceptance inputs are not here")
def test_every_input_beside_the_project_has_a_plan_of_our_own() -> None:
    """The letter and number say the kind; inputs that have none are named alike."""
    own = {_kind(name) for name in sections(OWN)}
    assert not {_kind(path.name) for path in SHARED.glob("*.*")} - own


def _kind(name: str) -> str:
    stem = name.partition(".")[0]
    numbered = re.match(r"[a-f]\d\d(?=_)", stem)
    return numbered[0] if numbered else stem.partition("_share")[0]
