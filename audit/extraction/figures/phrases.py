"""The phrase around a number: where it begins and ends, and a noun set before it by a comma."""

from __future__ import annotations

from audit.extraction.figures.nouns import noun_of
from audit.lexicon import pattern
from audit.numbers.quantities import Quantity

_DELIMITERS = ",;:。!?\n\t"
_LONGEST = 80

_NOUN_END = pattern("[一-龥]<end of a noun>$")


_CHANGED = pattern(r"(?:<up>|<down>)了?\d[\d.]*[一-龥]{1,2}$")
"""A change that a clause before tells (`寿命提高1岁,达到80岁`): what comes after it is of the same noun."""


_RANKED = pattern(r"(?P<noun>[^,;。\n]{2,20}?)<on end>[\d一-十两]{1,3}年<place held on end>")
"""A noun with the place that it holds (`市场规模连续6年居首位,从……`)."""
_GRANTED = pattern("[一-龥]{2,24}?<is granted>(?P<noun>[一-龥]{4,16}$)")
"""What a thing was made (`精密模具入选国家级特色产业集群,累计5个`): the number counts those."""


_RISEN = pattern("(?P<noun>[一-龥]{4,20}?)<does well>")
"""What did well, before the numbers that tell how (`地区生产总值取得历史性突破,从……`)."""


def announced(clean: str, limit: int, left: int, previous: Quantity | None) -> str:
    """A noun set before a comma (`劳动生产率,比上年提高26%`): the subject of what follows."""
    if left <= limit or clean[left - 1] != ",":
        return ""
    start = left_edge(clean, limit, left - 1, previous)
    phrase = clean[start : left - 1]
    for told in (_RANKED.match(phrase), _GRANTED.match(phrase), _RISEN.fullmatch(phrase)):
        if told is not None:
            return noun_of(told["noun"])
    changed = _CHANGED.search(phrase)
    if changed and changed.start() >= 2:
        return noun_of(phrase[: changed.start()])
    if not 2 <= len(phrase) <= 24 or not _NOUN_END.search(phrase) or any(sign.isdigit() for sign in phrase):
        return ""
    return noun_of(phrase)


_TOPIC = pattern(r"(?P<name>[一-龥]{2,6}?区)(?:以|为|是|由|<set up around>)[^,;。\n]{2,30},")


def topic(clean: str, limit: int, left: int) -> str:
    """The area that a sentence speaks of from its start (`策源区以高校为主体,面积约9.5平方公里`), if the phrase at
    `left` is of it.
    """
    opened = _TOPIC.match(clean, limit)
    return opened["name"] if opened is not None and opened.end() == left else ""


def left_edge(clean: str, limit: int, at: int, previous: Quantity | None) -> int:
    """Where the phrase before a number begins: after the last stop or open bracket, or after the previous figure."""
    edge = max(limit if previous is None else max(limit, previous.span_end), at - _LONGEST)
    depth = 0
    for index in range(at - 1, edge - 1, -1):
        sign = clean[index]
        if sign == ")":
            depth += 1
        elif sign == "(":
            if depth == 0:
                return index + 1
            depth -= 1
        elif depth == 0 and sign in _DELIMITERS:
            return index + 1
    return edge


def right_edge(clean: str, at: int, following: Quantity | None) -> int:
    edge = min(len(clean), at + 40)
    return min(edge, following.span_start) if following is not None else edge
