import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from babel.messages.extract import extract_from_file

from audit.reporting import html
from audit.reporting.chapters import chapter_of, coverage_by_chapter
from audit.reporting.html import chinese, render, scripts
from tests.reporting.sample import HOSTILE, sample


class Page(HTMLParser):
    """The elements of a page and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = [("", {})]
        self.texts: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(("", {}))

    def handle_data(self, data: str) -> None:
        tag, attrs = self.elements[-1]
        name = attrs.get("id") or tag
        self.texts[name] = self.texts.get(name, "") + data


def page(language: str = "zh") -> Page:
    return Page(render(sample(), language=language))  # type: ignore[arg-type]


def data() -> Any:
    return json.loads(page().texts["data"])


def test_one_file_that_asks_for_nothing_else() -> None:
    shown = page()
    loading = [
        tag for tag, attrs in shown.elements if {"src", "srcset", "data"} & attrs.keys() or tag == "link"
    ]
    assert loading == []
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg", "", scripts())
    assert "url(" not in shown.texts["style"]


def test_only_these_scripts_and_styles_may_run() -> None:
    shown = page()
    policy = next(
        attrs["content"] for tag, attrs in shown.elements if tag == "meta" and "http-equiv" in attrs
    )
    assert policy is not None
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(shown.texts[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_hostile_words_are_data_and_nothing_else() -> None:
    shown = page()
    assert not [
        tag for tag, attrs in shown.elements if tag == "img" or any(name.startswith("on") for name in attrs)
    ]
    assert [tag for tag, _ in shown.elements].count("script") == 2
    texts = json.loads(shown.texts["data"])["texts"]
    assert HOSTILE["html"] in texts
    assert not any("\x1b" in text or "\u202e" in text for text in texts)
    assert max(map(len, texts)) <= 402


def test_every_text_stands_in_the_data_once() -> None:
    texts = data()["texts"]
    assert len(set(texts)) == len(texts)
    assert texts[0] == ""


def test_columns_have_one_entry_a_record() -> None:
    packed = data()
    report = sample()
    assert {len(column) for column in packed["figures"].values()} == {len(report.figures) + 1}
    checks = packed["checks"]
    assert len(checks["id"]) == len(report.checks)
    assert checks["first"][-1] == len(checks["figures"]) == sum(len(check.cells) for check in report.checks)


def test_a_report_without_all_checks_still_has_those_of_its_findings() -> None:
    packed = json.loads(Page(render(replace(sample(), checks=(), figures=()), language="en")).texts["data"])
    ids = {packed["texts"][place] for place in packed["checks"]["id"]}
    assert {"sum03", "gap2021", "lead-14"} <= ids


def test_every_message_of_the_scripts_is_in_the_page() -> None:
    messages = set()
    for name in html.SCRIPTS:
        path = f"{html.__path__[0]}/{name}.js"
        for _, message, _, _ in extract_from_file("javascript", path, keywords={"_": None, "plural": (1, 2)}):
            messages.add(message if isinstance(message, str) else message[0])
    assert set(chinese(scripts())) == messages


def test_coverage_counts_the_figures_of_a_chapter_that_were_compared_with_another() -> None:
    rows = {(row.document, row.label): (row.figures, row.covered) for row in coverage_by_chapter(sample())}
    assert rows["zone-plan", "二 发展目标"] == (2, 1)
    assert rows["zone-plan", "三 重点任务"] == (50, 46)


def test_a_chapter_is_the_topmost_ancestor_or_the_beginning_of_the_number() -> None:
    assert (
        chapter_of("d", "三(一)2", {("d", "三(一)2"): "三(一)", ("d", "三(一)"): "三", ("d", "三"): None})
        == "三"
    )
    assert [chapter_of("d", c, {}) for c in ("三(一)2", "四24", "2.1", "")] == ["三", "四", "2", ""]
    assert chapter_of("d", "a", {("d", "a"): "b", ("d", "b"): "a"}) in ("a", "b")
