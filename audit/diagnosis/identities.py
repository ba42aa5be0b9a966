"""What the rows of tables go by, as told to a reader, and what can't be compared or accepted for want of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.model.report import Finding, TableIdentity

if TYPE_CHECKING:
    from audit.engine.identity import RowIdentity

_NUMBERED = re.compile(r"-\d+$")


def recorded(identity: RowIdentity) -> TableIdentity:
    """An identity as the report keeps it."""
    return TableIdentity(identity.table.name, identity.columns, identity.origin, len(identity.alike))


def notes_on(identities: Iterable[RowIdentity], tables: Collection[str]) -> Iterator[Phrase]:
    """What a reader has to know of the identities of `tables`, whose rows are checked one by one."""
    for identity in identities:
        name, alike = identity.table.name, len(identity.alike)
        if name not in tables:
            continue
        if identity.origin == "inferred":
            yield Phrase(
                f"表“{name}”没有声明主键，各行以 {'、'.join(identity.columns)} 区分",
                f"the table “{name}” declares no key; its rows are told apart by {', '.join(identity.columns)}",
            )
        elif identity.origin == "content":
            yield Phrase(
                f"表“{name}”没有主键，也没有能区分各行的列，各行以全部内容区分，改动后即视为另一行；请加 id 列或声明主键",
                f"the table “{name}” has no key and no columns that tell its rows apart; a row goes by all that stands "
                "in it, and is another row once that changes: add a column id, or declare a key",
            )
        if alike:
            yield Phrase(
                f"表“{name}”有 {alike} 行互相无法区分，只能按次序编号；请使主键唯一",
                f"{alike} rows of the table “{name}” can't be told apart and are numbered; make its key unique",
            )


def ensure_told_apart(findings: Iterable[Finding], at: str) -> None:
    """Raise `InputError`, which begins with `at`, when a finding is not the only one that its id can mean."""
    seen: set[str] = set()
    for finding in findings:
        if finding.id in seen or _NUMBERED.search(finding.id):
            raise InputError(
                "{at}: #{id} is about one of several rows of the table “{table}” that nothing tells apart, and no "
                "baseline or waiver can say which; make its key unique (a column id, primaryKey in datapackage.json, "
                "or keys= in Python).",
                at=at,
                id=finding.id,
                table=next((cell.table for cell in finding.check.cells if cell.table), ""),
            )
        seen.add(finding.id)
