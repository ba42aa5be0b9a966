"""The file of waivers: read with positions, written beside what a person wrote there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from audit.diagnosis.waivers import Entry
from audit.model.errors import InputError
from audit.model.report import Waiver
from audit.workspace.waivers import add_waivers, read_waivers
from tests.workspace.command import audit, environment
from tests.workspace.zone import make, state

_HEADS = ("处理意见", "审计人员说明", "经办人", "有效期至")
WAIVER = Waiver("口径不同：含#在建", "definition", "王审计", "2031-01-01", "2031-12-31")
ENTRY = Entry(
    "0123456789ab",
    "zone-total",
    {"indicator": "研发机构", "period": "2031"},
    "violated",
    Decimal("0.50"),
    WAIVER,
    "",
    0,
)
BY_HAND = """# accepted by the audit office
- rule: zone-total
  key: {indicator: 研发机构, period: 2031}
  verdict: violated
  imbalance: -1
  category: 口径不同   # either language
  reason: |
    first line

    third line
  by: W
  on: 2031-01-01
  until: 2031-01-31

# after the first
"""


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    others = [replace(ENTRY, finding=f"{n:012x}", imbalance=None) for n in range(3)]
    add_waivers(path, (ENTRY, *others))
    assert [replace(e, path="", line=0) for e in read_waivers(path)] == [ENTRY, *others]


def test_what_a_person_wrote_is_read_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(BY_HAND, "utf-8")
    (entry,) = read_waivers(path)
    assert (entry.finding, entry.key["period"], entry.imbalance, entry.waiver.category, entry.line) == (
        None,
        "2031",
        -1,
        "definition",
        2,
    )
    add_waivers(path, (ENTRY,))
    assert path.read_text("utf-8").startswith(BY_HAND) and len(read_waivers(path)) == 2


def test_a_second_waiver_of_a_finding_takes_the_place_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(BY_HAND, "utf-8")
    add_waivers(path, (ENTRY,))
    with path.open("a", encoding="utf-8") as file:
        file.write("# a note at the end\n")
    add_waivers(path, (replace(ENTRY, waiver=replace(WAIVER, until="2032-01-01")),))
    assert [e.waiver.until for e in read_waivers(path)] == ["2031-01-31", "2032-01-01"]
    assert "# a note at the end" in path.read_text("utf-8") and path.read_text("utf-8").startswith(BY_HAND)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("  by: W\n", ""), "{}:2:3: the waiver does not say its “by”; add it."),
        (
            ("reason: |\n    first line\n\n    third line", "reason: ''"),
            "{}:2:3: the waiver does not say its “reason”; add it.",
        ),
        (("until: 2031-01-31", "until: soon"), "{}:13:10: “soon” is no day; write it as 2026-12-31."),
        (
            ("until: 2031-01-31", "until: 2030-01-31"),
            "{}:13:10: the waiver ends before it begins (2031-01-01); give a later day.",
        ),
        (("imbalance: -1", "imbalance: much"), "{}:5:14: “much” is no number."),
        (
            ("verdict: violated", "verdict: violatd"),
            "{}:4:12: “violatd” is not allowed here; the nearest is “violated”.",
        ),
        (("  by: W", "  buy: W"), "{}:11:3: there is no key “buy” here; the nearest is “by”."),
        (("- rule", "rule"), None),
    ],
)
def test_a_wrong_waiver_is_a_sentence_with_its_place(
    tmp_path: Path, change: tuple[str, str], sentence: str | None
) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(BY_HAND.replace(*change), "utf-8")
    with pytest.raises(InputError) as caught:
        read_waivers(path)
    if sentence is not None:
        assert str(caught.value) == sentence.format(path.as_posix())


def test_many_commands_at_once_lose_no_waiver_and_break_no_file(tmp_path: Path) -> None:
    root = make(tmp_path)
    for period, value in (("2031", 31), ("2032", 91)):
        state(root, "创新区", "研发机构", period, value)
    state(root, "创新区", "销售收入", "2032", 1560)
    state(root, "创新区", "高新技术企业", "2032", 451)
    ids = [
        line.split("#")[1]
        for line in audit(root, "check", "--lang", "en").stdout.splitlines()
        if line.lstrip().startswith("error") and "#" in line
    ]
    assert len(ids) == 4
    waive = [sys.executable, "-m", "audit", "waive", "--reason", "r", "--by", "W", "--until", "2099-01-01"]
    running = [
        subprocess.Popen([*waive, name], cwd=root, env=environment(), stdout=subprocess.DEVNULL)
        for name in ids
    ]
    assert [process.wait() for process in running] == [0] * 4
    assert {entry.finding for entry in read_waivers(root / "waivers.yaml")} == set(ids)
    assert audit(root, "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nosuchid",), "there is no finding #nosuchid; `audit check` shows the ids."),
        (("ab",), "there is no finding #ab; `audit check` shows the ids."),
    ],
)
def test_what_cannot_be_waived_is_a_sentence_and_no_file(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    root = make(tmp_path)
    done = audit(
        root, "waive", *arguments, "--reason", "r", "--by", "W", "--until", "2099-01-01", "--lang", "en"
    )
    assert (done.returncode, done.stderr.strip()) == (2, sentence)
    assert not (root / "waivers.yaml").exists()


def test_a_day_that_has_passed_and_a_nameless_person_are_refused(tmp_path: Path) -> None:
    root = make(tmp_path)
    past = audit(root, "waive", "abcd", "--reason", "r", "--by", "W", "--until", "2001-01-01", "--lang", "en")
    assert (past.returncode, past.stderr.strip()) == (2, "--until 2001-01-01 has passed; give a later day.")
    nobody = audit(root, "waive", "abcd", "--reason", "r", "--until", "2099-01-01", "--lang", "en",
                   HOME=str(tmp_path), GIT_CONFIG_NOSYSTEM="1", XDG_CONFIG_HOME=str(tmp_path))  # fmt: skip
    assert (nobody.returncode, nobody.stderr.strip()) == (
        2,
        "nobody is named who accepts this; add --by NAME.",
    )


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_dispositions_noted_in_the_working_paper_become_waivers(tmp_path: Path) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    state(root, "创新区", "研发机构", "2031", 31)
    assert audit(root, "check", "-o", "paper.xlsx", "--lang", "zh").returncode == 1
    _dispose(
        root / "paper.xlsx",
        {"销售收入": ("口径不同", "含在建", "王审计", "2099-01-01"), "研发机构": ("应予更正", "", "", "")},
    )
    done = audit(root, "waive", "--from", "paper.xlsx", "--lang", "en")
    assert done.returncode == 0, done.stderr
    (entry,) = read_waivers(root / "waivers.yaml")
    assert (entry.key["indicator"], entry.imbalance) == ("销售收入", -90)
    assert (entry.waiver.category, entry.waiver.reason, entry.waiver.by) == ("definition", "含在建", "王审计")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("口径不同", "", "王审计", "2099-01-01"), "needs a note"),
        (("口径不同", "含在建", "", "2099-01-01"), "who decided"),
        (("口径不同", "含在建", "王审计", ""), "needs its last day"),
        (("口径不同", "含在建", "王审计", "soon"), "is no day"),
    ],
)
def test_an_unfinished_disposition_is_a_sentence_with_its_row(
    tmp_path: Path, cells: tuple[str, ...], words: str
) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    audit(root, "check", "-o", "paper.xlsx", "--lang", "zh")
    _dispose(root / "paper.xlsx", {"销售收入": cells})
    done = audit(root, "waive", "--from", "paper.xlsx", "--lang", "en")
    assert done.returncode == 2 and words in done.stderr and "paper.xlsx, row " in done.stderr
    assert not (root / "waivers.yaml").exists()


def _dispose(paper: Path, decisions: dict[str, tuple[str, ...]]) -> None:
    """Fill in disposition, note, person and day of the findings about each indicator."""
    book = openpyxl.load_workbook(paper)
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows())
        head = next((row for row in rows if any(cell.value == "处理意见" for cell in row)), None)
        if head is None:
            continue
        columns = {cell.value: cell.column for cell in head}
        for row in rows:
            for indicator, cells in decisions.items():
                if row[0].row > head[0].row and any(indicator in str(cell.value) for cell in row):
                    for name, text in zip(_HEADS, cells, strict=True):
                        sheet.cell(row[0].row, columns[name]).value = text or None
    book.save(paper)
