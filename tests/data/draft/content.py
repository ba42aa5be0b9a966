"""The sample draft: a plan of a district that does not exist, with a dozen planted mistakes (see
`mistakes.csv`).

The parts are told once here and written as docx, pdf, html and txt by `make_draft.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading of depth 1 (一、) or 2 （一）; its number is made when it is written."""

    depth: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text. `note` is a footnote on the phrase `at`; `changed` is (old, new), a tracked change of
    a figure."""

    text: str
    note: str = ""
    at: str = ""
    changed: tuple[str, str] | None = None


@dataclass(frozen=True)
class Box:
    """A column set apart: a text box in Word, a frame on a page."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table; a row is its texts, `<` joins a cell to the one on its left and `^` to the one above."""

    caption: str
    headers: int
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | Box | Grid

TITLE = "云浦区科技创新三年行动计划（2024—2026年）"
NUMBER = "云政办发〔2024〕16号"

PARTS: tuple[Part, ...] = (
    Paragraph(
        "为加快建设创新型城区，根据《临澜市科技创新“十四五”规划》（临政发〔2021〕28号），结合我区实际，制定本计划。"
    ),
    Heading(1, "总体要求"),
    Heading(2, "指导思想"),
    Paragraph(
        "坚持创新驱动、企业主体、开放协同，推动科技创新和产业创新深度融合，走出一条具有云浦特色的创新发展之路。"
    ),
    Heading(2, "发展现状"),
    Paragraph(
        "2023年，全区研发投入20亿元，高新技术企业140家，研发机构36家。"
        "高新技术产业产值360亿元，占全区工业总产值800亿元的50%。",
        note="研发投入按全社会口径统计，含高等院校。",
        at="研发投入20亿元",
        changed=("150", "140"),
    ),
    Paragraph("规模以上工业企业中，有研发活动的占62.5%，没有研发活动的占37.5%。"),
    Paragraph("科技型企业按规模分，大型、中型、小微企业占比分别为15%、30%、65%。"),
    Heading(2, "主要目标"),
    Paragraph(
        "到2026年，全区研发投入达到26亿元，比2023年增长25%；技术合同成交额由2023年的15亿元翻一番，达到36亿元。"
    ),
    Paragraph("到2026年，高新技术企业达到260家，研发机构达到65家，每万人有效发明专利拥有量达到18.5件以上。"),
    Paragraph("2024年、2025年、2026年科技型中小企业分别达到300家、420家、390家。"),
    Grid(
        "表1 主要指标",
        2,
        (
            ("指标", "单位", "2023年", "目标", "<", "<"),
            ("^", "^", "^", "2024年", "2025年", "2026年"),
            ("研发投入", "亿元", "20", "22", "24", "26"),
            ("高新技术企业", "家", "140", "180", "225", "260"),
            ("研发机构", "家", "36", "42", "50", "60"),
            ("技术合同成交额", "亿元", "15", "20", "27", "36"),
        ),
    ),
    Heading(1, "重点任务"),
    Heading(2, "壮大企业主体"),
    Paragraph(
        "建立高新技术企业培育库，实行全周期服务。三年新增高新技术企业120家，"
        "其中青石街道45家、柳湾街道38家、临港新城47家。"
    ),
    Paragraph("责任单位：区科技局、区工业和信息化局"),
    Heading(2, "建设创新平台"),
    Paragraph("新建5个创新平台：智能制造中试基地、海洋材料实验室、数字医疗研究院、低空装备检测中心。"),
    Paragraph("支持企业建设研发机构，各地区任务见表2。"),
    Grid(
        "表2 新增研发机构任务分解表（单位：家）",
        1,
        (
            ("地区", "2024年", "2025年", "2026年", "三年合计"),
            ("青石街道", "2", "3", "4", "9"),
            ("柳湾街道", "2", "2", "3", "8"),
            ("海棠镇", "1", "1", "1", "3"),
            ("临港新城", "1", "2", "2", "5"),
        ),
    ),
    Paragraph("责任单位：区科技局"),
    Heading(2, "集聚创新人才"),
    Paragraph("2024—2026年累计引进高层次人才90名，其中2024年25名、2025年30名、2026年35名。"),
    Paragraph("新增人才公寓1200套，其中海棠镇300套、临港新城450套。"),
    Heading(2, "加大资金投入"),
    Paragraph("三年市级补助资金2.4亿元、区级财政资金3.1亿元，合计安排科技专项资金6.5亿元。"),
    Grid(
        "表3 区科技局项目预算（单位：万元）",
        1,
        (
            ("项目", "2024年", "2025年", "2026年"),
            ("企业研发补助", "4000", "4500", "5000"),
            ("平台运行补助", "6000", "7000", "8000"),
            ("人才引育补助", "2000", "2500", "3000"),
            ("合计", "12000", "14500", "16000"),
        ),
    ),
    Paragraph("责任单位：区财政局、区科技局"),
    Heading(2, "深化开放合作"),
    Paragraph("与临澜大学、云浦学院、海东理工大学等6所高校共建产业学院，每年举办科技交流活动30场以上。"),
    Box("专栏1 云浦科学城一期项目总投资12亿元，其中设备投资7亿元、土建投资5亿元。"),
    Paragraph("责任单位：区科学技术协会"),
    Heading(1, "保障措施"),
    Heading(2, "加强组织领导"),
    Paragraph("成立云浦区科技创新工作领导小组，统筹协调重大事项，领导小组办公室设在区科技局。"),
    Heading(2, "强化督促评估"),
    Paragraph("各责任单位要细化举措、压实责任，每年开展1次自评，结果报区政府。"),
)
