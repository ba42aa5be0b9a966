"""The acceptance inputs that lie beside the project: read where they are, skipped where not. What they guard is
guarded by `test_members`, `engine/test_time` and `engine/test_missing_modes` too.
"""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import audit
from audit.model.errors import InputError
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
