import os
from pathlib import Path

import pytest

from audit.files import write
from audit.model.errors import InputError
from audit.model.report import Report, Summary
from audit.reporting import FORMATS, format_names, format_of, json, renderer
from audit.reporting.reading import read_report
from tests.reporting.sample import sample


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [format.name for format in FORMATS])
def test_every_format_gives_the_same_bytes_for_the_same_report(name: str, language: str) -> None:
    first = renderer(name)(sample(), language=language, all_checks=True)
    assert first
    assert first == renderer(name)(sample(), language=language, all_checks=True)


def test_the_suffix_chooses_the_format() -> None:
    assert format_of(Path("a/b.JSON")) == "json"
    assert "text" in format_names()
    with pytest.raises(InputError, match=r"x\.odt: no report format"):
        format_of(Path("x.odt"))


def test_write_replaces_the_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "报告.txt"
    write(target, "一")
    write(target, b"two")
    assert target.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["报告.txt"]


def test_write_into_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "no" / "x.txt", "x")
    assert os.listdir(tmp_path) == []


def test_write_over_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    with pytest.raises(InputError):
        write(tmp_path / "x.txt", "x")
    assert os.listdir(tmp_path) == ["x.txt"]


@pytest.mark.parametrize("name", [format.name for format in FORMATS])
def test_every_format_can_tell_of_nothing(name: str) -> None:
    empty = Report("0", Summary(*[0] * 10), (), (), (), (), (), (), (), ())
    assert renderer(name)(empty, language="zh", all_checks=True)


@pytest.mark.parametrize("name", [format.name for format in FORMATS])
def test_every_format_comes_from_a_json_report_without_all_checks(name: str) -> None:
    assert renderer(name)(read_report(json.render(sample())), language="en")
