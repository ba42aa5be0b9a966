"""Code lists that stand alone, as a file beside a table or as a frame from Python: checked as those of a package are.

Every member has a code, once unless the entries are dated; what it names above it is in the list, without circles; no
alias belongs to two codes.
"""

from __future__ import annotations

from audit.model.codes import CodeList
from audit.model.errors import InputError, InputErrors
from audit.tables.kinds import ABOVE
from audit.tables.links import Link, Tree, circular_in, leads, stands_twice
from audit.tables.package import FieldType, Resource, code_list
from audit.tables.reading import TableFile

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
    codes = code_list(dimension, resource)
    if not _is_sound(resource, codes):
        from audit.tables.failures import code_list_faults

        if found := code_list_faults(resource, dated=bool(_DATED & set(columns))):
            raise found[0] if len(found) == 1 else InputErrors(list(found))
    return codes


def trees_of(columns: tuple[str, ...]) -> tuple[Tree, ...]:
    """The columns of a code list that lead upwards in it."""
    return tuple(Tree(above, (CODE,)) for above in ABOVE if above in columns)


def _is_sound(resource: Resource, codes: CodeList) -> bool:
    """Whether nothing is wrong, without the library that tells what is."""
    frame = resource.frame()
    trees = trees_of(tuple(frame.columns))
    aliases = [alias for member in codes.members.values() for alias in member.aliases]
    return (
        not frame[CODE].null_count()
        and (bool(_DATED & set(frame.columns)) or not stands_twice(frame, (CODE,)))
        and all(leads(frame, Link((tree.above,), resource.name, tree.key), frame) for tree in trees)
        and not any(circular_in(frame, tree) for tree in trees)
        and len(aliases) == len({*aliases}) == len({*aliases} - codes.members.keys())
    )
