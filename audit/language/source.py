"""YAML with positions: every value of a rule file knows its line and column.

Files that are hostile or no YAML at all are refused in one sentence: nesting, size and the expansion of aliases are
bounded while the events are read, before any tree is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from audit.files import text_of
from audit.language.expression import Position
from audit.model.errors import InputError, Term
from audit.model.frozen import frozen
from audit.model.nearest import nearest

LARGEST = 5_000_000
DEEPEST = 40

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Value:
    """A YAML node: a scalar, list or mapping, and where it begins; in a mapping also where its name stands."""

    node: yaml.Node
    path: str
    named_at: Position | None = None

    @property
    def at(self) -> Position:
        mark = self.node.start_mark
        quoted = isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"')
        if isinstance(self.node, yaml.ScalarNode) and self.node.style in ("|", ">"):
            return Position(self.path, mark.line + 2, 1)
        return Position(self.path, mark.line + 1, mark.column + 1 + quoted)

    @property
    def is_null(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """The scalar as it was written; an error for a list or mapping."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error(Term("a single value"), Term("a list or a mapping"))
        return str(self.node.value)

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The scalar, which must be one of `allowed`."""
        text = self.text()
        if text not in allowed:
            raise InputError(
                "{at}: “{found}” is not allowed here; the nearest is {nearest}.",
                at=self.at, found=text, nearest=nearest(text, allowed),
            )  # fmt: skip
        return text

    def items(self) -> tuple[Value, ...]:
        """The entries of a list; a single scalar counts as a list of one."""
        if isinstance(self.node, yaml.SequenceNode):
            return tuple(Value(item, self.path) for item in self.node.value)
        if isinstance(self.node, yaml.ScalarNode):
            return (self,)
        raise self.error(Term("a list"), Term("a mapping"))

    def entries(self, allowed: tuple[str, ...] | None = None) -> dict[str, Value]:
        """The entries of a mapping; a key twice, or not in `allowed`, is an error at its place."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(Term("a mapping (name: value)"), Term("something else"))
        found: dict[str, Value] = {}
        for key_node, value_node in self.node.value:
            key = Value(key_node, self.path)
            name = key.text()
            if name in found:
                raise InputError("{at}: “{name}” is given twice; keep one.", at=key.at, name=name)
            if allowed is not None and name not in allowed:
                raise InputError(
                    "{at}: there is no key “{name}” here; the nearest is {nearest}.",
                    at=key.at, name=name, nearest=nearest(name, allowed),
                )  # fmt: skip
            found[name] = Value(value_node, self.path, key.at)
        return found

    def error(self, expected: str, found: str) -> InputError:
        return InputError(
            "{at}: expected {expected}, found {found}.", at=self.at, expected=expected, found=found
        )


def read_yaml(path: Path, shown: str | None = None) -> Value | None:
    """The root of a YAML file, or None when it is empty. `shown` is the path as told in messages."""
    name = shown or str(path)
    return parse_yaml(text_of(path, name, LARGEST), name)


def parse_yaml(text: str, name: str) -> Value | None:
    """The root of a YAML text, or None when it is empty. `name` is what messages call it."""
    try:
        _refuse_bombs(text, name)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, name) from None
    return None if node is None else Value(node, name)


def _refuse_bombs(text: str, path: str) -> None:
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            raise InputError(
                "{at}: aliases (*name) are not used in rule files; write the value out.",
                at=_position(path, event),
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _too_deep(_position(path, event))


def _too_deep(at: Position) -> InputError:
    return InputError("{at}: nested more than {most} deep; no rule file needs that.", at=at, most=DEEPEST)


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=_Loader))


def _not_yaml(error: yaml.YAMLError, path: str) -> InputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return InputError("{path}: is not YAML ({problem}).", path=path, problem=str(error).splitlines()[0])
    if "nesting depth" in (getattr(error, "problem", None) or ""):
        return _too_deep(Position(path, mark.line + 1, mark.column + 1))
    return InputError(
        "{at}: is not YAML ({problem}).",
        at=Position(path, mark.line + 1, mark.column + 1), problem=getattr(error, "problem", "") or Term("syntax error"),
    )  # fmt: skip


def _position(path: str, event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(path, 1, 1) if mark is None else Position(path, mark.line + 1, mark.column + 1)
