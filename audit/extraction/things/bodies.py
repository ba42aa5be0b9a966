"""Responsible bodies: who leads a task and who supports it (`牵头单位:A、B;配合单位:C`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audit.lexicon import words


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<lead>{words('lead_label')})|(?P<support>{words('support_label')})):")


@cache
def _listed() -> re.Pattern[str]:
    """The bodies after a label, up to the next label or stop."""
    labels = rf"(?:{words('lead_label')}|{words('support_label')}|重点企业|完成时限)"
    return re.compile(rf"[^()。;\n]*?(?=[()。;\n]|[,、]{labels}:|$)")


@cache
def _told() -> re.Pattern[str]:
    """Bodies told in words: `(A、B负责。列第一位者为牵头单位)`, `(A指导,B参与)`, `由A牵头,B配合`."""
    leads = rf"(?:按职责分工|分别|共同)?(?:{words('leads')})"
    helps = rf"(?:,(?P<{{}}>[^()。:;]{{{{2,80}}}}?)(?:{words('helps')}))?"
    bracket = rf"[(](?P<bodies>[^()。:;\d]{{2,160}}?){leads}{helps.format('rest')}(?:[,。;][^()]{{0,60}})?[)]"
    phrase = rf"由(?P<by>[一-龥、]{{1,120}}?(?:{words('body')})){leads}{helps.format('by_rest')}"
    return re.compile(f"{bracket}|{phrase}")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('body')})$")


_SPLIT = re.compile(r"[、,，]|以及|(?<=[局委办厅会府部院署行])和(?=[一-龥])")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位)?(?:和单位)?)?(?:按职责分工)?$")


@dataclass(frozen=True, slots=True)
class BodySpan:
    """A body named as responsible: it leads, or else supports; offsets in the cleaned text."""

    name: str
    leads: bool
    start: int
    end: int


def body_spans(text: str) -> Iterator[BodySpan]:
    """Every body that a text lists after `牵头单位:`, `责任单位:`, `配合单位:` and the like, in order."""
    for label in _label().finditer(text):
        listed = _listed().match(text, label.end())
        at = label.end()
        for name in _names(listed[0]) if listed else []:
            start = text.find(name, at)
            at = start + len(name)
            yield BodySpan(name, label["lead"] is not None, start, at)


def responsible_bodies(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The leading and the supporting bodies that a stretch of cleaned text names, in order, each once."""
    lead: dict[str, None] = {}
    support: dict[str, None] = {}
    for label in _label().finditer(text):
        listed = _listed().match(text, label.end())
        names = _names(listed[0]) if listed else []
        (lead if label["lead"] else support).update(dict.fromkeys(names))
    for told in _told().finditer(text):
        leading = _names(told["bodies"] or told["by"])
        if told["by"] and not all(_body().search(name) for name in leading):
            continue
        lead.update(dict.fromkeys(leading))
        support.update(dict.fromkeys(_names(told["rest"] or told["by_rest"] or "")))
    return tuple(lead), tuple(name for name in support if name not in lead)


def _names(listed: str) -> list[str]:
    names = (_TAIL.sub("", name.strip()) for name in _SPLIT.split(listed))
    return [name for name in names if 2 <= len(name) <= 24]
