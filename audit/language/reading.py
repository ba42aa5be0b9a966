"""Rule files read into `Rule`s: every key known, every value of its kind, every mistake at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from audit.language.expression import Expression, Position
from audit.language.keys import RULE
from audit.language.parsing import parse
from audit.language.rule import (
    POLICIES,
    READINGS,
    Anything,
    Attributes,
    Between,
    Condition,
    Conditions,
    Example,
    Members,
    Pattern,
    Policy,
    Presence,
    Relative,
    Rule,
    Selection,
    Tolerance,
)  # fmt: skip
from audit.language.source import Value, parse_yaml, read_yaml
from audit.model.errors import InputError, InputErrors, Term
from audit.model.period import LAGS
from audit.model.phrase import Phrase
from audit.model.report import SEVERITIES, VERDICTS, Severity
from audit.numbers.rounding import ROUNDINGS

MOST_STEPS = 999
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


def read_rules(files: Iterable[tuple[Path, str]]) -> tuple[Rule, ...]:
    """All rules of the files, given with their paths as told in messages and reports.

    Faults of all files are reported together (`InputErrors`): syntax, unknown keys, an id used twice.
    """
    return _rules(partial(read_yaml, path, shown) for path, shown in files)


def read_rules_text(text: str, name: str = "rules") -> tuple[Rule, ...]:
    """All rules of a text, which messages call `name`; faults as in `read_rules`."""
    return _rules([partial(parse_yaml, text, name)])


def _rules(roots: Iterable[Callable[[], Value | None]]) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    faults: list[InputError] = []
    for read in roots:
        try:
            root = read()
        except InputError as error:
            faults.append(error)
            continue
        if root is None:
            continue
        if not root.is_list:
            faults.append(root.error(Term("a list of rules (- id: …)"), Term("something else")))
            continue
        for value in root.items():
            try:
                rule = read_rule(value)
                if rule.id in rules:
                    raise InputError(
                        "{at}: the id “{id}” is taken by the rule at {other}; choose another.",
                        at=rule.at, id=rule.id, other=rules[rule.id].at,
                    )  # fmt: skip
                rules[rule.id] = rule
            except InputErrors as errors:
                faults.extend(errors.faults)
            except InputError as error:
                faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return tuple(rules.values())


def read_rule(value: Value) -> Rule:
    """One rule from its YAML mapping."""
    entries = value.entries(tuple(RULE))
    for key in ("id", "title", "check"):
        if key not in entries:
            raise InputError("{at}: the rule has no “{key}”; add it.", at=value.at, key=key)
    identity = entries["id"].text()
    if not _ID.fullmatch(identity):
        raise InputError(
            "{at}: the id “{id}” must be of small letters, digits, “-” and “.”.",
            at=entries["id"].at,
            id=identity,
        )
    shapes = [key for key in ("along", "hierarchy", "let") if key in entries]
    if len(shapes) > 1:
        raise InputError(
            "{at}: a rule has one of along, hierarchy and let, not {keys}.",
            at=entries[shapes[1]].at, keys=", ".join(shapes),
        )  # fmt: skip
    if "column" in entries and "for_columns" in entries:
        raise InputError(
            "{at}: a rule has either column or for_columns; keep one.", at=entries["for_columns"].at
        )
    title = _phrase(entries["title"])
    severities = _severities(entries.get("severity"))
    return Rule(
        id=identity,
        title=title,
        severity=severities.get("violated", "error"),
        level=int(entries["level"].one_of(tuple("012345"))) if "level" in entries else 1,
        table=entries["table"].text() if "table" in entries else "targets",
        where=_conditions(entries["where"], relatives=False) if "where" in entries else {},
        for_each=_each_once(entries["for_each"]) if "for_each" in entries else (),
        check=_expression(entries["check"]),
        check_text=" ".join(entries["check"].text().split()),
        because=_phrase(entries["because"]) if "because" in entries else title,
        at=entries["id"].at,
        along=_named(entries.get("along")),
        hierarchy=_named(entries.get("hierarchy")),
        column=_named(entries.get("column")),
        columns=_each_once(entries["for_columns"]) if "for_columns" in entries else (),
        operands={name: _selection(v) for name, v in entries["let"].entries().items()}
        if "let" in entries
        else {},
        keys=_each_once(entries["keys"]) if "keys" in entries else (),
        applies=_expression(entries["applies"]) if "applies" in entries else None,
        missing=_missing(entries.get("missing")),
        tolerance=_tolerance(entries.get("tolerance")),
        rounding=entries["rounding"].one_of(ROUNDINGS) if "rounding" in entries else None,  # type: ignore[arg-type]
        rounded=severities.get("rounded"),
        message=_phrase(entries["message"]) if "message" in entries else None,
        limits=_phrase(entries["limits"]) if "limits" in entries else None,
        examples=_examples(entries.get("examples")),
        places=_places(entries),
    )


def _places(entries: Mapping[str, Value]) -> dict[str, Position]:
    """Where the values of keys stand, and for `message` and `missing` where those of their entries are named or stand."""
    places = {key: value.at for key, value in entries.items()}
    if "message" in entries and entries["message"].is_mapping:
        places |= {f"message.{key}": value.at for key, value in entries["message"].entries().items()}
    if "missing" in entries and entries["missing"].is_mapping:
        places |= {f"missing.{n}": v.named_at or v.at for n, v in entries["missing"].entries().items()}
    return places


def _expression(value: Value) -> Expression:
    return parse(value.text(), value.at)


def _each_once(value: Value) -> tuple[tuple[str, Position], ...]:
    """The names of a list, none of which may stand in it twice."""
    found: dict[str, Position] = {}
    for item in value.items():
        if (name := item.text()) in found:
            raise InputError("{at}: “{name}” is given twice; keep one.", at=item.at, name=name)
        found[name] = item.at
    return tuple(found.items())


def _named(value: Value | None) -> tuple[str, Position] | None:
    return None if value is None else (value.text(), value.at)


def _phrase(value: Value) -> Phrase:
    """`{zh: …, en: …}`; a single text stands for both languages."""
    if not value.is_mapping:
        return Phrase(value.text(), value.text())
    entries = value.entries(("zh", "en"))
    if set(entries) != {"zh", "en"}:
        raise value.error(Term("both zh and en"), ", ".join(entries) or Term("nothing"))
    return Phrase(entries["zh"].text(), entries["en"].text())


def _conditions(value: Value, relatives: bool) -> Conditions:
    return _conditions_of(value.entries(), relatives)


def _conditions_of(entries: Mapping[str, Value], relatives: bool) -> Conditions:
    return {name: (_condition(v, relatives), v.named_at or v.at) for name, v in entries.items()}


def _condition(value: Value, relatives: bool) -> Condition:
    if not value.is_mapping:
        if not value.is_list and value.text() == "any":
            return Anything()
        return Members(tuple((v.text(), v.at) for v in value.items()))
    entries = value.entries()
    if set(entries) == {"not"}:
        return Members(tuple((v.text(), v.at) for v in entries["not"].items()), negated=True)
    if set(entries) == {"is"}:
        return Presence(entries["is"].one_of(("missing", "stated")) == "stated")
    if "relative" in entries and set(entries) <= {"relative", "by"}:
        if not relatives:
            raise InputError("{at}: {{relative: …}} belongs to an operand of let, not to where.", at=value.at)
        return _relative(entries["relative"], entries.get("by"))
    if entries and set(entries) <= {"from", "to"}:
        return Between(*(_named(entries.get(end)) for end in ("from", "to")))
    if set(entries) in ({"like"}, {"unlike"}):
        ((name, pattern),) = entries.items()
        return Pattern(pattern.text(), negated=name == "unlike")
    if not entries:
        raise value.error(Term("a member, a list of members or a condition"), Term("nothing"))
    return Attributes(tuple((name, v.text(), v.at) for name, v in entries.items()))


def _relative(relation: Value, by: Value | None) -> Relative:
    if by is None:
        return Relative(relation.text(), relation.at)
    text = by.text().strip()
    if relation.text() not in LAGS:
        raise InputError(
            "{at}: “by” counts steps of {relations}; “{name}” has none.",
            at=by.at, relations=", ".join(LAGS), name=relation.text(),
        )  # fmt: skip
    if not text.isdecimal() or not 1 <= int(text) <= MOST_STEPS:
        raise by.error(Term("a whole number of steps, from 1 to 999"), f"“{text[:40]}”")
    return Relative(relation.text(), relation.at, int(text))


def _selection(value: Value) -> Selection:
    given = value.entries()
    entries = dict(given)
    table = entries.pop("table", None)
    column = entries.pop("column", None)
    reading = entries.pop("as", None)
    split = entries.pop("split", None)
    on = entries.pop("on", None)
    return Selection(
        table=table.text() if table else None,
        column=column.text() if column else None,
        conditions=_conditions_of(entries, relatives=True),
        at=value.at,
        places={key: v.at for key, v in given.items()},
        reading=reading.one_of(READINGS) if reading else None,  # type: ignore[arg-type]
        split=split.text() if split else None,
        on=tuple((dimension, v.text(), v.at) for dimension, v in on.entries().items()) if on else (),
    )


def _missing(value: Value | None) -> dict[str, Policy]:
    """`missing: skip` holds for all operands (key "*"); a mapping gives one policy an operand."""
    if value is None:
        return {}
    if value.is_mapping:
        return {name: v.one_of(POLICIES) for name, v in value.entries().items()}  # type: ignore[misc]
    return {"*": value.one_of(POLICIES)}  # type: ignore[dict-item]


def _severities(value: Value | None) -> dict[str, Severity]:
    """`severity: error` is that of what is violated; a mapping gives that of what only rounding explains too."""
    if value is None:
        return {}
    if not value.is_mapping:
        return {"violated": value.one_of(SEVERITIES)}  # type: ignore[dict-item]
    entries = value.entries(("violated", "rounded"))
    return {name: v.one_of(SEVERITIES) for name, v in entries.items()}  # type: ignore[misc]


def _tolerance(value: Value | None) -> Tolerance:
    if value is None:
        return Tolerance()
    if not value.is_mapping:
        return Tolerance(absolute=_number(value))
    entries = value.entries(("absolute", "relative"))
    return Tolerance(**{name: _number(v) for name, v in entries.items()})


def _number(value: Value) -> Decimal:
    text = value.text().strip()
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        raise value.error(Term("a number"), f"“{text[:40]}”") from None
    if not number.is_finite() or number < 0:
        raise value.error(Term("a number that is not negative"), f"“{text[:40]}”")
    return number / 100 if text.endswith("%") else number


def _examples(value: Value | None) -> tuple[Example, ...]:
    if value is None:
        return ()
    found: list[Example] = []
    for verdict, cases in value.entries(VERDICTS).items():
        for case in cases.items():
            given = case.entries()
            cells = {name: _example_cell(v) for name, v in given.items()}
            places = {name: v.named_at or v.at for name, v in given.items()}
            found.append(Example(verdict, cells, case.at, places))  # type: ignore[arg-type]
    return tuple(found)


def _example_cell(value: Value) -> str | tuple[str | None, ...] | None:
    if value.is_list:
        return tuple(None if v.is_null else v.text() for v in value.items())
    return None if value.is_null else value.text()
