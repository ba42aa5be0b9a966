"""Regions: whose figure it is.

The document's own region stands in its title; regions within it are those that sentences begin with (`高新区要…`,
`金普新区新组建…`). A paragraph keeps the last region that it named. Names of bodies (`市政府`, `区管委会`) are no
regions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from audit.lexicon import rows

NATION = "全国"

_NATIONAL = re.compile(r"国务院|国家(?!级|自主|高新|重点|知识|中心|综合|新型|创新)|全国|中华人民共和国|中央")
_PLAN_WORD = re.compile(
    r"计划|规划|方案|意见|公报|报告|指南|要点|分析|办法|纲要|决定|草案|目标|总结|情况|通知"
)
_SUFFIX = (
    r"(?:高新技术产业开发区|经济技术开发区|高新区|新区|开发区|自创区|先导区|合作区|经济区|保税区|自贸区|自治州|自治县|地区|"
    r"区|县|市|州|旗)"
)
_STARTS = re.compile(
    rf"(?:(?<=[。;\n])|^)(?:(?:19|20)\d\d年,?)?(?:在|其中,?)?(?P<name>[一-龥]{{1,6}}?{_SUFFIX})"
    r"(?=要(?!求|素|点)|应|新增|新组建|新培育|累计|培育|实现|完成|引进|国家级|重点|积极|进一步|力争|\d|:)"
)
_IN_LIST = re.compile(rf"(?P<name>[一-龥]{{1,5}}?{_SUFFIX})(?=\d+(?:\.\d+)?[万亿]?[家个项件亿人])")
_NOT_A_PLACE = re.compile(
    r"(?:园|小|社|景|校|城|市|农|山|库|灾|辖|各|全|该|我|本|片|地|牧|林|湖|街|厂|矿|战|疫|老|旧|住宅|自然保护|绿化|聚集|集聚|核心|"
    r"示范|功能|度假|实验|试验|商务|物流|保护|先行|引领|服务|试点|都市|超)区$|(?:全|本|我|该|各|外|上|城|大|超)市$|城市$|(?:全|本|我|该|各)县$"
    r"|^(?:推动|推进|加快|支持|鼓励|建设|促进|引导|围绕|依托|对接|加强|完善|形成|打造|发挥|实施|组织|建成|成立|申报|创建|以|对|将|把|与|和|及|为|由|从|向|各|两|三|四|五|六|七|八|九|十|新建)"
)
_BODY = re.compile(
    r"人民|政府|管委会|委|局|办|厅|院|党|银行|市场|大学|机场|公司|总部|医院|中心|气象|公安|财政|统计|发展|站"
)
_DEFINED = re.compile(r"\(以下简称[“\"]?([一-龥]{2,8}(?:区|市|县|省|州))[”\"]?\)")


@dataclass(frozen=True, slots=True)
class Regions:
    """The document's own region and every name of a region in it (name → code).

    `places` are short names of the places whose governments the document names (`庄河` of `庄河市政府`); a heading
    with one of them is about that place.
    """

    own: str | None
    names: dict[str, str]
    longest: int
    places: dict[str, str]

    def at(self, clean: str, start: int) -> tuple[str, int] | None:
        """The region that the text names right at `start`, with the end of the name; `None` for a body or no region."""
        for length in range(min(self.longest, len(clean) - start), 1, -1):
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
    names = {code: code for code in known_places().values()}
    counted = Counter(match["name"] for match in _STARTS.finditer(clean))
    governed = {match["name"] for match in _GOVERNMENTS.finditer(clean)}
    for place, count in counted.items():
        if not _NOT_A_PLACE.search(place) and (count >= 2 or place in names or place in governed):
            names[place] = place
    for match in _IN_LIST.finditer(clean):
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
    for word in ("全市", "全省", "全区", "全县", "全州", "我市", "我省", "我区", "我县", "本市", "全自治区"):
        if own is not None and own != NATION:
            names[word] = own
    names[NATION] = NATION
    places = {
        match["name"][:-1]: match["name"]
        for match in _GOVERNMENTS.finditer(clean)
        if match["name"] != own and not _NOT_A_PLACE.search(match["name"])
    }
    return Regions(own, names, max(len(word) for word in names), places)


_GOVERNMENTS = re.compile(r"(?<=[、,:(])(?P<name>[一-龥]{2,4}[市区县])(?:人民)?政府")


_STANDS_FOR_DOCUMENT = re.compile(r"示范区|自创区|新区|开发区|合作区|自贸区|试验区")


def own_region(titles: str, clean: str, name: str = "") -> str | None:
    """The region in the first title that names one; else the state; else the place named most often, or by the file."""
    lines = [line for line in titles.split("\n") if line.strip() and not _NEWS.search(line)]
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


_OPENING_PLACE = re.compile(r"([一-龥]{2,5}?(?:自治县|新区|区|县|市|旗|省)(?!级))(?=[一-龥“])")
_NEWS = re.compile(r"新华社|[日讯]电$|来源|记者|https?:")
_COUNTY = re.compile(
    r"([一-龥]{2,12}?(?:自治州|自治县|自治区|县|新区|区|市|州|旗|省))(?=人民政府|国民经济|\d{4}年|“?十[一二三四五]五|关于)"
)


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
    line = re.sub(r"^[#* ]*(?:关于|中共)", "", line)
    within = line.partition("《")[2]
    county = _COUNTY.search(line) or _OPENING_PLACE.match(line) or _OPENING_PLACE.match(within)
    if county:
        name = county[1].rsplit("年", 1)[-1]
        for _, code in found:
            name = name[name.find(code) + len(code) :] if code in name else name
        if len(name) >= 2 and name not in names and not _NOT_A_PLACE.search(name) and name != "直辖市":
            return name
    if not found:
        return None
    cities = [code for _, code in found if code.endswith("市")]
    return cities[0] if cities else found[0][1]


_NATIONAL_ORGAN = re.compile(r"大学|路")
