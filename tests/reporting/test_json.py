import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import reporting
from audit.model.errors import InputError
from audit.model.report import Comparison, Report
from audit.reporting import renderer, written
from audit.reporting.json import encode, render
from audit.reporting.reading import read_report
from tests.reporting.sample import HOSTILE, large, sample

SCHEMA = json.loads((Path(reporting.__file__).parent / "schemas" / "audit-report-1.json").read_text("utf-8"))


@pytest.mark.parametrize("all_checks", [False, True])
def test_validates_against_the_published_schema(all_checks: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(render(sample(), all_checks=all_checks)), SCHEMA)


def _against_a_baseline() -> Report:
    first, second, *rest = sample().findings
    findings = (replace(first, change="worsened"), *rest)
    return replace(sample(), findings=findings, comparison=Comparison("before.json", (second,), (first,)))


def test_what_a_comparison_adds_fits_the_schema_and_reads_back() -> None:
    report = _against_a_baseline()
    text = render(report, all_checks=True)
    jsonschema.validate(json.loads(text), SCHEMA)
    assert read_report(text) == report


def test_every_key_is_described_by_the_schema() -> None:
    value = json.loads(render(_against_a_baseline(), all_checks=True))
    definitions = SCHEMA["$defs"]
    seldom = {
        "unreached",
        "beyond",
        "scanned",
        "untold",
    }  # of ends not reached, of scans, of very many figures
    relation = set(definitions["relation"]["properties"]) - seldom
    assert set(value) == set(SCHEMA["properties"]) - {"untold"}  # only where there are too many checks
    assert set(value["findings"][0]) == relation | set(definitions["finding"]["properties"])
    assert set(value["findings"][0]["cells"][0]) == set(definitions["cell"]["properties"]) - seldom
    assert set(value["checks"][0]) == set(value["untestable"][0]) == relation
    for name in ("document", "rule"):
        assert set(value[f"{name}s"][0]) == set(definitions[name]["properties"])


def test_the_schema_refuses_a_verdict_that_does_not_exist() -> None:
    value = json.loads(render(sample()))
    value["findings"][0]["verdict"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, SCHEMA)


def test_reading_gives_the_same_report_back() -> None:
    assert read_report(render(sample(), all_checks=True)) == sample()


def test_without_all_checks_the_findings_are_still_complete() -> None:
    report = read_report(render(sample()))
    assert report.findings == sample().findings
    assert (report.checks, report.figures) == ((), ())


@given(st.decimals(min_value=Decimal("-1e19"), max_value=Decimal("1e19"), places=4))
def test_no_digit_is_lost(number: Decimal) -> None:
    assert json.loads(encode({"n": number}), parse_float=Decimal, parse_int=Decimal)["n"] == number


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_encode_is_json(value: object) -> None:
    assert json.loads(encode(value)) == value


def test_no_character_of_a_plan_acts_on_a_terminal() -> None:
    text = render(sample(), all_checks=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]", text)
    assert HOSTILE["control"] in {f["cells"][0]["evidence"] for f in json.loads(text)["findings"]}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": "audit-report/9"}', '{"schema": "audit-report/1"}', "[" * 100_000]
)
def test_a_file_that_is_no_report_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_report(text, "x.json")
    assert "x.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("findings", 0, "cells"), 5),
        (("findings", 0, "severity"), "dire"),
        (("findings", 0, "cells", 0, "value"), "ninety"),
        (("findings", 0, "cells", 0, "evidence"), None),
        (("findings", 0, "key"), {"period": 2019}),
        (("findings", 0, "certain"), "yes"),
        (("rules", 0, "title"), {"zh": "只有中文"}),
        (("summary", "checks"), None),
        (("summary", "checks"), -1),
        (("summary", "checks"), 10**30),
        (("findings", 0, "cells", 0, "line"), 1.5),
        (("findings", 0, "cells", 0, "source"), "a\0b"),
        (("findings", 0, "missing"), [1]),
        (("findings", 0, "waiver"), {}),
        (("inputs", 0, "path"), "a\0b"),
        (("reading", "left_out"), [{"why": "x"}]),
        (("identities",), {}),
        (("documents", 0, "title"), 7),
    ],
)
def test_a_report_with_a_broken_part_is_one_sentence(place: tuple[str | int, ...], wrong: object) -> None:
    value = json.loads(render(sample()))
    inner = value
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = wrong
    with pytest.raises(InputError, match="is not a complete report"):
        read_report(json.dumps(value))


def test_a_number_of_a_billion_digits_is_refused() -> None:
    text = render(sample()).replace('"value": 90', '"value": 1e999999999', 1)
    with pytest.raises(InputError, match=r"cells\[0\]\.value should be a number of ordinary size"):
        read_report(text)


@pytest.mark.parametrize("wrong", ["Infinity", "NaN", "1e999999999", "1" * 5000, "1e99999999999999999999"])
def test_a_count_of_no_size_is_one_sentence(wrong: str) -> None:
    text = re.sub(r'"checks": \d+', f'"checks": {wrong}', render(sample()), count=1)
    with pytest.raises(InputError) as caught:
        read_report(text, "x.json")
    assert "x.json is not a" in str(caught.value) and len(str(caught.value)) < 300


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_damage_to_a_report_is_more_than_a_sentence(data: st.DataObject) -> None:
    value = json.loads(render(sample(), all_checks=True))
    inner, steps = value, data.draw(st.integers(1, 6))
    for _ in range(steps):
        if not isinstance(inner, dict | list) or not inner:
            break
        name = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        holder, inner = inner, inner[name]
    holder[name] = data.draw(st.sampled_from([None, True, -1, 1.5, 1e300, "", "x", [], [None], {}, {"a": 1}]))
    try:
        report = read_report(json.dumps(value))
    except InputError as fault:
        assert "\n" not in str(fault)
    else:
        assert read_report(render(report, all_checks=True)) == report


def test_identical_input_gives_identical_bytes() -> None:
    assert render(sample(), all_checks=True) == render(replace(sample()), all_checks=True)


@pytest.mark.parametrize("name", ["json", "sarif", "junit"])
def test_a_long_report_is_written_piece_by_piece_with_the_same_bytes(name: str) -> None:
    report = large(300, 300)
    found = [*written(name, report, language="en", all_checks=False)]
    assert "".join(map(str, found)) == renderer(name)(report, language="en")
    assert name == "junit" or max(map(len, found)) < sum(map(len, found)) / 20


@given(st.recursive(st.text(max_size=3) | st.lists(st.dictionaries(st.text(max_size=2), st.integers(), max_size=2), max_size=3),
                    lambda inner: st.dictionaries(st.text(max_size=2), inner, min_size=2, max_size=3)))  # fmt: skip
def test_a_list_of_records_made_one_by_one_is_the_same_text(value: object) -> None:
    def lazy(part: object) -> object:
        if isinstance(part, dict):
            return {name: lazy(item) for name, item in part.items()}
        return iter(part) if isinstance(part, list) else part

    read = json.loads(encode(lazy({"some": value, "more": [{"a": 1}]})))
    assert read == {"some": value, "more": [{"a": 1}]}
