"""The acceptance inputs that lie beside the project: read where they are, skipped where not. What they guard is
guarded by `test_members`, `engine/test_time`, `engine/test_missing_modes`, `engine/test_open_ends`, `engine/test_duplicates`
and `engine/test_number_columns` too.
"""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import audit
from audit.cli import main
from audit.model.errors import InputError
from audit.numbers.numerals import parse_cell
from tests.engine.small import checks, frame
from tests.language.test_members import CODES, ROWS

SHARED = Path(os.environ.get("AUDIT_SHARED", Path(__file__).parents[3] / "shared")) / "acceptance"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the acceptance inputs are not here")

HARMLESS = {
    "38_empty_file": "a file without rules says nothing wrong; a run that is given no rule at all is refused by the command",
}
"""What is not refused here, and why."""


def listed(name: str) -> list[Any]:
    path = SHARED / name
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


@pytest.mark.parametrize("path", sorted((SHARED / "wrong_rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_wrong_rules_are_refused_with_a_place(path: Path):
    if path.stem in HARMLESS:
        pytest.skip(HARMLESS[path.stem])
    regions = {"region": CODES["region"]}
    with pytest.raises(InputError) as error:
        audit.check(tables={"targets": frame(ROWS)}, rules=path.read_text("utf-8") + "\n", codes=regions)
    assert re.match(r"rules:\d+:\d+: ", str(error.value))


@pytest.mark.parametrize("case", listed("periods.yaml"), ids=lambda case: case["of"])
def test_relations_of_time(case: dict[str, Any]):
    for relation in case.keys() - {"periods", "of", "note"}:
        let = {"now": {}, "others": {"period": {"relative": relation}}}
        rows = [{"period": period, "value": 1} for period in case["periods"]]
        found = checks("count(now) + count(others) == 0", rows, for_each=["period"], let=let)
        cells = {c.key["period"]: c.cells for c in found}.get(case["of"], ())
        assert [c.dimensions["period"] for c in cells if c.operand == "others"] == case[relation]


@pytest.mark.parametrize("case", listed("missing_modes.yaml"), ids=lambda case: case["id"])
def test_modes_of_absence(case: dict[str, Any]):
    if case["mode"] == "computed":
        pytest.skip("what is computed from others is judged as it is stated")
    policy = "zero" if "zero" in case["mode"] else "report"
    rows = [{"item": item, "value": value} for item, value in case["cells"].items()]
    rows.append({"item": "of the type of numbers", "value": 1})
    for name, rule in case["rules"].items():
        (found,) = checks(rule, rows, for_each=[], along="item", missing=policy)
        expected = case["expect"][name]
        if expected is None:
            assert found.verdict == "untestable", name
        else:
            verdict, imbalance = expected
            assert (found.verdict == "holds") is verdict and found.imbalance == Decimal(imbalance), name


def figure_rows(item: str, fact: list[Any]) -> list[dict[str, Any]]:
    """A fact of the interval cases as rows of figures: with so many decimals, exact (`inf`), or cut off (`trunc 1`)."""
    if isinstance(fact[0], list):
        return [row for one in fact for row in figure_rows(item, one)]
    value, precision = Decimal(str(fact[0])), str(fact[1])
    low = high = value
    bound = "exact"
    if precision.startswith("trunc"):
        high, bound = value + Decimal(precision.split()[1]), "below"
    elif precision != "inf":
        half = Decimal(5).scaleb(-int(precision) - 1)
        low, high = value - half, value + half
    return [{"item": item, "value": value, "low": low, "high": high, "bound": bound}]


@pytest.mark.parametrize("case", listed("intervals.yaml"), ids=lambda case: case["id"])
def test_intervals(case: dict[str, Any]):
    rows = [row for item, fact in case["facts"].items() for row in figure_rows(item, fact)]
    if "interval" in case:
        for item, ends in case["interval"].items():
            (found,) = checks(f"{item} == 0", rows, along="item", rounding="exact")
            assert [found.left_low, found.left_high] == [Decimal(str(end)) for end in ends]
        return
    (found,) = checks(case["rule"], rows, along="item", rounding="exact")
    expected = ("holds", "reconcilable") if case["expect"] else ("violated",)
    assert found.verdict in expected and (case.get("exact", True) or found.verdict != "holds")
    if "computed" in case:
        assert [found.right_low, found.right_high] == [Decimal(end) for end in case["computed"]]


def cell_told(cell: str) -> Decimal | str | None:
    """What a cell of a number column is read as by the command, beside a plain number; its words, where it is refused."""
    with CliRunner().isolated_filesystem():
        Path("t.csv").write_text(f'item,x\na,"{cell}"\nb,1\nc,2\nd,3\n', "utf-8")
        Path("r.yaml").write_text("- {id: r, title: t, table: t, check: x == -77}\n", "utf-8")
        run = CliRunner().invoke(
            main, ["check", "t.csv", "--rules", "r.yaml", "--format", "json", "--lang", "en"]
        )
    if run.exit_code == 2:
        return run.stderr
    found = [
        f["cells"][0]["value"]
        for f in json.loads(run.stdout, parse_float=Decimal)["findings"]
        if f["key"]["item"] == "a"
    ]
    return Decimal(str(found[0])) if found else None


@pytest.mark.parametrize(
    "case", [c for c in listed("numbers.yaml") if "cell" in c], ids=lambda case: str(case["cell"])
)
def test_cells_of_number_columns(case: dict[str, Any]):
    told = cell_told(str(case["cell"]))
    if isinstance(told, str):
        assert re.match(r"t\.csv:2: ", told) and "message" in str(case["value"])
        return
    if "not_equal" in case:
        assert told != cell_told(case["not_equal"]) and told is not None
    elif re.fullmatch(r"[\d.e+]+", str(case["value"]), re.IGNORECASE):
        assert told == Decimal(str(case["value"]))
    elif told is None:
        assert "blank" in case["value"]
    else:
        assert told == parse_cell(str(case["cell"])).value
