"""A small workspace of our own: a zone of two districts, three indicators, two years; every sum holds."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
FIGURES = {  # (indicator, unit, period): zone, south, north
    ("研发机构", "家", "2031"): (30, 20, 10),
    ("研发机构", "家", "2032"): (90, 50, 40),
    ("高新技术企业", "家", "2032"): (450, 300, 150),
    ("销售收入", "亿元", "2032"): (1650, 650, 1000),
}
REGIONS = ("创新区", "南区", "北区")
RULES = """
- id: zone-total
  title: {zh: 两区之和等于创新区, en: The districts add up to the zone}
  severity: error
  level: 1
  table: targets
  for_each: [document, indicator, period]
  along: region
  check: 创新区 == 南区 + 北区
  because: {zh: 创新区由南区和北区组成, en: the zone consists of the two districts}
"""


def make(root: Path, document: str = "zone-plan") -> Path:
    """The workspace in `root`: `extracted/` with its data package, and `rules/`."""
    tables = root / "extracted"
    (tables / "targets").mkdir(parents=True)
    (root / "rules").mkdir()
    (root / "rules" / "sums.yaml").write_text(RULES, "utf-8")
    (root / "audit.toml").write_text('rules = ["rules"]  # these alone, not the library\n', "utf-8")
    rows: dict[str, list[dict[str, object]]] = {
        "documents": [
            {"id": document, "title": "The plan of a zone", "issuer": "City hall", "date": "2031-01-01",
             "region": "创新区", "period": "2031/2032", "sha256": "0" * 64, "complete": "true"},
        ],
        "targets": _figures(document),
        "clauses": [
            {"document": document, "clause": number, "number": number, "kind": "chapter", "heading": heading}
            for number, heading in (("一", "Goals"), ("二", "Tasks"))
        ],
        "regions": [
            {"code": "创新区", "breakdown": "full", "label_en": "Zone"},
            {"code": "南区", "parent": "创新区", "label_en": "South"},
            {"code": "北区", "parent": "创新区", "label_en": "North"},
        ],
        "industries": [],
        "indicators": [
            {"code": code, "unit": unit, "additive": "true", "label_en": label}
            for code, unit, label in (
                ("研发机构", "家", "Institutes"), ("销售收入", "亿元", "Sales"), ("高新技术企业", "家", "Firms"),
            )
        ],
        "measures": [{"code": "level", "label_en": "Level"}],
    }  # fmt: skip
    described = json.loads((REPOSITORY / "extracted" / "datapackage.json").read_text("utf-8"))["resources"]
    resources = [
        {**resource, "path": f"{resource['name']}.csv"} for resource in described if resource["name"] in rows
    ]
    for resource in resources:
        if resource["name"] == "targets":
            resource["path"] = f"targets/{document}.csv"
        names = [field["name"] for field in resource["schema"]["fields"]]
        _write(tables / resource["path"], names, rows[resource["name"]])
    (tables / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    return root


def _write(path: Path, names: list[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _figures(document: str) -> list[dict[str, object]]:
    rows = []
    for (indicator, unit, period), values in FIGURES.items():
        for region, value in zip(REGIONS, values, strict=True):
            start = 10 * len(rows)
            rows.append({
                "id": f"{document}/{region}/-/{indicator}/{period}/level", "document": document, "clause": "一",
                "region": region, "indicator": indicator, "period": period, "measure": "level", "literal": value,
                "value": value, "low": value, "high": value, "unit": unit, "bound": "exact", "kind": "target",
                "evidence": f"{region}{indicator}{value}{unit}", "start": start, "end": start + len(str(value)),
            })  # fmt: skip
    return sorted(rows, key=lambda row: str(row["id"]))


def state(
    root: Path, region: str, indicator: str, period: str, value: int, document: str = "zone-plan"
) -> None:
    """Let the plan state `value` for a figure."""
    amend(
        root,
        f"{document}/{region}/-/{indicator}/{period}/level",
        value=value,
        low=value,
        high=value,
        literal=value,
    )


def amend(root: Path, figure: str, **cells: object) -> None:
    """Overwrite cells of the row of a figure; its end follows the literal."""
    path = root / "extracted" / "targets" / f"{figure.partition('/')[0]}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, object]] = list(csv.DictReader(file))
    row = next(row for row in rows if row["id"] == figure)
    row |= cells
    row["end"] = int(str(row["start"])) + len(str(row["literal"]))
    row["evidence"] = f"{row['region']}{row['indicator']}{row['literal']}{row['unit']}"
    _write(path, list(row), rows)


def git(root: Path, *arguments: str) -> str:
    """Run git in `root` as a person of our own."""
    who = ("-c", "user.name=Drafter", "-c", "user.email=drafter@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(root), *who, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(root: Path, message: str) -> str:
    """Commit everything; the repository is made at the first time. The new revision's name."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")


def copied(root: Path, to: Path) -> Path:
    """A second copy of a workspace."""
    shutil.copytree(root, to)
    return to
