"""Whether the tables of a package are as their schemas say; what was found valid is remembered by content."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from audit.model.errors import InputError, InputErrors
from audit.tables.cache import Cache, libraries, user_cache
from audit.tables.links import looked_into
from audit.tables.package import Package, Resource

KIND = "valid-tables"
_SOURCES = (
    "kinds.py", "conditions.py", "kind_conditions.py", "references.py", "constraints.py", "failures.py", "links.py",
    "package.py", "patterns.py", "reading.py", "table_schema.py", "number_cells.py", "column_texts.py", "../model/rows.py",
    "../model/period.py", "../model/text_frame.py",
    "../numbers/numerals.py", "../numbers/quantities.py", "../numbers/reading.py", "../numbers/units.py",
)  # fmt: skip


def ensure_valid(package: Package, known: Cache | None = None) -> None:
    """Do nothing when every table is as its schema says; else raise `InputErrors` with every bad cell.

    `known` remembers which tables were valid before (default: the user's cache); an entry counts only when it holds
    word for word what would be looked at now.
    """
    known = user_cache() if known is None else known
    contents = _contents(package)
    entries = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    new = [name for name, content in contents.items() if known.get(KIND, entries[name]) != content]
    if not new:
        return
    from audit.tables.failures import faults

    if found := faults(package, new):
        raise found[0] if len(found) == 1 else InputErrors(list(found))
    for name in new:
        known.put(KIND, entries[name], contents[name])


def _contents(package: Package) -> dict[str, bytes]:
    """All that the answer on each table depends on: its description and files, and the tables that it is looked up in."""
    own = {name: _told(resource) for name, resource in package.resources.items()}
    digests = {name: hashlib.sha256(told).hexdigest() for name, told in own.items()}
    columns = {name: tuple(resource.types) for name, resource in package.resources.items()}

    def others(name: str, resource: Resource) -> list[str]:
        try:
            return sorted(looked_into(name, resource.schema, columns))
        except InputError:  # which is told when the table is looked at
            return sorted(own)

    return {
        name: b"\n".join((*(digests[other].encode() for other in others(name, resource)), own[name]))
        for name, resource in package.resources.items()
    }


def _told(resource: Resource) -> bytes:
    return json.dumps(
        [_version(), resource.name, resource.schema, [file.sha256 for file in resource.files]]
    ).encode()


@cache
def _version() -> str:
    """The digest of the source of the schemas and of what they use, so that no change of them goes unnoticed."""
    here = Path(__file__).parent
    own = (here / name for name in _SOURCES)
    return hashlib.sha256(
        b"\0".join((libraries().encode(), *(path.read_bytes() for path in own)))
    ).hexdigest()
