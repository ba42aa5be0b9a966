import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from audit.model.errors import InputError
from audit.reporting.docx import TEMPLATE, render
from audit.reporting.docx.template import STYLES, build
from tests.reporting.office import converted
from tests.reporting.sample import HOSTILE, large, sample


def document(language: str = "zh", **options: Any) -> Any:
    return Document(io.BytesIO(render(sample(), language=language, **options)))  # type: ignore[arg-type]


def headings(found: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == style]


def test_parts_stand_in_the_order_of_an_official_report() -> None:
    assert headings(document(), "Heading 1")[:5] == [
        "一、依据与范围",
        "二、校验方法",
        "三、校验结论",
        "四、问题",
        "五、未能校验的事项",
    ]
    assert headings(document("en"), "Heading 1")[0] == "1. Basis and scope"


def test_findings_stand_by_weight_and_waived_ones_last() -> None:
    assert headings(document(), "Heading 2") == [
        "（一）错误：3 个问题",
        "（二）警告：12 个问题",
        "（三）已豁免：1 个问题",
    ]
    numbers = [text.split(".")[0] for text in headings(document(), "Heading 3")]
    assert numbers == [str(number) for number in range(1, 17)]


def test_a_finding_has_its_relation_and_a_table_with_the_figure_marked() -> None:
    found = document()
    assert "90 ≠ 50 + 30 = 80   差额 +10 家" in headings(found, "Audit Relation")
    table = next(t for t in found.tables if t.cell(1, 0).text == "创新区")
    assert [cell.text for cell in table.rows[2].cells] == [
        "南区", "50家", "东政办发〔2021〕7号 三(二)阶段目标2022", "“研发机构达到50家”",
    ]  # fmt: skip
    marked = [run.text for run in table.cell(2, 3).paragraphs[0].runs if run.bold]
    assert marked == ["50"]


def test_heads_of_tables_are_repeated_and_rows_stay_whole() -> None:
    with zipfile.ZipFile(io.BytesIO(render(sample(), language="zh"))) as packed:
        xml = packed.read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == xml.count("<w:tbl>")
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")


def test_hostile_words_stay_words() -> None:
    texts = [cell.text for table in document().tables for row in table.rows for cell in row.cells]
    assert f"“{HOSTILE['close']}”" in texts
    assert not [text for text in texts if "\x1b" in text or "\u202e" in text]
    assert max(map(len, texts)) < 500


def test_all_checks_are_an_appendix_on_request() -> None:
    assert "附录：全部校验项" not in headings(document(), "Heading 1")
    assert "附录：全部校验项" in headings(document(all_checks=True), "Heading 1")


def test_thousands_of_checks_are_rendered() -> None:
    assert render(large(200, 5_000), language="zh", all_checks=True)


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
