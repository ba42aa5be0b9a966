"""`python -m audit.wording` brings the catalogue up to date with the messages in the code, and compiles it.

Messages are the first argument of `_(…)`, `marked(…)` and `InputError(…)` and the first two of `_.plural(…)`, in Python
and in the page's script. A message without a translation is left empty and named; exit code 1 then.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from audit.wording import LOCALE

PACKAGE = Path(__file__).parent.parent
PO = LOCALE / "zh" / "LC_MESSAGES" / "audit.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, tuple[int, ...]] = {
    "_": (1,), "plural": (1, 2), "InputError": (1,), "UnreadableMember": (1,), "_refuse": (2,), "Term": (1,), "marked": (1,),
}  # fmt: skip
"""The functions that take messages, with the places of the messages among their arguments."""
_HEADER = (
    "# The messages of audit in Chinese. `python -m audit.wording` keeps the list; the translations are ours."
)


def collect(package: Path = PACKAGE) -> Catalog:
    """Every message that occurs in the code of `package`, without translations."""
    catalogue = Catalog(locale="zh", domain="audit", fuzzy=False)
    for path in sorted(package.rglob("*.py")):
        for message in _messages(ast.parse(path.read_text("utf-8"))):
            catalogue.add(message)
    for _, _, message, _, _ in extract_from_dir(package, [("**.js", "javascript")], keywords=KEYWORDS):
        catalogue.add(message)
    return catalogue


def _messages(module: ast.Module) -> Iterator[str | tuple[str, ...]]:
    """The messages of a module, wherever they stand; those with a plural as pairs."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
        given = [node.args[place - 1] for place in KEYWORDS.get(name, ()) if place <= len(node.args)]
        texts = tuple(
            part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        if texts and len(texts) == len(given):
            yield texts if len(texts) > 1 else texts[0]


def updated(po: bytes, code: Catalog) -> Catalog:
    """The catalogue `po` with exactly the messages of `code`: translations kept, new messages empty."""
    known = read_po(io.BytesIO(po), locale="zh", domain="audit")
    catalogue = Catalog(locale="zh", domain="audit", fuzzy=False, header_comment=_HEADER)
    for message in sorted((m for m in code if m.id), key=lambda m: strings(m.id)):
        old = known.get(message.id)
        catalogue.add(message.id, old.string if old and old.id == message.id else "")
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages of `catalogue` that have no translation."""
    return [str(message.id) for message in catalogue if message.id and not all(strings(message.string))]


def strings(value: object) -> tuple[str, ...]:
    """The texts of a message or translation: one, or one for each plural form."""
    return tuple(value) if isinstance(value, list | tuple) else (str(value or ""),)


def po_text(catalogue: Catalog) -> bytes:
    """`catalogue` as a .po file without dates or line numbers, so that a change is a readable diff."""
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, no_location=True, width=0)
    head = (
        f'{_HEADER}\nmsgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    return (head + '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n').encode() + out.getvalue().strip() + b"\n"


def compiled(po: bytes) -> bytes:
    """The .mo file of a .po file; the same bytes for the same input and Babel."""
    out = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), locale="zh", domain="audit")
    catalogue.creation_date = catalogue.revision_date = datetime(1970, 1, 1, tzinfo=UTC)
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    """Write both files; 1 when a message still needs its translation."""
    catalogue = updated(PO.read_bytes() if PO.exists() else b"", collect())
    PO.write_bytes(po_text(catalogue))
    MO.write_bytes(compiled(PO.read_bytes()))
    missing = untranslated(catalogue)
    print("\n".join(missing) if missing else f"{len(catalogue)} messages, all translated")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
