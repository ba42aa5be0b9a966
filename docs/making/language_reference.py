"""The reference of the rule language, made from the one record of every key, condition, relation and function.

What a relation leads to and what is read out of a text is not written down but computed, on the members shown. Every
key has an example: the first rule of `docs/reference/examples.yaml` that uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audit.language import keys
from audit.language.expression import Position
from audit.language.functions import FUNCTIONS
from audit.language.keys import Key
from audit.language.plan import Catalogue
from audit.language.readings import number_in
from audit.language.relatives import TREE, pairs_of
from audit.language.rule import Relative
from audit.model.codes import CodeList, Member
from audit.model.period import FIVE_YEAR_PLANS, WRITTEN, period_of
from audit.model.phrase import Language, Phrase
from docs.making.marking import block, code, sentence, table

EXAMPLES = Path(__file__).parents[1] / "reference/examples.yaml"
_TEXTS: dict[str, Phrase] = {
    "head": Phrase("规则语言参考", "The rule language"),
    "intro": Phrase(
        "本页由程序中每个键和函数的唯一记录自动生成；关系和读数的例子由程序现算，规则的例子由 `audit rules test` 逐一试验。"
        "循序渐进的介绍见[教程](../tutorial.md)。",
        "This page is made from the one record that the program has of every key and function; what relations lead to is "
        "computed, and the rules shown are run by `audit rules test`. For a gentle start see the [tutorial](../tutorial.md).",
    ),
    "shape": Phrase(
        "规则文件是 YAML 列表，每项一条规则。一条规则必须有 `id`、`title`、`check`；"
        "操作数由 `along`、`hierarchy`、`let` 之一给出，"
        "三者都没有时逐行检验，名称即列名。"
        "写错的键、列、成员或函数在检验之前就报告文件、行、列和最相近的名称。",
        "A rule file is a list in YAML, one rule an entry. A rule needs `id`, `title` and `check`. Its operands come by one of "
        "`along`, `hierarchy` and `let`; without any of these it is checked row by row, and the names in it are columns. A "
        "wrong key, column, member or function is told with file, line, column and the nearest known name before anything is "
        "checked.",
    ),
    "rule": Phrase("规则的键", "Keys of a rule"),
    "selection": Phrase("操作数的键", "Keys of an operand"),
    "selection.more": Phrase(
        "`let` 的每个名称是一个操作数：下列各键，以及对列的条件。",
        "Each name in `let` is an operand: these keys, and conditions on columns.",
    ),
    "conditions": Phrase("条件", "Conditions"),
    "conditions.more": Phrase(
        "条件按列写在 `where` 和 `let` 中：一个成员（`region: east`）、几个成员（`region: [east, west]`）、代码表的属性"
        "（`indicator: {additive: true}`），或下列之一。没有提到的列取键的成员。",
        "Conditions stand by column in `where` and `let`: a member (`region: east`), several (`region: [east, west]`), an "
        "attribute of the code list (`indicator: {additive: true}`), or one of these. A column that is not named is the key's.",
    ),
    "relations": Phrase("成员之间的关系", "Relations between members"),
    "relations.more": Phrase(
        "`{relative: …}` 取与键的成员有此关系的成员。"
        "此外代码表的每个属性也是一种关系（`successor` 由一个成员指向它所写的成员）。",
        "`{relative: …}` takes the members related to the key's. Besides these every attribute of a code list is a relation "
        "(`successor` leads from a member to the one that it names).",
    ),
    "key": Phrase("键的成员", "Key"),
    "leads": Phrase("取到", "Members taken"),
    "reading": Phrase("文字中的数字", "Numbers in texts"),
    "of": Phrase("文字", "Text"),
    "gives": Phrase("读出", "Number"),
    "missing": Phrase("缺失", "What is missing"),
    "rounding": Phrase("取舍", "Rounding"),
    "operators": Phrase("表达式", "Expressions"),
    "operators.more": Phrase(
        "表达式由语法读出，从不当作程序运行。"
        "由松到紧：if-then-else、or、and、not、比较、+ −、* /、负号、^。不是普通词的名称写在反引号中。",
        "An expression is read by a grammar and never run as a program. From loose to tight: if-then-else, or, and, not, "
        "comparison, + −, * /, minus, ^. Names that are no plain words stand in back-quotes.",
    ),
    "functions": Phrase("函数", "Functions"),
    "cells": Phrase("x 的单元格", "Cells of x"),
    "true": Phrase("为真", "True then"),
    "weighted": Phrase(
        "也可写作 `{name}(x * w)`，以列或代码表属性 w 加权。",
        "Also `{name}(x * w)`, weighed by a column or attribute w.",
    ),
    "texts": Phrase("也用于文字。", "Takes texts too."),
    "several": Phrase("也可给出几个数：`{name}(a, b)`。", "Also of several numbers: `{name}(a, b)`."),
    "periods": Phrase("期间的写法", "How periods are written"),
    "periods.more": Phrase(
        "{ways}，以及五年规划的简称（{plans}）；SDMX 的 `2019-S1`、`2019-Q2`、`2019M02` 同样可用。"
        "不是期间的文字会被拒绝，从不猜测。",
        "{ways}, and the short names of five-year plans ({plans}); SDMX's `2019-S1`, `2019-Q2`, `2019M02` as well. What is no "
        "period is refused and never guessed.",
    ),
    "word": Phrase("写法", "Written"),
    "about": Phrase("含义", "Meaning"),
    "default": Phrase("默认", "Default"),
}
_AT = Position("reference", 1, 1)
_REGIONS = CodeList.of(
    "region",
    [Member("province"), Member("city", "province"), Member("county", "province"), Member("east", "city"), Member("west", "city"),
     Member("chips", None, (), {"broader": "electronics"}), Member("electronics", None, (), {"broader": "industry"}),
     Member("industry")],
    ("code", "parent", "broader"),
)  # fmt: skip
_PERIODS = (
    "2018", "2019", "2020", "2018/2020", "2019H1", "2019H2", "2018Q1", "2019Q1", "2019Q2", "2019Q3", "2019Q4", "2020Q1",
    *(f"2019-{month:02}" for month in range(1, 13)),
)  # fmt: skip
_NAMES = ("Harbour Innovation Centre", "Harbour Inovation Centre", "City Archive")
_LISTS = ("oak;elm;ash;fir", "oak;elm;ash;yew", "oak;box")
RELATED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("parent", "ancestors"), ("region", "east")),
    **dict.fromkeys(("children", "descendants"), ("region", "province")),
    **dict.fromkeys(("broader", "same_or_broader"), ("region", "chips")), "narrower": ("region", "industry"),
    "other": ("name", _NAMES[2]), "similar": ("name", _NAMES[0]), "alike": ("name", _NAMES[1]),
    "same_or_alike": ("name", _NAMES[1]), "but_one": ("list", _LISTS[0]),
    **dict.fromkeys(("previous", "next", "earlier", "later", "same_or_earlier", "same_or_later"), ("period", "2019")),
    **dict.fromkeys(("halves", "quarters", "months"), ("period", "2019")), "year_before": ("period", "2019Q1"),
    "year_to_date": ("period", "2019Q3"),
    **dict.fromkeys(("last", "within"), ("period", "2018/2020")), "span": ("period", "2020"),
}  # fmt: skip
"""The dimension and member that a relation is shown on."""
READ: dict[str, str] = {
    "ordinal": "〔2017〕118号", "first_year": "2017/2020", "last_year": "2017/2020", "years": "2017/2020", "month": "2019-02",
}  # fmt: skip
"""The text that a reading is shown on."""


def language_reference(language: Language) -> str:
    """The page of the reference in a language."""
    return "\n".join(_page(language))


def _page(language: Language) -> Iterator[str]:
    def say(part: str, /, **values: object) -> str:
        text = _TEXTS[part].in_(language)
        return text.format(**values) if values else text

    yield f"# {say('head')}\n\n{say('intro')}\n\n{say('shape')}\n"
    yield f"## {say('rule')} {{ #keys }}\n"
    for key in keys.RULE.values():
        yield from _key(key, "rule", language)
    yield f"## {say('selection')} {{ #selection }}\n\n{say('selection.more')}\n"
    for key in keys.SELECTION.values():
        yield from _key(key, "let", language)
    yield f"## {say('conditions')} {{ #conditions }}\n\n{say('conditions.more')}\n"
    for key in keys.CONDITIONS.values():
        yield from _key(key, "condition", language)
    yield f"## {say('relations')} {{ #relations }}\n\n{_TEXTS['relations.more'].in_(language)}\n"
    heads = [say("word"), say("about"), say("key"), say("leads")]
    rows = [[code(name), key.about.in_(language), *shown(name)] for name, key in keys.RELATIONS.items()]
    yield table(heads, rows)
    yield f"## {say('reading')} {{ #reading }}\n"
    rows = [
        [code(f"as: {name}"), key.about.in_(language), READ[name], str(number_in(READ[name], name))]  # type: ignore[arg-type]
        for name, key in keys.READING.items()
    ]
    yield table([say("word"), say("about"), say("of"), say("gives")], rows)
    for part, known in (("missing", keys.MISSING), ("rounding", keys.ROUNDING)):
        yield f"## {say(part)} {{ #{part} }}\n"
        yield _listed(known, f"{part}: ", language)
        for name in known:
            yield block(example(part, name), "yaml") if example(part, name) else ""
    yield f"## {say('operators')} {{ #operators }}\n\n{say('operators.more')}\n"
    yield _listed(keys.OPERATORS, "", language)
    yield f"## {say('functions')} {{ #functions }}\n"
    for function in FUNCTIONS.values():
        told = [sentence(function.about.in_(language), language)]
        told += [say("several", name=function.name)] * (function.form == "numbers")
        told += [say("weighted", name=function.name)] * function.weighted
        told += [say("texts")] * function.texts
        yield f"### `{function.name}`\n\n{' '.join(told)}\n"
        cells = ", ".join(function.cells) or "–"
        yield table([say("cells"), say("true")], [[cells, code(function.example)]])
    yield f"## {say('periods')} {{ #periods }}\n"
    plans = "、".join(("十三五", "十四五")) if language == "zh" else ", ".join(("十三五", "十四五"))
    assert all(period_of(name) for name in WRITTEN.split(", ")) and "十四五" in FIVE_YEAR_PLANS
    yield say("periods.more", ways=", ".join(code(one) for one in WRITTEN.split(", ")), plans=plans) + "\n"


def _key(key: Key, place: str, language: Language) -> Iterator[str]:
    """A key with what it is about, its default, and a rule that uses it."""
    stop = "。" if language == "zh" else "."
    about = sentence(key.about.in_(language), language)
    default = f" {_TEXTS['default'].in_(language)}: `{key.default}`{stop}" if key.default else ""
    yield f"### `{key.name}` {{ #{place}-{key.name.replace('_', '-')} }}\n\n{about}{default}\n"
    if found := example(place, key.name):
        yield block(found, "yaml")


def _listed(known: Mapping[str, Key], before: str, language: Language) -> str:
    heads = [_TEXTS["word"].in_(language), _TEXTS["about"].in_(language)]
    return table(heads, [[code(f"{before}{name}"), key.about.in_(language)] for name, key in known.items()])


def shown(relation: str) -> tuple[str, str]:
    """The member that a relation is shown on, and the members that it leads to there; computed."""
    dimension, member = RELATED[relation]
    members: dict[str, Iterable[str]] = {
        "region": _REGIONS,
        "period": _PERIODS,
        "name": _NAMES,
        "list": _LISTS,
    }
    codes = {"region": _REGIONS} if relation in TREE else {}
    catalogue = Catalogue({}, codes, lambda _table, column: tuple(members[column]), lambda _table: ())
    pairs = pairs_of(Relative(relation, _AT), dimension, ("example",), catalogue, "")
    return member, ", ".join(sorted(row for key, row in pairs if key == member))


def example(place: str, word: str) -> str:
    """The first rule of the examples that uses a word at a place (`rule`, `let`, `condition`, `missing`, `rounding`)."""
    return next((text for rule, text in _rules() if word in _used(rule, place)), "")


@cache
def _rules() -> tuple[tuple[Mapping[str, Any], str], ...]:
    """The examples as read, `on` as a word and no truth, each with its text."""
    parts = [f"- id:{part.rstrip()}\n" for part in EXAMPLES.read_text("utf-8").split("- id:")[1:]]
    return tuple((yaml.load(part, yaml.BaseLoader)[0], part) for part in parts)


def _used(rule: Mapping[str, Any], place: str) -> set[str]:
    """The words that a rule uses at a place."""
    selections = [s for s in rule.get("let", {}).values() if isinstance(s, dict)]
    match place:
        case "rule":
            return set(rule)
        case "let":
            return {word for s in selections for word in s}
        case "missing":
            given = rule.get("missing", "")
            return {*given.values()} if isinstance(given, dict) else {given}
        case "rounding":
            return {rule.get("rounding", "")}
        case _:
            conditions = [c for s in (rule.get("where", {}), *selections) for c in s.values()]
            words = {word for c in conditions if isinstance(c, dict) for word in c}
            return words | ({"any"} if "any" in conditions else set())
