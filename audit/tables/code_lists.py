"""Code lists that stand alone, as a file beside a table or as a frame from Python: checked as those of a package are.

Every member has a code, once unless the entries are dated; what it names above it is in the list, without circles; no
alias belongs to two codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.codes import CodeList
from audit.model.errors import InputError, InputErrors
from audit.tables.conditions import Condition, once, own_aliases, stated
from audit.tables.failures import told
from audit.tables.kinds import ABOVE
from audit.tables.links import Link, Tree
from audit.tables.package import FieldType, Resource, code_list
from audit.tables.reading import TableFile
from audit.tables.references import among, keys, no_circle

CODE = "code"
_DATED = frozenset({"from", "to"})


def read_code_list(dimension: str, file: TableFile) -> CodeList:
    """The members of a list with the column `code` and, as far as there are, `parent`, `aliases` and any attributes.

    Raises `InputErrors` with every bad cell.
    """
    columns = tuple(file.frame.columns)
    if CODE not in columns:
        raise InputError("{path}:1: the column “{name}” is missing; add it (the columns are {columns}).",
                         path=file.path, name=CODE, columns=", ".join(columns))  # fmt: skip
    types: dict[str, FieldType] = dict.fromkeys(columns, "text")
    resource = Resource(
        name=dimension, files=(file,), types=types, required=(CODE,), key=(CODE,), references={}
    )
    if found := told(_conditions(resource), resource, file.frame):
        raise found[0] if len(found) == 1 else InputErrors(list(found))
    return code_list(dimension, resource)


def _conditions(resource: Resource) -> Iterator[Condition]:
    """What is asked of a list; in a dated one a code may stand several times."""
    yield stated(CODE)
    if not _DATED & resource.types.keys():
        yield once((CODE,))
    if "aliases" in resource.types:
        yield own_aliases()
    codes = keys(resource.files[0].frame, (CODE,))
    for above in ABOVE:
        if above in resource.types:
            yield among(codes, Link((above,), resource.name, (CODE,)))
            yield no_circle(Tree(above, (CODE,)))
