"""The report as a Word document, as a government office would expect it.

Title, basis and scope, method, conclusion, findings in order of weight with quotations and tables, what could not be
tested, appendices. Styles come from a template (`template.docx`) that users can replace by their own; what the
template says in its body (a letterhead) stays in front.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.dates import PACKED, stamp
from audit.wording import words

TEMPLATE = Path(__file__).parent / "template.docx"


def render(
    report: Report, *, language: Language, all_checks: bool = False, template: Path = TEMPLATE
) -> bytes:
    """The whole document; `all_checks` adds an appendix with every check.

    Raises InputError when `template` is no Word document or lacks a style.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    from audit.reporting.docx.body import write_body
    from audit.reporting.docx.template import STYLES

    try:
        document = Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise InputError(
            "{path} cannot be used as a template ({fault}); give a Word document (.docx).",
            path=str(template),
            fault=str(fault) or type(fault).__name__,
        ) from None
    present = {style.name for style in document.styles}
    if missing := [name for name in STYLES if name not in present]:
        raise InputError(
            "the template {path} has no style “{styles}”; start from the template that comes with audit.",
            path=str(template),
            styles=", ".join(missing),
        )
    _ = words(language)
    properties = document.core_properties
    properties.title = _("Report on the consistency of figures in plans")
    properties.author = properties.last_modified_by = "audit"
    properties.created = properties.modified = stamp() or PACKED
    properties.language = "zh-CN" if language == "zh" else "en-GB"
    write_body(document, report, _, all_checks)
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
