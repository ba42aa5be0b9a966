"""The functions of the rule language: one record each, from which parsing, typing, evaluation and manual derive.

How a function is computed stands in `audit.engine.functions`, under the same name; a test holds the two the same set,
and every record's own example true.
"""

from __future__ import annotations

from typing import Literal

from audit.model.frozen import frozen
from audit.model.phrase import Phrase

Form = Literal["number", "rounding", "conversion", "numbers", "counting", "operand", "test"]
"""How a function is applied.

`number` to one number; `rounding` to a number and a count of digits as written; `conversion` to a number and two units
as written; `numbers` to the cells of one operand
or to several numbers; `counting` to an operand, to a comparison of its cells, or to several operands; `operand` to one
operand; `test` to a comparison of an operand's cells, which gives a condition.
"""
Total = Literal["sum", "min", "max", "median", "mad"]
"""What the cells of an operand come to."""


@frozen
class Function:
    """A function: `most` arguments (None: any number), the totals of the cells that it `asks` for, what it is `about`.

    `texts` says that it also takes a text operand, `weighted` that it takes `x * w`. `example` is a condition that
    holds where the operand x has `cells`.
    """

    name: str
    form: Form
    about: Phrase
    example: str
    cells: tuple[str, ...] = ()
    most: int | None = 1
    asks: frozenset[Total] = frozenset()
    texts: bool = False
    weighted: bool = False

    @property
    def aggregates(self) -> bool:
        """Whether it can be applied to all cells of an operand."""
        return self.form not in ("number", "rounding", "conversion")


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("abs", "number", Phrase("绝对值", "the size of a number without its sign"), "abs(-3) == 3"),
        Function(
            "round", "rounding", most=2, example="round(2.345, 2) == 2.35",
            about=Phrase("四舍五入，可写明小数位数", "rounded, halves away from zero, to a whole number or to so many decimals"),
        ),
        Function(
            "convert", "conversion", most=3, example='convert(3, "公顷", "平方米") == 30000',
            about=Phrase(
                '换算单位：convert(x, "公顷", "平方公里")、convert(x, "亿元", "万元")',
                'a number told in another unit: convert(x, "公顷", "平方公里"), convert(x, "亿元", "万元")',
            ),
        ),
        Function(
            "sum", "numbers", most=None, asks=frozenset({"sum"}), weighted=True, example="sum(x) == 6",
            cells=("1", "2", "3"),
            about=Phrase("合计；sum(x * w) 按权重合计", "the total; sum(x * w) weighs every cell by a column or an attribute"),
        ),
        Function(
            "mean", "numbers", most=None, asks=frozenset({"sum"}), example="mean(x) == 2", cells=("1", "2", "3"),
            about=Phrase("平均数", "the arithmetic mean"),
        ),
        Function(
            "median", "numbers", most=None, asks=frozenset({"median"}), example="median(x) == 60",
            cells=("100", "60", "30"),
            about=Phrase("中位数；偶数个取中间两数的平均", "the middle number, of an even count the mean of the middle two"),
        ),
        Function(
            "mad", "numbers", most=None, asks=frozenset({"median", "mad"}), example="mad(x) == 1",
            cells=("1", "2", "3", "50", "1"),
            about=Phrase(
                "中位数绝对偏差：各数与中位数之差的绝对值的中位数",
                "the median absolute deviation: the median of how far the numbers lie from their median",
            ),
        ),
        Function(
            "min", "numbers", most=None, asks=frozenset({"min"}), texts=True, example="min(x) == 1",
            cells=("2", "1", "3"), about=Phrase("最小", "the least"),
        ),
        Function(
            "max", "numbers", most=None, asks=frozenset({"max"}), texts=True, example="max(x) == 3",
            cells=("2", "3", "1"), about=Phrase("最大", "the greatest"),
        ),
        Function(
            "count", "counting", most=None, example="count(x) == 2 and count(x > 1) == 1", cells=("1", "2"),
            about=Phrase("写明的个数；count(x > 5) 只数符合的", "how many cells are stated; count(x > 5) how many of them pass"),
        ),
        Function(
            "distinct", "operand", example="distinct(x) == 2", cells=("1", "2", "2"),
            about=Phrase("不同的值的个数", "how many different values are stated"),
        ),
        Function(
            "expected", "operand", example="expected(x) == 3", cells=("1", "2", "3"),
            about=Phrase("应有的个数", "how many cells there should be"),
        ),
        Function(
            "any", "test", asks=frozenset({"min", "max"}), example="any(x > 2)", cells=("1", "3"),
            about=Phrase("至少一个符合", "whether at least one cell passes"),
        ),
        Function(
            "all", "test", asks=frozenset({"min", "max"}), example="all(x > 0)", cells=("1", "3"),
            about=Phrase("全部符合", "whether all cells pass"),
        ),
    )
}  # fmt: skip
