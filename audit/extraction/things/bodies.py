"""Responsible bodies: who leads a task and who supports it (`牵头单位:A、B;配合单位:C`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.lexicon import alternatives, entries, pattern
from audit.model.frozen import frozen

_LEADS = frozenset(entries("lead_label"))
_LABEL = re.compile(f"(?P<label>{alternatives((*_LEADS, *entries('support_label')))}):")


_LISTED = pattern(
    r"[^()。;\n]*?(?=[()。;\n]|[,、](?:<lead_label>|<support_label>|<other label of a task>):|$)"
)
"""The bodies after a label, up to the next label or stop."""
_HELPS = "(?:,(?P<{}>[^()。:;]{{2,80}}?)<helps>)?"
_TOLD = pattern(
    rf"[(](?P<bodies>[^()。:;\d]{{2,160}}?)<each by its duty>?<leads>{_HELPS.format('rest')}(?:[,。;][^()]{{0,60}})?[)]"
    rf"|由(?P<by>[一-龥、]{{1,120}}?<body>)<each by its duty>?<leads>{_HELPS.format('by_rest')}"
)
"""Bodies told in words: `(A、B负责。列第一位者为牵头单位)`, `(A指导,B参与)`, `由A牵头,B配合`."""
_BODY = pattern("<body>$")


_SPLIT = pattern("<between bodies>|(?<=[局委办厅会府部院署行])和(?=[一-龥])")
_TAIL = pattern("(?:等<concerned>?<kind of body>?(?:<and bodies>)?)?(?:<by their duties>)?$")


@frozen
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
            yield BodySpan(name, label["label"] in _LEADS, start, at)


def responsible_bodies(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The leading and the supporting bodies that a stretch of cleaned text names, in order, each once."""
    lead: dict[str, None] = {}
    support: dict[str, None] = {}
    for label in _LABEL.finditer(text):
        listed = _LISTED.match(text, label.end())
        names = _names(listed[0]) if listed else []
        (lead if label["label"] in _LEADS else support).update(dict.fromkeys(names))
    for told in _TOLD.finditer(text):
        leading = _names(told["bodies"] or told["by"])
        if told["by"] and not all(_BODY.search(name) for name in leading):
            continue
        lead.update(dict.fromkeys(leading))
        support.update(dict.fromkeys(_names(told["rest"] or told["by_rest"] or "")))
    return tuple(lead), tuple(name for name in support if name not in lead)


def _names(listed: str) -> list[str]:
    names = (_TAIL.sub("", name.strip()) for name in _SPLIT.split(listed))
    return [name for name in names if 2 <= len(name) <= 24]
