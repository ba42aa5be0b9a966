"""Finding the quantities of a text: one compiled scanner walks it once.

What looks like a number and is none (document numbers, dates, ordinals, names with digits, slogans) is swallowed by the
first branch of the scanner; what is a number but carries neither unit nor number word is kept only where the words make
it an index, or a list shares a unit (`分别为10、15家`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from audit.extraction.numbers.claims import (
    SPANS_OF_TIME,
    is_counted,
    is_duration,
    is_population_base,
    is_span_of_time,
    is_stated_count,
)
from audit.extraction.numbers.names import NAMES, STARTS
from audit.extraction.numbers.ratios import CLOCK, is_structure, is_told_ratio
from audit.extraction.numbers.unitless import settle_bare, share_points
from audit.extraction.text.plaintext import Plain, plain_text
from audit.lexicon import meanings, only, pattern
from audit.model.frozen import frozen
from audit.model.rows import Bound
from audit.numbers.bounds import bound_after, bound_before, interval
from audit.numbers.numerals import ARABIC, CHINESE, FORMAL
from audit.numbers.quantities import CLASSES, SPOKEN, Quantity, read_quantity
from audit.numbers.units import MULTIPLIERS, parted, units


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity that the text states, in order; offsets are those of `text` as given."""
    plain = plain_text(text)
    return tuple(_placed(quantity, plain) for quantity in scan(plain.clean))


def _placed(quantity: Quantity, plain: Plain) -> Quantity:
    start, end = plain.slice_of(quantity.start, quantity.end)
    span_start, span_end = plain.slice_of(quantity.span_start, quantity.span_end)
    return replace(
        quantity,
        literal=plain.text[start:end],
        start=start,
        end=end,
        span_start=span_start,
        span_end=span_end,
    )


_DASH = r"\s*(?:-|—+|–|~|至|到)\s*"


@cache
def _scanner() -> re.Pattern[str]:
    unit = _unit_pattern()
    words = rf"(?:{'|'.join(MULTIPLIERS)})(?![瓦米克伏升分])"
    return pattern(
        rf"{STARTS}(?:(?P<name>{NAMES})"
        rf"|(?P<spoken>{SPOKEN.pattern.replace('?P<', '?P<s_')})"
        rf"|(?P<class>[百千万])(?P<class_unit><unit of a size class>)(?=级)"
        rf"|(?P<ratio>(?<![\d表图件])(?:{ARABIC})(?:[:∶](?:{ARABIC})){{1,8}}+)(?!\s?\d|:)"
        rf"|(?P<formal>{FORMAL})"
        rf"|(?P<mixed>(?<![\d.,])\d{{1,6}}亿\d{{1,4}}(?:\.\d+)?万|(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,6}})[万亿]\d{{1,4}}千?)(?P<mixed_unit>{unit})"
        rf"|(?P<number>(?<![\d.])[-−]?(?:{ARABIC}))(?:(?P<share>[%‰]?){_DASH}(?P<upper>{ARABIC}))?"
        rf"(?P<inner>多|余|几)?(?P<words>{words})?(?P<after>多|余)?(?P<unit>{unit})?"
        rf"|(?<![零〇一二两三四五六七八九十百千万亿])(?P<chinese>{CHINESE}(?:[多余][万亿]{{1,2}})?)(?:(?:-|—+|~|至|到)(?P<chinese_upper>{CHINESE}))?(?P<chinese_after>多|余)?(?P<chinese_unit>{unit}))"
    )


@cache
def _unit_pattern() -> str:
    """Every unit of the list, longest first, each not before the characters that make another word of it."""
    forms = []
    for unit, (_, not_before) in sorted(units().items(), key=lambda item: -len(item[0])):
        guard = f"(?![{not_before}])" if not_before else ""
        guard += "(?![A-Za-z])" if unit.isascii() and unit.isalpha() else ""
        forms.append(re.escape(unit) + guard)
    single = f"(?:{'|'.join(forms)})"
    return rf"{single}(?:\s*/\s*(?:万|亿)?{single})*"


@frozen
class Scanned:
    """What was found in a cleaned text, in order: its quantities, and the stretches of names and dates with digits."""

    quantities: list[Quantity]
    names: list[tuple[int, int]]


def scan(clean: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every quantity of a cleaned text (see `plaintext`) between two offsets, in order, with offsets in that text."""
    return scan_all(clean, start, end).quantities


def scan_all(clean: str, start: int = 0, end: int | None = None) -> Scanned:
    """The quantities of a cleaned text between two offsets, and what was passed over as it holds digits and is none."""
    found: list[Quantity] = []
    bare: list[tuple[int, Quantity]] = []
    names: list[tuple[int, int]] = []
    for match in _scanner().finditer(clean, start, len(clean) if end is None else end):
        kind = match.lastgroup
        if kind == "name":
            names.append(match.span())
            if CLOCK.fullmatch(match["name"]) and is_told_ratio(clean, match.start()):
                found.extend(_ratio(match["name"], match.start(), clean))
        elif match["ratio"]:
            found.extend(_ratio(match["ratio"], match.start("ratio"), clean))
        elif match["class"]:
            found.append(_size_class(match))
        elif match["spoken"]:
            found.extend(_spoken(match, clean))
        elif match["formal"]:
            found.extend(_formal(match, clean))
        elif match["mixed"]:
            start, stop = match.span("mixed")
            made = _made(clean, start, stop, match["mixed"], match["mixed_unit"], None, match.end(), False)
            found.extend([] if made is None else [made])
        elif match["number"]:
            quantity = _arabic(match, clean)
            if quantity is None:
                continue
            if quantity.unit is None and not match["words"]:
                bare.append((len(found), quantity))
            found.append(quantity)
        else:
            found.extend(_chinese(match, clean))
    found = share_points(found, clean)
    return Scanned(settle_bare(found, bare, clean) if bare else found, names)


_IN_A_NAME = re.compile(r"(?:[A-Za-z第〔+＋#№每%‰]|[A-Za-z]-)$")
"""Before the number of a name (`第3`, `T-14`), or of a denominator (`每100`); numbers run together are of a picture."""
_MOST_DIGITS = 14
"""Of whole units: the digits of more are of cells that ran together."""
_ABBREVIATION = re.compile(r"[A-Z]{2}$")
"""A noun in capitals, whose amount may stand right after it (`GDP5618亿元`)."""


def _arabic(match: re.Match[str], clean: str) -> Quantity | None:
    start, end = match.span("number")
    named = bool(match["words"] and _ABBREVIATION.search(clean, max(0, start - 2), start))
    if not named and _IN_A_NAME.search(clean, max(0, start - 2), start):
        return None
    number_text, upper, words, unit = match["number"], match["upper"], match["words"] or "", match["unit"]
    if sum(sign.isdigit() for sign in number_text.partition(".")[0]) > _MOST_DIGITS:
        return None
    if number_text[0] in "-−" and not _is_minus(clean, start, unit):
        number_text, start = number_text[1:], start + 1
    if unit is None and not words:
        if upper or clean[match.end() : match.end() + 1] in ("+", "＋"):
            return None
        return _made(clean, start, end, number_text, None, None, end, False)
    timed = unit == "年" or (unit in SPANS_OF_TIME and not words)
    if timed and not is_duration(clean, match.start(), match.end()):
        return None
    if unit and (
        not is_counted(unit, clean, match.end()) or is_span_of_time(unit, clean, start, match.end())
    ):
        return None
    kept, shown = parted(words, unit)
    digits_end = match.end("upper") if upper else end
    literal_end = match.start("words") + len(kept) if kept else digits_end
    hedged = bool(match["inner"] or match["after"])
    return _made(clean, start, literal_end, clean[start:literal_end], shown, upper, match.end(), hedged)


def _is_minus(clean: str, start: int, unit: str | None) -> bool:
    """A dash before a number is its sign in a cell or after a noun, when the number is a share."""
    before = clean[start - 1 : start]
    return before in ("", "\t", "\n", "(", "（", ":", "：", "为", " ") or (
        unit in ("%", "‰") and not before.isdigit()
    )


def _made(
    clean: str,
    start: int,
    end: int,
    literal: str,
    unit: str | None,
    upper: str | None,
    stop: int,
    hedged: bool,
) -> Quantity | None:
    """The quantity of a literal with the bound words around it; `None` if the literal spells no number."""
    try:
        read = read_quantity(literal, unit)
    except ValueError:
        return None
    before = bound_before(clean, start)
    after = bound_after(clean, stop)
    bound: Bound = read.bound
    if bound != "range":
        bound = before[0] if before else after[0] if after else "at_least" if hedged else "exact"
    low, high = (read.low, read.high) if bound == "range" else interval(_value(read), bound)
    return Quantity(
        clean[start:end], read.value, low, high, unit, bound, read.decimals, read.step, start, end,
        before[1] if before else start, after[1] if after else stop,
    )  # fmt: skip


def _value(read: Quantity) -> Decimal:
    if read.value is None:
        raise ValueError(f"a range has no single value: {read.literal!r}")
    return read.value


def _formal(match: re.Match[str], clean: str) -> list[Quantity]:
    """`玖仟元`, `玖仟圆壹角`: a sum of money in the numerals of cheques."""
    start, end = match.span("formal")
    literal = match["formal"].rstrip("圆元")
    made = _made(clean, start, start + len(literal), literal, only("unit of money"), None, end, False)
    return [] if made is None else [made]


def _size_class(match: re.Match[str]) -> Quantity:
    """`百兆瓦级`, `千亿级`: a nominal class of size; money is meant where nothing else is said."""
    value = Decimal(CLASSES[match["class"]])
    unit = match["class_unit"] + ("元" if match["class_unit"] in ("亿", "万") else "")
    start, end = match.span("class")
    return Quantity(
        match["class"],
        value,
        value,
        value,
        unit,
        "exact",
        0,
        value,
        start,
        end,
        start,
        match.end("class_unit") + 1,
    )


def _spoken(match: re.Match[str], clean: str) -> list[Quantity]:
    start, end = match.span("spoken")
    unit = "%" if match["s_tenths"] else meanings("parts in all").get(match["s_parts"] or "")
    unit = "倍" if match["s_doubled"] else unit
    made = _made(clean, start, end, clean[start:end], unit, None, end, False)
    return [] if made is None else [made]


def _ratio(text: str, start: int, clean: str) -> list[Quantity]:
    """`三次产业比为15.3：43.6：41.1`: each part of a ratio is a share in %, where the words call it a structure or its parts
    make up a hundred, and no part is told for one of the other.
    """
    parts = []
    at = start
    for piece in re.split("[:∶]", text):
        parts.append(_made(clean, at, at + len(piece), piece, "%", None, at + len(piece), False))
        at += len(piece) + 1
    shares = [part for part in parts if part is not None]
    total = sum((part.value or Decimal(0) for part in shares), Decimal(0))
    if _PROPORTION.fullmatch(text):
        return []
    return shares if is_structure(clean, start) or total == 100 else []


_PROPORTION = re.compile(r"[\d.]+[:∶]1|1[:∶][\d.]+|\d(?:[:∶]\d)+")
"""How many of one there are to one of the other (`0.7:1`), or tenths (`3:3:4`)."""


_HEDGES = ("多", "余")
_NO_NUMBER_AFTER = ("第", "每", "“", "十", "周", "期")


def _chinese(match: re.Match[str], clean: str) -> list[Quantity]:
    start = match.start("chinese")
    end = match.end("chinese_upper") if match["chinese_upper"] else match.end("chinese")
    unit = match["chinese_unit"]
    literal = clean[start:end]
    if clean[max(0, start - 1) : start] in _NO_NUMBER_AFTER or literal in ("一", "百", "千", "万"):
        return []
    hedged = bool(match["chinese_after"]) or any(sign in literal for sign in _HEDGES)
    made = _made(clean, start, end, literal, unit, match["chinese_upper"], match.end(), hedged)
    if made is None:
        return []
    largest = made.value if made.value is not None else made.high
    if largest is not None and largest < 100 and not is_stated_count(clean, match, unit, largest):
        return []
    if is_population_base(clean, start, match.end()):
        return []
    return [made]


_CELL = pattern(
    rf"[\[〔【(]?(?P<sign>[<>≤≥]=?|约|近)?[\[〔【(]?(?P<number>[-+−]?(?:{ARABIC}))[\]〕】)]?"
    rf"<open end>?[\]〕】)]?(?P<star>[*※])?"
)


def read_cell(clean: str, start: int, end: int, unit: str | None) -> Quantity | None:
    """The quantity that a table cell states; a bare number takes the `unit` of its row or column.

    A cell may hold a sign or word of comparison, brackets (cumulative figures) or a verb (`下降15%`), but nothing more than one
    quantity; otherwise `None`.
    """
    text = clean[start:end]
    match = _CELL.fullmatch(text.strip())
    if match:
        at = clean.index(match["number"], start)
        literal = match["number"].lstrip("+")
        at += len(match["number"]) - len(literal)
        return _made(clean, at, at + len(literal), literal, unit, None, at + len(literal), False)
    found = scan(clean, start, end)
    if len(found) != 1:
        return None
    rest = clean[start : found[0].span_start] + clean[found[0].span_end : end]
    return found[0] if len(rest) <= 8 and not re.search(r"\d", rest) else None
