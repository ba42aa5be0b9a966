"""The report as a Word document, as a government office would expect it.

Scope, method, conclusion, the causes by weight, the evidence of the heaviest, what could not be tested: a report of a
few pages whatever was found (`body`). All else is in the annex, a document of its own (`annex`). Styles come from a
template (`template.docx`) that users can replace by their own; what the template says in its body (a letterhead) stays
in front.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.dates import PACKED, stamp
from audit.reporting.names import Names, names_of

if TYPE_CHECKING:
    from audit.reporting.docx.paper import Paper

TEMPLATE = Path(__file__).parent / "template.docx"


def render(
    report: Report, *, language: Language, all_checks: bool = False, template: Path = TEMPLATE
) -> bytes:
    """The report; every check stands in the annex, if anywhere.

    Raises InputError when `template` is no Word document or lacks a style.
    """
    from audit.reporting.docx.body import write_body

    return packed(report, language, template, lambda paper, names: write_body(paper, report, names))


def packed(
    report: Report, language: Language, template: Path, write: Callable[[Paper, Names], None]
) -> bytes:
    """A Word document in the styles of `template` with what `write` puts on its paper.

    Raises InputError when `template` is no Word document or lacks a style.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    from audit.reporting.docx.paper import Paper
    from audit.reporting.docx.template import STYLES

    try:
        document = Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise InputError(
            "{path} cannot be used as a template ({fault}); give a Word document (.docx).",
            path=str(template),
            fault=str(fault) or type(fault).__name__,
        ) from None
    present = {style.name: style.style_id for style in document.styles if style.name}
    if missing := [name for name in STYLES if name not in present]:
        raise InputError(
            "the template {path} has no style “{styles}”; start from the template that comes with audit.",
            path=str(template),
            styles=", ".join(missing),
        )
    names = names_of(report, language)
    _ = names.words
    properties = document.core_properties
    properties.title = _("Report on the consistency of figures in plans")
    properties.author = properties.last_modified_by = "audit"
    properties.created = properties.modified = stamp() or PACKED
    properties.language = "zh-CN" if language == "zh" else "en-GB"
    paper = Paper(present)
    write(paper, names)
    paper.put_into(document)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def timeless(packed: bytes) -> bytes:
    """The same zip archive with every member dated alike, so that equal documents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(
                zipfile.ZipInfo(member.filename, PACKED.timetuple()[:6]),
                old.read(member),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()
