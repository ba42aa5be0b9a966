"""Nouns: what is left of the words before or after a number without verbs, times and fillers; lists of nouns."""

from __future__ import annotations

import re
from functools import cache

from audit.lexicon import words

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""A bracketed remark inside a phrase."""


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{words('reach')})了?|[:“”\"]){{1,8}}$")


@cache
def _lead() -> re.Pattern[str]:
    """What a phrase may open with before its noun: a time, a number of a clause, fillers and verbs."""
    year = r"(?:到|至|截至)?(?:19|20)\d\d年(?:末|底|度|初)?(?:,|的)?"
    before = r"(?:比|较)?(?:上年|去年|年初)(?:末|底|同期)?(?!结转)"
    number = r"\d{1,2}[、.．]|[①②③④⑤⑥⑦⑧⑨⑩]|(?:专栏|[图表])\s*\d+"
    years = "[一二两三四五]年(?=新增|累计|共|市级|引进|培育)"
    return re.compile(
        rf"(?:{year}|{before}|{number}|{years}|占(?!比|用|有)|{words('lead')}|[),、:“\"•·*\s])+"
    )


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"(?:{words('alone')})+")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(rf"[,;。、:()\n\t]|(?:{words('after')})")


@cache
def _changes() -> re.Pattern[str]:
    """A change told right after a number (`4000亿元增加1200亿元`): the next number's, no noun of this one."""
    return re.compile(rf"(?:{words('up')}|{words('down')})")


_INNER_VERB = re.compile(r"(?<=[一-龥])(?:实现|完成)(?=[一-龥])")
_LAST_VERB = re.compile(
    r".*(?:打造|培育|引进|新建|建成|组建|举办|新增|实施|开展|突破|创建|认定|形成|发放|完成|实现|投入|新入选)(?=..)"
)


def noun_of(before: str) -> str:
    """The noun phrase that a number's left side comes down to, without verbs of reaching and opening fillers."""
    if before.endswith("、"):
        return ""
    text = _FROM_TO.sub("", before.strip(" 、,;:·•"))
    text = _FROM_TO.sub("", _tail().sub("", text))
    lead = _lead().match(text)
    noun = text[lead.end() :] if lead else text
    if _alone().fullmatch(noun) or noun in _COMPARES:
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
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_ETC = re.compile(r"(?<![中高初平同优对均])等")
_FROM_TO = re.compile(
    rf"(?:(?:从|由|自)?{_YEAR}年(?:末|底|初)?的?|"
    rf"(?:从|由)(?:目前|现在|现有|当前)的?|(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|发展)(?:到|至)(?:{_YEAR}年(?:末|底)?)?的?)$"
)


def noun_after(after: str, runs_on: bool) -> str:
    """The noun that follows a number and its unit; empty when none does. `runs_on`: up to the next number."""
    text = BRACKETS.sub("", after.lstrip(" \t"))
    if not text or not ("一" <= text[0] <= "鿿" or text[0] in '“"' or text[0].isalpha()):
        return ""
    if text[0] in "和及与或以并且而等左占且" or _changes().match(text):
        return ""
    text = re.sub(r"^(?:的|级的?|及以上级?|以上级?)", "", text)
    quoted = re.match(r"“([^”]{2,20})”", text)
    if quoted:
        return quoted[1]
    stop = _stop().search(text)
    phrase = text[: stop.start()] if stop else text
    phrase = phrase[:30]
    if runs_on and stop is None and "的" in phrase[2:]:
        phrase = phrase[: phrase.index("的", 2)]
    elif "的" in phrase:
        _, _, last = phrase.rpartition("的")
        phrase = last if len(last) >= 4 else phrase
    phrase = re.sub(r"(?:建设|项目建设|和|及|与|等)$", "", phrase.strip('“”" '))
    return phrase if len(phrase) >= 2 else ""


_ORDINAL_PAIR = re.compile(r"^([一二三])、?([一二三])(?:次)?(产业.*)$")
_JOINERS = re.compile(r"[、与]|以及|(?<![普涉以])及(?!其)|(?<![共饱平总])和")


def list_items(noun: str) -> list[str]:
    """The items of a list of nouns; what ends the last item belongs to all (`事故、较大事故起数`)."""
    ordinal = _ORDINAL_PAIR.match(noun)
    if ordinal:
        return [f"第{ordinal[1]}{ordinal[3]}", f"第{ordinal[2]}{ordinal[3]}"]
    if "三次产业" in noun:
        return [noun.replace("三次产业", f"第{number}产业", 1) for number in "一二三"]
    items = [item for item in _JOINERS.split(noun) if item]
    if len(items) < 2:
        return items
    last, ending = items[-1], ""
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


def opening(text: str) -> int:
    """How many characters at the start of a phrase are no noun."""
    match = _lead().match(text)
    return match.end() if match else 0
