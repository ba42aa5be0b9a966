"""Settings from files and flags, and what `audit config` tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.model.errors import InputError
from audit.tables.formats.asked import Unpivot
from audit.workspace.configuration import SETTINGS, Configuration, configure
from tests.workspace.command import audit

EVERYTHING = """# all settings
sources = ["plans"]
rules = ["rules", "more.yaml"]
only = ["sums.*"]
extends = "plans"
waivers = "accepted.yaml"
baseline = "before.json"
language = "zh"
severity = "info"
fail-on = "never"
strict = true
most = 50

[codes]
region = "codes/regions.csv"

[tables.budget]
file = "budget.xlsx"
unpivot = {columns = "2015..2024", into = "period", value = "amount"}
"""


def test_every_setting_is_read_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text(EVERYTHING, "utf-8")
    found = configure(tmp_path)
    assert found.sources == (tmp_path / "plans",) and found.rules == (
        tmp_path / "rules",
        tmp_path / "more.yaml",
    )
    assert (found.only, found.language, found.severity, found.fail_on, found.strict) == (
        ("sums.*",),
        "zh",
        "info",
        "never",
        True,
    )
    assert found.most == 50
    assert (found.waivers, found.baseline) == (tmp_path / "accepted.yaml", tmp_path / "before.json")
    assert dict(found.codes) == {"region": tmp_path / "codes/regions.csv"}
    assert found.tables["budget"].file == tmp_path / "budget.xlsx"
    assert found.tables["budget"].unpivot == Unpivot(("2015..2024",), ("period",), "amount")
    assert set(found.origins) == set(SETTINGS)
    assert found.origins["fail-on"] == f"{tmp_path / 'audit.toml'}:10" and found.origins["codes"].endswith(
        ":14"
    )


def test_pyproject_counts_where_it_has_a_section_of_ours(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.audit]\nstrict = true\n\n[tool.audit.codes]\nregion = 'r.csv'\n"
    )
    assert configure(tmp_path).strict and configure(tmp_path).origins["codes"].endswith("pyproject.toml:4")
    (tmp_path / "pyproject.toml").write_text("[tool.auditor]\nstrict = true\n# [tool.audit]\n")
    assert not configure(tmp_path).strict
    (tmp_path / "audit.toml").write_text("severity = 'info'\n")
    assert configure(tmp_path).severity == "info"


def test_the_nearest_folder_counts_and_nothing_above_a_clone(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("strict = true\n")
    clone, inner = tmp_path / "clone", tmp_path / "clone" / "a" / "b"
    inner.mkdir(parents=True)
    assert configure(inner).strict
    (clone / ".git").mkdir()
    assert not configure(inner).strict
    (clone / "audit.toml").write_text("severity = 'error'\n")
    assert configure(inner / "table.csv").severity == "error"


def test_flags_win_and_are_told(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text(EVERYTHING, "utf-8")
    found = configure(
        tmp_path,
        {"--fail-on": "warning", "--lang": "en", "--rules": (), "--severity": None, "--strict": False},
    )
    assert (found.fail_on, found.language, found.severity, found.strict) == ("warning", "en", "info", True)
    assert found.origins["fail-on"] == "--fail-on" and found.origins["language"] == "--lang"


def test_without_a_file_all_are_defaults(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    found = configure(tmp_path)
    assert not found.origins
    assert (found.sources, found.fail_on) == (Configuration().sources, "error")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[codes]\n", None),
        ("\nfail_on = 'error'\n", ":2: there is no setting “fail_on”; the nearest is “fail-on”."),
        ("rule = ['x']\n", ":1: there is no setting “rule”; the nearest is “rules”."),
        ("rules = 'x'\n", ':1: “rules” should be a list of texts, as in ["rules"].'),
        ("rules = [3]\n", ':1: “rules” should be a text in quotes, as in "rules".'),
        ("strict = 'yes'\n", ":1: “strict” should be true or false."),
        ("severity = 'fatal'\n", ":1: “severity” should be one of error, warning, info."),
        (
            "codes = 'x'\n",
            ':1: “codes” should be a table of files by dimension, as in region = "regions.csv".',
        ),
        ("strict = \n", ": is not TOML (Invalid value (at line 1, column 10))."),
    ],
)
def test_a_wrong_setting_is_a_sentence_with_its_line(tmp_path: Path, text: str, sentence: str | None) -> None:
    path = tmp_path / "audit.toml"
    path.write_text(text)
    if sentence is None:
        assert configure(tmp_path).codes == {}
        return
    with pytest.raises(InputError) as caught:
        configure(tmp_path)
    assert str(caught.value) == f"{path}{sentence}"


def test_all_wrong_settings_are_told_at_once_and_the_command_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("fail_on = 'error'\nstrict = 1\n")
    done = audit(tmp_path, "check", "--lang", "en")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 2)


def test_audit_config_tells_what_is_in_force_and_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text(EVERYTHING, "utf-8")
    told = {line.split()[0]: line.split()[1:] for line in audit(tmp_path, "config").stdout.splitlines()}
    assert told["fail-on"] == ["never", "audit.toml:10"]
    assert told["rules"] == ["rules,", "more.yaml", "audit.toml:3"]
    assert told["strict"] == ["true", "audit.toml:11"]
