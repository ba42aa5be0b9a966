"""The words of rule files: one record each, from which what a rule may say and the reference of the rules derive.

Functions have their own records (`functions`). What a word does stands where it is read and resolved; here stands that
it is there and what it is about. A test holds every word that the reader knows to have a record, and an example.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.frozen import frozen
from audit.model.phrase import Phrase


@frozen
class Key:
    """A word of a rule file: what it is `about`, and what holds where it is not given (`default`, as one writes it)."""

    name: str
    about: Phrase
    default: str = ""


def _named(keys: Iterable[Key]) -> dict[str, Key]:
    return {key.name: key for key in keys}


RULE = _named(
    (
        Key("id", Phrase(
            "规则的名称，报告、`--only` 和豁免都用它：小写字母、数字、`-` 和 `.`，全部规则中唯一",
            "the name of the rule, by which reports, `--only` and waivers call it: small letters, digits, `-` and `.`, "
            "one rule an id")),
        Key("title", Phrase(
            "规则的一句话标题：`{zh: …, en: …}`，或一段两种语言通用的文字",
            "what the rule says in one line: `{zh: …, en: …}`, or one text for both languages")),
        Key("severity", Phrase(
            "违反时的级别：`error`、`warning` 或 `info`；`{violated: error, rounded: info}` 另定小数位数即可解释的差异的级别",
            "how much a violated check weighs: `error`, `warning` or `info`; `{violated: error, rounded: info}` says it apart "
            "for what the decimals of the numbers explain"), "error"),
        Key("level", Phrase(
            "ESS 校验层级：0 文件格式，1 同一文件之内，2 同一来源的各版本之间，3 其他文件，4 其他领域，5 外部数据",
            "the validation level of the ESS: 0 the file, 1 within a document, 2 between versions, 3 another document, "
            "4 another domain, 5 outside data"), "1"),
        Key("table", Phrase(
            "规则所看的表；只有一张表时可省略",
            "the table that the rule looks at; where there is one only it need not be named"), "targets"),
        Key("where", Phrase(
            "只看符合这些条件的行，按列列出；`let` 中的操作数未另作说明时同样适用",
            "only the rows for which these conditions on columns hold; operands of `let` take them over where they say "
            "nothing else of that column")),
        Key("for_each", Phrase(
            "键：这些列的每种取值组合各校验一次；省略且没有操作数定义时，每一行就是一个键",
            "the key: one check for every combination of members of these columns; without it, and without operands of its "
            "own, every row is a key")),
        Key("along", Phrase(
            "检验式中的名称是这一维度的成员", "the names in the check are members of this dimension")),
        Key("hierarchy", Phrase(
            "按该维度代码表的上下级校验：`whole` 是有下级的成员，`parts` 是它的各个下级，逐级进行",
            "checks the code list of this dimension at all levels: `whole` is a member that has parts, `parts` are those")),
        Key("column", Phrase(
            "操作数取哪一数字列", "the number column that operands take"), "value"),
        Key("for_columns", Phrase(
            "对这些列各检验一次，可用通配符（`\"20*\"`）；逐行的规则中以 `column` 代表当前列",
            "one rule for each of these columns, patterns too (`\"20*\"`); in a rule over rows `column` stands for the column "
            "of the moment")),
        Key("let", Phrase(
            "操作数：名称及其各自的选择条件", "the operands: names, each with a selection of its own")),
        Key("keys", Phrase(
            "由哪些操作数的单元格产生键；默认是所有正位于键上的操作数",
            "the operands whose cells make the keys; without it all that stand at the key itself")),
        Key("check", Phrase(
            "必须成立的关系，一个表达式", "the relation that must hold, an expression")),
        Key("applies", Phrase(
            "前提：对其不成立的键不作校验", "a guard: keys for which it is false are not checked")),
        Key("missing", Phrase(
            "操作数缺失（没有行）或空白时怎么办，对全部或对单个操作数（`{parts: zero}`）",
            "what becomes of a check whose operand is not there (no row) or blank; for all operands, or by operand "
            "(`{parts: zero}`)"), "report"),
        Key("tolerance", Phrase(
            "两边允许相差多少：一个数，或 `{relative: 1%}`（按较大一边计），也可两者都写",
            "what both sides may differ by: a number, or `{relative: 1%}` of the larger side, or both"), "0"),
        Key("rounding", Phrase(
            "数字按何种取舍理解；默认由单位决定：金额、比率、规模按写出的末位四舍五入，整数计数为准确数",
            "how numbers are taken; without it as their unit says: amounts, shares and sizes were rounded as written, counts "
            "of whole things are exact")),
        Key("because", Phrase(
            "为什么要紧，写进每个问题", "why it matters; told with every finding"), "title"),
        Key("limits", Phrase(
            "不检查什么", "what the rule does not check")),
        Key("message", Phrase(
            "问题的措辞；`{名称}` 处填入操作数、键的成员或两边的数（`{left}`、`{right}`）",
            "how a finding is worded; `{name}` is filled with an operand, a member of the key, or a side (`{left}`, `{right}`)")),
        Key("examples", Phrase(
            "规则自带的测试，按结论分列；`audit rules test` 逐一试验；至少一例成立、一例不成立",
            "the rule's own tests, by verdict, which `audit rules test` runs; at least one that holds and one that does not")),
    )
)  # fmt: skip
"""What a rule may hold."""

SELECTION = _named(
    (
        Key("table", Phrase("取自另一张表", "another table than the rule's")),
        Key("column", Phrase("取另一列", "another column than the rule's")),
        Key("as", Phrase(
            "从文字中读出数字（见“文字中的数字”）", "reads a number out of a text (see “Numbers in texts”)")),
        Key("split", Phrase(
            "一个单元格按此符号分成若干单元格", "takes one cell as several, apart at this mark")),
        Key("on", Phrase(
            "键的维度在该表中的列名不同时的对应：`{维度: 列}`",
            "where a dimension of the key has another name in that table: `{dimension: column}`")),
    )
)  # fmt: skip
"""What an operand of `let` may hold besides conditions on columns."""

CONDITIONS = _named(
    (
        Key("not", Phrase("不是该成员，或不是其中任何一个", "not this member, or none of these")),
        Key("is", Phrase("`missing` 空白，`stated` 有内容", "`missing`: blank, `stated`: not blank")),
        Key("like", Phrase("文字符合通配符（`*`、`?`）", "the text fits a pattern (`*`, `?`)")),
        Key("unlike", Phrase("文字不符合通配符", "the text does not fit a pattern")),
        Key("from", Phrase("期间不早于此（含）", "periods from this one on, itself included")),
        Key("to", Phrase("期间不晚于此（含）", "periods up to this one, itself included")),
        Key("below", Phrase(
            "代码表中该成员及其下各级", "this member of the code list and all under it")),
        Key("any", Phrase(
            "（只在 `let` 中）全部成员，不论键的成员是什么", "(in `let` only) all members, whatever the key's is")),
        Key("relative", Phrase(
            "（只在 `let` 中）与键的成员有此关系的成员（见“成员之间的关系”）",
            "(in `let` only) the members related to the key's (see “Relations between members”)")),
        Key("by", Phrase(
            "（与 `relative` 同写）向前或向后几期：`{relative: previous, by: 4}`",
            "(beside `relative`) how many steps from period to period: `{relative: previous, by: 4}`"), "1"),
    )
)  # fmt: skip
"""Conditions on a column besides a member, a list of members, and `{attribute: value}` of its code list."""

RELATIONS = _named(
    (
        Key("parent", Phrase("上级", "the member above")),
        Key("children", Phrase("全部下级；缺一即不完整", "the members directly under it; all of them must be there")),
        Key("ancestors", Phrase("各级上级", "all members above")),
        Key("descendants", Phrase("其下各级", "all members under it")),
        Key("broader", Phrase("代码表 `broader` 列所指的更宽概念，逐级", "what the column `broader` of the code list leads to, "
                                                         "step by step")),
        Key("narrower", Phrase("`broader` 指向它的成员", "the members whose `broader` leads here")),
        Key("same_or_broader", Phrase("自身与更宽概念", "itself and what is broader")),
        Key("other", Phrase("表中出现的所有其他成员", "all other members that the table has")),
        Key("similar", Phrase(
            "名称相近（相似度 80 以上、至少五个字）而未知为不同事物的成员，每对只取一次",
            "members of nearly the same name (a likeness of 80 or more in 100, five characters or more) that are not known to "
            "be two things; each pair once")),
        Key("alike", Phrase("同 `similar`，但每对从两边各取一次", "as `similar`, each pair from both sides")),
        Key("same_or_alike", Phrase("自身与名称相近的成员", "itself and what is `alike`")),
        Key("but_one", Phrase(
            "以 `;` 分隔、相同的项不少于三个而恰有一项不同的名单",
            "lists (items apart at `;`) that share three items or more and differ in one item")),
        Key("previous", Phrase("前一期（同频率、同长度）", "the period before, of its frequency and length")),
        Key("next", Phrase("后一期", "the period after")),
        Key("year_before", Phrase("上年同期", "the same period a year before")),
        Key("last", Phrase("跨期的最后一期", "the last period of a span")),
        Key("within", Phrase("跨期之内的各期", "the periods that a span is made of")),
        Key("halves", Phrase("该期的两个半年；缺一即不完整", "the halves of it; all of them must be there")),
        Key("quarters", Phrase("该期的各季度；缺一即不完整", "the quarters of it; all of them must be there")),
        Key("months", Phrase("该期的各月；缺一即不完整", "the months of it; all of them must be there")),
        Key("year_to_date", Phrase(
            "同年中从年初到该期的各期，含自身；缺一即不完整",
            "the periods of its year up to it, itself included; all of them must be there")),
        Key("earlier", Phrase("所有更早的同类期间", "all earlier periods of its frequency and length")),
        Key("later", Phrase("所有更晚的同类期间", "all later periods of its frequency and length")),
        Key("same_or_earlier", Phrase(
            "同频率中不晚于它结束的期间，含自身", "periods of its frequency that end no later, itself included")),
        Key("same_or_later", Phrase(
            "同频率中不早于它结束的期间，含自身", "periods of its frequency that end no earlier, itself included")),
        Key("span", Phrase("恰在该期结束的跨期", "the spans that end with it")),
    )
)  # fmt: skip
"""Relations between the key's member and a row's; besides these every attribute of a code list is one (`successor`)."""

READING = _named(
    (
        Key("ordinal", Phrase(
            "最后一个数，阿拉伯或中文：`(十三)` 是 13，`〔2017〕118号` 是 118",
            "the last number, Arabic or Chinese: `(十三)` is 13, `〔2017〕118号` is 118")),
        Key("first_year", Phrase("期间的首年", "the year in which a period begins")),
        Key("last_year", Phrase("期间的末年", "the year in which a period ends")),
        Key("years", Phrase("期间的年数，首尾都算", "how many years a period has, both ends included")),
        Key("month", Phrase("期间结束的月份", "the month in which a period ends")),
    )
)  # fmt: skip
"""What `as` reads out of a text."""

MISSING = _named(
    (
        Key("report", Phrase("报告为无法检验", "the check is told as untestable")),
        Key("skip", Phrase("不作校验（VTL 的 non_null）", "the check is left out (non_null of VTL)")),
        Key("zero", Phrase(
            "没有行的按零计，空白的仍为未知（VTL 的 partial_zero、always_zero）",
            "what has no row counts as zero, what is blank stays unknown (partial_zero, always_zero of VTL)")),
        Key("known", Phrase(
            "汇总时以写明的单元格代表全部，至少一个", "an aggregate stands on the cells that are stated, at least one")),
    )
)  # fmt: skip
"""What becomes of a check whose operand is missing."""

ROUNDING = _named(
    (
        Key("as_written", Phrase("全部按写出的末位四舍五入", "all numbers were rounded in their last written digit")),
        Key("truncated", Phrase(
            "末位之后截去：7 表示 7 到不足 8", "all were cut off behind it: 7 is from 7 to less than 8")),
        Key("exact", Phrase("全部为准确数", "all numbers are exact")),
    )
)  # fmt: skip
"""How numbers are taken."""

OPERATORS = _named(
    (
        Key("+ - * / ^", Phrase(
            "四则运算和乘方，`^` 从右向左结合", "arithmetic; `^` goes from right to left")),
        Key("== != < <= > >=", Phrase(
            "比较；`a <= b <= c` 一次比较三者", "comparisons; `a <= b <= c` compares all three")),
        Key("and or not", Phrase("三值逻辑：未知既不真也不假", "logic of three values: unknown is neither true nor false")),
        Key("if then else", Phrase(
            "条件；没有 `else` 时前提不成立即成立", "a choice; without `else` it holds where the premise does not")),
        Key("is missing", Phrase("没有可读成一个值的单元格", "no cell that can be read as one value")),
        Key("is stated", Phrase("有可读成一个值的单元格", "a cell that can be read as one value")),
        Key("true false unknown", Phrase("三个真值", "the three truths")),
    )
)  # fmt: skip
"""The operators of expressions, from how they are written; names that are no plain words stand in back-quotes."""
