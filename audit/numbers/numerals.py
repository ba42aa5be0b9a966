"""Numbers as plans write them: Arabic, full-width, Chinese and mixed (`1.5万`, `三十二`, `七百六十六亿四千万`).

A number keeps two things: its value and its step, the place value of the last digit that was written (`1.5万` is
15000 with step 1000, `2047.86` has step 0.01), from which half a step of rounding follows.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache, lru_cache

from audit.model.frozen import frozen

EXACT = Context(prec=100_000)
"""The context in which decimals keep all their digits; Python's own keeps 28."""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}  # fmt: skip
_PLACES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ZEROS = {"百": 2, "千": 3, "万": 4, "亿": 8}

FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９．，％／～＋－＜＞（）：；○Ｏ萬億點兩", "0123456789.,%/~+-<>():;〇O万亿点两"
)
"""Full-width signs and number words in traditional characters as the plain ones, one character for one."""
_PLAIN_SIGNS = [(chr(wide), chr(plain)) for wide, plain in FULL_WIDTH.items()]

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""A number in Arabic digits, with or without separators of thousands."""

_ROW = "[零〇一二三四五六七八九]"
_GROUPED = rf"[一二三四五六七八九]{_ROW}{{0,2}}(?:、{_ROW}{{3}}){{1,4}}+(?![零〇一二两三四五六七八九十百千])[万亿]{{0,2}}"
CHINESE = rf"(?:{_GROUPED}|[零〇一二两三四五六七八九十百千万亿]{{1,24}}+)(?:点{_ROW}{{1,12}}+[万亿]{{0,2}})?"
"""A run of characters that may be a number; `parse_number` decides whether it is one. Old prints divide thousands with
`、` (`二、三〇〇个`)."""

_MISREAD = re.compile(r"(?<![A-Za-z\d.])\d[\d.,]{0,18}[Oo][\d.,Oo]{0,18}(?![A-Za-z])|(?<=\d)[lI](?=\d)")


_SUSPECT = re.compile(r"[OolI](?<=[\d.,][OolI])")


def plain_signs(text: str) -> str:
    """A text with the signs of `FULL_WIDTH` made plain, for whole documents: sign by sign is ten times as fast there."""
    for wide, plain in _PLAIN_SIGNS:
        text = text.replace(wide, plain)
    return text


def mend_digits(text: str) -> str:
    """Letters that a scanner took for digits set right, one for one (`3OO0` → 3000), where digits surround them."""
    if _SUSPECT.search(text):
        text = _MISREAD.sub(lambda match: match[0].translate(_LETTERS), text)
    if "," in text or "·" in text:
        text = _DOT.sub(".", text)
    return _CHINESE_DOT.sub("点", text) if "·" in text else text


_DOT = re.compile(
    r"·(?<=\d·)(?=\d+(?:[%‰百千万亿元吨倍米人]|个百分点|$))"
    r"|,(?<=(?<![\d,.])\d\d,)(?=\d{1,2}[%‰])|,(?<=(?<![\d,.])\d\d\d,)(?=\d[万亿])"
)
_THOUSANDS = re.compile(rf"、(?<={_ROW}、)(?={_ROW}{{3}}(?!{_ROW}))")
_CHINESE_DOT = re.compile(rf"·(?<={_ROW}·)(?={_ROW}+(?:[万亿元吨%,。;、]|$))")
"""The point of a number that old prints raise (`5·3万吨`, `五二三·六亿元`) or print as a comma (`18,9%`, `776,7万人`). Each
begins with the sign itself, to which a search leaps; what stands before is looked at from there."""


_LETTERS = str.maketrans("OolI", "0011")
_ARABIC = re.compile(
    r"(?P<sign>[-+−–]?)(?=\.?[0-9])(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<fraction>[0-9]*))?"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,3}))?(?P<words>[百千万亿]*)"
)
_COMMA_FOR_POINT = re.compile(r"^([-−–]?\d{1,3}),(\d{1,2})$", re.ASCII)
"""`18,9`: what follows the comma is no group of thousands."""
_CHINESE_POINT = re.compile(r"(.+?)点([零〇一二三四五六七八九]+)([万亿]*)")


@frozen(guarded=False)
class Number:
    """A value and the place value of its last written digit."""

    value: Decimal
    step: Decimal


def parse_number(text: str) -> Number | None:
    """The number that the whole text spells, or `None`; blanks and line breaks inside are ignored.

    Arabic digits may carry separators of thousands and end in number words (`1.5万`, `3千`); in a Chinese number the
    place words must descend (`二百三十二万九千`), or it is a row of digits (`二〇二五`).
    """
    if (usual := _usual(text)) is not None:
        return usual
    plain = _THOUSANDS.sub("", mend_digits("".join(text.translate(FULL_WIDTH).split())))
    sum_of_money = _FORMAL.fullmatch(plain)
    if sum_of_money and (sum_of_money["tenths"] or sum_of_money["hundredths"]):
        return _formal(sum_of_money)
    mixed = _MIXED.fullmatch(plain)
    if mixed:
        return _mixed(mixed[1], mixed[2])
    match = _ARABIC.fullmatch(_COMMA_FOR_POINT.sub(r"\1.\2", plain) if "," in plain else plain)
    if match:
        return _arabic(match)
    pointed = _CHINESE_POINT.fullmatch(plain)
    if pointed:
        return _chinese_point(*pointed.groups())
    return _chinese(plain)


_USUAL = re.compile(r"[0-9]{1,30}(?:\.(?P<fraction>[0-9]{1,30}))?")
"""How most numbers are written: read at once."""


def _usual(text: str) -> Number | None:
    usual = _USUAL.fullmatch(text)
    return None if usual is None else Number(Decimal(text), _place(len(usual["fraction"] or "")))


@cache
def _place(decimals: int) -> Decimal:
    """The place value of the last of so many digits after the point."""
    return _written_out(Decimal(f"1E-{decimals}"))


MOST_DIGITS = 60
"""How many digits a number may have before the point, and behind it."""


NO_NUMBER = frozenset(
    ("NA", "N/A", "n/a", "na", "#N/A", "NaN", "nan", "NULL", "null", "None", "-", "--", "—", "——", "–", "…", "...", "..",
     "/", "x", "无", "缺")
)  # fmt: skip
"""What stands in a column of numbers where there is none."""


@lru_cache(maxsize=2**12)
@lru_cache(maxsize=2**16)
def parse_cell(text: str) -> Number | None:
    """The number that a cell of a number column holds, or `None`.

    Arabic digits, also full-width, with separators of thousands (`1,500`) or an exponent (`6e+05`); no number words,
    and never more than `MOST_DIGITS` digits on either side of the point.
    """
    if (usual := _usual(text)) is not None:
        return usual
    match = _ARABIC.fullmatch(text.translate(FULL_WIDTH).strip())
    return _arabic(match) if match and not match["words"] else None


def number_of(cell: object) -> Decimal | None:
    """What a cell of a number column, text or number, states; None for a blank and for what is no number."""
    number = None if cell is None else parse_cell(str(cell))
    return None if number is None else number.value


def _arabic(match: re.Match[str]) -> Number | None:
    whole, fraction = match["whole"].replace(",", ""), match["fraction"] or ""
    exponent = int(match["exponent"] or 0) - len(fraction) + sum(_ZEROS[word] for word in match["words"])
    digits = (whole + fraction).lstrip("0")
    if len(digits) + exponent > MOST_DIGITS or exponent < -MOST_DIGITS:
        return None
    sign = "-" if match["sign"] in ("-", "−", "–") else ""
    value = Decimal(f"{sign}{digits or 0}E{exponent}")
    return Number(
        _plain(value) if match["words"] else _written_out(value), _written_out(Decimal(f"1E{exponent}"))
    )


_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
FORMAL = (
    f"[{_FORMAL_DIGITS}拾佰仟万亿]{{2,24}}[圆元](?:[{_FORMAL_DIGITS[1:]}]角)?(?:零?[{_FORMAL_DIGITS[1:]}]分)?"
)
"""A sum of money as cheques write it, with the parts of a 元 that it names."""
_FORMAL = re.compile(
    f"(?P<whole>[{_FORMAL_DIGITS}拾佰仟万亿]+)[圆元](?:(?P<tenths>[{_FORMAL_DIGITS}])角)?(?:零?(?P<hundredths>[{_FORMAL_DIGITS}])分)?"
)


def _formal(match: re.Match[str]) -> Number | None:
    whole = _chinese(match["whole"])
    if whole is None:
        return None
    tenths, hundredths = (_DIGITS[match[name] or "零"] for name in ("tenths", "hundredths"))
    step = Decimal("0.01") if match["hundredths"] else Decimal("0.1")
    return Number((whole.value + Decimal(tenths * 10 + hundredths) / 100).quantize(step), step)


_MIXED = re.compile(r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)[万亿])([0-9]+(?:\.[0-9]+)?[千万]?)")


def _mixed(high: str, low: str) -> Number | None:
    """Arabic digits with number words between (`10亿3000万`, `3万5千`): the parts must descend."""
    first, second = parse_number(high), parse_number(low)
    if first is None or second is None or not second.value < first.step:
        return None
    return Number(first.value + second.value, second.step)


def _chinese_point(whole: str, fraction: str, words: str) -> Number | None:
    rows = len(whole) > 1 and all(sign in _DIGITS for sign in whole)
    before = _read_off(whole) if rows else _chinese(whole)
    if before is None:
        return None
    digits = "".join(str(_DIGITS[digit]) for digit in fraction)
    factor = Decimal(1)
    for word in words:
        factor *= _MULTIPLES[word]
    value = (before.value + Decimal("0." + digits)) * factor
    return Number(_plain(value), _plain(Decimal(1).scaleb(-len(digits)) * factor))


def _chinese(text: str) -> Number | None:
    if not text or any(sign not in _DIGITS and sign not in _PLACES and sign not in _MYRIADS for sign in text):
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return _digit_row(text)
    if len(text) > 2 and text[-1] in _MYRIADS and all(sign in _DIGITS for sign in text[:-1]):
        return _row_of_myriads(text)
    total, section, digit, step = 0, 0, None, 1
    last_place, last_myriad = 10**4, 10**12
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit, step = _DIGITS[sign], 1
        elif sign in _PLACES:
            place = _PLACES[sign]
            if place >= last_place or (digit is None and place != 10):
                return None
            section += (1 if digit is None else digit) * place
            digit, last_place, step = None, place, place if place == 1000 else 1
        else:
            myriad = _MYRIADS[sign]
            section += digit or 0
            if section == 0 and total == 0:
                return None
            total = (total + section) * myriad if myriad >= last_myriad else total + section * myriad
            section, digit, step = 0, None, step * myriad
            last_place, last_myriad = 10**4, myriad
    return Number(Decimal(total + section + _last_digit(text, digit)), Decimal(step))


def _last_digit(text: str, digit: int | None) -> int:
    """What a digit at the end is worth: the next lower place after a place word (`一万二`, `三百五`), else itself."""
    if not digit or len(text) < 2:
        return digit or 0
    before = text[-2]
    return digit * (_PLACES.get(before) or _MYRIADS.get(before) or 10) // 10


def _digit_row(text: str) -> Number | None:
    """`二〇二五` spells 2025 and `五八` 58; two digits that follow each other (`三四`) are rather three or four."""
    if len(text) == 2 and _DIGITS[text[1]] == _DIGITS[text[0]] + 1:
        return None
    return _read_off(text)


def _read_off(text: str) -> Number:
    return Number(Decimal("".join(str(_DIGITS[sign]) for sign in text)), Decimal(1))


def _row_of_myriads(text: str) -> Number | None:
    """A row of digits before one 万 or 亿 (`一二六万`)."""
    row = _digit_row(text[:-1])
    factor = _MYRIADS[text[-1]]
    return None if row is None else Number(row.value * factor, Decimal(factor))


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent, and without decimals when a number word has used them up (`1.5万`)."""
    return Decimal(int(value)) if abs(value) >= 100 and value == int(value) else _written_out(value)


def _written_out(value: Decimal) -> Decimal:
    """The same number without an exponent: 6E+5 → 600000."""
    return Decimal(format(value, "f"))
