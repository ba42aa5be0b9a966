"""Responsible bodies: who leads a task and who supports it (`牵头单位:A、B;配合单位:C`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEAD = r"牵头(?:单位|部门)?|责任(?:单位|部门|主体)|主办(?:单位|部门)|负责(?:单位|部门)|实施(?:单位|部门)"
_SUPPORT = r"配合(?:单位|部门)|协办(?:单位|部门)|参(?:与|加)(?:单位|部门)|协助(?:单位|部门)|支持单位"
_LABEL = re.compile(rf"(?:(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})):")
_LISTED = re.compile(rf"[^()。;\n]*?(?=[()。;\n]|[,、](?:{_SUPPORT}|{_LEAD}|重点企业|完成时限):|$)")
_BRACKETED = re.compile(
    r"[(](?P<bodies>[^()。:\d]{2,120}?)(?:负责|牵头|按职责分工负责|分别负责)(?:,(?P<rest>[^()。:]{2,80}?)(?:参与|配合|协助))?[)]"
)
_SPLIT = re.compile(r"[、,，]|以及|(?<=[局委办厅会府])和(?=[市省区各])")


@dataclass(frozen=True, slots=True)
class BodySpan:
    """A body named as responsible: it leads, or else supports; offsets in the cleaned text."""

    name: str
    leads: bool
    start: int
    end: int


def body_spans(text: str) -> Iterator[BodySpan]:
    """Every body that a text lists after `牵头单位:`, `责任单位:`, `配合单位:` and the like, in order."""
    for label in _LABEL.finditer(text):
        listed = _LISTED.match(text, label.end())
        at = label.end()
        for name in _names(listed[0]) if listed else []:
            start = text.find(name, at)
            at = start + len(name)
            yield BodySpan(name, label["lead"] is not None, start, at)


def responsible_bodies(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The leading and the supporting bodies that a stretch of cleaned text names, in order, each once."""
    lead: dict[str, None] = {}
    support: dict[str, None] = {}
    for label in _LABEL.finditer(text):
        listed = _LISTED.match(text, label.end())
        names = _names(listed[0]) if listed else []
        (lead if label["lead"] else support).update(dict.fromkeys(names))
    for bracket in _BRACKETED.finditer(text):
        lead.update(dict.fromkeys(_names(bracket["bodies"])))
        support.update(dict.fromkeys(_names(bracket["rest"] or "")))
    return tuple(lead), tuple(name for name in support if name not in lead)


def _names(listed: str) -> list[str]:
    names = (re.sub(r"(?:等)?(?:按职责分工)?$", "", name.strip()) for name in _SPLIT.split(listed))
    return [name for name in names if 2 <= len(name) <= 24]
