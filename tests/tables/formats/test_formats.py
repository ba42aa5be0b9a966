"""Whatever a table comes in: the same cells, the same findings, and a sentence for what cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.model.errors import InputError
from audit.tables.formats import frames
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import FORMATS, SUFFIXES, tables_of
from audit.tables.formats.scanned import whole
from audit.tables.reading import TableFile
from tests.tables.formats.written import ROWS, WRITERS, xlsx

RULES = """
- {id: total, title: the parts add up, along: region, column: income, check: all == east + west}
- {id: heads, title: the parts add up, along: region, column: people, check: all == east + west}
"""


def read(path: Path, **asked: object) -> TableFile:
    (found,) = tables_of(path, path.name, Asked(at="audit.toml:1", **asked))  # type: ignore[arg-type]
    return whole(found)


def cells(path: Path, **asked: object) -> list[tuple[str | None, ...]]:
    table = read(path, **asked)
    return [tuple(table.frame.columns), *table.frame.rows()]


def report(source: str, *more: str) -> str:
    """The JSON report on a source, without the names of the files and the places in them."""
    done = CliRunner().invoke(main, ["check", source, "--rules", "rules.yaml", "--format", "json", *more])
    assert done.exit_code == 1, done.output
    content = json.loads(done.output)
    del content["inputs"]
    for finding in content["findings"]:
        for cell in finding["cells"]:
            for place in ("source", "line", "address"):
                cell.pop(place, None)
    return json.dumps(content, ensure_ascii=False)


def test_every_format_gives_the_same_cells(tmp_path: Path) -> None:
    wanted = [("region", "income", "people", "note"), ("east", "1200.5", "1200", "a, b"), ("west", "300.0", "30", None),
              ("all", "1501.5", "1230", "“c”")]  # fmt: skip
    for name, write in WRITERS.items():
        assert cells(write(tmp_path, ROWS)) == wanted, name


@pytest.mark.parametrize("few", [0, frames.FEW])
def test_every_format_gives_the_same_report(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "FEW", few)
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, "utf-8")
    reports = {name: report(write(Path("."), ROWS).as_posix()) for name, write in WRITERS.items()}
    assert '"violated"' in reports["csv"]
    assert {name for name, found in reports.items() if found != reports["csv"]} == set()


def test_a_database_server_gives_the_same_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = os.environ.get("AUDIT_TEST_POSTGRES")
    if not address:
        pytest.skip("no PostgreSQL server is named by AUDIT_TEST_POSTGRES (postgresql://user@host/database)")
    import sqlalchemy as sa

    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("drop table if exists money"))
        connection.execute(
            sa.text("create table money (region text, income float8, people bigint, note text)")
        )
        insert = sa.text("insert into money values (:region, :income, :people, :note)")
        connection.execute(insert, ROWS.to_dicts())
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, "utf-8")
    wanted = report(WRITERS["csv"](Path("."), ROWS).as_posix())
    Path("money.csv").unlink()
    Path("audit.toml").write_text(
        '[tables.money]\nurl = "${AUDIT_TEST_POSTGRES}"\ntable = "money"\n', "utf-8"
    )
    assert report(".") == wanted
    Path("audit.toml").unlink()
    assert report(address, "--table", "money") == wanted


@pytest.mark.parametrize("few", [0, frames.FEW])
def test_any_database_of_sqlalchemy_is_asked(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "FEW", few)
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, "utf-8")
    wanted = report(WRITERS["csv"](Path("."), ROWS).as_posix())
    WRITERS["sqlite"](Path("."), ROWS)
    Path("money.csv").unlink()
    Path("audit.toml").write_text(
        '[tables.money]\nurl = "sqlite:///money.sqlite"\nquery = "select * from money"\n', "utf-8"
    )
    assert report(".") == wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_text_file_is_read_in_every_usual_encoding(
    tmp_path: Path, encoding: str, end: str, mark: str
) -> None:
    lines = (("地区", "收入"), ("东部", "1200"), ("西部", "300"))
    text = "".join(mark.join(line) + end for line in lines)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert cells(tmp_path / "a.csv") == list(lines)
    told = [note.en for note in read(tmp_path / "a.csv").notes]
    assert any("was read as" in note for note in told) == (not encoding.startswith("utf-8"))


def test_western_letters_are_not_taken_for_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("land,año\nCôte,5\nMálaga,6\n".encode("cp1252"))
    assert cells(tmp_path / "a.csv")[1:] == [("Côte", "5"), ("Málaga", "6")]


def test_titles_above_the_head_and_notes_below_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "2020年收支表,,\n单位：万元,,\n\n地区,收入,支出\n东部,1,2\n西部,3,\n北部,4\n注：初步数,,\n", "utf-8"
    )
    table = read(tmp_path / "a.csv")
    assert table.frame.rows() == [("东部", "1", "2"), ("西部", "3", None), ("北部", "4", None)]
    assert table.lines == (5, 6, 7)
    told = " ".join(note.en for note in table.notes)
    assert "row 4 is the head" in told and "单位：万元" in told
    assert "the last 1 rows are notes, no data (8: 注：初步数)" in told
    assert "1 rows have fewer cells than the head" in told and "(lines 7)" in told


def test_a_last_row_that_states_its_day_alone_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("day,ill,well\n2022-03-30,1,2\n2022-03-31,,\n", "utf-8")
    assert read(tmp_path / "a.csv").frame.rows()[-1] == ("2022-03-31", None, None)


def test_a_plain_table_has_nothing_to_be_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("region,2019,2020\neast,1,2\nwest,3,4\n", "utf-8")
    table = read(tmp_path / "a.csv")
    assert (table.frame.columns, table.lines, table.notes) == (["region", "2019", "2020"], (2, 3), ())


def test_a_row_that_goes_on_past_the_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n1,2,3\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.csv:3: has 3 cells, the header has 2"):
        read(tmp_path / "a.csv")


def test_a_sheet_is_read_with_merged_heads_and_told_what_is_hidden(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["城镇就业人员", None, None, None, None],
        ["地区", "2019", None, "2020", None],
        [None, "男", "女", "男", "女"],
        ["东部", 1.5, 2, 3, 4],
        ["西部", 5, 6, 7, 8],
        ["说明", None, None, None, None],
    ):
        sheet.append(row)  # fmt: skip
    for block in ("A1:E1", "A2:A3", "B2:C2", "D2:E2"):
        sheet.merge_cells(block)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("说明").append(["只有文字"])
    book.save(tmp_path / "jobs.xlsx")
    table = read(tmp_path / "jobs.xlsx")
    assert table.name == "jobs"
    assert table.frame.columns == ["地区", "2019/男", "2019/女", "2020/男", "2020/女"]
    assert table.frame.rows() == [("东部", "1.5", "2", "3", "4"), ("西部", "5.0", "6", "7", "8")]
    assert (table.lines, table.letters["2020/女"]) == ((4, 5), "E")
    told = " ".join(note.en for note in table.notes)
    assert (
        "rows 5 are hidden" in told
        and "columns D are hidden" in told
        and "rows 2–3 are one stacked head" in told
    )


def test_stacked_heads_of_a_text_file_go_on_to_the_right(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Election;;;;;\nnr;area;voters;;votes;\n;;first;second;first;second\n1;2;3;4;5;6\n1;east;9;8;7;6\n2;west;5;4;3;2\n",
        "utf-8",
    )
    table = read(tmp_path / "a.csv")
    assert table.frame.columns == [
        "nr",
        "area",
        "voters/first",
        "voters/second",
        "votes/first",
        "votes/second",
    ]
    assert table.frame.rows() == [("1", "east", "9", "8", "7", "6"), ("2", "west", "5", "4", "3", "2")]
    told = " ".join(note.en for note in table.notes)
    assert "rows 2–3 are one stacked head" in told and "row 4 counts the columns" in told


def test_years_over_quarters_tell_these_apart(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Accounts,,,,\nMio EUR,2021,,2022,\n,Q1,Q2,Q1,Q2\nGDP,1,2,3,4\nexports,5,6,7,8\n", "utf-8"
    )
    assert read(tmp_path / "a.csv").frame.columns == ["Mio EUR", "2021/Q1", "2021/Q2", "2022/Q1", "2022/Q2"]


@pytest.mark.parametrize(
    "text", ["id,,name,note\nx,y,a,b\nz,w,c,d\n", ",a,b\nx,n/a,n/a\ny,1,2\nz,3,4\n", "a,,c\n1,2,3\n4,5,6\n"]
)
def test_a_row_of_texts_below_a_head_with_gaps_is_a_row(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert len(read(tmp_path / "a.csv").frame.rows()) == text.count("\n") - 1


def test_a_head_that_is_said_again_and_notes_with_a_mark_are_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "income,Jan,Feb,Mar\nfees,1,2,3\ntaxes,4,5,6\noutgo,Jan,Feb,Mar\nwages,7,8,9\n1),not all of it,,\n",
        "utf-8",
    )
    table = read(tmp_path / "a.csv")
    assert [row[0] for row in table.frame.rows()] == ["fees", "taxes", "wages"]
    told = " ".join(note.en for note in table.notes)
    assert "rows that say the head again are no data (4)" in told and "the last 1 rows are notes" in told


def test_a_block_over_several_columns_names_each_of_them(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["state", None, "people", None],
        [None, None, "men", "women"],
        ["01", "North", 5, 6],
        ["02", "South", 7, 8],
    ):
        sheet.append(row)
    for block in ("A1:B2", "C1:D1"):
        sheet.merge_cells(block)
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").frame.columns == ["state", "state 2", "people/men", "people/women"]


def test_the_decimals_that_a_cell_shows_are_those_that_were_written(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b"])
    sheet.append([12.5, 3.0])
    sheet.append([7.25, 4.5])
    sheet["A2"].number_format = "#,##0.00"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[1:] == [("12.50", "3.0"), ("7.25", "4.5")]


def test_every_sheet_that_holds_a_table_is_one(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "收入"
    for name in ("收入", "支出"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["地区", "金额"])
        sheet.append(["东部", 1])
    book.save(tmp_path / "a.xlsx")
    assert [table.name for table in tables_of(tmp_path / "a.xlsx", "a.xlsx")] == ["收入", "支出"]
    assert read(tmp_path / "a.xlsx", sheet="支出").sheet == "支出"
    with pytest.raises(
        InputError, match=r"audit\.toml:1: a\.xlsx has no sheet or table “支”; the nearest is “支出”"
    ):
        read(tmp_path / "a.xlsx", sheet="支")


def test_an_open_document_is_read_too(tmp_path: Path) -> None:
    import zipfile

    def row(*texts: str) -> str:
        return "<table:table-row>" + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>" for text in texts
        ) + "</table:table-row>"  # fmt: skip

    spaces = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
        for name in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0'?><office:document-content {spaces}><office:body><office:spreadsheet>"
        f"<table:table table:name='jobs'>{row('region', 'jobs')}{row('east', '5')}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    assert cells(tmp_path / "a.ods") == [("region", "jobs"), ("east", "5")]


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 torn", b"<html></html>", b"PAR1PAR1"], ids=repr
)
def test_what_is_no_such_file_ends_in_a_sentence(tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(content)
    with pytest.raises(InputError, match=r"^a\."):
        tables_of(tmp_path / f"a{suffix}", f"a{suffix}")


def test_the_extra_is_named_where_a_library_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.tables.formats.kinds.find_spec", lambda name: None)
    for one in FORMATS:
        if one.extra:
            with pytest.raises(
                InputError, match=rf"needs the library “{one.needs}”.*plan-audit\[{one.extra}\]"
            ):
                tables_of(tmp_path / f"a{one.suffixes[0]}", "a")


def test_a_binary_number_brings_no_noise_of_its_own(tmp_path: Path) -> None:
    path = WRITERS["parquet"](
        tmp_path, pl.DataFrame({"a": ["x"], "b": [0.1 + 0.2], "c": [float("nan")], "d": [None]})
    )
    assert cells(path)[1] == ("x", "0.3", None, None)


def test_a_workbook_of_another_name_is_told(tmp_path: Path) -> None:
    xlsx(tmp_path, ROWS).rename(tmp_path / "money.csv")
    with pytest.raises(
        InputError, match=r"is named \.csv but its content is that of another kind of file \(\.xlsx\)"
    ):
        read(tmp_path / "money.csv")


def test_per_cents_are_read_as_the_sheet_shows_them(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["region", "share", "growth", "mixed", "named"])
    for row in (
        ("east", 0.9, 1 / 3, 0.5, 0.5),
        ("west", 0.125, -0.031, 0.25, 0.25),
        ("note", None, "-", 1, 1),
    ):
        sheet.append(row)
    for cells_of in sheet.iter_rows(min_row=2):
        cells_of[1].number_format, cells_of[2].number_format = "0.0%", "0%"
        cells_of[4].number_format = '0.0" %"'  # a text, that multiplies nothing
    sheet["D2"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[1:] == [
        ("east", "90.0%", "33.3333333333333%", "0.50", "0.5"), ("west", "12.5%", "-3.1%", "0.25", "0.25"),
        ("note", None, "-", "1.00", "1.0"),
    ]  # fmt: skip
