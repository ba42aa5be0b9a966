"""A small package of tables of our own, to be changed cell by cell."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from audit.tables.descriptor import descriptor

REPOSITORY = Path(__file__).parents[2]

TABLES: dict[str, list[str]] = {
    "documents.csv": [
        "id,number,title,issuer,date,region,period,sha256,complete",
        f"plan,市政〔2030〕1号,A plan,City hall,2030-01-02,全市,2030/2032,{'0' * 64},true",
    ],
    "targets.csv": [
        "id,document,clause,region,industry,indicator,period,measure,"
        "literal,value,low,high,unit,bound,kind,evidence,start,end",
        "plan/全市/-/产值/2032/level,plan,一,全市,,产值,2032,level,30,30,30,30,亿元,exact,target,产值30亿元,12,14",
        "plan/东区/-/产值/2032/level,plan,一,东区,,产值,2032,level,12.5,12.5,12.5,,亿元,at_least,target,12.5亿元以上,22,26",
        "plan/西区/-/产值/2030-2032/rate,plan,一,西区,,增速,2030/2032,rate,3-5,,3,5,%,range,target,增长3-5%,32,35",
    ],
    "clauses.csv": [
        "document,clause,parent,number,kind,heading,lead,support",
        "plan,一,,一,chapter,Goals,,",
        "plan,一(一),一,(一),part,Output,Office,",
    ],
    "lists.csv": [
        "document,clause,noun,stated_count,listed_count,items,open_ended,evidence,start,end",
        "plan,一,产业,2,2,a;b,false,2个产业,40,41",
    ],
    "mentions.csv": ["document,clause,name,kind,role,evidence,start,end", "plan,,Centre,center,goal,Centre,50,56"],
    "citations.csv": ["document,clause,cited_number,cited_title,start,end", "plan,,,Law,60,63"],
    "regions.csv": [
        "code,parent,breakdown,label_en,aliases", "全市,,full,City,本市", "东区,全市,,East,", "西区,全市,,West,",
    ],
    "industries.csv": ["code,parent,breakdown,label_en,aliases"],
    "indicators.csv": [
        "code,parent,unit,additive,broader,label_en,aliases",
        "产值,,亿元,true,,Output,总产值", "增速,,%,false,,Growth,",
    ],
    "measures.csv": ["code,label_en,aliases", "level,Level,", "rate,Rate,"],
}  # fmt: skip
TABLES["targets.csv"][3] = TABLES["targets.csv"][3].replace("产值/2030", "增速/2030")


def make(root: Path, **more: tuple[dict[str, Any], list[str]]) -> Path:
    """The package in `root`; `more` are further tables by name: their Table Schema and their lines."""
    described = descriptor("plans", {file.removesuffix(".csv"): file for file in TABLES})
    for resource, (file, lines) in zip(described["resources"], TABLES.items(), strict=True):
        (root / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        _without_absent_columns(resource["schema"], lines[0].split(","))
    for name, (schema, lines) in more.items():
        (root / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        described["resources"].append({"name": name, "path": f"{name}.csv", "schema": schema})
    (root / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return root


def _without_absent_columns(schema: dict[str, Any], header: list[str]) -> None:
    """Take the columns that a table may do without, and does, out of its Table Schema."""
    schema["fields"] = [field for field in schema["fields"] if field["name"] in header]
    schema["foreignKeys"] = [
        key
        for key in schema.get("foreignKeys", [])
        if isinstance(key["fields"], list) or key["fields"] in header
    ]


def change(file: Path, line: int, **cells: str) -> None:
    """Overwrite cells of the 1-based `line` of a CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    for column, cell in cells.items():
        rows[line - 1][rows[0].index(column)] = cell
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
