from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.model.report import Cell, Report, Summary
from audit.reporting.html import render
from tests.reporting.browser import opened
from tests.reporting.sample import figure, finding, large, report_of, sample, sum_check

VIEWS = ("findings", "summary", "pictures", "figures", "checks", "untestable", "rules", "sources")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "报告.html"
    path.write_text(render(sample(), language="zh"), "utf-8")
    return path


def go(page: Any, address: str) -> None:
    page.evaluate(f"location.hash = '{address}'")
    page.wait_for_timeout(80)


def test_findings_are_filtered_and_searched(file: Path) -> None:
    with opened(file) as page:
        assert page.inner_text(".count") == "16 个问题 · 4 个原因"
        page.select_option("[data-filter=severity]", "error")
        assert page.inner_text(".count") == "16 个问题中的 4 个 · 2 个原因"
        assert page.locator("details.card").count() == 4
        page.fill("#search", "销售收入")
        assert page.locator("details.card").count() == 1
        page.click("text=清除筛选")
        assert page.inner_text(".count") == "16 个问题 · 4 个原因"


def test_a_finding_shows_its_relation_and_leads_to_its_figures_and_back(file: Path) -> None:
    with opened(file) as page:
        card = page.locator("[id='finding-sum03']")
        card.locator("summary").click()
        assert card.locator(".equation").inner_text().split() == [
            "创新区",
            "90家",
            "≠",
            "南区",
            "50家",
            "+",
            "北区",
            "30家",
            "=",
            "80",
        ]
        assert card.locator("mark").all_inner_texts() == ["90", "50", "30"]
        card.locator(".box").nth(1).click()
        page.wait_for_selector(".uses")
        assert "50家" in page.inner_text("#view-title")
        page.click(".uses a")
        page.wait_for_selector("[id='finding-sum03'][open]")


def test_every_view_opens_in_both_languages_without_complaint(file: Path) -> None:
    with opened(file) as page:
        for _ in range(2):
            for view in VIEWS:
                go(page, f"#/{view}")
                assert page.locator("#main section").count() >= 1
            page.click("#language")
        go(page, "#/findings")
        page.click("#language")
        assert page.inner_text("h1") == "3 errors found, and 12 more points to verify."
        assert page.get_attribute("html", "lang") == "en"


def test_no_accessibility_fault_in_any_view(file: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with opened(file) as page:
        for view in (*VIEWS, "figure/3", "check/sum02"):
            go(page, f"#/{view}")
            found = axe.run(page).response["violations"]
            assert [(view, v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found] == []


def test_everything_can_be_reached_by_keyboard(file: Path) -> None:
    with opened(file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "skip"
        for kind, nth in (("cause", 1), ("card", 1)):
            page.locator(f"details.{kind} > summary").nth(nth).focus()
            page.keyboard.press("Enter")
            page.wait_for_timeout(50)
            assert page.locator(f"details.{kind}").nth(nth).get_attribute("open") is not None


def test_printing_opens_every_finding(file: Path, tmp_path: Path) -> None:
    with opened(file) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.card[open] .card-body").count() == 16
        assert page.locator(".rule").count() == 4
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_an_address_opens_its_finding(file: Path, tmp_path: Path) -> None:
    with opened(file) as page:
        go(page, "#/finding/lead-14")
        assert page.locator("[id='finding-lead-14'][open]").count() == 1


def test_a_large_report_draws_only_what_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    path.write_text(render(large(200, 4_000), language="zh"), "utf-8")
    with opened(path) as page:
        page.evaluate("location.hash = '#/checks'")
        page.wait_for_selector(".long-row")
        page.evaluate("document.querySelector('.long-view').scrollTop = 120_000")
        page.wait_for_timeout(100)
        assert page.locator(".long-body .long-row").count() < 80
        first = page.locator(".long-body .long-row").first.get_attribute("aria-rowindex")
        assert int(first) > 2_900


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(
        render(Report("0", Summary(*[0] * 10), (), (), (), (), (), (), (), ()), language="en"), "utf-8"
    )
    with opened(path) as page:
        assert "Nothing could be tested" in page.inner_text("h1")
        for view in VIEWS:
            go(page, f"#/{view}")
            assert page.locator("#main section").count() >= 1


def test_a_figure_leads_to_its_clause_in_the_source_and_from_there_to_its_finding(tmp_path: Path) -> None:
    text = "第一条 到2021年，全区研发机构30家，其中南区20家、北区15家。\n第二条 其他。\n"

    def at(region: str, value: str) -> Cell:
        start = text.index(f"{value}家")
        return replace(figure(region, value), start=start, end=start + len(value))

    check = sum_check("violated", at("创新区", "30"), at("南区", "20"), at("北区", "15"), identity="s1")
    report = replace(report_of((check,), [finding(check)]), texts={"zone-plan": text})
    (tmp_path / "sourced.html").write_text(render(report, language="zh"), "utf-8")
    with opened(tmp_path / "sourced.html") as page:
        assert page.locator(".operands mark").all_inner_texts() == ["30", "20", "15"]
        assert page.locator(".operands q").first.inner_text() == text.split("。")[0]
        page.locator(".operands .place a").nth(1).click()
        page.wait_for_selector(".sought")
        assert page.inner_text(".sought") == "20"
        assert page.locator(".source-text p").count() == 2
        page.click(".sought")
        page.wait_for_selector("[id='finding-s1'][open]")
