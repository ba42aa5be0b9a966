"""Whether the tables of a package are as their schemas say.

Loading pandera takes longer than a whole run of checks, so what was found valid is remembered by content: a package as
a whole, and each file for itself, so that one changed file of many is the only one that is looked at again. What rows
must find in other tables is asked of the whole package whenever that is not remembered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from audit.model.errors import InputError, InputErrors
from audit.tables.cache import Cache, libraries, user_cache
from audit.tables.links import fully_linked
from audit.tables.package import Package, Resource

KIND = "valid-tables"
_SOURCES = (
    "kinds.py", "schemas.py", "conditions.py", "references.py", "constraints.py", "failures.py", "links.py", "package.py",
    "reading.py", "table_schema.py", "number_cells.py", "../model/rows.py", "../numbers/numerals.py", "../numbers/quantities.py",
    "../numbers/reading.py", "../numbers/units.py",
)  # fmt: skip


def ensure_valid(package: Package, known: Cache | None = None) -> None:
    """Do nothing when every table is as its schema says; else raise `InputErrors` with every bad cell.

    `known` remembers what was valid before (default: the user's cache); an entry counts only when it holds word for
    word what would be looked at now.
    """
    known = user_cache() if known is None else known
    content = _content(package.resources.values())
    if _remembered(content, known):
        return
    if not _valid_by_parts(package, known):
        from audit.tables.failures import faults

        found = faults(package)
        if found:
            raise found[0] if len(found) == 1 else InputErrors(list(found))
    _remember(content, known)


def _valid_by_parts(package: Package, known: Cache) -> bool:
    """Whether every file is sound for itself and the tables fit together; False says that a closer look is needed."""
    if not all(_sound(resource, known) for resource in package.resources.values()):
        return False
    frames = {name: resource.frame() for name, resource in package.resources.items()}
    try:
        return fully_linked(frames, {name: resource.schema for name, resource in package.resources.items()})
    except InputError:
        return False


def _sound(resource: Resource, known: Cache) -> bool:
    """Whether the rows of every file are as the schemas say; files that are not remembered are looked at together."""
    unknown = [part for part in _parts(resource) if not _remembered(_content([part]), known)]
    if unknown:
        from audit.tables.failures import sound

        if not sound(replace(resource, files=tuple(file for part in unknown for file in part.files))):
            return False
    for part in unknown:
        _remember(_content([part]), known)
    return True


def _parts(resource: Resource) -> list[Resource]:
    """A resource file by file; a code list as a whole, since its codes refer to each other."""
    if "code" in resource.types:
        return [resource]
    return [replace(resource, files=(file,)) for file in resource.files]


def _content(resources: Iterable[Resource]) -> bytes:
    """All that the answer depends on: the schemas, and each table's description and files."""
    tables = [(r.name, r.schema, [file.sha256 for file in r.files]) for r in resources]
    return json.dumps([_version(), tables]).encode()


def _remembered(content: bytes, known: Cache) -> bool:
    return known.get(KIND, hashlib.sha256(content).hexdigest()) == content


def _remember(content: bytes, known: Cache) -> None:
    known.put(KIND, hashlib.sha256(content).hexdigest(), content)


@cache
def _version() -> str:
    """The digest of the source of the schemas and of what they use, so that no change of them goes unnoticed."""
    here = Path(__file__).parent
    own = (here / name for name in _SOURCES)
    return hashlib.sha256(
        b"\0".join((libraries().encode(), *(path.read_bytes() for path in own)))
    ).hexdigest()
