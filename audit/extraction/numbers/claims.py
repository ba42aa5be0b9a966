"""Which numbers with a unit claim something that can be checked: not periods, stages, slogans or what a rate is
over.
"""

from __future__ import annotations

import re
from decimal import Decimal

from audit.numbers.units import unit_class

SPANS_OF_TIME = frozenset({"天", "年度", "会计年度", "周岁", "岁"})
_BEFORE_DURATION = re.compile(
    r"(?:连续\w{0,4}|为期|期限|有效期|寿命|缩短[至到]?|延长[至到]?|不少于|不超过|不低于|超过|至少|最长|满|保留|提前|平均|达到?|"
    r"期为|压缩[至到]?|控制在|累计|一般为|不满|每\w{1,4})$"
)
_AFTER_DURATION = re.compile(
    r"(?:以上|以下|以内|左右|有效期|期限|的?(?:周期|寿命|免费|质保|税收|保护期|过渡期)|内(?=保留|免|不|可|有效|享受|缴|返|还|申请|办理|办结|支付))"
)


def is_duration(clean: str, start: int, end: int) -> bool:
    """Whether a number of years or days is stated as such (`连续支持3年`), not a period (`未来4年`, `近3年`)."""
    if re.search(r"(?:近|未来|今后|过去|前|后|用)$", clean[max(0, start - 2) : start]):
        return False
    return bool(
        _BEFORE_DURATION.search(clean[max(0, start - 8) : start]) or _AFTER_DURATION.match(clean, end)
    )


_LOOKING = re.compile(r"(?:近|未来|今后|过去|前|后)$")
_SPAN_WORD = re.compile(r"会计|季度|年度|月")


def is_span_of_time(unit: str, clean: str, start: int, end: int) -> bool:
    """`近3个会计年度` and `未来6个月` are stretches of time, no figures."""
    if not _LOOKING.search(clean[max(0, start - 2) : start]):
        return False
    return unit in ("个月", "会计年度", "周", "天", "小时") or (
        unit == "个" and bool(_SPAN_WORD.match(clean, end))
    )


_STAGE = re.compile(r"(?:工程|建设|项目|厂房|扩建|技改)")


def is_counted(unit: str, clean: str, end: int) -> bool:
    """`1期工程` is a stage and `500强` a name; everything else with a unit is counted or measured."""
    if unit == "期":
        return not _STAGE.match(clean, end)
    return not (unit == "点" and clean[end : end + 1] in "-—至到前后钟")


_SMALL_COUNTS = frozenset("大个项类种家条所座名位支张处户件台套门部级")
_LISTED_BEFORE = re.compile(
    r"(?:等|的|和|与|及|、|设|定|成|为|以|造|展|进|行|施|究|对|将|抓|在|有|共|中|其他|于|出|了|近|约|达|过|到|[，。；：,;:(（]|^)$"
)


_TIERS = re.compile(r"[一-鿿]{0,8}(?:体系|网络|平台)")
_SLOGAN = re.compile(
    r"(?:代表|全面|意识|自信|维护|服务|文明|确立|坚持|推进|着力|转变|凡是|务必|提高|统筹|一百年|方面|阶段|层面|环节|维度|角度|层次|"
    r"结合|到位|不放过|严禁|必须|确保|促进|率先|创建|更加|伟大|大局|大计|理念|循环|毫不|加快|深化|强化|优化|加强|关系|不变|不少|"
    r"月|季度|世纪|不同|以上|老|小时工|大事|大关|好)"
)


def is_stated_count(clean: str, match: re.Match[str], unit: str, value: Decimal) -> bool:
    """Whether a small Chinese number states a count (`等四大产业`), not a slogan (`四个意识`) or an idiom."""
    end = match.end()
    if unit_class(unit) != "count":
        return not (
            unit == "年" or unit in SPANS_OF_TIME or unit in ("度", "里", "方", "天", "米")
        ) or is_duration(clean, match.start(), end)
    if unit not in _SMALL_COUNTS or value < 2 or (unit == "大" and value > 10):
        return False
    if unit == "级":
        return bool(_TIERS.match(clean, end))
    following = clean[end : end + 1]
    if (
        not following
        or not ("一" <= following <= "鿿" or following in "“《A")
        or following in "以之的和与及是为等，。"
    ):
        return False
    return not _SLOGAN.match(clean, end)


_POPULATION = re.compile(r"(?:人口|人|户)?[^，。；,;\d]{0,16}(?:率|拥有|数)")


def is_population_base(clean: str, start: int, end: int) -> bool:
    """`就业人员十万人生产安全事故死亡率`: the number is what a rate is taken over, no figure."""
    return clean[start:end] in ("十万人", "百万人", "千人", "万人", "百人", "十万户") and bool(
        _POPULATION.match(clean, end)
    )
