"""Rules run on one frame of somebody else's pipeline: what the bridges share.

Rows go by their place in the frame, so that a finding can be told where the caller's tool expects it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from audit.actions.python import Codes, check
from audit.engine.frames import Table
from audit.language.files import rule_files
from audit.language.reading import read_rules_text
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.report import Check, Report
from audit.reporting.inert import inert
from audit.reporting.relations import relation, stated

ROWS = "rows"
"""What the one table is called for rules that name none."""


def rule_text(expression: str, **parts: Any) -> str:
    """The text of a rule with this `check` and these other parts (`for_each`, `hierarchy`, `missing`, …)."""
    named = {"id": "relation", "title": expression, **parts, "check": expression}
    return yaml.safe_dump([named], allow_unicode=True, sort_keys=False)


def rules_of(given: str | Iterable[str]) -> tuple[Rule, ...]:
    """The rules of a text (of several lines) or of files and folders; `InputError` for what is none."""
    if isinstance(given, str) and "\n" in given:
        return read_rules_text(given)
    from pathlib import Path

    from audit.language.reading import read_rules

    paths = [Path(path) for path in ([given] if isinstance(given, str) else given)]
    return read_rules([(path, path.as_posix()) for path in rule_files(paths)])


def confronted(
    frame: Any, length: int, rules: Sequence[Rule], codes: Codes | None = None, table: str | None = None,
    keys: Sequence[str] = (), *, everything: bool = False, causes: bool = False,
) -> Report:  # fmt: skip
    """The report on the one table that the rules are for, `frame` with `length` rows; `table` is its name in them.

    Cells name the place of their row (`line`, from 1) where the frame has an order. `keys` tell rows apart.
    """
    name = table or _table_of(rules)
    lines = ((name, tuple(range(1, length + 1))),) if length else ()
    rows = Table(name, frame, key=tuple(keys), sources=lines)
    return check({name: rows}, rules, codes, everything=everything, causes=causes)


def _table_of(rules: Sequence[Rule]) -> str:
    """The only table that rules are for."""
    named = {rule.table for rule in rules if "table" in rule.places} or {
        "targets" if any(rule.for_each or rule.along or rule.hierarchy for rule in rules) else ROWS
    }
    if len(named) > 1:
        raise InputError(
            "the rules are for several tables ({tables}); say with table=… which of them this frame is.",
            tables=", ".join(sorted(named)),
        )
    return named.pop()


def places(check_: Check) -> tuple[int, ...]:
    """The places in the frame, from 0, of the rows that a check looked at."""
    return tuple(dict.fromkeys(cell.line - 1 for cell in check_.cells if cell.line))


def told(check_: Check, titles: Mapping[str, str]) -> str:
    """A check in one line: verdict, the equation with its figures, every operand, the key, and its rule."""
    operands = ", ".join(f"{inert(cell.operand)} {stated(cell) or '–'}" for cell in check_.cells)
    key = ", ".join(f"{inert(name)}={inert(value)}" for name, value in check_.key.items())
    missing = f"missing {', '.join(map(inert, check_.missing))}" if check_.missing else ""
    parts = (relation(check_) or inert(titles.get(check_.rule, "")), missing, operands)
    return (
        f"{check_.verdict}: {'; '.join(part for part in parts if part)} [{key or '–'}] ({inert(check_.rule)})"
    )
