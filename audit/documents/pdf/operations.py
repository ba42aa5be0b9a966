"""The operations that a page's content is made of, read whole: the library reads it sign by sign, which takes most of the
time of a page whose letters are drawn one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pdfminer.psparser import LIT

Operation = tuple[bytes, list[Any]]
"""An operator and its operands as the library has them."""

_BLANK = rb"[\s\0]++|%[^\r\n]*+"
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
_HEX = rb"<[\s\0\da-fA-F]*+>"
_NAME = rb"/[^#/%\[\]()<>{}\s\0]*+"
_NUMBER = rb"[-+.\d]++"
_ARRAY = rb"\[(?:[^\[\]()<>{}%]++|" + _STRING + rb"|" + _HEX + rb")*+\]"
_PROPERTIES = rb"<<(?:[^<>()%]++|" + _STRING + rb"|" + _HEX + rb")*+>>"
_OPERATION = re.compile(
    rb"((?:" + rb"|".join((_BLANK, _NUMBER, _NAME, _STRING, _HEX, _ARRAY, _PROPERTIES)) + rb")*+)"
    rb"([A-Za-z][A-Za-z\d*]*+|['\"]|\Z)",
    re.S,
)
_OPERAND = re.compile(
    rb"(?:"
    + _BLANK
    + rb")*+(?:([-+]?(?:\d++\.?+\d*+|\.\d++)(?![-+.\d]))|("
    + _STRING
    + rb")|("
    + _HEX
    + rb")|("
    + _NAME
    + rb")|("
    + _ARRAY
    + rb")|("
    + _PROPERTIES
    + rb")|\Z)",
    re.S,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.S)
_ESCAPES = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_NOT_HEX = bytes(sign for sign in range(256) if sign not in b"0123456789abcdefABCDEF")


def operations_of(content: bytes, needed: Mapping[bytes, object]) -> list[Operation] | None:
    """The operations with a needed operator, in order; `None` for content that holds what is not read here (a picture in
    its midst, a name spelt by numbers, what is torn)."""
    found: list[Operation] = []
    known: dict[bytes, list[Any] | None] = {}
    at, end = 0, len(content)
    while at < end:
        match = _OPERATION.match(content, at)
        if match is None:
            return None
        given, operator = match.groups()
        if operator in needed:
            if given not in known:
                known[given] = _operands(given)
            operands = known[given]
            if operands is None:
                return None
            found.append((operator, operands))
        elif operator == b"BI":
            return None
        at = match.end()
    return found


def _operands(given: bytes) -> list[Any] | None:
    """The operands before an operator; `None` for what is none."""
    try:
        return list(map(float, given.split()))
    except ValueError:
        pass
    operands: list[Any] = []
    at, end = 0, len(given)
    while at < end:
        match = _OPERAND.match(given, at)
        if match is None:
            return None
        at = match.end()
        number, string, digits, name, array, _ = match.groups()
        if number:
            operands.append(float(number))
        elif string:
            operands.append(_ESCAPED.sub(_meant, string[1:-1]))
        elif digits:
            operands.append(_of_digits(digits))
        elif name:
            operands.append(LIT(name[1:].decode("utf-8", "replace")))
        elif array:
            parts = _operands(array[1:-1])
            if parts is None:
                return None
            operands.append(parts)
    return operands


def _meant(escaped: re.Match[bytes]) -> bytes:
    """The sign that is meant by a backslash and what follows it."""
    code = escaped[1]
    return bytes((int(code, 8) & 255,)) if code.isdigit() else _ESCAPES.get(code, code)


def _of_digits(digits: bytes) -> bytes:
    bare = digits.translate(None, _NOT_HEX)
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode())
