"""`audit diff` on revisions, workspaces and tables of a small zone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.workspace.command import REPOSITORY, audit
from tests.workspace.zone import amend, commit, copied, make, state

SALES = "zone-plan/创新区/-/销售收入/2032/level"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = make(tmp_path / "repository")
    commit(root, "As it was")
    return root


def _difference(root: Path, *arguments: str) -> dict:  # type: ignore[type-arg]
    done = audit(root, "diff", *arguments, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)
    assert found["same"] is (done.returncode == 0)
    return found  # type: ignore[no-any-return]


def test_a_revision_differs_from_the_one_before_by_a_figure_and_the_relation_it_breaks(
    repository: Path,
) -> None:
    state(repository, "创新区", "销售收入", "2032", 1560)
    commit(repository, "Swapped digits")
    found = _difference(repository, "main~1", "HEAD")
    (figure,) = found["figures"]
    assert (figure["kind"], figure["before"]["value"], figure["after"]["value"], figure["delta"]) == (
        "changed",
        1650,
        1560,
        -90,
    )
    (relation,) = found["relations"]
    assert (relation["kind"], relation["before"]["verdict"], relation["after"]["verdict"]) == (
        "broke",
        "holds",
        "violated",
    )
    back = _difference(repository, "HEAD", "main~1")
    assert [(r["kind"]) for r in back["relations"]] == ["eased"]


def test_the_working_tree_is_the_new_version_when_none_is_named(repository: Path) -> None:
    assert _difference(repository, "HEAD")["figures"] == []
    state(repository, "南区", "研发机构", "2031", 21)
    assert len(_difference(repository, "HEAD")["figures"]) == 1


def test_offsets_alone_are_no_difference(repository: Path) -> None:
    amend(repository, SALES, start=700)
    assert _difference(repository, "HEAD")["same"]


def test_a_figure_that_goes_away_leaves_its_relation_untestable(repository: Path) -> None:
    table = repository / "extracted" / "targets" / "zone-plan.csv"
    table.write_text(
        "".join(r for r in table.read_text("utf-8").splitlines(True) if not r.startswith(SALES)), "utf-8"
    )
    found = _difference(repository, "HEAD")
    assert [f["kind"] for f in found["figures"]] == ["removed"]
    assert [r["kind"] for r in found["relations"]] == ["lost"]


def test_a_clause_that_moves_is_told_once_and_its_figures_are_not(repository: Path) -> None:
    clauses = repository / "extracted" / "clauses.csv"
    text = clauses.read_text("utf-8")
    text = text.replace("zone-plan,二,,二,", "zone-plan,三,,三,").replace(
        "zone-plan,一,,一,", "zone-plan,二,,二,"
    )
    clauses.write_text(text.replace("\n", "\nzone-plan,一,,一,chapter,Preface,,\n", 1), "utf-8")
    for line in (repository / "extracted" / "targets" / "zone-plan.csv").read_text("utf-8").splitlines()[1:]:
        amend(repository, line.partition(",")[0], clause="二")
    found = _difference(repository, "HEAD")
    assert found["figures"] == []
    assert [(m["before"], m["after"], m["figures"]) for m in found["moves"]] == [
        ("一", "二", 12),
        ("二", "三", 0),
    ]
    assert [(r["table"], r["kind"], r["key"]["clause"]) for r in found["rows"]] == [
        ("clauses", "added", "一")
    ]


def test_a_figure_that_moves_alone_is_told(repository: Path) -> None:
    amend(repository, SALES, clause="二")
    found = _difference(repository, "HEAD")
    assert [(f["kind"], f["before"]["clause"], f["after"]["clause"]) for f in found["figures"]] == [
        ("moved", "一", "二")
    ]


def test_two_workspaces_and_two_tables_compare_alike(repository: Path, tmp_path: Path) -> None:
    other = copied(repository, tmp_path / "other")
    state(other, "创新区", "销售收入", "2032", 1560)
    table = "extracted/targets/zone-plan.csv"
    folders = _difference(tmp_path, "repository", "other", "--rules", "repository/rules")
    tables = _difference(tmp_path, f"repository/{table}", f"other/{table}")
    assert [(f["kind"], f["delta"]) for f in folders["figures"]] == [("changed", -90)]
    assert [(f["kind"], f["delta"]) for f in tables["figures"]] == [("changed", -90)]


def test_all_four_formats_tell_it_and_hostile_words_stay_words(repository: Path, tmp_path: Path) -> None:
    amend(
        repository, SALES, value=1560, low=1560, high=1560, literal="1560", evidence="<script>1560</script>"
    )
    outputs = [f"difference{suffix}" for suffix in (".txt", ".json", ".md", ".html")]
    done = audit(repository, "diff", "HEAD", "--lang", "zh", *(x for name in outputs for x in ("-o", name)))
    assert done.returncode == 1, done.stderr
    told = [(repository / name).read_text("utf-8") for name in outputs]
    assert all("销售收入" in text and "1560" in text for text in told)
    assert "<script>1560" not in told[3] and "<script>1560" not in told[2]
    assert not re.search(r"(src|href)=|@import|url\(", told[3])


@pytest.mark.parametrize("name", ["main~9", "nowhere", "--all", "-x", "HEAD:extracted"])
def test_what_is_no_version_is_one_sentence(repository: Path, name: str) -> None:
    done = audit(repository, "diff", "--lang", "en", "--", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and name in done.stderr


def test_a_folder_outside_git_is_one_sentence(tmp_path: Path) -> None:
    done = audit(
        make(tmp_path / "plain"), "diff", "HEAD", "--lang", "en", GIT_CEILING_DIRECTORIES=str(tmp_path)
    )
    assert done.returncode == 2 and "no git revision here" in done.stderr


def test_two_versions_of_a_draft_compare_whatever_they_are_called(tmp_path: Path) -> None:
    sample = (REPOSITORY / "tests" / "data" / "draft" / "draft.txt").read_text("utf-8")
    (tmp_path / "first.txt").write_text(sample, "utf-8")
    (tmp_path / "second.txt").write_text(sample.replace("300家、420家", "300家、320家"), "utf-8")
    assert _difference(tmp_path, "first.txt", "first.txt")["same"]
    found = _difference(tmp_path, "first.txt", "second.txt")
    assert [(f["kind"], f["delta"]) for f in found["figures"]] == [("changed", -100)]
    assert all(r["before"] and r["after"] for r in found["relations"])


def test_a_draft_compares_with_its_word_and_pdf_versions(tmp_path: Path) -> None:
    folder = REPOSITORY / "tests" / "data" / "draft"
    for suffix in (".docx", ".pdf"):
        found = _difference(tmp_path, str(folder / "draft.docx"), str(folder / f"draft{suffix}"))
        assert [f for f in found["figures"] if f["kind"] == "changed"] == []
