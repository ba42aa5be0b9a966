"""Whether the tables of a package are as their schemas say; what was found valid is remembered by content."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from audit.model.errors import InputErrors
from audit.tables.cache import Cache, libraries, user_cache
from audit.tables.package import Package

KIND = "valid-tables"
_SOURCES = (
    "kinds.py", "conditions.py", "kind_conditions.py", "references.py", "constraints.py", "failures.py", "links.py",
    "package.py", "patterns.py", "reading.py", "table_schema.py", "number_cells.py", "column_texts.py", "../model/rows.py",
    "../model/period.py", "../model/text_frame.py",
    "../numbers/numerals.py", "../numbers/quantities.py", "../numbers/reading.py", "../numbers/units.py",
)  # fmt: skip


def ensure_valid(package: Package, known: Cache | None = None) -> None:
    """Do nothing when every table is as its schema says; else raise `InputErrors` with every bad cell.

    `known` remembers what was valid before (default: the user's cache); an entry counts only when it holds word for
    word what would be looked at now.
    """
    known = user_cache() if known is None else known
    content = _content(package)
    entry = hashlib.sha256(content).hexdigest()
    if known.get(KIND, entry) == content:
        return
    from audit.tables.failures import faults

    if found := faults(package):
        raise found[0] if len(found) == 1 else InputErrors(list(found))
    known.put(KIND, entry, content)


def _content(package: Package) -> bytes:
    """All that the answer depends on: the schemas, and each table's description and files."""
    tables = [(r.name, r.schema, [file.sha256 for file in r.files]) for r in package.resources.values()]
    return json.dumps([_version(), tables]).encode()


@cache
def _version() -> str:
    """The digest of the source of the schemas and of what they use, so that no change of them goes unnoticed."""
    here = Path(__file__).parent
    own = (here / name for name in _SOURCES)
    return hashlib.sha256(
        b"\0".join((libraries().encode(), *(path.read_bytes() for path in own)))
    ).hexdigest()
