import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from audit.model.errors import InputError
from audit.reporting.docx import TEMPLATE, render
from audit.reporting.docx import annex as annex_module
from audit.reporting.docx.template import STYLES, build
from audit.reporting.outline import groups
from tests.reporting.office import converted
from tests.reporting.sample import HOSTILE, explained, large, sample


def document(language: str = "zh", **options: Any) -> Any:
    return Document(io.BytesIO(render(explained(), language=language, **options)))  # type: ignore[arg-type]


def annex(language: str = "zh", **options: Any) -> Any:
    content = annex_module.render(explained(), language=language, **options)  # type: ignore[arg-type]
    return Document(io.BytesIO(content))


def headings(found: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == style]


def test_parts_stand_in_the_order_of_an_official_report() -> None:
    assert headings(document(), "Heading 1") == [
        "一、审计范围",
        "二、校验方法",
        "三、校验结论",
        "四、主要原因（按轻重）",
        "五、主要原因的证据",
        "六、未能校验的事项",
    ]
    assert headings(document("en"), "Heading 1")[0] == "1. Scope"


def test_causes_stand_in_the_order_of_all_reports_with_who_has_to_answer() -> None:
    told = groups(explained())
    table = next(t for t in document().tables if t.cell(0, 1).text == "问题所在")
    assert [row.cells[0].text for row in table.rows[1:]] == [str(n + 1) for n in range(len(told))]
    first = [cell.text for cell in table.rows[1].cells]
    assert first[1].startswith("错误") and "90家应为80家" in first[1]
    assert "90家 → 80家" in first[3] and "东海市人民政府办公厅" in first[4]


def test_a_finding_has_its_relation_and_a_table_with_the_figure_marked() -> None:
    found = document()
    assert "90 ≠ 50 + 30 = 80   差额 +10 家" in headings(found, "Audit Relation")
    table = next(t for t in found.tables if t.cell(1, 0).text == "创新区")
    assert [cell.text for cell in table.rows[2].cells] == [
        "南区", "50家", "三(二)阶段目标2022", "“研发机构达到50家”",
    ]  # fmt: skip
    marked = [run.text for run in table.cell(2, 3).paragraphs[0].runs if run.bold]
    assert marked == ["50"]


def test_every_cause_has_a_sheet_to_sign_in_the_annex() -> None:
    found = annex()
    sheets = [t for t in found.tables if t.cell(0, 0).text == "编号"]
    assert len(sheets) == len([group for group in groups(explained()) if not group.waived])
    labels = [row.cells[0].text for row in sheets[0].rows]
    for label in (
        "被审计单位",
        "审计事项",
        "事实摘要",
        "定性",
        "建议",
        "责任单位",
        "审计人员（签名）",
        "证据提供单位意见",
    ):
        assert label in labels
    facts = sheets[0].cell(labels.index("事实摘要"), 1).text
    assert "90 ≠ 50 + 30 = 80" in facts and "三(二)阶段目标2022" in facts and "研发机构达到50家" in facts


def test_the_rows_to_sign_stay_on_one_page() -> None:
    sheet = next(t for t in annex().tables if t.cell(0, 0).text == "编号")
    kept = [bool(row._tr.xpath(".//w:keepNext")) for row in sheet.rows]
    assert kept[-4:] == [True, True, True, False] and not any(kept[:-4])


def test_a_report_of_thousands_of_findings_stays_short_and_tells_what_is_cut() -> None:
    found = Document(io.BytesIO(render(large(5_000, 5_000), language="zh")))
    assert sum(len(table.rows) for table in found.tables) < 200
    assert any("另有" in text for text in headings(found, "Audit Note"))


def test_heads_of_tables_are_repeated_and_rows_stay_whole() -> None:
    with zipfile.ZipFile(io.BytesIO(render(sample(), language="zh"))) as packed:
        xml = packed.read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == xml.count("<w:tbl>")
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")


def test_hostile_words_stay_words() -> None:
    for made in (document(), annex(all_checks=True)):
        texts = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        assert not [text for text in texts if "\x1b" in text or "\u202e" in text]
        assert max(len(line) for text in texts for line in text.split("\n")) < 700
    assert any(HOSTILE["close"] in text for text in texts)


def test_all_checks_are_in_the_annex_on_request() -> None:
    assert "七、全部校验项" not in headings(annex(), "Heading 1")
    assert "七、全部校验项" in headings(annex(all_checks=True), "Heading 1")


def test_thousands_of_findings_have_an_annex_too() -> None:
    assert annex_module.render(large(2_000, 5_000), language="zh", all_checks=True)


def test_the_template_is_the_one_its_script_makes() -> None:
    with zipfile.ZipFile(TEMPLATE) as shipped, zipfile.ZipFile(io.BytesIO(build())) as made:
        assert shipped.namelist() == made.namelist()
        assert all(shipped.read(name) == made.read(name) for name in made.namelist())


def test_a_template_of_ones_own_keeps_its_words_and_styles(tmp_path: Path) -> None:
    own = Document(str(TEMPLATE))
    own.add_paragraph("某某审计局文件")
    own.styles["Audit Text"].font.name = "Arial"
    own.save(tmp_path / "own.docx")
    found = document(template=tmp_path / "own.docx")
    assert found.paragraphs[0].text == "某某审计局文件"
    assert found.styles["Audit Text"].font.name == "Arial"


def test_a_template_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    Document().save(tmp_path / "plain.docx")
    with pytest.raises(InputError, match="has no style “Audit Text"):
        document(template=tmp_path / "plain.docx")
    (tmp_path / "x.docx").write_bytes(b"no zip")
    for name in ("x.docx", "none.docx"):
        with pytest.raises(InputError, match="cannot be used as a template"):
            document(template=tmp_path / name)


def test_the_date_is_that_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert document().core_properties.created.isoformat().startswith("2023-11-14")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert document().core_properties.created.year == 1980


def test_every_style_of_the_template_is_there() -> None:
    assert set(STYLES) <= {style.name for style in document().styles}


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(render(sample(), language="zh", all_checks=True))
    assert converted(tmp_path / "report.docx", "pdf", tmp_path / "out").read_bytes().startswith(b"%PDF")
