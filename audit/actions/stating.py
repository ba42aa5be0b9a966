"""A rule said in words by somebody who writes no rules: its text, what it binds and finds, and where it is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from audit.diagnosis.figures import FIGURES
from audit.engine.examples import Trial, try_examples
from audit.files import text_of, write
from audit.language.reading import read_rules_text
from audit.language.resolution import outline
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.report import SEVERITIES, Report
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook
from audit.workspace.standard import full_catalogue

Says = Literal["sum", "within", "at_most", "below", "equal"]
DIMENSIONS = ("indicator", "region", "industry")
FILE = Path("rules") / "stated.yaml"
_KEY = ("document", "region", "account", "tier", "industry", "indicator", "period", "measure", "kind", "unit")
"""What figures that are compared have in common, but for the dimension in question."""
_CHECKS: dict[Says, str] = {
    "sum": "whole == sum(parts)",
    "within": "whole >= sum(parts)",
    "at_most": "whole <= other",
    "below": "whole < other",
    "equal": "whole == other",
}


@frozen
class Statement:
    """What is said: of members of one dimension, `whole` and `parts` (one other member where two are compared).

    `says` is that the parts make up the whole, that they are some of it, or that the whole is at most, below, or the
    same as the other. `because` is why.
    """

    title: str
    because: str
    dimension: str
    says: Says
    whole: str
    parts: tuple[str, ...]
    severity: str = "error"


@frozen
class Stated:
    """A rule as its file has it, with the verdicts of its examples, and what it finds where it was tried."""

    text: str
    trials: tuple[Trial, ...]
    report: Report


def stated(
    statement: Statement, workspace: Workspace, checked: Callable[[Workspace, Rulebook], Report]
) -> Stated:
    """The rule that says this, tried on its own examples and on a workspace; `checked` confronts a workspace.

    Raises `InputError` for what is not said completely.
    """
    figures = workspace.tables.get(FIGURES)
    text = rule_text(statement, _KEY if figures is None else figures.columns)
    rules = read_rules_text(text, FILE.as_posix())
    known = with_members(workspace, statement.dimension, (statement.whole, *statement.parts))
    plan = outline(rules[0], full_catalogue(known))
    return Stated(text, try_examples(plan), checked(known, Rulebook(rules, ())))


def with_members(workspace: Workspace, dimension: str, names: Iterable[str]) -> Workspace:
    """A workspace whose code list of a dimension knows these names too: a draft states what no plan in force does."""
    codes = workspace.codes.get(dimension)
    if codes is None:
        return workspace
    own = CodeList.of(
        dimension, [*(codes.entries or codes.members.values()), *_unknown(codes, names)], codes.columns
    )
    return replace(workspace, codes={**workspace.codes, dimension: own})


def _unknown(codes: CodeList, names: Iterable[str]) -> list[Member]:
    """The names that are no members of a code list, nor other names of one."""
    return [Member(name) for name in dict.fromkeys(names) if name not in codes.names]


def ensure_known(statement: Statement, codes: CodeList | None) -> None:
    """Raise `InputError` for a member that a workspace does not know, where the rule is to be kept."""
    unknown = [] if codes is None else _unknown(codes, (statement.whole, *statement.parts))
    if unknown:
        raise InputError(
            "the workspace does not know “{name}”, so the rule cannot be kept there: add it to the code list "
            "{dimension} first, or copy the text of the rule.",
            name=unknown[0].code,
            dimension=statement.dimension,
        )


def rule_text(statement: Statement, columns: Collection[str] = _KEY) -> str:
    """The rule as YAML, with examples of its own, for figures with these columns."""
    _ensure_complete(statement)
    several = statement.says in ("sum", "within")
    others = "parts" if several else "other"
    of = statement.dimension
    members: object = list(statement.parts) if several else statement.parts[0]
    identity = hashlib.sha256(
        json.dumps([of, statement.says, statement.whole, statement.parts]).encode()
    ).hexdigest()
    count = len(statement.parts)
    whole, parts = (10 * count, [10] * count) if several else (10, _other(statement.says))
    wrong = {"sum": 10 * count + 1, "within": 10 * count - 1}.get(statement.says, 21)
    blank = [*([10] * (count - 1)), None] if several else None
    lines = [
        f"- id: stated.{identity[:10]}",
        f"  title: {{zh: {_quoted(statement.title)}, en: {_quoted(statement.title)}}}",
        f"  severity: {statement.severity}",
        "  level: 1",
        f"  for_each: [{', '.join(name for name in _KEY if name != of and name in columns)}]",
        "  let:",
        f"    whole: {{{of}: {_quoted(statement.whole)}}}",
        f"    {others}: {{{of}: {_quoted(members)}}}",
        f"  check: {_CHECKS[statement.says]}",
        f"  because: {{zh: {_quoted(statement.because)}, en: {_quoted(statement.because)}}}",
        "  examples:",
        f"    holds: [{{whole: {whole}, {others}: {_quoted(parts)}}}]",
        f"    violated: [{{whole: {wrong}, {others}: {_quoted(parts)}}}]",
        f"    untestable: [{{whole: {whole}, {others}: {_quoted(blank)}}}]",
    ]
    return "\n".join(lines) + "\n"


def keep(folder: Path, text: str) -> Path:
    """Add a rule to those that were stated in a workspace; the file. `InputError` where it is there already."""
    path = folder / FILE
    known = text_of(path) if path.exists() else ""
    whole = known + ("\n" if known else "") + text
    read_rules_text(whole, path.as_posix())
    path.parent.mkdir(exist_ok=True)
    write(path, whole)
    return path


def _ensure_complete(statement: Statement) -> None:
    if not statement.title.strip() or not statement.because.strip():
        raise InputError("a rule needs a name and a reason; fill both in.")
    if statement.dimension not in DIMENSIONS or statement.says not in get_args(Says):
        raise InputError("choose what the rule compares, and how.")
    if statement.severity not in SEVERITIES:
        raise InputError("choose how much a finding weighs.")
    several = statement.says in ("sum", "within")
    if not statement.whole or not statement.parts or (not several and len(statement.parts) != 1):
        raise InputError("choose the whole and its parts, or the two that are compared.")
    if statement.whole in statement.parts:
        raise InputError("“{name}” cannot be compared with itself; choose another.", name=statement.whole)


def _other(says: Says) -> int:
    return 10 if says == "equal" else 20


def _quoted(value: object) -> str:
    """A value as YAML, which JSON is."""
    return json.dumps(value, ensure_ascii=False)
