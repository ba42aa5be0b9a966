"""What a sheet of an .xlsx file says beside its values: hidden rows and columns, and how cells show their numbers."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from audit.model.frozen import frozen
from audit.tables.formats.grid import letter
from audit.tables.formats.kinds import Source

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, 37: 0, 38: 0, 39: 2, 40: 2}
"""Decimals of the number formats that every workbook has (ECMA-376 part 1, 18.8.30)."""
_FIXED = re.compile(r"^[^;]*?[0#?](?:\.(0+))?(?:[^0#?.;]*)(?:;|$)")


@frozen
class Aside:
    """Hidden `rows` (from 1) and `columns` (letters), by column and row the `decimals` of cells with a fixed format, and by
    column the rows of cells that show a number `percent`; rows from 0 there."""

    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    decimals: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    percent: Mapping[int, frozenset[int]] = field(default_factory=dict)
    height: int = 0

    def places(self, column: int) -> Sequence[int | None]:
        """The decimals of the cells of a column, from 0, row by row; None for a cell without such a format."""
        found = self.decimals.get(column)
        return [found.get(row) for row in range(self.height)] if found else ()


def hidden(source: Source, sheet: str) -> Aside:
    """What is hidden in a sheet; nothing is known of a file that is no .xlsx or .xlsm."""
    if source.path.suffix.lower() not in (".xlsx", ".xlsm"):
        return Aside()
    try:
        return _aside(source, sheet)
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError):
        return Aside()


def _aside(source: Source, sheet: str) -> Aside:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(source.content)) as book:
        formats, shares = _formats(book)
        rows: list[int] = []
        columns: list[str] = []
        decimals: dict[int, dict[int, int]] = {}
        percent: dict[int, set[int]] = {}
        height = 0
        with book.open(_part(book, sheet)) as part:
            for _, element in etree.iterparse(
                part, tag=(f"{_MAIN}row", f"{_MAIN}col"), resolve_entities=False
            ):
                if element.tag == f"{_MAIN}col":
                    if element.get("hidden") in ("1", "true"):
                        span = range(int(element.get("min", 1)), min(int(element.get("max", 1)), 16384) + 1)
                        columns += map(letter, (number - 1 for number in span))
                    continue
                row = int(element.get("r", height + 1))
                height = max(height, row)
                if element.get("hidden") in ("1", "true"):
                    rows.append(row)
                for cell in element.iterchildren(f"{_MAIN}c"):
                    style, place = int(cell.get("s", 0)), cell.get("r")
                    if style in formats and place:
                        decimals.setdefault(_column(place), {})[row - 1] = formats[style]
                    if style in shares and place:
                        percent.setdefault(_column(place), set()).add(row - 1)
                element.clear()
    shown = {column: frozenset(at) for column, at in percent.items()}
    return Aside(tuple(sorted(rows)), tuple(dict.fromkeys(columns)), decimals, shown, height)


def _root(book: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    return etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """The part of the package that holds a sheet."""
    entry = next(
        one for one in _root(book, "xl/workbook.xml").iter(f"{_MAIN}sheet") if one.get("name") == sheet
    )
    relation = next(value for name, value in entry.attrib.items() if name.endswith("}id"))
    links = _root(book, "xl/_rels/workbook.xml.rels")
    target = next(link.get("Target") for link in links if link.get("Id") == relation)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _formats(book: zipfile.ZipFile) -> tuple[dict[int, int], frozenset[int]]:
    """The decimals that each style shows, of those whose number format fixes them, and the styles that show per cent."""
    if "xl/styles.xml" not in book.namelist():
        return {}, frozenset()
    root = _root(book, "xl/styles.xml")
    codes = {int(one.get("numFmtId")): one.get("formatCode") for one in root.iter(f"{_MAIN}numFmt")}
    styles = root.find(f"{_MAIN}cellXfs")
    found: dict[int, int] = {}
    shares: set[int] = set()
    for number, style in enumerate(styles if styles is not None else ()):
        code = int(style.get("numFmtId", 0))
        places = _decimals(codes[code]) if code in codes else _BUILT_IN.get(code)
        percent = code in (9, 10) or "%" in _bare(codes.get(code, ""))
        if places is not None:
            found[number] = places + 2 if percent else places
        if percent:
            shares.add(number)
    return found, frozenset(shares)


def _bare(code: str) -> str:
    """A number format without its texts, conditions and spaces."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code)


@lru_cache(maxsize=4096)
def _decimals(code: str) -> int | None:
    plain = _bare(code)
    if re.search(r"[dmyhsE/@]|General", plain, re.IGNORECASE):
        return None
    found = _FIXED.match(plain)
    return len(found[1] or "") if found else None


def _column(reference: str) -> int:
    number = 0
    for sign in reference:
        if not sign.isalpha():
            break
        number = number * 26 + ord(sign) - 64
    return number - 1
