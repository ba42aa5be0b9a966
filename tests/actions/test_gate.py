"""The gate from end to end, in a git repository: what a drafter, a reviewer and CI see week after week."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.workspace.command import audit
from tests.workspace.zone import commit, git, make, state


def _on(day: str) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))}


def _findings(output: str) -> list[tuple[str, str | None]]:
    return [(finding["rule"], finding["change"]) for finding in json.loads(output)["findings"]]


def test_a_wrong_edit_is_caught_waived_expires_and_the_stale_waiver_is_reported(tmp_path: Path) -> None:
    root = make(tmp_path / "repository")
    gate = ("check", "--baseline", "audit-baseline.json", "--lang", "en")

    state(root, "南区", "研发机构", "2031", 21)  # an old difference that everybody knows
    first = audit(root, *gate, "--update-baseline", **_on("2031-03-01"))
    assert first.returncode == 0, first.stderr
    commit(root, "The tables as they are, with the baseline")

    clean = audit(root, *gate, **_on("2031-03-01"))
    assert clean.returncode == 0
    assert "0 new" in clean.stdout and "1 unchanged" in clean.stdout

    git(root, "switch", "-q", "-c", "draft")
    state(root, "创新区", "销售收入", "2032", 1560)
    commit(root, "A drafter swaps two digits")
    wrong = audit(root, *gate, "--format", "json", **_on("2031-03-02"))
    assert wrong.returncode == 1
    assert sorted(_findings(wrong.stdout)) == [("zone-total", "new"), ("zone-total", "unchanged")]
    new = next(f for f in json.loads(wrong.stdout)["findings"] if f["change"] == "new")
    assert (new["key"]["indicator"], new["imbalance"]) == ("销售收入", -90)

    waived = audit(root, "waive", new["id"], "--reason", "待核对统计口径", "--category", "to-verify",
                   "--by", "王审计", "--until", "2031-03-31", **_on("2031-03-02"))  # fmt: skip
    assert waived.returncode == 0, waived.stderr
    commit(root, "Let the difference pass until the end of March")
    passed = audit(root, *gate, **_on("2031-03-03"))
    assert passed.returncode == 0
    assert "待核对统计口径" in passed.stdout and "1 waived" in passed.stdout

    expired = audit(root, *gate, **_on("2031-04-01"))
    assert expired.returncode == 1
    assert "expired on 2031-03-31" in expired.stdout

    state(root, "创新区", "销售收入", "2032", 1650)
    commit(root, "The drafter corrects the figure")
    corrected = audit(root, *gate, **_on("2031-03-10"))
    assert corrected.returncode == 0
    assert re.search("waiver of .* matches no finding any more", corrected.stdout)
    assert audit(root, *gate, "--fail-on", "warning", **_on("2031-03-10")).returncode == 1


def test_a_waiver_excuses_only_what_was_accepted(tmp_path: Path) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    finding = json.loads(audit(root, "check", "--format", "json").stdout)["findings"][0]
    audit(root, "waive", finding["id"][:6], "--reason", "known", "--by", "W", "--until", "2099-01-01")
    assert audit(root, "check").returncode == 0

    state(root, "创新区", "销售收入", "2032", 1500)
    again = audit(root, "check", "--lang", "en")
    assert again.returncode == 1
    assert "changed since W waived it" in again.stdout


def test_a_finding_that_can_no_longer_be_tested_is_lost_not_settled(tmp_path: Path) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    audit(root, "check", "--baseline", "b.json", "--update-baseline")
    table = root / "extracted" / "targets" / "zone-plan.csv"
    table.write_text(
        "".join(r for r in table.read_text("utf-8").splitlines(True) if "南区/-/销售收入" not in r), "utf-8"
    )
    result = audit(root, "check", "--baseline", "b.json", "--lang", "en")
    assert "0 settled, 1 no longer testable" in result.stdout


@pytest.mark.parametrize(("value", "code"), [(1560, 0), (1500, 1), (1600, 0)])
def test_only_a_finding_that_grows_worse_fails_against_the_baseline(
    tmp_path: Path, value: int, code: int
) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    audit(root, "check", "--baseline", "b.json", "--update-baseline")
    state(root, "创新区", "销售收入", "2032", value)
    assert audit(root, "check", "--baseline", "b.json").returncode == code


def test_updating_the_baseline_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    root = make(tmp_path)
    state(root, "创新区", "销售收入", "2032", 1560)
    written = []
    for language in ("zh", "en"):
        audit(root, "check", "--baseline", "b.json", "--update-baseline", "--lang", language)
        written.append((root / "b.json").read_bytes())
    assert written[0] == written[1]


def test_a_missing_or_broken_baseline_is_one_sentence(tmp_path: Path) -> None:
    root = make(tmp_path)
    missing = audit(root, "check", "--baseline", "b.json", "--lang", "en")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr == "b.json: there is no such baseline; --update-baseline writes one.\n"
    (root / "b.json").write_text('{"schema": "audit-report/1", "findings": 3}')
    broken = audit(root, "check", "--baseline", "b.json", "--lang", "en")
    assert broken.returncode == 2
    assert "b.json" in broken.stderr and "Traceback" not in broken.stderr
