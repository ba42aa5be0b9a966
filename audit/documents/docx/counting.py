"""Numbers as Word writes them in front of paragraphs: decimal, Chinese, roman, letters, circled."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: tuple[tuple[int, str], ...] = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def written(number: int, style: str) -> str:
    """`number` in a numbering format of WordprocessingML (ECMA-376 part 1, 17.18.59); decimal for an
    unknown one.

    A bullet and `none` write nothing.
    """
    match style:
        case "bullet" | "none":
            return ""
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "koreanCounting"
        ):
            return _chinese(number, _DIGITS.replace("〇", "零"), "十百千")
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _chinese(number, _LEGAL_DIGITS, "拾佰仟")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "ideographTraditional":
            return _cyclic(number, _HEAVENLY)
        case "ideographZodiac":
            return _cyclic(number, _EARTHLY)
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerLetter":
            return _letters(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
        case "decimalEnclosedParen":
            return f"({number})"
        case "decimalEnclosedFullstop":
            return f"{number}."
        case "ideographEnclosedCircle":
            return chr(0x3280 + number - 1) if 1 <= number <= 10 else _chinese(number, _DIGITS, "十百千")
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case _:
            return str(number)


def _chinese(number: int, digits: str, powers: str) -> str:
    """A Chinese numeral below 10,000: 十 and 十五 without a leading 一 in the plain digits; 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    written_out = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            written_out = digits[int(digit)] + ("" if place == 0 else powers[place - 1]) + written_out
        elif written_out and not written_out.startswith(digits[0]):
            written_out = digits[0] + written_out
    return written_out[1:] if number < 20 and number >= 10 and powers[0] == "十" else written_out


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    letters = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        letters += sign * count
    return letters


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _cyclic(number: int, signs: str) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)
