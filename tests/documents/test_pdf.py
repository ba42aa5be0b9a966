"""What of a PDF is text: lines joined, margins gone, tables whole, and every character in its box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from audit.documents.model import PagePlace, SourceDocument
from audit.documents.opening import read_document

FONT = "STSong-Light"
LEFT, RIGHT, TOP, EM = 72.0, 523.0, 760.0, 16.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def made(path: Path, *pages: Callable[[Canvas], None], rotation: int = 0) -> SourceDocument:
    """The document that is read of pages drawn one after another."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, EM)
        canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_document(path)


def text(*lines: str, x: float = LEFT, top: float = TOP, size: float = EM) -> Callable[[Canvas], None]:
    """Lines under each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for number, line in enumerate(lines):
            indent = 2 * EM if line.startswith("　　") else 0
            canvas.drawString(x + indent, top - number * 1.5 * size, line.strip("　"))

    return draw


def together(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def ruled(
    rows: list[list[str]], top: float, widths: list[float], height: float = 24
) -> Callable[[Canvas], None]:
    """A table with rules around every cell."""

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            x = LEFT
            for width, words in zip(widths, row, strict=True):
                canvas.rect(x, top - (number + 1) * height, width, height)
                canvas.drawString(x + 4, top - (number + 1) * height + 7, words)
                x += width

    return draw


def lines(document: SourceDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def full(begin: str) -> str:
    """A line that reaches the right margin."""
    width = int((RIGHT - LEFT) / EM)
    return begin + "研" * (width - len(begin))


def test_lines_of_a_paragraph_are_joined_inside_words_and_numbers(tmp_path: Path) -> None:
    first = full("　　到二〇二六年产值达到").replace("研研研", "", 1)
    document = made(tmp_path / "a.pdf", text(first + "1", "20亿元。", "　　下一段。"))
    assert lines(document) == [first.strip("　") + "120亿元。", "下一段。"]


def test_latin_words_keep_their_blank(tmp_path: Path) -> None:
    line = full("　　开展") + " Smart"
    document = made(tmp_path / "a.pdf", text(line, "City 2026建设。", "　　甲。", "　　乙。"))
    assert lines(document)[0].endswith("Smart City 2026建设。")


def test_a_paragraph_goes_on_over_the_page_and_heads_and_numbers_are_gone(tmp_path: Path) -> None:
    def page(number: int, *body: str) -> Callable[[Canvas], None]:
        head = text("某区三年行动计划", top=810, size=9)
        foot = text(f"— {number} —", x=280, top=40, size=10)
        return together(head, text(*body), foot)

    broken = full("　　研发机构达到3")
    document = made(
        tmp_path / "a.pdf", page(1, "　　甲。", broken), page(2, "0家。", "　　丙。"), page(3, "　　丁。")
    )
    assert lines(document) == ["甲。", broken.strip("　") + "0家。", "丙。", "丁。"]


def test_a_bare_number_in_the_margin_is_a_page_number_only_if_it_comes_again(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        return together(text("　　正文一样。"), text(str(number), x=290, top=40, size=10))

    assert made(tmp_path / "a.pdf", page(1), page(2)).text == "正文一样。\n正文一样。\n"
    assert "7" in made(tmp_path / "b.pdf", page(7)).text.splitlines()


def test_a_ruled_table_keeps_its_grid(tmp_path: Path) -> None:
    rows = [["指标", "2024年", "2025年"], ["研发机构", "10", "20"], ["孵化器", "3", "4"]]
    document = made(tmp_path / "a.pdf", together(text("　　前文。"), ruled(rows, 700, [120, 90, 90])))
    (table,) = document.tables
    assert [[cell.text for cell in table.cells if cell.row == row] for row in range(3)] == rows
    assert [cell.text for cell in table.cells if cell.header] == rows[0]
    assert lines(document)[0] == "前文。"


def test_a_table_that_goes_on_on_the_next_page_is_one_without_the_repeated_header(tmp_path: Path) -> None:
    header = ["指标", "2024年"]
    document = made(
        tmp_path / "a.pdf",
        together(text("　　前文。"), ruled([header, ["甲", "1"]], 150, [120, 90])),
        together(ruled([header, ["乙", "2"]], 790, [120, 90]), text("　　后文。", top=600)),
    )
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == [*header, "甲", "1", "乙", "2"]


def test_other_heads_in_the_midst_of_a_table_begin_one_of_their_own(tmp_path: Path) -> None:
    first = [["指标", "2024年", "2025年"], ["研发机构", "10", "20"]]
    second = [["指标", "2025年", "2026年"], ["研发机构", "20", "30"], ["指标", "投资", "产值"]]
    document = made(tmp_path / "a.pdf", ruled(first + second, 700, [120, 90, 90]))
    assert texts(document) == [first, second]
    assert [cell.text for cell in document.tables[1].cells if cell.header] == second[0]


def test_a_table_without_rules_is_told_by_its_columns(tmp_path: Path) -> None:
    columns = [text("指标", "研发机构", "孵化器", top=700), text("2024年", "10", "3", x=300, top=700)]
    document = made(tmp_path / "a.pdf", together(text("　　前文。"), *columns))
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == ["指标", "2024年", "研发机构", "10", "孵化器", "3"]


def test_a_raised_mark_does_not_run_into_the_number(tmp_path: Path) -> None:
    raised = together(
        text("　　产值3062.63"),
        text("1", x=LEFT + 2 * EM + pdfmetrics.stringWidth("产值3062.63", FONT, EM), top=TOP + 8, size=8),
        text("亿元。", x=LEFT + 2 * EM + pdfmetrics.stringWidth("产值3062.63", FONT, EM) + 5),
        text("1 不含规模以下。", top=90, size=9),
    )
    document = made(tmp_path / "a.pdf", raised)
    assert lines(document) == ["产值3062.63^1亿元。", "1 不含规模以下。"]
    assert document.blocks[-1].kind == "footnote"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_character_lies_in_its_box(tmp_path: Path, rotation: int) -> None:
    """The boxes are measured from the corner of the page as shown, whichever way the page is turned."""

    def draw(canvas: Canvas) -> None:
        width, height = A4
        turns = {0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}
        canvas.translate(*turns[rotation])
        canvas.rotate(rotation)
        canvas.setFont(FONT, EM)
        canvas.drawString(100, 300, "研发机构30家")

    document = made(tmp_path / "a.pdf", draw, rotation=rotation)
    assert document.text == "研发机构30家\n"
    (segment,) = document.places(4, 5)
    place = segment.place
    assert isinstance(place, PagePlace)
    assert place.page == 1
    assert place.edges[0] == pytest.approx(100 + 4 * EM, abs=0.1)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        height = float(pdf.pages[0].height)
    assert place.top < height - 300 < place.bottom


def test_a_heading_that_fills_its_line_is_not_joined_to_the_paragraph_below(tmp_path: Path) -> None:
    heading = full("　　（一）聚焦").strip("　")[:-2]
    document = made(
        tmp_path / "a.pdf", text("　　" + heading, "　　甲段的文字在这里。", "　　乙。", full("丙") + "。")
    )
    assert lines(document)[:2] == [heading, "甲段的文字在这里。"]


def test_paragraphs_without_indent_are_told_by_the_space_between_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        y = TOP
        for number in range(6):
            canvas.drawString(LEFT, y, full(f"第{number}段"))
            canvas.drawString(LEFT, y - 24, "的第二行比较短一些")
            y -= 24 + 36

    assert lines(made(tmp_path / "a.pdf", draw)) == [
        full(f"第{n}段") + "的第二行比较短一些" for n in range(6)
    ]


def test_a_table_open_at_its_sides_and_without_rules_between_rows(tmp_path: Path) -> None:
    """As official tables are: rules over and under the header and the end, one between the columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for y in (700, 680, 580):
            canvas.line(100, y, 400, y)
        canvas.line(250, 580, 250, 700)
        for y, name, number in (
            (686, "项目", "2024年"), (660, "转移支付", "98,289"), (640, "水库移民后期", "2,929"),
            (628, "扶持资金", ""), (608, "特定目标", ""), (588, "合计", "101,218"),
        ):  # fmt: skip
            canvas.drawString(110, y, name)
            canvas.drawRightString(390, y if number != "2,929" else 634, number)

    (table,) = made(tmp_path / "a.pdf", draw).tables
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]
    assert rows == [
        ["项目", "2024年"],
        ["转移支付", "98,289"],
        ["水库移民后期扶持资金", "2,929"],
        ["特定目标", ""],
        ["合计", "101,218"],
    ]


def test_signs_of_fonts_with_other_heights_stay_on_their_line(tmp_path: Path) -> None:
    """The base line is what glyphs of a line share, not the height that their fonts claim."""

    def draw(canvas: Canvas) -> None:
        x = LEFT
        for sign, font in (
            ("收", FONT),
            ("入", FONT),
            ("1", "Symbol"),
            ("2", "Courier"),
            ("元", FONT),
            (",", "Courier"),
        ):
            canvas.setFont(font, EM)
            canvas.drawString(x, TOP, sign)
            x += pdfmetrics.stringWidth(sign, font, EM)

    assert made(tmp_path / "a.pdf", draw).text == "收入12元,\n"


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    contents = text("一、总体要求……3", "二、重点任务……12", "三、保障措施..........25")
    assert made(tmp_path / "a.pdf", contents, text("　　正文30家。")).text == "正文30家。\n"


def test_letters_printed_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    document = made(
        tmp_path / "a.pdf", together(text("　　产值110亿元。"), text("　　产值110亿元。", x=LEFT + 0.4))
    )
    assert document.text == "产值110亿元。\n"


def columns(
    *rows: tuple[str, ...], top: float = TOP, starts: tuple[float, ...] = (72, 260, 400)
) -> Callable[[Canvas], None]:
    """Rows without rules, each text at the start of its column; an empty one leaves its cell blank."""

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for x, cell in zip(starts, row, strict=True):
                canvas.drawString(x, top - number * 1.5 * EM, cell)

    return draw


def cells(document: SourceDocument) -> list[list[tuple[int, int, str]]]:
    return [[(cell.row, cell.column, cell.text) for cell in table.cells] for table in document.tables]


def test_a_blank_cell_of_a_table_without_rules_stays_blank(tmp_path: Path) -> None:
    rows = (
        ("产品名称", "产量", "比上年"),
        ("粮食", "120.5", "3.1"),
        ("稻谷", "", "2.0"),
        ("棉花", "6.2", ""),
    )
    (table,) = cells(made(tmp_path / "a.pdf", columns(*rows)))
    assert table == [
        (row, column, text) for row, parts in enumerate(rows) for column, text in enumerate(parts) if text
    ]


def test_a_table_without_rules_goes_on_on_the_next_page(tmp_path: Path) -> None:
    first = columns(("产品名称", "产量", "比上年"), ("粮食", "120.5", "3.1"), top=100)
    (table,) = cells(made(tmp_path / "a.pdf", first, columns(("棉花", "6.2", "1.5"))))
    assert [text for _, _, text in table][-3:] == ["棉花", "6.2", "1.5"]


def test_what_stands_under_other_columns_on_the_next_page_is_no_row_of_the_table(tmp_path: Path) -> None:
    first = columns(("产品名称", "产量", "比上年"), ("粮食", "120.5", "3.1"), top=100)
    other = columns(("主任：", "张某"), starts=(180, 330))
    (table,) = cells(made(tmp_path / "a.pdf", first, other))
    assert len(table) == 6


def test_a_short_heading_close_above_its_paragraph_stays_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        y = TOP
        for number in "一二三四":
            canvas.drawString(LEFT, y, f"{number}、农　业")
            canvas.drawString(LEFT, y - 26, full("全年播种"))
            canvas.drawString(LEFT, y - 50, "的第二行比较短一些")
            y -= 50 + 36

    assert lines(made(tmp_path / "a.pdf", draw))[:2] == ["一、农 业", full("全年播种") + "的第二行比较短一些"]


def test_columns_set_close_together_are_told_by_the_blank_that_goes_down_through_all_rows(
    tmp_path: Path,
) -> None:
    head = columns(("指　标", "年末数（万人）", "比重（%）"), starts=(72, 232, 348))
    rows = (("城　镇", "6.1", "61.0"), ("其中：不满十六周岁", "12.34", "5.5"), ("合　计", "-", "100.0"))
    body = columns(*rows, top=TOP - 1.5 * EM, starts=(72, 232, 348))
    (table,) = cells(made(tmp_path / "a.pdf", together(head, body)))
    expected = (
        ("指 标", "年末数（万人）", "比重（%）"),
        ("城 镇", *rows[0][1:]),
        rows[1],
        ("合 计", *rows[2][1:]),
    )
    assert [text for _, _, text in table] == [text for row in expected for text in row]


def test_a_row_alone_at_the_head_of_the_next_page_has_the_columns_of_those_before(tmp_path: Path) -> None:
    rows = [(f"第{n}地区的全部常住人口", "12.3", "4.5") for n in "一二三"]
    first = columns(*rows[:2], top=100, starts=(72, 252, 310))
    second = columns(rows[2], starts=(72, 252, 310))
    (table,) = cells(made(tmp_path / "a.pdf", first, second))
    assert [text for _, _, text in table] == [text for row in rows for text in row]


def test_a_heading_at_the_end_of_a_page_is_not_joined_to_the_paragraph_on_the_next(tmp_path: Path) -> None:
    body = text("　　" + full("首段")[:-2], *[full("正文")] * 3, "末行。", "4.社会保险")
    document = made(tmp_path / "a.pdf", body, text(full("全市收入"), "增长。"))
    assert lines(document)[-2:] == ["4.社会保险", full("全市收入") + "增长。"]


def test_running_text_in_a_frame_is_text_beside_the_rows_of_a_table(tmp_path: Path) -> None:
    width = RIGHT - LEFT

    def draw(canvas: Canvas) -> None:
        for x, y, w in ((LEFT, 700, width / 2), (LEFT + width / 2, 700, width / 2)):
            canvas.rect(x, y, w, 30)
        canvas.drawString(LEFT + 4, 708, "发布单位")
        canvas.drawString(LEFT + width / 2 + 4, 708, "统计局")
        canvas.rect(LEFT, 500, width, 200)
        texts = ["一、农业", "全年收获" + "粮" * 22, "全部入库。", "二、工业", "增长。"]
        for number, line in enumerate(texts):
            canvas.drawString(LEFT + 4, 675 - 26 * number, line)

    document = made(tmp_path / "a.pdf", draw)
    assert cells(document) == [[(0, 0, "发布单位"), (0, 1, "统计局")]]
    assert lines(document)[1:] == ["一、农业", "全年收获" + "粮" * 22 + "全部入库。", "二、工业", "增长。"]


def test_a_name_that_reaches_to_its_number_is_cut_where_the_rows_above_are(tmp_path: Path) -> None:
    rows = (("一、粮食", "1.2"), ("二、衣着", "0.7"), ("三、交通", "-2.0"), ("四、其他用品服务", "11.4"))
    draw = columns(*rows, starts=(72, 72 + 8 * EM))
    (table,) = cells(made(tmp_path / "a.pdf", draw))
    assert [text for _, _, text in table] == [text for row in rows for text in row]


def drawn(content: str) -> Callable[[Canvas], None]:
    """A page of operators as they stand; `/F1` is Helvetica, of 10 points."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas._code.append(content)

    return draw


SAID = "BT /F1 10 Tf 72 700 Td (Total 120.5 \\(new\\)) Tj ET"


@pytest.mark.parametrize(
    "content",
    [
        "BT/F1 10 Tf 1 0 0 1 72 700 Tm(Total 120.5 )Tj(\\050new\\51)Tj ET",
        "BT /F1 10 Tf 72 700 Td [(To) 0 (tal) 0 ( 120.5 \\(new\\))] TJ ET % said",
        "BT /F1 10 Tf 72 700 Td <546f74616C 20 3132302e35> Tj ( (new)) Tj ET",
        "/P <</MCID 3/Lang (zh)>> BDC BT /F1 10. Tf +72 700 Td (Total 120\\\n.5 \\(new\\)) Tj ET EMC",
        "0.5 g /Cs1 cs 1 scn BT /F1 10 Tf 12 TL 72 712 Td (Total 120.5 \\(new\\)) ' ET",
        'BT /F1 10 Tf 72 712 Td 12 TL 0 0 (Total 120.5 \\(new\\)) " ET',
        "q 1 0 0 1 72 700 cm BT /F1 10 Tf (Total 120.5 ) Tj <286E6577 29> Tj ET Q",
        "BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI " + SAID,
        "BT /F#31 10 Tf 72 700 Td (Total 120.5 \\(new\\)) Tj ET",
        SAID + " BT /F1 10 Tf 72",
        SAID + " (",
        SAID + " 5 1 unknown [1 (a",
    ],
)
def test_letters_are_where_they_stand_however_the_content_spells_it(tmp_path: Path, content: str) -> None:
    expected = made(tmp_path / "a.pdf", drawn(SAID))
    document = made(tmp_path / "b.pdf", drawn(content))
    assert document.text == expected.text == "Total 120.5 (new)\n"
    places = [[one.place for one in read.places(6, 11)] for read in (document, expected)]
    assert [place.edges for place in places[0]] == [
        pytest.approx(place.edges, abs=0.1) for place in places[1]
    ]


def test_a_form_that_shows_itself_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("again")
        canvas.setFont(FONT, EM)
        canvas.drawString(LEFT, TOP, "产值30亿元。")
        canvas.doForm("again")
        canvas.endForm()
        canvas.doForm("again")

    assert made(tmp_path / "a.pdf", draw).text == "产值30亿元。\n"


def test_what_stands_across_the_page_is_no_text(tmp_path: Path) -> None:
    def stamped(canvas: Canvas) -> None:
        text("　　产值30亿元。", "　　投资5亿元。")(canvas)
        canvas.translate(LEFT, TOP - 100)
        canvas.rotate(30)
        canvas.drawString(20, 40, "内部资料")

    assert made(tmp_path / "a.pdf", stamped).text == "产值30亿元。\n投资5亿元。\n"


def test_writing_on_its_side_is_told_as_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text("　　产值30亿元。")(canvas)
        canvas.rotate(90)
        for number in range(5):
            canvas.drawString(100, -300 - 24 * number, "转移支付" * 3)

    document = made(tmp_path / "a.pdf", draw)
    assert document.text == "产值30亿元。\n"
    assert [one.en for one in document.unread] == ["writing turned on its side on page 1"]


@pytest.mark.parametrize("small", [8.0, 13.3])
def test_a_mark_raised_without_moving_the_line_does_not_run_into_the_number(
    tmp_path: Path, small: float
) -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(LEFT, TOP)
        for words, size, rise in (("产值3062.63", EM, 0), ("1", small, 6), ("亿元。", EM, 0)):
            line.setFont(FONT, size)
            line.setRise(rise)
            line.textOut(words)
        canvas.drawText(line)

    assert made(tmp_path / "a.pdf", draw).text == "产值3062.63^1亿元。\n"


def test_two_blanks_between_words_are_no_gap_between_columns(tmp_path: Path) -> None:
    second = LEFT + 2 * EM + 2.02 * EM
    document = made(tmp_path / "a.pdf", together(text("主任", "书记"), text("甲某", "乙某", x=second)))
    assert not document.tables


def test_a_number_that_cannot_be_broken_leaves_a_line_short_of_the_margin(tmp_path: Path) -> None:
    short = full("全年收入增长")[:-3]
    body = text(full("甲"), full("乙"), full("丙"), full("丁"), short, "1513.9%，支出下降。", "下一段。")
    assert lines(made(tmp_path / "a.pdf", body))[-2:] == [
        full("甲") + full("乙") + full("丙") + full("丁") + short + "1513.9%，支出下降。",
        "下一段。",
    ]


def test_a_line_with_room_for_one_more_sign_has_ended(tmp_path: Path) -> None:
    heading = full("2.支持重大战略")[:-1]
    body = text(*[full("正文")] * 4, "末行。", heading, full("强化政策"), "落实。")
    assert lines(made(tmp_path / "a.pdf", body))[-2:] == [heading, full("强化政策") + "落实。"]


def test_every_page_has_its_own_margins(tmp_path: Path) -> None:
    """As pages bound as a book have, and pages turned on their side between upright ones."""

    def page(x: float, width: int) -> Callable[[Canvas], None]:
        paragraph = ["　　" + "甲" * (width - 2), "乙" * width, "末行。"]
        return text(*paragraph * 3, x=x, top=650)

    document = made(tmp_path / "a.pdf", page(72, 26), page(110, 26), page(72, 20), page(110, 26))
    for width, paragraph in zip([26, 26, 20, 26], lines(document)[::3], strict=True):
        assert paragraph == "甲" * (width - 2) + "乙" * width + "末行。"


def test_an_item_that_ends_in_brackets_at_the_margin_is_not_joined_to_the_next(tmp_path: Path) -> None:
    item = "（一）" + "研" * 16 + "。（商务部负责）"
    body = text(*[full("正文")] * 4, "末行。", item, "（二）甲。")
    assert lines(made(tmp_path / "a.pdf", body))[-2:] == [item, "（二）甲。"]


def test_headings_of_one_length_under_each_other_stay_apart(tmp_path: Path) -> None:
    headings = [f"（{n}）" + "关于收支预算的说明" * 2 for n in "一二三四五六"]
    assert lines(made(tmp_path / "a.pdf", text(*headings))) == headings


def loose(
    rows: list[list[str]],
    top: float,
    *,
    beside: float = 0.5,
    gap: float = 10,
    starts: tuple[float, ...] = (72, 200, 290),
) -> Callable[[Canvas], None]:
    """Rows without rules, their names on lines cut by `/`; how far down its name the numbers of a row stand."""

    def draw(canvas: Canvas) -> None:
        y = top
        canvas.setFont(FONT, 12)
        for row in rows:
            for x, cell in zip(starts, row, strict=True):
                pieces = cell.split("/")
                most = max(len(one.split("/")) for one in row)
                down = (most - len(pieces)) * 14 * beside
                for number, piece in enumerate(pieces):
                    canvas.drawString(x, y - down - number * 14, piece)
            y -= 14 * max(len(one.split("/")) for one in row) + gap

    return draw


LOOSE = [
    ["预算科目", "2024年/决算数", "2025年/预计数"],
    ["一、税收收入", "96.7", "93.1"],
    ["二、文化旅游体育/与传媒收入", "7.1", "7.2"],
    ["三、社会保障", "10.6", "11.0"],
    ["四、灾害防治及应急/管理和自然资源/气象等收入", "6.3", "-"],
    ["五、其他收入", "1.6", "2.2"],
]
READ = [[cell.replace("/", "") for cell in row] for row in LOOSE]


def texts(document: SourceDocument) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]
        for table in document.tables
    ]


@pytest.mark.parametrize(("beside", "gap"), [(0.5, 10), (0.0, 10), (0.5, 1.5)])
def test_names_on_several_lines_are_rows_of_a_table_without_rules(
    tmp_path: Path, beside: float, gap: float
) -> None:
    document = made(
        tmp_path / "a.pdf", together(text("　　前文。"), loose(LOOSE, 700, beside=beside, gap=gap))
    )
    assert texts(document) == [READ]
    assert not document.unread


def test_a_table_without_rules_goes_on_under_its_columns_on_the_next_page(tmp_path: Path) -> None:
    """Also where a name there reaches further, some columns are blank, and no name runs over lines."""
    more = [["六、待偿债的再融资", "", "5.2"], ["合计", "122.3", "118.7"]]
    document = made(
        tmp_path / "a.pdf", loose(LOOSE, 240), together(loose(more, 800), text("　　后文。", top=600))
    )
    assert texts(document) == [READ + [[cell for cell in row if cell] for row in more]]
    assert lines(document)[-1] == "后文。"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [row if at != 2 else [row[0], "7.1/", "7.2/"] for at, row in enumerate(LOOSE)], id="rows"
        ),
        pytest.param(LOOSE[1:], id="no heads"),
    ],
)
def test_a_table_without_rules_whose_rows_or_heads_cannot_be_told_is_not_read(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    document = made(tmp_path / "a.pdf", together(text("　　前文。"), loose(rows, 700)))
    assert document.text == "前文。\n"
    assert [one.en for one in document.unread] == [
        "1 table without rules on page 1 whose rows cannot be told"
    ]


def test_a_name_alone_between_rows_with_numbers_is_a_row(tmp_path: Path) -> None:
    rows = (
        ("项目", "收入", "支出"),
        ("一、保险费", "120.5", "3.1"),
        ("二、上级补助", "", ""),
        ("三、下级上解", "", ""),
        ("四、利息", "6.2", "1.5"),
    )
    document = made(tmp_path / "a.pdf", together(columns(*rows), text("　　五、其他", top=TOP - 200)))
    (table,) = texts(document)
    assert table == [[cell for cell in row if cell] for row in rows]
    assert lines(document)[-1] == "五、其他"


def test_a_heading_between_two_tables_is_no_row(tmp_path: Path) -> None:
    rows = (("项目", "收入", "支出"), ("保险费", "120.5", "3.1"))
    document = made(tmp_path / "a.pdf", columns(*rows, ("二、工业", "", ""), *rows))
    assert texts(document) == [[list(row) for row in rows]] * 2
