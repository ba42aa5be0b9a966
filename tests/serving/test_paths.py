"""What a drafter, an auditor and a writer of rules do on the page, in a real browser; screens to look at by hand.

`AUDIT_SCREENS=FOLDER` keeps a picture of every step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.documents.opening import read_document
from audit.serving.entrance import Entrance
from tests.reporting.browser import browser
from tests.serving.visiting import SAMPLE, served

SCREENS = os.environ.get("AUDIT_SCREENS")
SHARED = Path(os.environ.get("AUDIT_SHARED") or Path(__file__).parents[3] / "shared")
CROWD = ("baoshan_2025_budget_report.html", "gwr_2003.txt")
"""A page with tables as a city publishes it, and a text as it was cut out of one."""


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entrance]:
    with served(tmp_path_factory.mktemp("served"), language=None) as entrance:
        yield entrance


@pytest.fixture(scope="module")
def visited(entrance: Entrance) -> Iterator[Any]:
    """A page of somebody who reads Chinese; it must not complain nor ask anything of another place."""
    complaints: list[str] = []
    context = browser().new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    own = f"http://{entrance.host}:{entrance.port}/"
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: request.url.startswith(own) or complaints.append(request.url))
    page.goto(entrance.address)
    page.click("#sample")
    page.wait_for_url("**/drafts/*")
    page.wait_for_selector("#main section")
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(visited: Any) -> Any:
    """The page of the sample, as it is first seen."""
    visited.evaluate("location.hash = '#/findings'")
    visited.wait_for_selector("#main .findings details")
    return visited


def seen(page: Any, name: str) -> None:
    if SCREENS:
        page.screenshot(path=Path(SCREENS) / f"{name}.png")


def in_view(page: Any, selector: str) -> bool:
    """Whether the first such mark stands in the visible part of the paper."""
    found: bool = page.evaluate(
        """(selector) => {
          const box = document.querySelector(selector).getBoundingClientRect();
          const paper = document.getElementById("paper").getBoundingClientRect();
          return box.top >= paper.top - 1 && box.bottom <= paper.bottom + 1;
        }""",
        selector,
    )
    return found


def test_a_drafter_sees_causes_beside_the_draft_and_is_led_to_every_place(page: Any) -> None:
    assert "key=" not in page.url
    assert "8 个错误" in page.inner_text("h1")
    seen(page, "drafter-1-causes")
    causes = page.locator("details.cause")
    assert causes.count() >= 8
    sum_of_three = causes.filter(has_text="14500")
    sum_of_three.first.locator("summary").first.click()
    page.wait_for_selector("mark.lit")
    lit = page.locator("mark.lit a").all_inner_texts()
    assert set(lit) >= {"14500"} and in_view(page, "mark.lit")
    seen(page, "drafter-2-cause-lit")


def test_a_drafter_clicks_a_figure_sees_its_relations_and_tries_another_number(page: Any) -> None:
    page.locator("#paper mark.finding a", has_text="14500").click()
    page.wait_for_selector("mark.here")
    assert page.locator(".uses li .tick").count() >= 1
    page.fill(".try input", "14000")
    page.wait_for_selector(".outcome .settled")
    assert page.locator(".outcome .range").count() == 1
    assert page.locator("mark[data-tried]").count() == 1
    seen(page, "drafter-3-tried")
    page.fill(".try input", "99")
    page.wait_for_selector(".outcome .staying, .outcome .broken")
    page.click("text=恢复原数")
    assert page.locator("mark[data-tried]").count() == 0


def test_a_finding_without_a_figure_is_told_at_its_clause(page: Any) -> None:
    page.locator("details.cause", has_text="集聚创新人才").first.locator("summary").first.click()
    page.wait_for_selector("mark.lit")
    page.locator("mark.lit a").first.click()
    page.wait_for_function("document.querySelector('details.card[open]') !== null")
    assert any("集聚创新人才" in told for told in page.locator("details.cause[open]").all_inner_texts())


def test_the_keyboard_alone_goes_through_the_findings(page: Any) -> None:
    page.keyboard.press("n")
    page.wait_for_function("location.hash.startsWith('#/finding/')")
    first = page.url
    page.keyboard.press("n")
    page.wait_for_function(f"location.href !== '{first}'")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Escape")
    page.wait_for_function("location.hash === '#/findings'")


def test_an_auditor_reads_in_english_takes_the_report_away_and_disputes_a_finding(page: Any) -> None:
    page.click("#language")
    page.wait_for_selector("html[lang=en] #main .findings details")
    assert "errors found" in page.inner_text("h1")
    page.click("#downloads summary")
    seen(page, "auditor-1-downloads")
    with page.expect_download() as taken:
        page.click("#downloads a[href$='report.docx']")
    assert taken.value.suggested_filename.endswith(".report.docx")
    with page.expect_download() as taken:
        page.click("#downloads a[href$='marked.docx']")
    assert Path(taken.value.path()).read_bytes().startswith(b"PK")
    page.click("#downloads summary")
    before = page.locator("mark.finding").count()
    cause = page.locator("details.cause", has_text="120").first
    cause.locator("summary").first.click()
    card = cause.locator("details.card[open]").first
    card.locator(".decide summary").click()
    card.locator("[name=reason]").fill("the street is no part of it")
    card.locator("[name=by]").fill("Wang")
    seen(page, "auditor-2-decision")
    card.locator("text=Keep this decision").click()
    page.wait_for_selector("mark.waived")
    assert page.locator("mark.finding").count() < before
    page.click("#language")
    page.wait_for_selector("html[lang=zh-CN] #main .findings details")


def test_a_writer_of_rules_says_one_in_words_and_sees_what_it_finds(page: Any) -> None:
    page.click("#nav a[href='#/state']")
    page.wait_for_selector("form.state")
    page.select_option("[name=whole]", "合计")
    page.select_option("[name=parts]", ["企业研发补助", "平台运行补助", "人才引育补助"])
    page.fill("[name=title]", "三项合计")
    page.fill("[name=because]", "合计由三项组成")
    page.click("form.state button")
    page.wait_for_selector("pre.text")
    assert page.locator("#main .uses .tick.holds").count() == 2
    assert page.locator("#main .uses .tick.violated").count() == 1
    assert "check: whole == sum(parts)" in page.inner_text("pre.text")
    assert len(page.locator("mark.lit").all()) == 12
    seen(page, "writer-1-rule")


def barriers(page: Any, name: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds on a page, into which it is put past the page's policy, by the browser's own means."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    return [
        (name, fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in axe.run(page).response["violations"]
    ]


def test_no_accessibility_fault_on_the_page_of_a_draft(page: Any) -> None:
    faults = []
    for name in (
        "findings",
        "untestable",
        "rules",
        "compare",
        "at/" + page.get_attribute("mark a", "href")[5:],
    ):
        page.evaluate(f"location.hash = '#/{name}'")
        page.wait_for_timeout(150)
        faults += barriers(page, name)
    assert faults == []


def test_dropped_files_are_listed_and_wrong_ones_are_told(entrance: Entrance, tmp_path: Path) -> None:
    context = browser().new_context(viewport={"width": 1280, "height": 720}, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(entrance.address)
    assert barriers(page, "nothing brought") == []
    wrong = tmp_path / "a.exe"
    wrong.write_bytes(b"MZ")
    page.set_input_files("#choose", [str(SAMPLE / "draft.txt"), str(wrong)])
    page.wait_for_selector(".file.refused")
    assert "is no kind of file" in page.inner_text(".file.refused")
    page.wait_for_selector(".file.ready a")
    seen(page, "drafter-0-files")
    assert "errors found" in page.inner_text(".file.ready")
    assert barriers(page, "one read, one refused") == []
    page.click(".file.ready button")
    page.wait_for_selector(".file.ready", state="detached")
    context.close()


@pytest.mark.parametrize("name", CROWD)
def test_a_document_as_others_publish_it_is_shown_whole_and_every_figure_leads_to_its_relations(
    entrance: Entrance, name: str
) -> None:
    path = SHARED / "crowd" / "documents" / name
    if not path.exists():
        pytest.skip("the shared documents are not here")
    complaints: list[str] = []
    context = browser().new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(entrance.address)
    page.set_input_files("#choose", str(path))
    page.click(".file.ready a")
    page.wait_for_selector("#main section")
    seen(page, f"crowd-{path.stem}")
    told = "".join(page.inner_text("#paper").split())
    lines = ["".join(line.split()) for line in read_document(path).text.splitlines()]
    assert [line for line in lines if line.replace("^", "") not in told.replace("^", "")] == []
    marks = page.locator("#paper mark.agreed a")
    assert marks.count() > 5
    marks.nth(3).click()
    page.wait_for_selector("mark.here")
    assert page.locator("#main .uses li .tick.holds").count() >= 1
    assert barriers(page, name) == []
    context.close()
    assert complaints == []
