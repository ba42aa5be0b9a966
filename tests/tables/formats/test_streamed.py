"""A large text file that is taken in block by block is the table that it is when it is read whole, or the same error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model.errors import InputError, InputErrors
from audit.tables.formats import delimited, streamed
from audit.tables.formats.asked import NOTHING, Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.scanned import ScannedFile, whole
from audit.tables.reading import TableFile

PLAIN = ["a", "北京", "1", "2.50", "2020", "b c", ""]
QUOTED = ['"a"', '"say ""so"""', '""', '"x,y"', *PLAIN]
ODD = [" a ", "　", "\x1c", '"x\ny"', '"a"b', 'a"b', '"', "\ufeff", "\x00", "a\rb", "1)", *QUOTED]
HEADS = [
    "name,region,kind,value",
    "name,region,kind,value",
    "name,region,,value",
    "name,region,kind,value,",
    "名称",
]
ENDS = ["\n", "\n", "\r\n", "\r"]

odd = st.lists(st.sampled_from(ODD), max_size=6).map(",".join) | st.sampled_from(
    [
        *HEADS,
        "",
        "a,a,b,c",
        ",,,",
        "注：来源于统计局",
        "1,2,3,4",
        "Table 1",
        ",,2020,2020",
        "name,region,kind,values",
    ]
)
few = st.lists(odd, max_size=2)


@st.composite
def texts(draw):
    """Rows of which some are odd, many plain ones between them."""
    cells = draw(st.sampled_from([PLAIN, QUOTED]))
    plain = st.lists(st.sampled_from(cells), min_size=4, max_size=4).map(",".join)
    body = draw(st.lists(plain, min_size=1, max_size=3)) * draw(st.sampled_from([50, 120]))
    rows = [*draw(few), draw(st.sampled_from(HEADS)), *body, *draw(few), *body, *draw(few)]
    end = draw(st.sampled_from(ENDS))
    text = end.join(rows) + draw(st.sampled_from(["", end, end + end]))
    return text.replace(",", draw(st.sampled_from([",", ",", ";", "\t"])))


def told(source: Source, asked: Asked, large: int) -> tuple[object, object]:
    """The table that a file is, or the error, where one of more than so many bytes is large; and what holds its rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LARGE", large)
        patch.setattr(streamed, "FIRST", 300)
        patch.setattr(streamed, "LAST", 5)
        patch.setattr(streamed, "CELLS", 400)
        try:
            (file,) = delimited.read(source, asked)
        except (InputError, InputErrors) as error:
            return str(error), None
    read = whole(file)
    settled = (read.path, read.name, read.sha256, read.key, read.typed, read.notes)
    return (read.columns, read.frame.rows(), [*read.lines], settled), type(file)


encodings = st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"])
asked = st.sampled_from(
    [NOTHING, NOTHING, Asked(head=(2,), at="audit.toml:1"), Asked(key=("name",), missing=("a",))]
)


@settings(max_examples=30)
@given(texts(), encodings, asked)
def test_a_large_text_is_what_it_is_when_it_is_read_whole(tmp_path_factory, text, encoding, asked):
    path = tmp_path_factory.getbasetemp() / "t.csv"
    path.write_bytes(text.encode(encoding))
    source = Source(path, "t.csv")
    assert told(source, asked, 1000)[0] == told(source, asked, 10**9)[0]


HEAD = "名称,地区,数值\n"
ROWS = "甲,北京,1\n" * 300
ODD_ROWS = '"甲,\n乙",北京,1\n\n"丙"\n' + ROWS
YEARS = "2020,甲,北京,1\n" * 300
WHERE = {
    "plain": HEAD + ROWS,
    "titled": "各区情况\n" + HEAD + "1,2,3\n" + ROWS + "注：来源于统计局\n",
    "odd": HEAD.replace("\n", ",\n") + ROWS + ODD_ROWS,
    "broken": HEAD + '"甲\n乙",北京,1\n' * 300,
    "marked": HEAD + "\ufeff甲,北京,1\n" * 300,
    "ends": HEAD + ROWS + "甲\r乙,北京,1\n" + ROWS,
    "again": "年份," + HEAD + YEARS + "年份," + HEAD + YEARS,
    "unnamed": "年份,名称,,数值\n" + "2020,甲,,1\n" * 300 + "2020,甲,乙,1\n" + "2020,甲,,1\n" * 9,
}  # fmt: skip


@pytest.mark.parametrize("text", WHERE.values(), ids=WHERE)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_large_text_of_rows_is_scanned(tmp_path, text, encoding):
    path = tmp_path / "t.tsv"
    path.write_bytes(text.replace(",", "\t").encode(encoding))
    source = Source(path, "t.tsv")
    (scanned, kind), (read, _) = told(source, NOTHING, 2000), told(source, NOTHING, 10**9)
    assert kind is ScannedFile
    assert scanned == read


def test_a_large_text_that_only_the_whole_tells_is_read_whole(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name,region,value\n" + "a,b,1\n" * 400 + "note\n" * 20)
    (told_so, kind), (read, _) = (told(Source(path, "t.csv"), NOTHING, large) for large in (2000, 10**9))
    assert kind is TableFile
    assert told_so == read
