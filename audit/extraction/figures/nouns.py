"""Nouns: what is left of the words before or after a number without verbs, times and fillers; lists of nouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extraction.figures.period_words import YEAR
from audit.extraction.figures.wordings import INDUSTRY
from audit.lexicon import entries, pattern

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""A bracketed remark inside a phrase."""


_TAIL = pattern(r"(?:<reach>了?|[:“”\"]){1,8}$")


_LEAD = pattern(
    r"(?:<up to a year>?(?:19|20)\d\d年(?:末|底|度|初)?(?:,|的)?|(?:比|较)?<time before><end of it>?(?!<carried over to now>)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=[一-龥])|\d{1,2}[、.．]|[①②③④⑤⑥⑦⑧⑨⑩]"
    r"|<numbered box>\s*\d+|[一二两三四五]年(?=<begins a noun after years>)"
    r"|[一-龥]{2,8}<after an event>|占(?!比|用|有)|<lead>(?!率)|[),、:“\"•·*\s])+"
)
"""What a phrase may open with before its noun: a time, a number of a clause, fillers and verbs."""
_ALONE = pattern("<alone>+")
_STOP = pattern(r"[,;。、:()\n\t]|<after>")
_CHANGES = pattern("<up>|<down>")
"""A change told right after a number (`4000亿元增加1200亿元`): the next number's, no noun of this one."""
_INNER_VERB = pattern("(?<=[一-龥])<achieve>(?=[一-龥])")
_LAST_VERB = pattern(".*<verb before a noun>(?=..)")


def noun_of(before: str) -> str:
    """The noun phrase that a number's left side comes down to, without verbs of reaching and opening fillers."""
    if before.endswith("、"):
        return ""
    text = _FROM_TO.sub("", before.strip(" 、,;:·•"))
    text = _FROM_TO.sub("", _TAIL.sub("", text))
    lead = _LEAD.match(text)
    noun = text[lead.end() :] if lead else text
    if _ALONE.fullmatch(noun) or noun in _COMPARES:
        return ""
    noun = _INNER_VERB.sub("", noun)
    etc = list(_ETC.finditer(noun, 1))
    if etc:
        head, tail = noun[: etc[-1].start()], noun[etc[-1].end() :]
        noun = tail if len(tail) >= 3 else head if not tail else noun
    if len(noun) > 12:
        verb = _LAST_VERB.match(noun)
        noun = noun[verb.end() :] if verb else noun
    if len(noun) > 26:
        _, _, last = noun.rpartition("的")
        noun = last if len(last) >= 4 else noun[-26:]
    return noun.strip("“”\"'、,和及与的 *#")


_COMPARES = frozenset("比较与同由从自")
"""What is left of `比2020年的` without the year: the number is of what was spoken of before."""
_ETC = re.compile(r"(?<![中高初平同优对均])等")
_FROM_TO = pattern(
    f"(?:(?:从|由|自|到|至)?{YEAR}年(?:末|底|初)?的?|(?:从|由)(?:<at present>|<time before>)的?|<changes to>(?:到|至)"
    f"(?:{YEAR}年(?:末|底)?|<time before>)?的?|(?:从|由|自)“?(?:十[一二三四六]五|<plan before ten>)<after a plan named>+的?)$"
)


def noun_after(after: str, runs_on: bool) -> str:
    """The noun that follows a number and its unit; empty when none does. `runs_on`: up to the next number."""
    text = BRACKETS.sub("", after.lstrip(" \t"))
    if not text or not ("一" <= text[0] <= "鿿" or text[0] in '“"' or text[0].isalpha()):
        return ""
    if text[0] in "和及与或以并且而等左占且" or _CHANGES.match(text):
        return ""
    text = pattern("^<after a grade>").sub("", text)
    quoted = re.match(r"“([^”]{2,20})”", text)
    if quoted:
        return quoted[1]
    stop = _STOP.search(text)
    phrase = text[: stop.start()] if stop else text
    phrase = phrase[:30]
    if runs_on and stop is None and "的" in phrase[2:]:
        phrase = phrase[: phrase.index("的", 2)]
    elif "的" in phrase:
        _, _, last = phrase.rpartition("的")
        phrase = last if len(last) >= 4 else phrase
    phrase = pattern("<tail of a noun>$").sub("", phrase.strip('“”" ')).removesuffix("的")
    return phrase if len(phrase) >= 2 else ""


_ORDINAL_PAIR = pattern("^([一二三])、?([一二三])(?:次)?(<industry>.*)$")
_INDUSTRIES, _ = entries("three industries")
_STRONG = "、"
_JOINERS = pattern("<joiner>|(?<![普涉以])及(?!其)|(?<![共饱平总])和")


def list_items(noun: str, count: int | None = None) -> list[str]:
    """The items of a list of nouns; what ends the last item belongs to all (`事故、较大事故起数`).

    Where it is told how many there are (`count`), a word that joins two items may as well stand in the name of one
    (`仓储和邮政业、租赁和商务服务业`): then `、` divides first.
    """
    ordinal = _ORDINAL_PAIR.match(noun)
    if ordinal:
        return [f"第{ordinal[1]}{ordinal[3]}", f"第{ordinal[2]}{ordinal[3]}"]
    if _INDUSTRIES in noun:
        return [noun.replace(_INDUSTRIES, f"第{number}{INDUSTRY}", 1) for number in "一二三"]
    items = [item for item in _JOINERS.split(noun) if item]
    if count is not None and len(items) > count:
        divided = [item for item in noun.split(_STRONG) if item]
        items = divided if len(divided) == count else items
    if len(items) < 2:
        return items
    stemmed = _stemmed(items)
    if stemmed:
        return stemmed
    last, ending = items[-1], ""
    measured = _MEASURED.search(last)
    if measured and measured.start() >= 2 and not any(_MEASURED.search(item) for item in items[:-1]):
        return [*(item + measured[0] for item in items[:-1]), last]
    for length in (4, 3, 2):
        core = items[-2][-length:]
        if len(core) == length and core in last:
            ending = last[last.rindex(core) + length :]
            break
    else:
        core = items[-2]
        if last.startswith("非" + core):
            ending = last[len(core) + 1 :]
        elif len(last) > len(core) and last[len(core) - 1] == core[-1]:
            ending = last[len(core) :]
        elif len(core) == 2 and len(last) == 4:
            ending = last[2:]
    return [item if item == last else item + ending for item in items]


_MEASURED = pattern("<measured of each>$")
_PROCESS = pattern("(?P<of>.*?)(?P<process><process>)")
_PROCESSED = pattern("(?P<process><process>)(?P<stem>.+)")


def _stemmed(items: Sequence[str]) -> list[str]:
    """A list of processes whose thing stands before the first and whose noun after the last
    (`花生种植、收获机械化率` → 花生种植机械化率, 花生收获机械化率); else nothing.
    """
    first, last = _PROCESS.fullmatch(items[0]), _PROCESSED.fullmatch(items[-1])
    inner = [_PROCESS.fullmatch(item) for item in items[1:-1]]
    if first is None or last is None or not all(inner):
        return []
    processes = [first["process"], *(item["process"] for item in inner if item), last["process"]]
    return [first["of"] + process + last["stem"] for process in processes]


def opening(text: str) -> int:
    """How many characters at the start of a phrase are no noun."""
    match = _LEAD.match(text)
    return match.end() if match else 0
