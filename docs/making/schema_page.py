"""The JSON Schemas of what audit prints, as tables: every key with its type and what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import audit.reporting
from audit.model.phrase import Language, Phrase
from docs.making.marking import code, table

_HEAD = Phrase("JSON 模式", "JSON Schemas")
_INTRO = Phrase(
    "audit 打印的每种 JSON 都有模式（JSON Schema 2020-12），测试以真实输出对照。"
    "键可以增加，不会减少或改变含义。说明文字只有英文。",
    "Everything that audit prints as JSON has a schema (JSON Schema 2020-12), and tests hold real output against it. Keys may be "
    "added; none is removed or changes its meaning.",
)
_HEADS = (Phrase("键", "Key"), Phrase("类型", "Type"), Phrase("必有", "Always"), Phrase("含义", "Meaning"))
_FILE = Phrase("模式文件", "The schema")


def schemas() -> tuple[Path, ...]:
    """The files of the schemas, in the package."""
    return tuple(sorted((Path(audit.reporting.__file__).parent / "schemas").glob("*.json")))


def schema_page(language: Language) -> str:
    """The page of all schemas."""
    lines = [f"# {_HEAD.in_(language)}\n\n{_INTRO.in_(language)}\n"]
    for path in schemas():
        schema = json.loads(path.read_text("utf-8"))
        lines.append(f"## {path.stem} {{ #{path.stem} }}\n\n{schema['description']}\n")
        lines.append(f"{_FILE.in_(language)}: [{path.name}](schemas/{path.name})\n")
        rows = [
            [code(name), kind, "✓" if always else "", about]
            for name, kind, always, about in _keys(schema, schema)
        ]
        lines.append(table([head.in_(language) for head in _HEADS], rows))
    return "\n".join(lines)


def _keys(
    part: Mapping[str, Any], whole: Mapping[str, Any], before: str = ""
) -> Iterator[tuple[str, str, bool, str]]:
    """Every key below a part of a schema: its path, type, whether it is always there, and what it holds."""
    part = _meant(part, whole)
    for piece in (part, *part.get("allOf", ()), *part.get("oneOf", ())):
        piece = _meant(piece, whole)
        for name, value in piece.get("properties", {}).items():
            meant = _meant(value, whole)
            path = f"{before}{name}"
            yield (
                path,
                _type(meant, whole),
                name in piece.get("required", ()),
                str(meant.get("description", "")),
            )
            inner = _meant(meant.get("items", meant), whole)
            if before.count(".") < 2:
                yield from _keys(inner, whole, f"{path}{'[]' if 'items' in meant else ''}.")


def _meant(part: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of a schema, where it refers to another that one, with the description at hand."""
    if "$ref" not in part:
        return part
    found = whole["$defs"][part["$ref"].rpartition("/")[2]]
    return {**found, **{name: value for name, value in part.items() if name != "$ref"}}


def _type(part: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    if "const" in part:
        return code(json.dumps(part["const"]))
    if "enum" in part:
        return ", ".join(code(str(one)) for one in part["enum"])
    if "oneOf" in part or "anyOf" in part:
        return " or ".join(
            _type(_meant(one, whole), whole) for one in part.get("oneOf", part.get("anyOf", ()))
        )
    own = part.get("type", "object")
    told = " or ".join(own) if isinstance(own, list) else str(own)
    if "items" in part:
        return f"list of {_type(_meant(part['items'], whole), whole)}"
    return told
