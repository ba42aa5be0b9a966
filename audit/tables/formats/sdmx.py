"""Code lists and hierarchies as SDMX-ML and SDMX-JSON write them, read with pysdmx (the extra `sdmx`).

A code is in its list under its id, with its name. What it is part of comes from a hierarchy that the file holds, else
from the list itself (`Parent` of a code, which pysdmx passes over).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from audit.model.errors import InputError
from audit.model.text_frame import TextFrame
from audit.tables.formats.kinds import Source, require
from audit.tables.reading import TableFile

SUFFIXES = (".xml", ".json")
_HEAD = ("code", "parent", "label_en")
_PREFIX = "CL_"


def is_structure(path: Path) -> bool:
    """Whether a file is one of SDMX by its suffix."""
    return path.suffix.lower() in SUFFIXES


def read_codes(path: Path, shown: str, dimension: str) -> TableFile:
    """The code list of a dimension as a table with code, parent and label_en: the only one in the file, or the one that
    is called as the dimension is (`REF_AREA`, `CL_REF_AREA`).

    Raises `InputError` for a file that cannot be read, and where it is not told which list is meant.
    """
    require("pysdmx", "sdmx", shown)
    source = Source(path, shown)
    message = _read(source)
    lists = {one.id: one for one in message.get_codelists()}
    hierarchies = {one.id: one for one in message.get_hierarchies()}
    if not lists and not hierarchies:
        raise InputError("{path}: holds no code list and no hierarchy of SDMX.", path=shown)
    meant = _meant(lists, dimension, shown) if lists else None
    hierarchy = _meant(hierarchies, dimension, shown) if hierarchies else None
    names = {code.id: code.name or "" for code in meant.items} if meant else {}
    parents = dict.fromkeys(names, "") | _stated_parents(source.content, meant.id if meant else "")
    if hierarchy:
        parents = dict.fromkeys(names, "") | dict(_nested(hierarchy.codes, ""))
        names |= {code.id: code.name or "" for code in _every(hierarchy.codes)}
    return _table(source, [(code, parents[code] or None, names.get(code) or None) for code in parents])


def _read(source: Source) -> Any:
    from pysdmx.io import read_sdmx

    try:
        return read_sdmx(io.BytesIO(source.content), validate=False)
    except ModuleNotFoundError as error:
        require(error.name or "pysdmx", "sdmx", source.shown)
        raise
    except Exception as error:  # a library of many formats, each with errors of its own
        raise InputError("{path}: is no SDMX that can be read ({problem}).",
                         path=source.shown, problem=" ".join(str(error).split())[:120]) from None  # fmt: skip


def _meant(found: Mapping[str, Any], dimension: str, shown: str) -> Any:
    """The list or hierarchy that is called as the dimension is, else the only one."""
    alike = [one for name, one in found.items() if name.upper().removeprefix(_PREFIX) == dimension.upper()]
    if len(alike) == 1 or len(found) == 1:
        return (alike or [*found.values()])[0]
    raise InputError(
        "{path}: holds several code lists ({names}), and none is called like {dimension}; keep the one that is meant.",
        path=shown, names=", ".join(found), dimension=dimension,
    )  # fmt: skip


def _nested(codes: Sequence[Any], parent: str) -> Iterator[tuple[str, str]]:
    for code in codes:
        yield code.id, parent
        yield from _nested(code.codes, code.id)


def _every(codes: Sequence[Any]) -> Iterator[Any]:
    for code in codes:
        yield code
        yield from _every(code.codes)


def _stated_parents(content: bytes, name: str) -> dict[str, str]:
    """What each code of a list says itself that it is part of."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        lists = json.loads(content).get("data", {}).get("codelists", [])
        codes = (code for one in lists if one.get("id") == name for code in one.get("codes", []))
        return {code["id"]: code["parent"] for code in codes if code.get("parent")}
    from lxml import etree

    root: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for code in root.xpath("//*[local-name()='Codelist'][@id=$name]/*[local-name()='Code']", name=name):
        for parent in code.xpath("./*[local-name()='Parent']"):
            reference = parent.xpath(".//@id")
            found[str(code.get("id"))] = str(reference[0] if reference else (parent.text or "").strip())
    return found


def _table(source: Source, rows: Sequence[tuple[str | None, ...]]) -> TableFile:
    frame = TextFrame.of_rows(_HEAD, rows)
    return TableFile(
        path=source.shown, frame=frame, lines=tuple(range(1, len(rows) + 1)), sha256=source.sha256
    )
