"""`datapackage.json` read into checked records before any table is: nothing in it is believed unseen.

Frictionless Data Package and Table Schema, version 1 (https://specs.frictionlessdata.io): what audit uses of them must
be of the kind that they ask for; what it does not use is let through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from audit.files import text_of
from audit.model.errors import InputError, InputErrors, Term
from audit.model.frozen import frozen
from audit.model.phrase import marked

FILE = "datapackage.json"
LARGEST = 20_000_000
MOST_FILES = 100_000


@frozen
class Described:
    """One table as a package describes it: its files below the package's folder, and its Table Schema, checked; None
    where it has none. `dialect` and `encoding` say how its files are written, blank for plain CSV in UTF-8."""

    name: str
    paths: tuple[str, ...]
    schema: Mapping[str, Any] | None
    dialect: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = ""


def read_description(root: Path, shown: str = "") -> tuple[Described, ...]:
    """The tables that `datapackage.json` in `root` lists; all its faults are reported together (`InputErrors`).

    `shown` stands before its name in messages. No other file is opened.
    """
    path = f"{shown}{FILE}"
    text = text_of(root / FILE, path, LARGEST)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("{path}: is no JSON ({problem}).", path=path, problem=str(error)) from None
    checked = _Checked(path, [])
    found = tuple(checked.resources(content))
    if checked.faults:
        raise checked.faults[0] if len(checked.faults) == 1 else InputErrors(checked.faults)
    if not found:
        raise InputError("{path}: names no resources; list the tables there.", path=path)
    return found


@frozen(slots=False)
class _Checked:
    """Looks at every value of a description; `faults` are those that are not of the kind they have to be."""

    path: str
    faults: list[InputError]

    def resources(self, content: object) -> Iterator[Described]:
        listed = self._list(self._object(content, "").get("resources"), "resources")
        seen: set[str] = set()
        for number, value in enumerate(listed):
            place = f"resources[{number}]"
            entry = self._object(value, place)
            name = self._text(entry.get("name"), f"{place}.name")
            if name in seen:
                self._fault(marked("{path}: {place} is called “{name}” like one before it; rename one."),
                            place=place, name=name)  # fmt: skip
            seen.add(name)
            paths = self._paths(entry.get("path"), f"{place}.path")
            dialect = self._object(entry.get("dialect") or {}, f"{place}.dialect")
            encoding = self._text(entry.get("encoding", "utf-8"), f"{place}.encoding")
            schema = self._schema(entry["schema"], f"{place}.schema") if "schema" in entry else None
            yield Described(name, paths, schema, dialect, encoding)

    def _paths(self, value: object, place: str) -> tuple[str, ...]:
        names = self._names(value, place)
        if not names:
            self._expected(place, Term("the name of a file or several"))
        if len(names) > MOST_FILES:
            self._fault(marked("{path}: {place} lists {count} files; at most {most} are read."),
                place=place, count=len(names), most=MOST_FILES,
            )  # fmt: skip
        for name in names:
            if not _below(name):
                self._fault(marked("{path}: {place} names “{name}”, which is no file below the package; keep tables inside it."),
                    place=place, name=name,
                )  # fmt: skip
        return names

    def _schema(self, value: object, place: str) -> Mapping[str, Any]:
        schema = self._object(value, place)
        fields: list[str] = []
        for number, entry in enumerate(self._list(schema.get("fields"), f"{place}.fields")):
            fields.append(self._field(self._object(entry, f"{place}.fields[{number}]"), place, number))
        for name in {name for name in fields if fields.count(name) > 1} if len(fields) < 1000 else ():
            self._fault(
                marked("{path}: {place} has two fields “{name}”; rename one."), place=place, name=name
            )
        self._columns(schema.get("primaryKey"), f"{place}.primaryKey", fields)
        for number, key in enumerate(self._list(schema.get("foreignKeys", []), f"{place}.foreignKeys")):
            at = f"{place}.foreignKeys[{number}]"
            entry = self._object(key, at)
            self._columns(entry.get("fields"), f"{at}.fields", fields, needed=True)
            reference = self._object(entry.get("reference"), f"{at}.reference")
            self._text(reference.get("resource"), f"{at}.reference.resource", blank=True)
            if len(self._names(reference.get("fields"), f"{at}.reference.fields")) != len(
                self._names(entry.get("fields"), f"{at}.fields")
            ):
                self._expected(f"{at}.reference.fields", Term("as many columns as its fields"))
        return schema

    def _field(self, field: Mapping[str, Any], place: str, number: int) -> str:
        at = f"{place}.fields[{number}]"
        self._text(field.get("type", "string"), f"{at}.type")
        for name in ("trueValues", "falseValues"):
            self._names(field.get(name, []), f"{at}.{name}")
        constraints = self._object(field.get("constraints") or {}, f"{at}.constraints")
        for name, expected in _CONSTRAINTS.items():
            if name in constraints and not expected.holds(constraints[name]):
                self._expected(f"{at}.constraints.{name}", expected.told)
        return self._text(field.get("name"), f"{at}.name")

    def _columns(self, value: object, place: str, fields: Collection[str], *, needed: bool = False) -> None:
        names = self._names(value if value is not None else [], place)
        if needed and not names:
            self._expected(place, Term("the name of a column or several"))
        for name in names:
            if name not in fields:
                self._fault(marked("{path}: {place} names “{name}”, which is no field of its table."),
                            place=place, name=name)  # fmt: skip

    def _names(self, value: object, place: str) -> tuple[str, ...]:
        if _is_text(value):
            return (str(value),)
        if isinstance(value, list) and all(map(_is_text, value)):
            return tuple(value)
        self._expected(place, Term("a text or a list of texts"))
        return ()

    def _text(self, value: object, place: str, *, blank: bool = False) -> str:
        if _is_text(value) and (value or blank):
            return str(value)
        self._expected(place, Term("a text"))
        return ""

    def _list(self, value: object, place: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self._expected(place, Term("a list"))
        return []

    def _object(self, value: object, place: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._expected(place or FILE, Term("an object (name: value)"))
        return {}

    def _expected(self, place: str, expected: Term) -> None:
        self._fault(marked("{path}: {place} should be {expected}, as the Data Package specification says."),
            place=place, expected=expected,
        )  # fmt: skip

    def _fault(self, message: str, /, **values: object) -> None:
        self.faults.append(InputError(message, path=self.path, **values))


@frozen
class _Expected:
    told: Term
    kinds: tuple[type, ...]

    def holds(self, value: object) -> bool:
        if isinstance(value, bool) and bool not in self.kinds:
            return False
        return isinstance(value, self.kinds) and not (isinstance(value, int) and not 0 <= abs(value) < 10**18)


_LIMIT = _Expected(Term("a number or a day"), (int, float, str))
_LENGTH = _Expected(Term("a whole number"), (int,))
_TRUTH = _Expected(Term("true or false"), (bool,))
_CONSTRAINTS: Mapping[str, _Expected] = {
    "required": _TRUTH, "unique": _TRUTH, "enum": _Expected(Term("a list"), (list,)),
    "pattern": _Expected(Term("a text"), (str,)), "minimum": _LIMIT, "maximum": _LIMIT,
    "minLength": _LENGTH, "maxLength": _LENGTH,
}  # fmt: skip


_HALF = re.compile("[\ud800-\udfff]")


def _is_text(value: object) -> bool:
    """Whether a value is a text that can be written down: without half of a character."""
    return isinstance(value, str) and not _HALF.search(value)


def _below(name: str) -> bool:
    """Whether a name leads to a file below the folder that it is taken from, on every system."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return (
        bool(parts)
        and "\0" not in name
        and "://" not in name
        and ".." not in parts
        and not PurePosixPath(name).is_absolute()
        and not PureWindowsPath(name).anchor
    )
