"""Source texts given to a report: whole clauses are quoted, another text is never taken for the one that was read."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from audit.actions.quoting import with_sources
from audit.model.errors import InputError
from audit.reporting.html.data import pack
from audit.reporting.names import names_of
from tests.reporting.sample import DOCUMENTS, figure, finding, report_of, sum_check

TEXT = "第一条 到2021年，全区研发机构30家，其中南区20家、北区15家。\n第二条 其他。\n"


def report(text: str = TEXT):  # type: ignore[no-untyped-def]
    def at(region: str, value: str):  # type: ignore[no-untyped-def]
        return replace(
            figure(region, value), start=TEXT.index(f"{value}家"), end=TEXT.index(f"{value}家") + 2
        )

    cells = [at("创新区", "30"), at("南区", "20"), at("北区", "15")]
    check = sum_check("violated", *cells, identity="s1")
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = report_of((check,), [finding(check)])
    return replace(made, documents=(replace(DOCUMENTS[0], sha256=digest), *DOCUMENTS[1:2]), notes=())


def test_a_finding_quotes_the_whole_part_of_its_clause_and_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "zone-plan.txt").write_text(TEXT, "utf-8")
    told = with_sources(report(), tmp_path)
    cell = told.findings[0].check.cells[1]
    quote = names_of(told, "zh").quote(cell)
    assert (quote.figure, str(quote)) == ("20", TEXT.split("。")[0])
    packed = pack(told)
    places = packed["checks"]["figures"]
    assert [packed["figures"]["start"][place] for place in places] == [
        c.start for c in told.findings[0].check.cells
    ]
    assert packed["sources"] == {"zone-plan": TEXT}


def test_another_text_is_left_out_and_told_and_so_is_one_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "zone-plan.txt").write_text(TEXT.replace("20", "25"), "utf-8")
    told = with_sources(report(), tmp_path)
    assert told.texts == {} and len(told.notes) == 2
    assert "another one" in told.notes[0].en and "not found" in told.notes[1].en


def test_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        with_sources(report(), tmp_path / "none")
