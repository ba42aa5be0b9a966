"""Lists: a stated number of things with the things named (`A、B、C等4个平台`, `4个平台：A、B、C、D`).

Chinese does not say where the first thing of a list begins, and `和` joins lists as well as the halves of one thing. A
stretch therefore has several readings. Where one of them names as many things as the number says, that one is
meant. Where none does, the list is a mistake only if the stretch has one reading; otherwise it is left out. `等`
leaves a list open, even when it names as many things as it states.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from audit.lexicon import only, pattern
from audit.model.frozen import frozen
from audit.numbers.numerals import parse_number
from audit.numbers.quantities import Quantity
from audit.numbers.units import unit_class

_STOPS = frozenset(",;:。!?\n")
_LONGEST_LIST = 200
_LONGEST_ITEM = 36
_SHORTEST_NOUN = 2


_LEADS_UP = pattern(r"^.*(?:<list_verb>|为|以|将|在|向|对|与|同|如|的|及)(?=[一-龥“A-Z0-9]{2})")
_BEGINS = pattern("<how it is done>?(?:<list_verb>|将|把|与|如|的)(?=[一-龥“A-Z0-9]{2})")
"""What may stand before the first thing of a list as its first word."""
_ENDS_OPEN = pattern(
    "(?:(?:<list_verb>|<no_list>)(?:了|好|过)?|[的及和与约近各每有为、]|[洲国省市县区域]中|[两三四五六七八九十]级"
    "|<ordinal before>)$"
)
"""What stands before a number that does not sum up what it follows: a verb, a quantifier, a joiner."""
_OF_A_SENTENCE = pattern("<list_verb>|<word of a sentence>")
_VERB = pattern("<list_verb>|的")
_LEAD_IN = re.compile(r"(?:这|(?P<etc>等)(?:[^、和与及]{0,6}[类型级性])?)$")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．](?=[一-龥“])")
_SUMMED_UP = re.compile(r"[一-龥“A-Za-z0-9][^,。;:、()\d\n]{0,24}+(?!、)")
"""A number sums up what stands before it only where a noun follows that is not itself a thing in a row."""
_ORDINALS = re.compile(r"[^,、。;:()\d\n]{0,16}:[“\n]?一[是要]")
_ORDINAL = re.compile(
    r"(?:^|(?<=[,;。:\n“]))(?P<ordinal>[一二三四五六七八九十]{1,3})[是要](?=(?P<rest>[^\n]{2,80}))"
)
_MORE = pattern("<one more>")
_INCLUDED = f"{only('and that included')},"
"""Before a list: one of what is counted was named already (`包括甲在内，推进乙、丙三大工程`)."""
_GREAT = "大"
_IN_A_NAME = "·"
_COUNT_BESIDE = pattern("[两二三四五六七八九十]+(?:级|类|层)")
"""After a number: what stands before is counted in two ways (`省、市甲图、乙图两级两类图`), and neither counts all of it."""
_ONE_OF_A_LIST = re.compile(r"[^,、。;:()\d\n等]{0,20}+等")
_OF_OTHERS = pattern("<whose things>$")
"""Who has the things that a number counts, of which those named before are some or none (`全国十大城市`)."""
_FIGURES = re.compile(r"(?:^|、)约?\d[\d.]*[%万亿个]?(?:、|$)")
_COUNTED = re.compile(r"(?:\d+[一-龥][^、和与及]{0,24}(?:[、和与及]|$))+")
"""How many of each kind there are (`7人，包括3红、2黄及2绿`): their sum, not their number, is the number."""
_LONGEST_TOLD = 3000
_ASIDE = re.compile(r"\([^()]*、[^()]*\)")
_QUOTED_ROW = re.compile(r"(?:“[^”]{1,200}”[、和与]?){1,60}“[^”]{1,200}”$")
_ONE_QUOTE = re.compile(r"“(?P<inside>[^”]{0,200})”$")
_AFTER = pattern(r"[^,、。;:()\d\n]{0,20}(?P<lead><introduces items>)(?P<items>[^,。;:\n]+)(?=[。;\n]|$)")
_SOFT = pattern('<soft joiner>|(?<=[一-龥”"A-Za-z0-9)])[和与及](?=[一-龥“"A-Z])')
_DIVIDED_QUOTE = re.compile("“[^“”、]*+、[^“”]*+”")


@frozen
class ListSpan:
    """A stated number with the things it counts, two at least."""

    quantity: Quantity
    noun: str
    stated: int
    items: tuple[str, ...]
    open_ended: bool
    start: int
    end: int


@frozen
class _Reading:
    """The things that a stretch surely names (none when in doubt), and whether more are meant."""

    items: tuple[str, ...]
    open_ended: bool


def find_lists(
    clean: str, counted: Sequence[tuple[Quantity, str]], others: Sequence[int] = ()
) -> list[ListSpan]:
    """The lists among figures that count things; `counted` gives each figure with its noun.

    `others` are the places of all figures, in order: a stretch that holds one is never surely a list. Open bounds are
    no lists, and neither are figures beside which nothing is named.
    """
    found = []
    for quantity, noun in counted:
        if quantity.value is None or quantity.bound != "exact" or not 2 <= quantity.value <= 60:
            continue
        if unit_class(quantity.unit) != "count" or quantity.value != quantity.value.to_integral_value():
            continue
        stated = int(quantity.value)
        listed = _before(clean, quantity, stated, others) or _after(clean, quantity, stated, others)
        if listed is not None and listed[0].items:
            reading, start, end = listed
            found.append(ListSpan(quantity, noun, stated, reading.items, reading.open_ended, start, end))
    return found


def _before(
    clean: str, quantity: Quantity, stated: int, others: Sequence[int]
) -> tuple[_Reading, int, int] | None:
    """The things named right before the number (`A、B和C三个平台`)."""
    if clean.startswith(_IN_A_NAME, quantity.span_start - 1):
        return None
    start = _segment_start(clean, quantity.span_start)
    segment = _NUMBER.sub("", _ASIDE.sub("", clean[start : quantity.span_start]))
    if not _SUMMED_UP.match(clean, quantity.span_end) or _COUNT_BESIDE.match(clean, quantity.span_end):
        return None
    lead_in = _LEAD_IN.search(segment)
    open_ended = bool(lead_in and lead_in["etc"]) or clean.endswith(_INCLUDED, 0, start)
    named = segment[: lead_in.start()] if lead_in else segment
    row = _QUOTED_ROW.search(named)
    if row is not None:
        quoted = re.findall(r"“([^”]{1,200})”", row[0])
        items = tuple(item for one in quoted for item in one.split("、"))
        reading = _settled([items, tuple(quoted)], stated, open_ended, only="、" not in named[: row.start()])
        return reading, start, quantity.span_end
    if "、" not in named and not _SOFT.search(named):
        return None
    quote = _ONE_QUOTE.search(named)
    if quote is not None and "、" in quote["inside"]:
        named = quote["inside"]
    pointed = (
        lead_in is not None
        and not open_ended
        and "、" not in named
        and stated > len(_SOFT.findall(named)) + 1
    )
    if _ENDS_OPEN.search(named) or pointed:  # `抓住和解决这六个问题` points at what was told before
        return None
    summed = bool(lead_in) or _sums_up(clean, quantity, named)
    sure = summed and not _between(others, start, quantity.start) and _plain(named)
    return _settled(_readings(named), stated, open_ended, sure), start, quantity.span_end


def _after(
    clean: str, quantity: Quantity, stated: int, others: Sequence[int]
) -> tuple[_Reading, int, int] | None:
    """The things named after the number and its noun (`4个平台：A、B、C、D`)."""
    told = _told_one_by_one(clean, quantity)
    if told is not None:
        return told
    match = _AFTER.match(clean, quantity.span_end, quantity.span_end + _LONGEST_LIST)
    if (
        match is None
        or "、" not in match["items"]
        or _FIGURES.search(match["items"])
        or _COUNTED.fullmatch(match["items"])
    ):
        return None
    text = _ASIDE.sub("", match["items"])
    etc = re.search(r"等(?=[^、]{0,24}$)", text)
    named = text[: etc.start()] if etc else text
    goes_on = clean.startswith(";", match.end())
    only = not goes_on and not _between(others, match.start("items"), match.end()) and _plain(named)
    reading = _settled(_readings(named, whole=True), stated, etc is not None, only)
    return reading, quantity.start, match.end("items")


def _told_one_by_one(clean: str, quantity: Quantity) -> tuple[_Reading, int, int] | None:
    """The things that ordinals count after the number (`四个原则：一是……；二是……`)."""
    opened = _ORDINALS.match(clean, quantity.span_end)
    if opened is None:
        return None
    told: list[re.Match[str]] = []
    for match in _ORDINAL.finditer(clean, opened.end() - 2, opened.end() + _LONGEST_TOLD):
        number = parse_number(match["ordinal"])
        if number is None or number.value != len(told) + 1:
            break
        told.append(match)
    items = _cut(told, "[,;。:、]")
    if len(set(items)) < len(items):
        items = _cut(told, "[;。]")
    if len(items) < 2:
        return None
    paragraph = clean.find("\n", told[-1].end())
    open_ended = bool(_MORE.search(clean, told[-1].end(), paragraph if paragraph >= 0 else len(clean)))
    return _Reading(items, open_ended), quantity.start, told[-1].end()


def _cut(told: Sequence[re.Match[str]], stops: str) -> tuple[str, ...]:
    """What ordinals count, each up to a stop; things that begin alike are told apart by all that is said of them."""
    return tuple(re.split(stops, match["rest"], maxsplit=1)[0][:_LONGEST_ITEM] for match in told)


def _sums_up(clean: str, quantity: Quantity, named: str) -> bool:
    """Whether a number surely sums up the things that stand bare before it: one spelt out (`三个重点`) or with `大`.

    Digits may count what the last of them has (`甲路、乙路、轨道交通11条线路`) or all together have (`甲县、乙县23个村`), and
    `两` stands in set phrases (`收支两条线`). With `等` after its noun it is in the last thing (`甲院、乙桥、八所产业园等项目`),
    and so it is where another thing ends with that noun (`甲试点、乙改革三项试点`).
    """
    if _ONE_OF_A_LIST.match(clean, quantity.span_end):
        return False
    great = clean.startswith(_GREAT, quantity.end)
    noun = clean[quantity.span_end : quantity.span_end + _SHORTEST_NOUN]
    if any(item.endswith(noun) for item in named.split("、")[:-1]):
        return False
    spelt = quantity.literal.isalpha() and quantity.value != 2
    *most, last = named.split("、")
    plain = len(most) >= 2 and len(last) <= 2 * max(map(len, most)) and not _OF_OTHERS.search(last)
    return (great or spelt) and plain


def _segment_start(clean: str, end: int) -> int:
    """Where the clause that ends at `end` begins: after the last stop outside brackets."""
    floor = max(0, end - _LONGEST_LIST)
    depth, at = 0, end
    while at > floor:
        sign = clean[at - 1]
        if sign == ")":
            depth += 1
        elif sign == "(":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and sign in _STOPS:
            break
        at -= 1
    return at


def _between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _plain(named: str) -> bool:
    """Whether `named` has one reading: its things are joined by `、`, at most the last two by a word."""
    *most, last = named.split("、")
    inner = [*most[1:], last]
    words = "".join(most)
    return (
        not _SOFT.search(words)
        and not _DIVIDED_QUOTE.search(named)
        and len(_SOFT.findall(last)) <= 1
        and not any(_OF_A_SENTENCE.search(item) for item in inner)
        and all(len(item) <= _LONGEST_ITEM for item in inner)
        and not re.search(r"\d[家个项名人件]", named)
    )


def _readings(named: str, whole: bool = False) -> list[tuple[str, ...]]:
    """The ways to read a stretch as a list, the likeliest first.

    The last thing may be joined by a word; what stands before a word or verb inside the stretch may belong to something
    else. `whole` says that the stretch begins with the first thing.
    """
    readings = []
    for cut in [0] if whole else _beginnings(named):
        items = named[cut:].split("、")
        soft = list(_SOFT.finditer(items[-1]))
        readings.append(tuple(items))
        if soft:
            last = items[-1]
            readings.append((*items[:-1], last[: soft[-1].start()], last[soft[-1].end() :]))
        every = _SOFT.split(named[cut:].replace("、", "和"))
        if len(soft) != 1 or len(every) > len(items) + 1:
            readings.append(tuple(every))
    return [_trimmed(items) for items in readings if all(item.strip() for item in items)]


def _beginnings(named: str) -> list[int]:
    inner = named.find("、")
    words = [match.end() for match in _SOFT.finditer(named)]
    verbs = [match.end() for match in _VERB.finditer(named) if match.start() > inner >= 0]
    last = max(named.rfind("、"), 0)
    return [0, *sorted({at for at in [*words, *verbs] if at < last})]


def _settled(readings: Sequence[tuple[str, ...]], stated: int, open_ended: bool, only: bool) -> _Reading:
    """The reading that agrees with the number, else the first if there is no doubt about it, else nothing."""
    lists = [items for items in readings if len(items) >= 2]
    agreed = next((items for items in lists if len(items) == stated == len(set(items))), None)
    if agreed is None and open_ended:
        agreed = next((items for items in lists if len(items) < stated), None)
    if agreed is not None:
        return _Reading(agreed, open_ended)
    return _Reading(lists[0] if lists and only else (), open_ended)


def _trimmed(items: tuple[str, ...]) -> tuple[str, ...]:
    """Without quotes, and the first thing without what leads up to it."""
    first, *rest = (item.strip("“”, ") for item in items)
    longest = max((len(item) for item in rest), default=0)
    leads_up = _LEADS_UP.match(first) if len(first) > max(longest, 3) else _BEGINS.match(first)
    return (first[leads_up.end() :].strip("“”") if leads_up else first, *rest)
