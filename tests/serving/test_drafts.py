"""A draft that was brought: its page, numbers tried, decisions, files to take away; and nobody else's."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.actions.starting import start
from audit.workspace.waivers import read_waivers
from tests.serving.visiting import SAMPLE, Guest, served

PLAN = "一、目标\n2025年，全市投资10亿元，其中东区6亿元、西区5亿元。\n"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
UNTIL = (date.today() + timedelta(days=30)).isoformat()


class Visit:
    """A guest with the sample draft, read."""

    def __init__(self, guest: Guest) -> None:
        self.guest = guest
        guest.bring("草案.docx", (SAMPLE / "draft.docx").read_bytes())
        self.draft = guest.settled("草案.docx")
        self.path = f"/drafts/{self.draft['id']}"

    def page(self, language: str = "zh") -> str:
        answer = self.guest.ask("GET", f"{self.path}?lang={language}")
        assert answer.status == 200
        return answer.body.decode()

    def data(self) -> dict[str, Any]:
        found = re.search(r'id="data">(.*?)</script>', self.page(), re.S)
        assert found
        data: dict[str, Any] = json.loads(found[1])
        return data

    def try_(self, **values: str) -> dict[str, Any]:
        answer = self.guest.question(f"{self.path}/try", edits=values)
        assert answer.status == 200, answer.json
        told: dict[str, Any] = answer.json
        return told


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with served(tmp_path_factory.mktemp("served")) as entrance:
        yield Visit(Guest(entrance).enter())


def test_the_list_of_files_tells_what_was_found(visit: Visit) -> None:
    assert visit.draft["open"] == 12 and visit.draft["figures"] > 80
    assert "8 errors" in visit.draft["sentence"]


def test_the_page_is_the_draft_itself_with_every_figure_marked(visit: Visit) -> None:
    page = visit.page()
    for words in ("云浦区科技创新三年行动计划", "责任单位：区科技局", "表3 区科技局项目预算"):
        assert words in page
    marks = re.findall(r'<mark id="([\w-]+)" class="(\w+)[ \w]*"><a href="#/at/([\w-]+)">([^<]+)</a>', page)
    assert len(marks) > 80 and all(anchor == leads for anchor, _, leads, _ in marks)
    assert {state for _, state, _, _ in marks} == {"finding", "agreed", "untested"}
    data = visit.data()
    spans = {
        f"figure-{start}-{end}"
        for start, end in zip(data["figures"]["start"], data["figures"]["end"], strict=True)
    }
    marked = {anchor for anchor, *_ in marks}
    assert marked <= spans | data["told"].keys() and set(data["anchors"].values()) <= marked


def test_the_page_speaks_the_language_that_is_asked_for(visit: Visit) -> None:
    assert "8 errors found" in visit.page("en") and 'lang="en"' in visit.page("en")
    assert "下载" in visit.page("zh") and 'lang="zh-CN"' in visit.page("zh")


def test_a_number_that_is_tried_tells_what_breaks_and_the_range_and_changes_nothing(visit: Visit) -> None:
    before = visit.page()
    people = next(text for text in visit.data()["texts"] if text.endswith("高层次人才/2024-2026/cumulative"))
    told = visit.try_(**{people: "99"})
    assert told["broken"] and all(item["verdict"] in ("violated", "reconcilable") for item in told["broken"])
    assert "90" in told["ranges"][0]["zh"] and told["ranges"][0]["figure"] == people
    assert not visit.try_(**{people: "90"})["broken"]
    assert visit.page() == before


def test_the_number_that_mends_a_share_settles_its_finding_whatever_table_tells_of_it(visit: Visit) -> None:
    texts = visit.data()["texts"]
    share = next(
        text for text in texts if "占" in text and text.endswith("2023/rate") and "工业总产值" in text
    )
    told = visit.try_(**{share: "45"})
    assert [item["rule"] for item in told["settled"]] == ["relations.share-of-whole"]


@pytest.mark.parametrize(
    "edits",
    [
        {},
        {"nothing": "1"},
        {"草案/云浦区/-/研发投入/2023/level": "abc"},
        {"草案/云浦区/-/研发投入/2023/level": " "},
    ],
)
def test_what_cannot_be_tried_is_told_in_a_sentence(visit: Visit, edits: dict[str, str]) -> None:
    answer = visit.guest.question(f"{visit.path}/try", edits=edits)
    assert answer.status == 422 and answer.json["zh"] and answer.json["en"]
    assert "Traceback" not in answer.json["en"] and "audit failed" not in answer.json["en"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"edits": 3}', b"[" * 50_000, b"x" * 100_000])
def test_a_question_that_is_none_is_refused(visit: Visit, body: bytes) -> None:
    assert visit.guest.ask("POST", f"{visit.path}/try", body).status in (400, 413)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("marked.docx", b"PK"), ("marked.html", b"<!DOCTYPE html>"), ("report.html", b"<!doctype html>"),
        ("report.docx", b"PK"), ("report.xlsx", b"PK"), ("report.json", b"{"), ("tables.zip", b"PK"),
    ],
)  # fmt: skip
def test_files_are_taken_away_under_the_name_of_the_draft(visit: Visit, name: str, begins: bytes) -> None:
    answer = visit.guest.ask("GET", f"{visit.path}/files/{name}")
    assert answer.status == 200 and answer.body.lower().startswith(begins.lower())
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment") and told.endswith(f"%E8%8D%89%E6%A1%88.{name}")


def test_the_tables_are_a_package(visit: Visit) -> None:
    content = visit.guest.ask("GET", f"{visit.path}/files/tables.zip").body
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "datapackage.json" in names and any(name.startswith("targets/") for name in names)


@pytest.mark.parametrize(
    "name", ["marked.pdf", "..%2f..%2fetc%2fpasswd", "草案.docx", "report.exe", "sample.docx"]
)
def test_no_other_file_is_given(visit: Visit, name: str) -> None:
    from urllib.parse import quote

    assert visit.guest.ask("GET", f"{visit.path}/files/{quote(name, safe='%')}").status == 404


def test_nobody_sees_or_touches_the_files_of_another(visit: Visit) -> None:
    other = Guest(visit.guest.entrance).enter()
    assert other.cookie != visit.guest.cookie and other.drafts() == {}
    assert other.ask("GET", visit.path).status == 404
    assert other.ask("GET", f"{visit.path}/files/report.json").status == 404
    assert other.ask("DELETE", visit.path).status == 404
    assert other.question(f"{visit.path}/try", edits={"a": "1"}).status == 404
    other.bring("mine.txt", PLAN.encode())
    mine = other.settled("mine.txt")
    compared = other.question(f"/drafts/{mine['id']}/compare", **{"with": visit.draft["id"]})
    assert compared.status == 404
    assert visit.guest.ask("GET", visit.path).status == 200


def test_words_of_a_file_never_act(visit: Visit) -> None:
    name = "a<b>&\"'.txt"
    visit.guest.bring(name, (PLAN + HOSTILE + "\n").encode())
    shown = visit.guest.settled("a-b-&-'.txt")
    page = visit.guest.ask("GET", f"/drafts/{shown['id']}").body.decode()
    start_page = visit.guest.ask("GET", "/").body.decode()
    for text in (page, start_page):
        assert HOSTILE not in text and "<img" not in text and text.count("<script") == 2


def test_a_decision_takes_a_finding_out_and_is_forgotten_with_the_server(visit: Visit) -> None:
    data = visit.data()
    finding = data["texts"][data["checks"]["id"][data["findings"][3]["check"]]]
    wish = {
        "finding": finding,
        "category": "false-alarm",
        "reason": "口径不同",
        "by": "王审计",
        "until": UNTIL,
    }
    answer = visit.guest.question(f"{visit.path}/decisions", **wish)
    assert answer.json["open"] == visit.draft["open"] - 1
    waived = [one for one in visit.data()["findings"] if one["waiver"]]
    assert [one["waiver"]["reason"] for one in waived] == ["口径不同"]
    for wrong in ({"reason": " "}, {"until": "soon"}, {"until": "2001-01-01"}, {"finding": "0000"}):
        assert visit.guest.question(f"{visit.path}/decisions", **{**wish, **wrong}).status == 422


def test_an_earlier_draft_is_compared(visit: Visit) -> None:
    visit.guest.bring("上一稿.txt", PLAN.encode())
    visit.guest.bring("这一稿.txt", PLAN.replace("5亿元", "4亿元").encode())
    old, new = (visit.guest.settled(name)["id"] for name in ("上一稿.txt", "这一稿.txt"))
    told = visit.guest.question(f"/drafts/{new}/compare", **{"with": old}).json
    assert "转为成立 1" in told["totals"]
    figures = told["sections"][0]
    assert any("5" in row[3] and "4" in row[4] for row in figures["rows"])


@pytest.mark.parametrize("name", ["plan.csv"])
def test_a_table_is_shown_row_by_row_with_its_figures_marked(visit: Visit, name: str) -> None:
    table = (
        "id,document,clause,region,industry,indicator,period,measure,literal,value,low,high,unit,bound,kind,evidence,start,end\n"
        "a,p,,市,,投资,2025,level,10,10,10,10,亿元,exact,target,投资10亿元,0,2\n"
        "b,p,,市,,投资,2025,level,12,12,12,12,亿元,exact,target,投资12亿元,9,11\n"
    )
    visit.guest.bring(name, table.encode("gbk"))
    told = visit.guest.settled(name)
    assert told["state"] == "ready", told["told"]
    page = visit.guest.ask("GET", f"/drafts/{told['id']}").body.decode()
    assert page.count('class="finding error"') >= 2 and "投资10亿元" in page
    assert visit.guest.ask("GET", f"/drafts/{told['id']}/files/marked.html").status == 404


def test_a_rule_said_in_words_tells_what_it_finds_before_it_is_kept(visit: Visit) -> None:
    said = {"title": "合计", "because": "三项组成", "dimension": "indicator", "says": "sum", "whole": "合计", "severity": "error",
            "parts": ["企业研发补助", "平台运行补助", "人才引育补助"], "keep": False}  # fmt: skip
    told = visit.guest.question(f"{visit.path}/rule", **said).json
    assert told["counts"] == {"holds": 2, "reconcilable": 0, "violated": 1, "untestable": 0}
    assert all(example["passed"] for example in told["examples"]) and told["text"].startswith("- id: stated.")
    assert visit.guest.question(f"{visit.path}/rule", **{**said, "keep": True}).status == 422
    assert visit.guest.question(f"{visit.path}/rule", **{**said, "parts": "x"}).status == 400


def test_decisions_and_rules_are_kept_in_the_workspace_where_there_is_one(tmp_path: Path) -> None:
    start(tmp_path / "plans")
    known = tmp_path / "plans" / "extracted" / "codes" / "indicators.csv"
    head = known.read_text("utf-8").splitlines()[0]
    rows = [{"code": code, "additive": "true"} for code in ("东区", "西区")]
    lines = [",".join(row.get(column, "") for column in head.split(",")) for row in rows]
    known.write_text("\n".join([head, *lines, ""]), "utf-8")
    (tmp_path / "served").mkdir()
    with served(tmp_path / "served", workspace=tmp_path / "plans") as entrance:
        guest = Guest(entrance).enter()
        guest.bring("a.txt", PLAN.encode())
        draft = guest.settled("a.txt")
        assert draft["state"] == "ready" and draft["open"] >= 1, draft
        path = f"/drafts/{draft['id']}"
        page = guest.ask("GET", path).body.decode()
        found = re.search(r'id="data">(.*?)</script>', page, re.S)
        assert found
        data = json.loads(found[1])
        finding = data["texts"][data["checks"]["id"][data["findings"][0]["check"]]]
        answer = guest.question(
            f"{path}/decisions", finding=finding, category="accepted", reason="已知", by="李", until=UNTIL
        )
        assert answer.status == 200 and answer.json["open"] == draft["open"] - 1
        said = {"title": "东区", "because": "东区较小", "dimension": "indicator", "says": "below", "whole": "东区",
                "severity": "warning", "parts": ["西区"], "keep": True}  # fmt: skip
        told = guest.question(f"{path}/rule", **said)
        assert told.json["kept"] and told.json["counts"]["violated"] == 1, told.json
        assert told.json["text"].split()[2] in guest.ask("GET", path).body.decode()
    kept = read_waivers(tmp_path / "plans" / "waivers.yaml")
    assert [(entry.finding, entry.waiver.by) for entry in kept] == [(finding, "李")]
