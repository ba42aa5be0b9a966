"""Indicators: the noun that a number counts or measures, in the plan's words.

A Chinese number stands after its noun (`龙头企业30家`, `覆盖率达85%`) or before it (`培育100家优质企业`). A growth rate, a share
or a change names only itself; what it is of is the subject, the last noun that had a level (`增加值47.5亿元，增长4.4%`).
`分别` pairs a list of nouns with a list of numbers. The verbs and fillers around nouns are data (`lexicon/words.csv`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from audit.extraction.quantities import CLASSES, Quantity
from audit.model.units import unit_class

Sureness = Literal["certain", "inferred", "guess"]
Role = Literal["level", "growth", "change", "share", "named"]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a figure is of. `role` tells a level from what is said about it; `subject` is the noun of that level.

    `lead` is the phrase before the number, `after` says that the noun follows it; `place` is set where the phrase names only
    whose it is (`其中青石街道45家`).
    """

    indicator: str
    role: Role
    sure: Sureness
    subject: str
    rising: bool = True
    lead: str = ""
    after: bool = False
    place: str = ""


@dataclass(slots=True)
class Passage:
    """What is remembered from figure to figure inside one paragraph."""

    subject: str = ""
    rate: str = ""
    outer: str | None = None
    levels: list[tuple[int, str]] = field(default_factory=list)
    paired: list[str] = field(default_factory=list)
    last: Naming | None = None


@cache
def _words(role: str) -> str:
    with (Path(__file__).parent / "lexicon" / "words.csv").open(encoding="utf-8", newline="") as lines:
        words = {row["word"] for row in csv.DictReader(lines) if row["role"] == role}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    """The patterns of the phrases before and after a number, built from the word lists."""
    versus = r"(?:同比|环比|年均|年平均|平均|分别|同口径|实际|名义|累计|约|再|又|总体|每年|比(?!重|例|率|值)[^比较,;]{1,14}?|较(?!大|小|高|低|多|少|快|好|强|为|重|特|长|短)[^比较,;]{1,14}?)"
    of = r"(?P<rel>占|为|相当于|达到|完成|达)(?P<of>[^占,;、]{1,24}?)"
    held = r"(?:分别|均|已|仅|约|提高|上升|下降|降低|由|为|达到?|是|到|至)*"
    return {
        "change": re.compile(
            rf"(?P<noun>.*?)(?P<versus>{versus}*)(?P<verb>{_words('up')}|{_words('down')})(?:幅度)?(?:了|约|近|超过|不低于|分别)*"
        ),
        "share": re.compile(
            rf"(?P<noun>.*?){of}(?:的(?P<word>比重|比例|比率|份额)?|(?P<word2>比重|比例|比率|份额)){held}"
        ),
        "tail": re.compile(rf"(?:(?:{_words('reach')})了?|[:“”\"])+$"),
        "spent": re.compile(rf"({_words('alone')})(?:了|约|近|超|超过)?$"),
        "alone": re.compile(rf"(?:{_words('alone')})+"),
        "lead": re.compile(
            rf"(?:(?:到|至|截至)?(?:19|20)\d\d年(?:末|底|度|初)?(?:,|的)?|(?:比|较)?(?:上年|去年|年初)(?:末|底|同期)?(?!结转)|"
            rf"\d{{1,2}}[、.．]|[①②③④⑤⑥⑦⑧⑨⑩]|(?:专栏|[图表])\s*\d+|[一二两三四五]年(?=新增|累计|共|市级|引进|培育)|占(?!比|用|有)|{_words('lead')}|[),、:“\"•·*\s])+"
        ),
        "build": re.compile(rf"(?:{_words('build')})(?:了|好|具有|拥有)?$"),
        "inner": re.compile(r"(?<=[一-龥])(?:实现|完成)(?=[一-龥])"),
        "verb": re.compile(
            r".*(?:打造|培育|引进|新建|建成|组建|举办|新增|实施|开展|突破|创建|认定|形成|发放|完成|实现|投入|新入选)(?=.{2,})"
        ),
        "stop": re.compile(rf"[,;。、:()\n\t]|(?:{_words('after')})"),
        "up": re.compile(rf"(?:{_words('up')})$"),
    }


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DELIMITERS = ",;:。!?\n\t"
_RATE_NOUNS = frozenset(
    {"增速", "降幅", "增幅", "涨幅", "比重", "占比", "增长率", "余额", "总量", "总额", "均价", "平均"}
)
_ATTRIBUTES = frozenset({"规模", "总额", "金额", "面积", "总面积", "总规模", "总投资", "投资"})
_PULL = re.compile(r"(?:正向|负向)?(?:拉动|带动)\S*$")
_ORDINAL_PAIR = re.compile(r"^([一二三])、?([一二三])(?:次)?(产业.*)$")
_JOINERS = re.compile(r"[、与]|以及|(?<![普涉以])及(?!其)|(?<![共饱平总])和")


def name_figure(
    clean: str,
    quantity: Quantity,
    previous: Quantity | None,
    following: Quantity | None,
    limit: int,
    passage: Passage,
) -> Naming:
    """The indicator of one figure; `limit` is the start of its sentence. Remembers it in `passage`."""
    grammar = _grammar()
    _follow_brackets(clean, limit, quantity.start, passage)
    left = _left_edge(clean, limit, quantity.span_start, previous)
    before = _BRACKETS.sub("", clean[left : quantity.span_start])
    chained = previous is not None and left == previous.span_end
    if chained and not before.strip("、和及与,— -·到至:"):
        naming = _next_of_list(passage, quantity)
    else:
        if chained:
            before = before.lstrip(")、和及与,;")
        if not chained:
            passage.subject = _announced(clean, limit, left, previous) or passage.subject
        after = clean[quantity.span_end : _right_edge(clean, quantity.span_end, following)]
        runs_on = following is not None and quantity.span_end + len(after) == following.span_start
        naming = _name(before, after, runs_on, quantity, passage, grammar)
    if naming.role in ("growth", "change") and naming.sure == "certain" and naming.subject:
        passage.subject = naming.subject
    if naming.role in ("level", "named"):
        passage.subject = naming.subject
        passage.levels.append((quantity.start, naming.subject))
    passage.last = naming
    return naming


_NOUN_END = re.compile(
    r"[一-龥](?:率|额|量|值|数|收入|支出|投资|面积|人口|资金|余额|产业|企业|费用|价格|指数|规模)$"
)


def _announced(clean: str, limit: int, left: int, previous: Quantity | None) -> str:
    """A noun set before a comma (`劳动生产率,比上年提高26%`): the subject of what follows."""
    if left <= limit or clean[left - 1] != ",":
        return ""
    start = _left_edge(clean, limit, left - 1, previous)
    phrase = clean[start : left - 1]
    if not 2 <= len(phrase) <= 24 or not _NOUN_END.search(phrase) or any(sign.isdigit() for sign in phrase):
        return ""
    return noun_of(phrase)


def _follow_brackets(clean: str, limit: int, at: int, passage: Passage) -> None:
    """What brackets speak of ends with them: after `A 33亿元(B 7亿元除外),` the subject is A again."""
    inside = clean.count("(", limit, at) > clean.count(")", limit, at)
    if inside and passage.outer is None:
        passage.outer = passage.subject
    elif not inside and passage.outer is not None:
        passage.subject, passage.outer = passage.outer, None


def _left_edge(clean: str, limit: int, at: int, previous: Quantity | None) -> int:
    """Where the phrase before a number begins: after the last stop or open bracket, or after the previous figure."""
    edge = limit if previous is None else max(limit, previous.span_end)
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


def _right_edge(clean: str, at: int, following: Quantity | None) -> int:
    edge = min(len(clean), at + 40)
    return min(edge, following.span_start) if following is not None else edge


def _name(
    before: str,
    after: str,
    runs_on: bool,
    quantity: Quantity,
    passage: Passage,
    grammar: dict[str, re.Pattern[str]],
) -> Naming:
    passage.paired = []
    kind = unit_class(quantity.unit)
    change = grammar["change"].fullmatch(before)
    if change:
        return _named_change(change, quantity, passage, grammar)
    if kind == "share":
        if _PULL.search(before):
            return _of_subject(before, noun_of(before), "change", passage)
        share = grammar["share"].fullmatch(before) or _PLAN_DONE.fullmatch(before)
        if share:
            return _named_share(share, passage, grammar)
        if (
            _BARE_SHARE.fullmatch(before)
            and passage.last
            and passage.last.lead.lstrip(",、").startswith("占")
        ):
            return _share_of_last(before, passage)
        if before.endswith("占"):
            noun = noun_of(before[:-1]) or passage.subject
            return Naming(noun + "占比", "share", "inferred" if noun else "guess", noun, lead=before)
    noun = noun_of(before)
    noun_after = _noun_after(after, grammar, runs_on)
    if noun_after and after.startswith("的") and noun in _ATTRIBUTES:
        return Naming(noun_after + noun, "level", "certain", noun_after + noun, lead=before)
    if noun_after and (
        kind == "count" or not noun or quantity.literal in CLASSES or grammar["build"].search(before)
    ):
        return Naming(noun_after, "named", "certain", noun_after, lead=before, after=True)
    if noun in _RATE_NOUNS and passage.subject:
        return Naming(
            passage.subject + noun,
            "share" if kind == "share" else "level",
            "inferred",
            passage.subject,
            lead=before,
        )
    if _PLACE.fullmatch(noun) and passage.subject:
        return Naming(passage.subject, "level", "inferred", passage.subject, lead=before, place=noun)
    spent = grammar["spent"].search(before) if not noun else None
    if spent:
        return Naming(spent[1], "level", "inferred", spent[1], lead=before)
    if not noun:
        if passage.subject:
            return Naming(passage.subject, "level", "guess", passage.subject, lead=before)
        return Naming(noun_after or "", "level", "guess", noun_after or "", lead=before)
    if "分别" in before:
        noun = _pair(noun, passage)
    return Naming(noun, "level", "certain", noun, lead=before)


_PLAN_DONE = re.compile(
    r"(?P<noun>.*?)(?P<rel>完成)(?P<of>[^,;、]{0,6}(?:计划|预算|任务|目标))(?:的(?P<word>比重|比例)?|(?P<word2>))"
)
_BARE_SHARE = re.compile(r"的(?:比重|比例)?(?:约|仅|为|达到?)*")
_PLACE = re.compile(
    r"[一-龥]{2,7}(?:街道|镇|乡|新城|新区|(?<![城市郊农山库园社小景灾辖地])区|(?<!城)市|县|州|旗)"
)


def _share_of_last(before: str, passage: Passage) -> Naming:
    """`产值360亿元,占总产值800亿元的45%`: the share of the last level but one in the last."""
    subjects = [subject for _, subject in passage.levels]
    part = subjects[-2] if len(subjects) >= 2 else ""
    return Naming(f"{part}占{passage.subject}比重", "share", "certain", part, lead=before)


def _named_change(
    match: re.Match[str], quantity: Quantity, passage: Passage, grammar: dict[str, re.Pattern[str]]
) -> Naming:
    """`增长4.4%` → 增速 of the subject; `比一季度提高0.3个百分点` and `比年初增加266亿元` keep their words."""
    rising = bool(re.fullmatch(_words("up"), match["verb"]))
    versus = re.sub(r"分别|约|再|又|同比|总体", "", match["versus"])
    noun = noun_of(match["noun"])
    pull = bool(_PULL.search(match["noun"]))
    subject, sure = noun, "certain"
    place = noun if _PLACE.fullmatch(noun) and passage.subject else ""
    if not noun or noun in _RATE_NOUNS or pull or place:
        subject, sure = passage.subject, "inferred" if passage.subject else "guess"
    if "分别" in match["versus"] or "分别" in match["noun"]:
        paired = _pair(noun, passage) if noun and not pull else _pair_levels(passage, quantity)
        subject = paired or subject
    unit = quantity.unit or ""
    extra = noun if noun in _RATE_NOUNS or pull else ""
    if unit in ("%", "‰", "倍") and not extra:
        spread = "年均" if "年均" in versus or "年平均" in versus else ""
        word = spread + ("增速" if rising else "降幅")
    else:
        if not extra and not noun and "百分点" in unit:
            extra = passage.rate
        word = extra + versus + match["verb"]
        passage.rate = extra if extra in _RATE_NOUNS else passage.rate
    if passage.paired:
        passage.paired = [f"{item}{word}" for item in passage.paired]
    role: Role = "growth" if unit in ("%", "‰", "倍") and not extra else "change"
    return Naming(subject + word, role, sure, subject, rising, lead=match[0], place=place)  # type: ignore[arg-type]


def _named_share(match: re.Match[str], passage: Passage, grammar: dict[str, re.Pattern[str]]) -> Naming:
    noun = noun_of(match["noun"])
    word = match["word"] or match["word2"] or "比重"
    relation = "完成" if match["rel"] == "完成" else "占"
    subject = noun or passage.subject
    of = (
        grammar["lead"].sub("", match["of"], count=1)
        if match["of"].startswith(("全", "我", "本"))
        else match["of"]
    )
    sure: Sureness = "certain" if noun else "inferred" if subject else "guess"
    return Naming(f"{subject}{relation}{of}{word}", "share", sure, subject, lead=match[0])


def _of_subject(before: str, noun: str, role: Role, passage: Passage) -> Naming:
    return Naming(
        passage.subject + noun, role, "inferred" if passage.subject else "guess", passage.subject, lead=before
    )


def noun_of(before: str) -> str:
    """The noun phrase that a number's left side comes down to, without verbs of reaching and opening fillers."""
    grammar = _grammar()
    if before.endswith("、"):
        return ""
    text = _FROM_TO.sub("", before.strip(" 、,;:·•"))
    text = _FROM_TO.sub("", grammar["tail"].sub("", text))
    lead = grammar["lead"].match(text)
    noun = text[lead.end() :] if lead else text
    if grammar["alone"].fullmatch(noun):
        return ""
    noun = grammar["inner"].sub("", noun)
    etc = list(_ETC.finditer(noun, 1))
    if etc:
        head, tail = noun[: etc[-1].start()], noun[etc[-1].end() :]
        noun = tail if len(tail) >= 3 else head if not tail else noun
    if len(noun) > 12:
        verb = grammar["verb"].match(noun)
        noun = noun[verb.end() :] if verb else noun
    if len(noun) > 26:
        _, _, last = noun.rpartition("的")
        noun = last if len(last) >= 4 else noun[-26:]
    return noun.strip("“”\"'、,和及与的 *#")


_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_ETC = re.compile(r"(?<![中高初平同优对均])等")
_FROM_TO = re.compile(
    rf"(?:(?:从|由|自)?{_YEAR}年(?:末|底|初)?的?|"
    rf"(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|发展)(?:到|至)(?:{_YEAR}年(?:末|底)?)?的?)$"
)


def _noun_after(after: str, grammar: dict[str, re.Pattern[str]], runs_on: bool) -> str:
    """The noun that follows a number and its unit; empty when none does. `runs_on`: up to the next number."""
    text = _BRACKETS.sub("", after.lstrip())
    if not text or not ("一" <= text[0] <= "鿿" or text[0] in '“"' or text[0].isalpha()):
        return ""
    if text[0] in "和及与或以并且而等左占且":
        return ""
    text = re.sub(r"^(?:的|级的?|及以上级?|以上级?)", "", text)
    quoted = re.match(r"“([^”]{2,20})”", text)
    if quoted:
        return quoted[1]
    stop = grammar["stop"].search(text)
    phrase = text[: stop.start()] if stop else text
    phrase = phrase[:30]
    if runs_on and stop is None and "的" in phrase[2:]:
        phrase = phrase[: phrase.index("的", 2)]
    elif "的" in phrase:
        _, _, last = phrase.rpartition("的")
        phrase = last if len(last) >= 4 else phrase
    phrase = re.sub(r"(?:建设|项目建设|和|及|与|等)$", "", phrase.strip('“”" '))
    return phrase if len(phrase) >= 2 else ""


def _pair(noun: str, passage: Passage) -> str:
    """`A、B和C起数分别…`: remember the items of the list for the numbers to come and give the first."""
    items = list_items(noun)
    if len(items) < 2:
        return noun
    passage.paired = items[1:]
    return items[0]


def _pair_levels(passage: Passage, quantity: Quantity) -> str:
    """`A 10亿元，B 20亿元，分别增长…`: the list of nouns is that of the last levels."""
    subjects = list(dict.fromkeys(subject for _, subject in passage.levels))[-2:]
    if len(subjects) < 2:
        return ""
    passage.paired = subjects[1:]
    return subjects[0]


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


def _next_of_list(passage: Passage, quantity: Quantity) -> Naming:
    """A number that follows another with nothing between: the next item of the list, else the same indicator."""
    last = passage.last
    if last is None:
        return Naming("", "level", "guess", "")
    if passage.paired:
        name = passage.paired.pop(0)
        return Naming(name, last.role, "inferred", name, last.rising, last.lead, last.after)
    return Naming(last.indicator, last.role, "guess", last.subject, last.rising, last.lead, last.after)


_RATIO_NAME = re.compile(
    r"(?P<items>.*?)(?:结构|之|的)*(?P<kind>投资|就业|产值|消费)?(?:结构)?(?:比重|比例|比|构成)$"
)


def name_ratio(clean: str, parts: Sequence[Quantity], limit: int) -> list[str]:
    """`三次产业结构比为16.2：32.6：51.2` → 第一产业比重, 第二产业比重, 第三产业比重."""
    left = _left_edge(clean, limit, parts[0].span_start, None)
    noun = noun_of(clean[left : parts[0].span_start])
    match = _RATIO_NAME.match(noun)
    items_text = match["items"] if match else noun
    kind = (match["kind"] or "") if match else ""
    if "三次产业" in noun or "三产" in noun:
        rest = "投资" if "投资" in noun else kind
        return [f"第{number}产业{rest}比重" for number in "一二三"[: len(parts)]]
    items = list_items(items_text)
    if len(items) == len(parts):
        return [f"{item}比重" for item in items]
    return [f"{noun}" for _ in parts]
