"""Regions: whose figure it is.

The document's own region stands in its title; regions within it are those that sentences begin with (`高新区要…`,
`金普新区新组建…`). A paragraph keeps the last region that it named. Names of bodies (`市政府`, `区管委会`) are no
regions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from audit.lexicon import entries, only, pattern, rows
from audit.model.frozen import frozen

NATION = only("whole nation")

_NATIONAL = pattern("<nation>|<state>(?!<part of the state>)")
_PLAN_WORD = pattern("<paper of a place>")
_STARTS = pattern(
    r"[。;\n](?:(?:19|20)\d\d年,?)?<before a place>?(?P<name>[一-龥]{1,6}?<end of a place>)"
    r"(?=要(?!求|素|点)|<verb of a place>|\d)"
)
_IN_LIST = pattern(r"(?P<name>[一-龥]{1,5}?<end of a place>)(?=\d+(?:\.\d+)?[万亿]?[家个项件亿人])")
_NOT_A_PLACE = pattern(
    "<kind of area>区$|(?:全|本|我|该|各|外|上|城|大|超)市$|<city>$|(?:全|本|我|该|各)县$"
    "|^<verb before a place>"
)
_BODY = pattern("<body of a place>")
_DEFINED = pattern(r"\(<called in short>[“\"]?([一-龥]{2,8}(?:区|市|县|省|州))[”\"]?\)")


@frozen
class Regions:
    """The document's own region and every name of a region in it (name → code).

    `lengths` says how long the names are that begin with two characters, the longest first.
    `places` are short names of the places whose governments the document names (`庄河` of `庄河市政府`); a heading
    with one of them is about that place.
    """

    own: str | None
    names: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    places: dict[str, str]

    def at(self, clean: str, start: int) -> tuple[str, int] | None:
        """The region that the text names right at `start`, with the end of the name; `None` for a body or no region."""
        for length in self.lengths.get(clean[start : start + 2], ()):
            code = self.names.get(clean[start : start + length])
            if code is not None:
                end = start + length
                if (
                    clean[end : end + 1] in ("市", "省", "区", "县")
                    and clean[start:end] + clean[end] not in self.names
                ):
                    return None
                return None if _BODY.match(clean, end) else (code, end)
        return None


@cache
def known_places() -> dict[str, str]:
    """Provinces and cities of the lexicon: full name and short name → full name."""
    places = rows("regions")
    return {row["alias"]: row["code"] for row in places} | {row["code"]: row["code"] for row in places}


def place_of_file(name: str) -> str | None:
    """The place that a file name spells in Chinese or in pinyin as a word of its own (`weifang-2014h1` → 潍坊市)."""
    words = set(re.split(r"[^a-z]+", name.lower()))
    for row in rows("regions"):
        if row["latin"] in words or row["alias"] in name:
            return row["code"]
    return None


def find_regions(titles: str, clean: str, name: str = "") -> Regions:
    """The document's own region, from its titles, its text or its file's name, and those that sentences begin with."""
    own = own_region(titles, clean, name)
    names = dict(_codes())
    counted = Counter(match["name"] for match in _STARTS.finditer(f"\n{clean}"))
    governed = dict.fromkeys(match["name"] for match in _GOVERNMENTS.finditer(clean))
    for place, count in counted.items():
        if not _NOT_A_PLACE.search(place) and (count >= 2 or place in names or place in governed):
            names[place] = place
    listed = any(after[:1].isdigit() for place in counted for after in clean.split(place)[1:])
    for match in _IN_LIST.finditer(clean) if listed else ():
        if not _NOT_A_PLACE.search(match["name"]) and match["name"] in counted:
            names[match["name"]] = match["name"]
    for match in _DEFINED.finditer(clean):
        names.setdefault(match[1], match[1])
        if (
            _STANDS_FOR_DOCUMENT.search(titles)
            and match.start() < 2500
            and match[1].endswith("区")
            and own != NATION
        ):
            own = match[1]
    for word in entries("own place"):
        if own is not None and own != NATION:
            names[word] = own
    names[NATION] = NATION
    places = {name[:-1]: name for name in governed if name != own and not _NOT_A_PLACE.search(name)}
    lengths = _with_lengths(_lengths(), [name for name in names if name not in _codes()])
    return Regions(own, names, lengths, places)


@cache
def _codes() -> dict[str, str]:
    """The full names of the lexicon's places, which every document knows."""
    return {code: code for code in known_places().values()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    return _with_lengths({}, _codes())


def _with_lengths(lengths: Mapping[str, tuple[int, ...]], names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long names are by their first two characters, the longest first, with those of more names."""
    found = dict(lengths)
    for name in names:
        known = {*found.get(name[:2], ()), len(name)}
        found[name[:2]] = tuple(sorted(known, reverse=True))
    return found


_GOVERNMENTS = pattern("[、,:(](?P<name>[一-龥]{2,4}[市区县])(?:<of the people>)?<government>")


_STANDS_FOR_DOCUMENT = pattern("<zone of its own>")


def own_region(titles: str, clean: str, name: str = "") -> str | None:
    """The region in the first title that names one; else the state; else the place named most often, or by the file."""
    lines = _names_joined([line for line in titles.split("\n") if line.strip() and not _NEWS.search(line)])
    for line in [line for line in lines if _PLAN_WORD.search(line)] + lines:
        place = _place_in(line)
        if place or _NATIONAL.search(line):
            return place or NATION
    places = known_places()
    counted = Counter(
        places[match[0]] for match in re.finditer(r"[一-龥]{2,4}(?:市|省)", clean) if match[0] in places
    )
    if counted:
        return counted.most_common(1)[0][0]
    named = place_of_file(name)
    if named:
        return named
    return NATION if _NATIONAL.search(clean[:3000]) else None


_PLACE_ALONE = pattern("[一-龥]{2,15}<end of a place>")


def _names_joined(lines: list[str]) -> list[str]:
    """The lines of a title, a place that stands alone joined to the name that follows on a line of its own."""
    found: list[str] = []
    for line in lines:
        joined = bool(found) and bool(_PLACE_ALONE.fullmatch(found[-1])) and _PLAN_WORD.search(line)
        found[-1:] = [found[-1] + line] if joined else [*found[-1:], line]
    return found


_OPENING_PLACE = pattern("([一-龥]{2,5}?<end of an opening place>(?!级))(?=[一-龥“])")
_NEWS = pattern("<source of news>|[日讯]电$")
_COUNTY = pattern(r"([一-龥]{2,12}?<end of a county>)(?=<after a county>|\d{4}年|“?十[一二三四五]五)")


def _place_in(line: str) -> str | None:
    """The most specific place that a title names: a county before its city, a city before its province."""
    names = known_places()
    found: list[tuple[int, str]] = []
    for start in range(len(line) - 1):
        for length in (8, 7, 6, 5, 4, 3, 2):
            code = names.get(line[start : start + length])
            if code is not None and not _NATIONAL_ORGAN.match(line, start + length):
                found.append((start, code))
                break
    line = pattern("^[#* ]*<before a title>").sub("", line)
    within = line.partition("《")[2]
    county = _COUNTY.search(line) or _OPENING_PLACE.match(line) or _OPENING_PLACE.match(within)
    if county:
        name = county[1].rsplit("年", 1)[-1]
        for _, code in found:
            name = name[name.find(code) + len(code) :] if code in name else name
        if (
            len(name) >= 2
            and name not in names
            and not _NOT_A_PLACE.search(name)
            and name not in entries("kind of place")
        ):
            return name
    if not found:
        return None
    cities = [code for _, code in found if code.endswith("市")]
    return cities[0] if cities else found[0][1]


_NATIONAL_ORGAN = pattern("<after a name that is no place>")
