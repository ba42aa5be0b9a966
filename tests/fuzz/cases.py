"""One case: a folder with a damaged input, and the commands that are given it. All of it follows from a number."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.damage import WORDS, damaged_bytes, damaged_table, damaged_text, damaged_tree
from tests.workspace.zone import make

DRAFTS = Path(__file__).parents[1] / "data" / "draft"
RULES = """
- id: total
  title: {zh: 合计, en: Total}
  severity: error
  for_each: [document, indicator, period]
  along: region
  check: 创新区 == 南区 + 北区
  because: {zh: 因为, en: because}
  examples:
    holds: [{创新区: 3, 南区: 1, 北区: 2}]
    violated: [{创新区: 4, 南区: 1, 北区: 2}]
- id: parts
  title: parts
  for_each: [document, indicator, period]
  hierarchy: region
  check: whole >= sum(parts)
- id: rising
  title: rising
  for_each: [document, region, indicator]
  let: {now: {period: "2032"}, before: {period: "2031"}}
  missing: skip
  check: now >= before * 1.5 and not (now is missing)
- id: record
  title: record
  where: {indicator: {additive: true}}
  check: low <= value and value <= high
"""
WORDS_OF_RULES = (
    *WORDS, "check:", "for_each: [period]", "along: indicator", "hierarchy: region", "let: {a: {region: {relative: other}}}",
    "where: {}", "missing: zero", "(", ")", "((((", "+", "== ==", "sum(", "if", "then", "is missing", "1e999", "min()", "x" * 300,
    "{a: &a [*a]}", "- id: total", "severity: none", "|", ">", "!!python/object:os.system", "unit: 万家", "tolerance: -1",
    "rounding: as_written", "[" * 50, "?", "@", "`",
)  # fmt: skip
SETTINGS = """rules = ["rules"]
only = ["zone.*"]
severity = "info"
fail-on = "warning"
baseline = "b.json"
[codes]
region = "c.csv"
"""
FRAGMENTS = (
    "到2026年，", "全市", "高新区", "建设研发机构", "30", "家", "，其中", "亿元", "增长", "8.5%", "、", "。\n",
    "一、", "（二）", "1.", "比2020年", "分别", "达到", "以上", "不低于", "1万亿", "三千五百", "\t", "|", "合计",
    "9" * 50, "（", "）", "《", "》", "责任单位：", "科技局", "；", "等3项", "占", "２０２５", "五二三·六", "2 0",
    "‰", "-", "～", "<table><tr><td>", "</td></tr>", "&nbsp;", "\u3000", "表1", "第十条", "万", "１", ".", "其中：",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """Commands to be run in a folder, one after the other."""

    kind: str
    commands: tuple[tuple[str, ...], ...]


def table(random: Random, root: Path) -> Case:
    """A table of figures with its workspace's rules."""
    make(root)
    files = sorted((root / "extracted").rglob("*.csv"))
    for path in random.sample(files, random.choice((1, 1, 2))):
        text = path.read_text("utf-8")
        if random.random() < 0.2:
            path.write_bytes(damaged_bytes(random, text.encode()))
        else:
            path.write_text(damaged_table(random, text), "utf-8", "surrogatepass")
    alone = "extracted/targets/zone-plan.csv"
    commands = (
        ("check",),
        ("check", alone),
        ("coverage",),
        ("coverage", "--mutate"),
        ("check", "--format", "sarif"),
    )
    return Case("table", (random.choice(commands),))


def package(random: Random, root: Path) -> Case:
    """A description of the tables."""
    make(root)
    path = root / "extracted" / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    if random.random() < 0.2:
        path.write_bytes(damaged_bytes(random, path.read_bytes()))
    else:
        path.write_text(json.dumps(damaged_tree(random, described)))
    return Case(
        "package",
        (random.choice((("check",), ("coverage",), ("verify", "--sources", "."), ("rules", "test"))),),
    )


def rules(random: Random, root: Path) -> Case:
    """A file of rules."""
    make(root)
    text = damaged_text(random, RULES, WORDS_OF_RULES)
    data = text.encode("utf-8", "surrogatepass")
    (root / "rules" / "own.yaml").write_bytes(damaged_bytes(random, data) if random.random() < 0.2 else data)
    own = ("--rules", "rules/own.yaml")
    commands = (("check", *own), ("check", "--all", *own), ("rules", "test", *own), ("rules", "list", *own),
                ("rules", "check", "rules/own.yaml"), ("rules", "show", "total", *own))  # fmt: skip
    return Case("rules", (random.choice(commands),))


def report(random: Random, root: Path) -> Case:
    """A JSON report, read again or as a baseline."""
    make(root)
    from audit.reporting.json import render
    from tests.reporting.sample import sample

    content = json.loads(render(sample(), all_checks=True))
    text = json.dumps(damaged_tree(random, content)).encode()
    (root / "r.json").write_bytes(damaged_bytes(random, text) if random.random() < 0.2 else text)
    formats = ("text", "json", "markdown", "github", "sarif", "junit", "ess")
    suffixes = ("html", "xlsx", "docx", "md", "xml")
    commands = (("report", "r.json", "--format", random.choice(formats)),
                ("report", "r.json", "-o", f"out.{random.choice(suffixes)}"), ("check", "--baseline", "r.json"))  # fmt: skip
    return Case("report", (random.choice(commands),))


def paper(random: Random, root: Path) -> Case:
    """A working paper from which findings are to be waived."""
    make(root)
    from audit.reporting.xlsx import render
    from tests.reporting.sample import sample

    data = render(sample(), language="zh")
    (root / "p.xlsx").write_bytes(
        _damaged_parts(random, data) if random.random() < 0.8 else damaged_bytes(random, data)
    )
    return Case("paper", (("waive", "--from", "p.xlsx"),))


def settings(random: Random, root: Path) -> Case:
    """Settings and waivers."""
    make(root)
    (root / "audit.toml").write_bytes(
        damaged_bytes(random, SETTINGS.encode()) if random.random() < 0.5 else SETTINGS.encode()
    )
    waiver = ("- id: abcdef\n  rule: zone-total\n  key: {period: '2032'}\n  verdict: violated\n  imbalance: '-90'\n"
              "  category: accepted\n  reason: r\n  by: me\n  on: '2031-01-01'\n  until: '2999-01-01'\n")  # fmt: skip
    (root / "waivers.yaml").write_bytes(damaged_text(random, waiver).encode("utf-8", "surrogatepass"))
    (root / "c.csv").write_text(
        damaged_table(random, "code,parent\n创新区,\n南区,创新区\n北区,创新区\n"), "utf-8", "surrogatepass"
    )
    commands = (("check", "--rules", "rules"), ("config",), ("rules", "list"), ("check",),
                ("waive", "abcd", "--reason", "r", "--until", "2999-01-01", "--by", "me"))  # fmt: skip
    return Case("settings", (random.choice(commands),))


def text(random: Random, root: Path) -> Case:
    """A plan of invented stretches of words, as text, Markdown or a page."""
    words = "".join(random.choice(FRAGMENTS) for _ in range(random.choice((5, 60, 600))))
    if random.random() < 0.4:
        words = damaged_text(random, (DRAFTS / "draft.txt").read_text("utf-8"), (*WORDS, *FRAGMENTS))
    name = random.choice(("p.txt", "p.md", "p q.txt", "p.html"))
    content = words.encode(random.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "replace")
    (root / name).write_bytes(content)
    return _of_plan("text", random, name)


def document(random: Random, root: Path) -> Case:
    """A plan in a damaged file: a page, a PDF, or a Word file one of whose parts is damaged."""
    name = random.choice(("draft.docx", "draft.pdf", "draft.html"))
    data = (DRAFTS / name).read_bytes()
    data = (
        _damaged_parts(random, data)
        if name.endswith(".docx") and random.random() < 0.8
        else damaged_bytes(random, data)
    )
    (root / name).write_bytes(data)
    return _of_plan("document", random, name)


def _of_plan(kind: str, random: Random, name: str) -> Case:
    marked = f"out.marked.{name.rpartition('.')[2] if name.startswith('draft') else 'html'}"
    commands = (
        (("check", name, "--format", "json"),), (("check", name, "-o", marked),), (("diff", name, name),),
        (("extract", name, "-o", "w"), ("check", "w")), (("coverage", name),),
    )  # fmt: skip
    return Case(kind, random.choice(commands))


def _damaged_parts(random: Random, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        contents = [name for name in names if name.endswith(("document.xml", "sheet1.xml", "strings.xml"))]
        chosen = random.choice([*names, *contents * 5])
        for name in names:
            content = old.read(name)
            if name == chosen:
                content = damaged_bytes(random, content)
            new.writestr(name, content)
    return out.getvalue()


KINDS: tuple[Callable[[Random, Path], Case], ...] = (
    table, package, rules, report, paper, settings, text, document,
)  # fmt: skip
