"""Names in rules that nothing answers to are refused at their own place, and never bind nothing in silence."""

from __future__ import annotations

import pytest

import audit
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from tests.engine.small import frame

MEASURES = {"gdp": 10, "export": 5, "import": 3, "balance": 2}
REGIONS = {"all": 3, "east": 1, "west": 2}
ROWS = [
    {"id": f"{f}{p}{m}{r}", "freq": f, "period": p, "measure": m, "region": r, "value": size * share}
    for f, periods in (("A", ("2018", "2019")), ("Q", ("2019Q1", "2019Q2")))
    for p in periods
    for m, size in MEASURES.items()
    for r, share in REGIONS.items()
]  # fmt: skip
CODES = {
    "region": CodeList.of(
        "region",
        (
            Member("all", None, (), {"breakdown": "full"}), Member("east", "all", (), {"share": "x"}), Member("west", "all"),
        ),
    )
}  # fmt: skip


def check(**entries: str) -> audit.Report:
    rule = {"id": "r", "title": "t"} | entries
    rules = "- " + "\n  ".join(f"{name}: {value}" for name, value in rule.items()) + "\n"
    return audit.check(tables={"targets": frame(ROWS)}, rules=rules, codes=CODES, everything=True)


SUM = {"for_each": "[freq, period, measure]", "hierarchy": "region", "check": "whole == sum(parts)"}
YEARS = {
    "for_each": "[region, period]",
    "let": "{now: {}, before: {period: {relative: previous}}}",
    "check": "now >= before",
}


@pytest.mark.parametrize(
    ("entries", "at", "expected"),
    [
        ({**YEARS, "where": "{freq: A, measure: gpd}"}, "6:29", "the nearest is “gdp”"),
        ({**YEARS, "where": "{freq: A, measure: [gdp, imprt]}"}, "6:35", "the nearest is “import”"),
        ({**YEARS, "where": "{freq: A, measure: yes}"}, "6:29", "“yes” stands nowhere in measure"),
        ({**YEARS, "where": "{measure: {not: [imprt]}}"}, "6:27", "the nearest is “import”"),
        ({**YEARS, "where": "{region: wset}"}, "6:19", "“wset” is no member of region; the nearest is “west”"),
        ({"for_each": "[region, freq, period]", "along": "measure", "check": "balance == exprot - import"}, "5:21", "“exprot”"),
        ({"for_each": "[region, freq, period]", "along": "measure", "check": "balanse == export - import"}, "5:10", "“balance”"),
        ({**SUM, "message": '{zh: "{whol}", en: "{whole}"}'}, "6:19", "the message names “whol”"),
        ({**SUM, "message": '{zh: 错, en: "is {rite}"}'}, "6:29", "the nearest is “right”"),
        ({**SUM, "message": '"is {whole"'}, "6:13", "a bracket of the message lacks its other half"),
        ({**SUM, "missing": "{prts: zero}"}, "6:13", "missing: names “prts”"),
        ({**SUM, "examples": "{holds: [{whole: 3, part: [1, 2]}]}"}, "6:33", "the example gives “part”"),
        ({**SUM, "examples": "{holds: [{whole: three, parts: [1, 2]}]}"}, "6:23", "gives “whole” as “three”, which is no number"),
        ({**SUM, "for_each": "[freq, period, measure, freq]"}, "3:37", "“freq” is given twice"),
        ({**SUM, "table": "target"}, "6:10", "there is no table “target”"),
        ({**YEARS, "let": "{now: {}, before: {perod: {relative: previous}}}"}, "4:27", "no column “perod”"),
        ({**YEARS, "let": "{now: {colum: value}, before: {}}"}, "4:15", "the nearest is “column”"),
        ({**YEARS, "let": "{now: {column: valeu}, before: {}}"}, "4:23", "the nearest is “value”"),
        ({**YEARS, "let": "{now: {}, before: {region: {relative: previous}}}"}, "4:46", "“all” in region is no period"),
        ({**YEARS, "where": "{region: {from: 2018}}"}, "6:11", "“all” in region is no period"),
        ({**YEARS, "where": "{period: {from: 18, to: 2019}}"}, "6:26", "“18” is no period"),
        ({**YEARS, "where": "{period: {from: 2019, to: 2018}}"}, "6:36", "run backwards"),
        ({**SUM, "column": "amount"}, "6:11", "no column “amount”"),
        ({**SUM, "check": "whole == sum(parts * sahre)"}, "5:31", "the nearest is “share”"),
        ({**SUM, "check": "whole == sum(parts * share)"}, "5:31", "the share of “east” is “x”, which is no number"),
        ({**SUM, "check": "whole == sum(parts * measure)"}, "5:31", "is a text where a number is needed"),
        ({"check": "value == sum(value * value)"}, "3:10", "give each an operand of its own in let"),
        ({"check": "value > 0", "column": "value"}, "4:11", "leave “column” out"),
        ({"check": "value / (1 - 1) > 0"}, "3:10", "divides by nothing"),
        ({"check": "value > 10 and value < 5"}, "3:25", "can never hold"),
        ({**SUM, "check": "whole >= 3 and sum(parts) > 2 and whole < 3"}, "5:44", "can never hold"),
    ],
)  # fmt: skip
def test_what_nothing_answers_to_is_refused_at_its_place(entries, at, expected):
    with pytest.raises(InputError) as error:
        check(**entries)
    told = str(error.value)
    assert told.startswith(f"rules:{at}: ") and expected in told and "\n" not in told


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ({**YEARS, "where": "{freq: A, measure: gdp}"}, "holds"),
        ({**YEARS, "where": "{measure: {not: services}}", "check": "count(now) == 5"}, "violated"),
        ({"for_each": "[region, freq, period]", "along": "measure", "check": "balance == export - services"}, "untestable"),
        ({"for_each": "[region]", "let": "{x: {measure: services}, y: {}}", "check": "count(x) >= 1"}, "violated"),
    ],
)  # fmt: skip
def test_what_may_well_be_absent_is_told_by_the_verdict(entries, verdict):
    assert verdict in {found.verdict for found in check(**entries).checks}


@pytest.mark.parametrize(
    "condition",
    ["value >= 3 and value <= 3", "value > 3 or value < 2", "value != 3 and value != 4", "value / 2 > 0"],
)
def test_what_can_hold_is_not_refused(condition):
    assert check(check=condition).summary.checks == len(ROWS)
