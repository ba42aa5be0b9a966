"""Every file that cannot be read is refused in one sentence that says what is wrong."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from audit.actions.watching import snapshot
from audit.documents import opening
from audit.documents.docx import package as word_package
from audit.documents.kinds import KINDS, SUFFIXES, Kind
from audit.documents.opening import read_document
from audit.model.errors import InputError
from audit.workspace.sources import is_plan, plans_in
from tests.documents.word import package, paragraph, word_file

DRAFT = Path(__file__).parents[1] / "data" / "draft"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    """The sentence that refuses the file."""
    with pytest.raises(InputError) as raised:
        read_document(path)
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert "{" not in sentence
    return sentence


def encrypted_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(DRAFT / "draft.pdf"))
    writer.encrypt("geheim", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


ENTITY = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="urn:w">&x;</w:document>'
WORD = (DRAFT / "draft.docx").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.docx", b"", "is empty"),
        ("plan.txt", b" \n\n ", "holds no text"),
        ("plan.docx", word_file(""), "holds no text"),
        ("plan.html", b"<html><script>9</script></html>", "holds no text"),
        ("plan.doc", OLE, "save it as .docx"),
        ("plan.xlsx", b"PK\x03\x04", "not a kind of document"),
        ("plan", b"30", "not a kind of document"),
        ("plan.docx", OLE + bytes(600), "old Office file"),
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("plan.docx", (DRAFT / "draft.pdf").read_bytes(), "a .pdf file"),
        ("plan.pdf", WORD, "a .docx file"),
        ("plan.txt", b"<!DOCTYPE html><p>30</p>", "a .html file"),
        ("plan.docx", "三十家".encode(), "a .txt file"),
        ("plan.txt", b"\x89PNG\r\n\x1a\n", "holds no document"),
        ("plan.txt", b"30\x00\x00", "holds no document"),
        ("plan.txt", b"\xff\xff\x80\x80", "encoding"),
        ("plan.docx", zipped(a=b"1"), "holds no document"),
        ("plan.docx", WORD[:3000], "damaged"),
        ("plan.docx", package({"word/document.xml": "<w:document"}), "damaged"),
        ("plan.docx", package({"word/document.xml": ENTITY}), "document type"),
        ("plan.docx", package({"_rels/.rels": "<Relationships/>"}), "no Word document"),
        ("plan.pdf", b"%PDF-1.7\nrubbish", "damaged"),
        ("plan.pdf", (DRAFT / "draft.pdf").read_bytes()[:2000], "damaged"),
        ("plan.pdf", encrypted_pdf(), "protected by a password"),
        ("plan.pdf", blank_pdf(), "holds no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    sentence = refusal(path)
    assert said in sentence
    assert str(path) in sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no file" in refusal(tmp_path / "plan.docx")


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").mkdir()
    assert "is not a file" in refusal(tmp_path / "plan.docx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("30")
    path.chmod(0)
    assert "permissions" in refusal(path)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_enormous_file_is_not_even_opened(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / f"plan{kind.suffixes[0]}"
    with path.open("wb") as file:
        file.truncate(kind.most * 2**20 + 1)
    assert "too large" in refusal(path)


def test_a_text_longer_than_any_plan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_CHARACTERS", 10)
    path = tmp_path / "plan.txt"
    path.write_text("0123456789 0")
    assert "12 characters" in refusal(path)


def test_a_word_file_of_a_million_paragraphs_is_refused_before_it_is_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(word_file("<w:p><w:r><w:t>一</w:t></w:r></w:p>" * 1_000_000))
    assert "1000000 paragraphs" in refusal(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_follows_from_the_kind_of_a_document_follows_for_every_suffix(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"plan{suffix}"
    path.write_text("到2020年建设10家")
    kind = SUFFIXES[suffix]
    assert is_plan(path)
    assert (path in plans_in(tmp_path)) == kind.plans
    assert str(path) in snapshot([tmp_path])
    assert hasattr(import_module(kind.reader), "read")
    if kind.marks:
        assert hasattr(import_module(f"audit.reporting.marking.{kind.name}"), "mark")
    if kind.text or kind.name == "html":
        assert read_document(path).format == kind.name
    else:
        assert "plan.txt" not in refusal(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MAX_UNPACKED", 2**20)
    path = tmp_path / "plan.docx"
    path.write_bytes(package({"word/document.xml": bytes(2**21)}))
    assert path.stat().st_size < 2**14
    assert "more than a plan ever has" in refusal(path)


def test_billions_of_laughs_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f'<!DOCTYPE w [{entities}]><w:document xmlns:w="urn:w">&i;</w:document>'
    path = tmp_path / "plan.docx"
    path.write_bytes(package({"word/document.xml": body}))
    assert "plan.docx" in refusal(path)


def test_a_table_of_impossible_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    wide = "<tr>" + "<td colspan=1000>1" * 100
    path.write_text("<table>" + wide * 60 + "</table>")
    assert "too large" in refusal(path)


def test_reading_text_loads_no_heavy_library() -> None:
    """Cold start: only the reader that is needed is loaded, with its libraries."""
    code = (
        "import sys; from audit.documents.opening import read_document; "
        f"read_document({str(DRAFT / 'draft.txt')!r}); "
        "print([m for m in ('lxml', 'pdfplumber', 'pdfminer', 'docx', 'pypdf', 'html.parser') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_paragraphs_are_read_from_a_plain_word_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.DOCX"
    path.write_bytes(word_file(paragraph("三十家")))
    assert read_document(path).text == "三十家\n"
