"""Code lists and hierarchies of SDMX wherever a code list is named, and the pack of rules on SDMX data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.model.errors import InputError
from audit.tables.formats.sdmx import read_codes

_SPACES = " ".join(
    f'xmlns:{name}="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{room}"'
    for name, room in (("mes", "message"), ("str", "structure"), ("com", "common"))
)
PARENTS = {"ALL": "", "EAST": "ALL", "WEST": "ALL"}


def _code(code: str, parent: str) -> str:
    above = f'<str:Parent><Ref id="{parent}"/></str:Parent>' if parent else ""
    return f'<str:Code id="{code}"><com:Name xml:lang="en">{code.title()}</com:Name>{above}</str:Code>'


def xml(path: Path, *names: str) -> Path:
    """A structure message of SDMX-ML 2.1 with lists of these names."""
    codes = "".join(_code(code, parent) for code, parent in PARENTS.items())
    lists = "".join(
        f'<str:Codelist id="{name}" agencyID="AUD" version="1.0"><com:Name xml:lang="en">n</com:Name>{codes}</str:Codelist>'
        for name in names
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><mes:Structure {_SPACES}><mes:Header><mes:ID>T</mes:ID><mes:Test>true</mes:Test>'
        '<mes:Prepared>2024-01-01T00:00:00</mes:Prepared><mes:Sender id="AUD"/></mes:Header><mes:Structures>'
        f"<str:Codelists>{lists}</str:Codelists></mes:Structures></mes:Structure>",
        "utf-8",
    )
    return path


def as_json(path: Path, nested: bool) -> Path:
    """A structure message of SDMX-JSON 2.0: the parents in the list, or in a hierarchy beside it."""
    codes = [
        {"id": c, "name": c.title(), **({"parent": p} if p and not nested else {})}
        for c, p in PARENTS.items()
    ]
    urn = "urn:sdmx:org.sdmx.infomodel.codelist.Code=AUD:CL_AREA(1.0)."
    below = [{"id": c, "code": urn + c} for c, p in PARENTS.items() if p]
    hierarchy = {
        "id": "H_AREA", "name": "h", "agencyID": "AUD", "version": "1.0", "hasFormalLevels": False,
        "hierarchicalCodes": [{"id": "ALL", "code": urn + "ALL", "hierarchicalCodes": below}],
    }  # fmt: skip
    lists = [{"id": "CL_AREA", "name": "n", "agencyID": "AUD", "version": "1.0", "codes": codes}]
    meta = {"schema": "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json", "id": "T", "test": False,
            "prepared": "2024-01-01T00:00:00Z", "sender": {"id": "AUD"}}  # fmt: skip
    data = {"codelists": lists, **({"hierarchies": [hierarchy]} if nested else {})}
    path.write_text(json.dumps({"meta": meta, "data": data}), "utf-8")
    return path


def parents(path: Path, dimension: str = "REF_AREA") -> dict[str, str]:
    frame = read_codes(path, path.name, dimension).frame
    return {code: parent or "" for code, parent, _ in frame.rows()}


def test_a_list_and_a_hierarchy_give_the_same_members(tmp_path: Path) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    for path in (
        xml(tmp_path / "a.xml", "CL_AREA"),
        as_json(tmp_path / "a.json", False),
        as_json(tmp_path / "b.json", True),
    ):
        assert parents(path) == PARENTS, path


def test_of_several_lists_the_one_called_as_the_dimension_is_meant(tmp_path: Path) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    path = xml(tmp_path / "a.xml", "CL_REF_AREA", "CL_SEX")
    assert parents(path) == PARENTS
    with pytest.raises(
        InputError,
        match=r"a\.xml: holds several code lists \(CL_REF_AREA, CL_SEX\), and none is called like AGE",
    ):
        parents(path, "AGE")


@pytest.mark.parametrize("content", ["", "<a/>", "{}", "nothing of the kind", "<?xml version='1.0'?><a"])
def test_what_is_no_sdmx_ends_in_a_sentence(tmp_path: Path, content: str) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    (tmp_path / "a.xml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"^a\.xml"):
        parents(tmp_path / "a.xml")


def test_the_extra_is_named_where_it_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.tables.formats.kinds.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"needs the library “pysdmx”.*'plan-audit\[sdmx\]'"):
        parents(xml(tmp_path / "a.xml", "CL_AREA"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def test_the_pack_adds_up_areas_by_the_list_and_holds_values_against_their_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pysdmx", reason="the extra sdmx is not installed")
    monkeypatch.chdir(tmp_path)
    xml(Path("areas.xml"), "CL_AREA")
    rows = [("ALL", "2019", "9", "A"), ("EAST", "2019", "5", "A"), ("WEST", "2019", "4", "A"), ("ALL", "2020", "12", "A"),
            ("EAST", "2020", "6", "A"), ("WEST", "2020", "5", "M"), ("EAST", "2021", "", "A")]  # fmt: skip
    lines = [
        "FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS",
        *(f"A,{a},POP,{t},{v},{s}" for a, t, v, s in rows),
    ]
    Path("data.csv").write_text("\n".join(lines) + "\n", "utf-8")
    Path("audit.toml").write_text(
        'extends = "sdmx"\n[codes]\nREF_AREA = "areas.xml"\n'
        '[tables.data]\nfile = "data.csv"\nkey = ["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"]\n', "utf-8"
    )  # fmt: skip
    found = json.loads(run("check", "--format", "json").stdout)
    told = {(one["rule"], one["key"].get("TIME_PERIOD", "")) for one in found["findings"]}
    assert told == {
        ("sdmx.areas", "2020"),
        ("sdmx.missing-is-blank", "2020"),
        ("sdmx.blank-is-marked", "2021"),
    }
