"""Rules and the schema of a table as a suite of Expectations: GX's own where one says exactly that, else ours.

A rule is GX's own where it is on each row, passes over blanks and looks at one column: at least and at most (between),
one of some texts (in set), stated (not null). From a Table Schema come not null, unique, in set, between, patterns,
lengths, and keys of several columns. Everything else is `expect_figures_to_hold_together`, one a rule, with its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import yaml
from great_expectations.core import ExpectationSuite

from audit.files import text_of
from audit.integrations.gx.expectation import ExpectFiguresToHoldTogether
from audit.integrations.rows import rule_text, rules_of
from audit.language.expression import (
    Comparison,
    Expression,
    Junction,
    Minus,
    Missing,
    Name,
    Not,
    Number,
    Text,
)
from audit.language.files import rule_files
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.nearest import nearest
from audit.model.phrase import Language
from audit.model.report import Severity
from audit.tables.links import names
from audit.workspace.loading import folder_package

SEVERITIES: Mapping[Severity, str] = {"error": "critical", "warning": "warning", "info": "info"}
_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "==": "==", "!=": "!="}
Rules = str | Path | Iterable[str | Path]


def suite(
    rules: Rules = (), *, name: str = "audit", workspace: str | Path | None = None, table: str | None = None,
    codes: Mapping[str, Mapping[str, str | None]] | None = None, keys: Iterable[str] = (), strict: bool = False,
    language: Language = "en", native: bool = True,
) -> Any:  # fmt: skip
    """An `ExpectationSuite` of rules and, with `workspace` and `table`, of what the schema of that table asks.

    `rules` are rule files or folders, a text of YAML or the expression of a rule on each row, or several of these; their
    texts become part of the suite. `codes`, `keys`, `strict` and `language` are those of the Expectation. With
    `native=False` no rule becomes one of GX's own. Raises `audit.errors.InputError` for broken rules.
    """
    given = [rules] if isinstance(rules, str | Path) else list(rules)
    shared = {
        "codes": codes and {dimension: dict(parents) for dimension, parents in codes.items()}, "table": table,
        "keys": list(keys), "strict": strict, "language": language,
    }  # fmt: skip
    found = [] if workspace is None else list(_of_schema(Path(workspace), table or "targets"))
    for text in (one for part in given for one in _each(text_of_rules(part))):
        (rule,) = rules_of(text)
        own = _native(rule) if native else None
        more = {"severity": SEVERITIES[rule.severity], "meta": _meta(rule)}
        found.append(
            own[0](**own[1], **more) if own else ExpectFiguresToHoldTogether(rules=text, **shared, **more)
        )
    return ExpectationSuite(name=name, expectations=found)


def text_of_rules(given: Any) -> str:
    """Rules as one text of YAML: of a file, of all files of a folder, a text as it is, an expression as a rule."""
    if isinstance(given, Path) or (isinstance(given, str) and "\n" not in given and _is_path(given)):
        texts = [text_of(path) for path in rule_files([Path(given)])]
        return "\n".join(text if text.endswith("\n") else f"{text}\n" for text in texts)
    if not isinstance(given, str):
        raise InputError("{what} cannot be {given}; use one of {known}.", what="rules", given=type(given).__name__,
                         known="a text, a rule file, a folder")  # fmt: skip
    return given if "\n" in given else rule_text(given)


def _is_path(given: str) -> bool:
    return given.endswith((".yaml", ".yml")) or Path(given).is_dir()


def _each(text: str) -> Iterator[str]:
    """The text of every rule by itself, without its examples; every word stays as it is written."""
    rules_of(text)
    for entries in yaml.load(text, Loader=yaml.BaseLoader) or ():
        entries.pop("examples", None)
        yield yaml.safe_dump([entries], allow_unicode=True, sort_keys=False)


def _meta(rule: Rule) -> dict[str, Any]:
    return {
        "audit": {"rule": rule.id, "level": rule.level, "title": rule.title.en, "title_zh": rule.title.zh}
    }


def _native(rule: Rule) -> tuple[type[Any], dict[str, Any]] | None:
    """GX's own Expectation that says what a rule says, with its arguments; None where none does."""
    many = (rule.for_each, rule.where, rule.along, rule.hierarchy, rule.operands, rule.applies, rule.tolerance.absolute,
            rule.tolerance.relative, rule.column)  # fmt: skip
    if any(many):
        return None
    if (
        isinstance(rule.check, Not)
        and isinstance(rule.check.operand, Missing)
        and isinstance(rule.check.operand.operand, Name)
    ):
        return gxe.ExpectColumnValuesToNotBeNull, {"column": rule.check.operand.operand.name}
    if rule.missing.get("*") != "skip":
        return None
    return _in_set(rule.check) or _between(rule)


def _in_set(check: Expression) -> tuple[type[Any], dict[str, Any]] | None:
    found: list[tuple[str, str]] = []
    for part in _parts(check, "or"):
        match part:
            case Comparison("==", Name(name), Text(value)) | Comparison("==", Text(value), Name(name)):
                found.append((name, value))
            case _:
                return None
    if len({name for name, _ in found}) != 1:
        return None
    return gxe.ExpectColumnValuesToBeInSet, {
        "column": found[0][0],
        "value_set": [value for _, value in found],
    }


def _between(rule: Rule) -> tuple[type[Any], dict[str, Any]] | None:
    limits: dict[str, Any] = {}
    for part in _parts(rule.check, "and"):
        limit = _limit(part)
        if limit is None or limits.setdefault("column", limit[0]) != limit[0]:
            return None
        _, sign, value = limit
        end, other = ("min", ">") if sign in (">", ">=") else ("max", "<")
        if f"{end}_value" in limits:
            return None
        limits |= {f"{end}_value": value, f"strict_{end}": sign == other}
    rounded = limits.get("column") == "value" and rule.rounding != "exact"
    return None if rounded or rule.rounding == "as_written" else (gxe.ExpectColumnValuesToBeBetween, limits)


def _limit(part: Expression) -> tuple[str, str, float | int] | None:
    """The column, the comparison and the number of a limit (`x <= 3`, `0 < x`)."""
    if not isinstance(part, Comparison) or part.operator in ("==", "!="):
        return None
    left, right, sign = part.left, part.right, str(part.operator)
    if isinstance(right, Name):
        left, right, sign = right, left, _TURNED[sign]
    value = right.operand if isinstance(right, Minus) else right
    if not isinstance(left, Name) or not isinstance(value, Number):
        return None
    number = -value.value if isinstance(right, Minus) else value.value
    return left.name, sign, int(number) if number == number.to_integral_value() else float(number)


def _parts(check: Expression, operator: str) -> list[Expression]:
    if isinstance(check, Junction) and check.operator == operator:
        return [*_parts(check.left, operator), *_parts(check.right, operator)]
    return [check]


def _of_schema(workspace: Path, table: str) -> Iterator[Any]:
    """What the Table Schema of a table asks of its cells and keys."""
    resources = folder_package(workspace).resources
    if table not in resources:
        raise InputError(
            "the workspace {path} has no table “{table}”; the nearest is {nearest}.",
            path=str(workspace), table=table, nearest=nearest(table, resources),
        )  # fmt: skip
    schema = resources[table].schema
    key = names(schema.get("primaryKey"))
    for field in schema["fields"]:
        column, asked = field["name"], field.get("constraints") or {}
        if asked.get("required") or column in key:
            yield gxe.ExpectColumnValuesToNotBeNull(column=column)
        if asked.get("unique") or key == (column,):
            yield gxe.ExpectColumnValuesToBeUnique(column=column)
        if "enum" in asked:
            yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(asked["enum"]))
        if "pattern" in asked:
            yield gxe.ExpectColumnValuesToMatchRegex(column=column, regex=f"^(?:{asked['pattern']})$")
        if field.get("type") in ("number", "integer", "year") and {"minimum", "maximum"} & asked.keys():
            yield gxe.ExpectColumnValuesToBeBetween(
                column=column, min_value=asked.get("minimum"), max_value=asked.get("maximum")
            )
        if {"minLength", "maxLength"} & asked.keys():
            yield gxe.ExpectColumnValueLengthsToBeBetween(
                column=column, min_value=asked.get("minLength"), max_value=asked.get("maxLength")
            )
    if len(key) > 1:
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=list(key))
