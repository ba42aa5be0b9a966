"""What a figure is meant as: its measure (level, increment, rate …) and its kind (target, baseline, threshold …)."""

from __future__ import annotations

import re

from audit.extraction.figures.indicators import Naming
from audit.extraction.figures.periods import DocumentTime
from audit.model.rows import FigureKind, Measure
from audit.numbers.quantities import Quantity
from audit.numbers.units import bare_unit, unit_class

_FLOW = re.compile(
    r"(?:新增|新建|新组建|新培育|新引进|新设|新认定|新签|新开工|新开|引进|组建|转化|突破|开展|举办|支持|推进|签约|发放|遴选|招聘|培训|"
    r"改造|完成|开工|研制|开发|制定|获批|实施|形成|建设|建成|引导扶持|培养)"
)
_REACHED = re.compile(r"(?:达到?|为|有|至|到|超过?|突破)[了约近]?$")
_PER_YEAR = re.compile(r"每年|年度|年均|年(?:推广|覆盖|产|营业|处理|吞吐|发电|培训)[^,。;]*$")
_THRESHOLD = re.compile(
    r"补助(?!收入|支出|下级|市县)|奖励|给予|税率|比例(?:由|分别降低|为)|降低为|资助|补贴|罚款|期限|年限|有效期|支持额度|连续支持|不超过其|条件|优惠|上限|下限|门槛|"
    r"按(?:照)?(?:预定|固定)|小于"
)
_CONDITION = re.compile(r"(?:以上|以下|以内)?的?[一-龥“][^,。;:、]{0,16}?\d")
_TECHNICAL = frozenset(
    [
        "英寸",
        "KV",
        "kV",
        "千伏",
        "伏",
        "兆瓦",
        "千瓦",
        "瓦",
        "MW",
        "kW",
        "KW",
        "GW",
        "微米",
        "纳米",
        "毫米",
        "厘米",
        "公斤",
        "MHz",
        "GHz",
        "Gbps",
        "Mbps",
        "dB",
        "nm",
        "mm",
        "cm",
        "箱",
        "兆伏安",
        "千伏安",
        "℃",
        "摄氏度",
        "TB",
        "GB",
        "位",
    ]
)
_TIME_UNITS = frozenset({"年", "个月", "天", "年度", "小时", "分钟", "秒"})
_SPEED = re.compile(r"时速|速度|直径|口径|厚度|转速|功率|精度|分辨率|载重|电压|深度|高度|长度")
_KEPT = re.compile(r"(?:完善|落实好?|加强|依托|利用|巩固|优化|用好|连续实施)[^,。;]*$")
_SPOKEN = re.compile(r"[二两三四五六七八九十]")


def figure_measure(quantity: Quantity, naming: Naming, kind: FigureKind, until: bool) -> Measure:
    """How the number is meant. `until` says that the period is an end to be reached (`到2019年`), not a year of its
    own.
    """
    lead = naming.lead
    if kind == "list_count":
        return "count"
    if kind == "technical" or bare_unit(quantity.unit or "") in _TIME_UNITS:
        return "size"
    if naming.role in ("growth", "share") or unit_class(quantity.unit) == "share":
        return "rate"
    if naming.role == "change":
        return "increment"
    if _PER_YEAR.search(lead):
        return "per_year"
    if re.search(r"^万人|每千|每百|人均", naming.indicator):
        return "rate"
    if _REACHED.search(lead) or unit_class(quantity.unit) != "count":
        return "level"
    if "累计" in lead:
        return "cumulative"
    if _FLOW.search(lead):
        return "cumulative" if until else "increment"
    return "level"


def figure_kind(
    quantity: Quantity, naming: Naming, phrase: str, after: str, reports: bool, past: bool
) -> FigureKind:
    """Target, baseline, threshold, count of listed things or technical size; reports state baselines."""
    unit = bare_unit(quantity.unit or "")
    if (unit in _TECHNICAL and not reports) or (unit in ("公里", "米", "吨") and _SPEED.search(phrase[-8:])):
        return "technical"
    if _is_list_count(quantity, naming, phrase):
        return "list_count"
    if _THRESHOLD.search(naming.lead[-24:]) or re.match(
        r"的?(?:优惠税率|比例给予|补助|奖励)|有效期|内保留", after
    ):
        return "threshold"
    if (
        unit_class(quantity.unit) in ("amount", "size")
        and quantity.bound != "exact"
        and _CONDITION.match(after)
    ):
        return "threshold"
    return "baseline" if reports or past else "target"


_PLANNED = re.compile(
    r"批准|(?:年初|调整|收入|支出|变动)预算(?:合计|总数|数|安排|调整)?(?:为|是)?$|预算(?:安排|数|调整)|预算[^,。;]{0,6}(?:为|是)$|安排$|预期|拟|计划"
)
_DONE = re.compile(r"完成|执行|实现|实际|决算")


def settled_kind(
    kind: FigureKind, period: str | None, own: DocumentTime, past: bool, phrase: str = ""
) -> FigureKind:
    """What a report says of years after those that it reports on is a goal, and so is what it says was planned
    (`批准的收入预算为……`); the rest are results.
    """
    if own.reported is None or kind not in ("baseline", "target") or not period:
        return kind
    said = re.split("[,。;]", phrase)[-1]
    if _PLANNED.search(said) and not _DONE.search(said):
        return "target"
    last = int(period.rsplit("/", 1)[-1][:4])
    return "target" if last > own.reported and not past else "baseline"


def _is_list_count(quantity: Quantity, naming: Naming, phrase: str) -> bool:
    """`A、B、C等四大产业`: a small count of things that the words before name, or that are already there."""
    if (
        quantity.value is None
        or quantity.value > 60
        or unit_class(quantity.unit) != "count"
        or quantity.bound != "exact"
    ):
        return False
    if _SPOKEN.match(quantity.literal):
        return True
    segment = re.split(r"[,;。:]", phrase)[-1]
    listed = segment.endswith("等") or (
        "、" in segment and segment[-1:] not in "、" and "建设" not in segment[-6:]
    )
    return naming.after and (listed or (quantity.value <= 10 and bool(_KEPT.search(segment))))
