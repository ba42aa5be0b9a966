"""Writes the sample draft as draft.docx, draft.html, draft.txt and draft.pdf beside this file.

    python tests/data/draft/make_draft.py

The pdf is printed from the Word file by LibreOffice (`soffice`); without it the other three are written.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from as_docx import word_file
from as_text import plain_text, web_page
from content import PARTS

HERE = Path(__file__).parent


def main() -> None:
    """Writes all four."""
    (HERE / "draft.docx").write_bytes(word_file(PARTS))
    (HERE / "draft.html").write_text(web_page(PARTS), encoding="utf-8", newline="\n")
    (HERE / "draft.txt").write_text(plain_text(PARTS), encoding="utf-8", newline="\n")
    if soffice := shutil.which("soffice"):
        print_pdf(soffice)
    else:
        print("draft.pdf is left as it is: soffice is not installed")


def print_pdf(soffice: str) -> None:
    """Prints the draft with its tracked change accepted."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "draft.docx").write_bytes(word_file(PARTS, tracked=False))
        command = [soffice, "--headless", "--convert-to", "pdf", "--outdir", folder, f"{folder}/draft.docx"]
        subprocess.run(command, check=True, capture_output=True)
        shutil.copy(Path(folder) / "draft.pdf", HERE / "draft.pdf")


if __name__ == "__main__":
    main()
