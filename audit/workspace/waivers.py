"""`waivers.yaml`, the accepted findings of a workspace: read with positions, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.diagnosis.waivers import CATEGORIES, Entry
from audit.files import text_of, write
from audit.model.errors import InputError, InputErrors
from audit.model.report import VERDICTS, Waiver

if TYPE_CHECKING:
    from audit.language.source import Value

_KEYS = ("id", "rule", "key", "verdict", "imbalance", "category", "reason", "by", "on", "until")
_NEEDED = ("rule", "verdict", "category", "reason", "by", "on", "until")


def read_waivers(path: Path) -> tuple[Entry, ...]:
    """The waivers of a file; all its faults are reported together (`InputErrors`)."""
    from audit.language.source import read_yaml

    root = read_yaml(path, path.as_posix())
    if root is None:
        return ()
    if not root.is_list:
        raise root.error("a list of waivers (- rule: …)", "something else")
    entries: list[Entry] = []
    faults: list[InputError] = []
    for value in root.items():
        try:
            entries.append(_entry(value))
        except InputError as fault:
            faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return tuple(entries)


def _entry(value: Value) -> Entry:
    given = value.entries(_KEYS)
    for name in _NEEDED:
        if name not in given or not given[name].text().strip():
            raise InputError("{at}: the waiver does not say its “{name}”; add it.", at=value.at, name=name)
    waiver = Waiver(
        reason=given["reason"].text(),
        category=_category(given["category"]),
        by=given["by"].text(),
        on=_day(given["on"]),
        until=_day(given["until"]),
    )
    if waiver.until < waiver.on:
        raise InputError(
            "{at}: the waiver ends before it begins ({on}); give a later day.",
            at=given["until"].at,
            on=waiver.on,
        )
    return Entry(
        finding=given["id"].text() if "id" in given else None,
        rule=given["rule"].text(),
        key={name: item.text() for name, item in given["key"].entries().items()} if "key" in given else {},
        verdict=given["verdict"].one_of(VERDICTS),  # type: ignore[arg-type]
        imbalance=_number(given["imbalance"])
        if "imbalance" in given and not given["imbalance"].is_null
        else None,
        waiver=waiver,
        path=value.path,
        line=value.at.line,
    )


def _category(value: Value) -> str:
    """The category by its name in either language."""
    names = {**{name: name for name in CATEGORIES}, **{zh: name for name, zh in CATEGORIES.items()}}
    return names[value.one_of(tuple(names))]


def _day(value: Value) -> str:
    try:
        return date.fromisoformat(value.text()).isoformat()
    except ValueError:
        raise InputError(
            "{at}: “{found}” is no day; write it as 2026-12-31.", at=value.at, found=value.text()
        ) from None


def _number(value: Value) -> Decimal:
    try:
        return Decimal(value.text())
    except InvalidOperation:
        raise InputError("{at}: “{found}” is no number.", at=value.at, found=value.text()) from None


def add_waivers(path: Path, entries: tuple[Entry, ...]) -> None:
    """Add waivers to a file, in place of those that the same findings had; what else stands there stays.

    Two commands at once wait for each other, so that neither loses the other's waivers.
    """
    with _alone_in(path.parent):
        write(path, _with(path, entries))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other such commands out of `folder`; the system lets go when the process ends, however it ends."""
    try:
        import fcntl
    except (
        ImportError
    ):  # Windows: a waiver that two people write in one instant may be lost, the file stays whole
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise InputError("{path}: cannot be read ({reason}).", path=folder, reason=error.strerror) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _with(path: Path, entries: tuple[Entry, ...]) -> str:
    old = read_waivers(path) if path.exists() else ()
    lines = text_of(path).splitlines() if path.exists() else []
    replaced = {entry.finding for entry in entries}
    for entry in reversed(old):
        if entry.finding in replaced:
            del lines[entry.line - 1 : _end(lines, entry.line, {other.line for other in old})]
    return "".join(f"{line}\n" for line in lines) + _yaml(entries)


def _end(lines: list[str], line: int, begins: set[int]) -> int:
    """The last line of the waiver that begins on `line`: what is indented below it, not a comment that follows."""
    end = line
    for number in range(line + 1, len(lines) + 1):
        text = lines[number - 1]
        if number in begins or (text and not text[0].isspace()):
            break
        end = number if text.strip() else end
    return end


def _yaml(entries: tuple[Entry, ...]) -> str:
    import yaml

    return "".join(
        yaml.safe_dump([_plain(entry)], allow_unicode=True, sort_keys=False, width=100) for entry in entries
    )


def _plain(entry: Entry) -> dict[str, Any]:
    waiver = entry.waiver
    return {
        **({"id": entry.finding} if entry.finding else {}),
        "rule": entry.rule,
        "key": dict(entry.key),
        "verdict": entry.verdict,
        **({"imbalance": f"{entry.imbalance:f}"} if entry.imbalance is not None else {}),
        "category": waiver.category,
        "reason": waiver.reason,
        "by": waiver.by,
        "on": waiver.on,
        "until": waiver.until,
    }
