"""The JSON Schema of rule files, for editors that complete keys, tell what they mean and mark what does not belong.

It follows from the records of the language (`keys`); what only tables and code lists can tell, a column or a member, is
left to `audit rules check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.language.keys import CONDITIONS, MISSING, READING, RELATIONS, ROUNDING, RULE, SELECTION, Key
from audit.model.period import LAGS
from audit.model.phrase import Language
from audit.model.report import SEVERITIES, VERDICTS

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_TEXT: Schema = {"type": "string"}
_NAMES: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
_STEPS: Schema = {"type": "integer", "minimum": 1}
_AMOUNT: Schema = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9.]+%?$"}]}


def rules_schema(language: Language) -> Schema:
    """The schema of a rule file, in JSON Schema 2020-12; what keys are about is told in `language`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "audit rules",
        "type": "array",
        "items": {"$ref": "#/$defs/rule"},
        "$defs": {
            "rule": _object(_told(RULE, _OF_RULE, language), required=("id", "title", "check")),
            "phrase": {"anyOf": [_SCALAR, _object({"zh": _SCALAR, "en": _SCALAR}, required=("zh", "en"))]},
            "severity": {"enum": list(SEVERITIES)},
            "policy": _words(MISSING, language),
            "selection": {
                "type": "object",
                "properties": _told(SELECTION, _OF_SELECTION, language),
                "additionalProperties": {"$ref": "#/$defs/related"},
            },
            "condition": _condition(language, related=False),
            "related": _condition(language, related=True),
            "example": {
                "type": "object",
                "additionalProperties": {"anyOf": [*_NAMES["anyOf"], {"type": ["null", "array"]}]},
            },
        },
    }


def _of(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_OF_RULE: Mapping[str, Schema] = {
    "id": {"type": "string", "pattern": r"^[a-z0-9]+([.-][a-z0-9]+)*$"},
    "title": _of("phrase"),
    "severity": {"anyOf": [_of("severity"), {"type": "object", "additionalProperties": _of("severity")}]},
    "level": {"enum": [*range(6), *map(str, range(6))]},
    "table": _TEXT,
    "where": {"type": "object", "additionalProperties": _of("condition")},
    "for_each": _NAMES,
    "along": _TEXT,
    "hierarchy": _TEXT,
    "column": _TEXT,
    "for_columns": _NAMES,
    "let": {"type": "object", "additionalProperties": _of("selection")},
    "keys": _NAMES,
    "check": _SCALAR,
    "applies": _SCALAR,
    "missing": {"anyOf": [_of("policy"), {"type": "object", "additionalProperties": _of("policy")}]},
    "tolerance": {
        "anyOf": [
            _AMOUNT,
            {
                "type": "object",
                "properties": {"absolute": _AMOUNT, "relative": _AMOUNT},
                "additionalProperties": False,
            },
        ]
    },
    "rounding": {"enum": list(ROUNDING)},
    "because": _of("phrase"),
    "limits": _of("phrase"),
    "message": _of("phrase"),
    "examples": {
        "type": "object",
        "properties": {
            verdict: {"anyOf": [_of("example"), {"type": "array", "items": _of("example")}]}
            for verdict in VERDICTS
        },
        "additionalProperties": False,
    },
}
"""What a rule's keys hold."""

_OF_SELECTION: Mapping[str, Schema] = {
    "table": _TEXT,
    "column": _TEXT,
    "as": {"enum": list(READING)},
    "split": _TEXT,
    "on": {"type": "object", "additionalProperties": _TEXT},
}
"""What an operand holds besides conditions on columns."""


def _condition(language: Language, *, related: bool) -> Schema:
    """A condition on a column: a member, members, or a mapping; the relations to the key's member in `let` only."""
    told = {name: key.about.in_(language) for name, key in CONDITIONS.items()}

    def one(**keys: Schema) -> Schema:
        named = {
            name.rstrip("_"): {**schema, "description": told[name.rstrip("_")]}
            for name, schema in keys.items()
        }
        return _object(named, required=(next(iter(named)),))

    span = {name: {**_SCALAR, "description": told[name]} for name in ("from", "to")}
    attributes = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"enum": [name for name in CONDITIONS if name not in ("below", "any")]}},
        "additionalProperties": _SCALAR,
    }
    relations = " · ".join(f"{name}: {key.about.in_(language)}" for name, key in RELATIONS.items())
    relative = _object(
        {
            "relative": {"type": "string", "examples": list(RELATIONS), "description": relations},
            "by": {**_STEPS, "description": f"{told['by']} ({', '.join(LAGS)})"},
        },
        required=("relative",),
    )
    mappings = [
        one(not_=_NAMES), one(is_={"enum": ["missing", "stated"]}), one(like=_SCALAR), one(unlike=_SCALAR),
        {**_object(span), "minProperties": 1}, attributes,
    ]  # fmt: skip
    return {"anyOf": [*_NAMES["anyOf"], *mappings, *([relative] if related else [])]}


def _told(keys: Mapping[str, Key], of: Mapping[str, Schema], language: Language) -> dict[str, Schema]:
    """What each key holds, with what it is about and what stands for it where it is not given."""
    return {
        name: {
            **of[name],
            "description": key.about.in_(language),
            **({"default": key.default} if key.default else {}),
        }
        for name, key in keys.items()
    }


def _words(keys: Mapping[str, Key], language: Language) -> Schema:
    about = " · ".join(f"{name}: {key.about.in_(language)}" for name, key in keys.items())
    return {"enum": list(keys), "description": about}


def _object(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": list(required)} if required else {}),
        "additionalProperties": False,
    }
