"""Reading takes work in step with the length of what is read, however it is written.

Nothing here looks at a clock: work is counted in processor time of this process, and what is quadratic takes a hundred
times what is allowed.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from audit.documents.html.reader import read as read_page
from audit.documents.text import read
from audit.extraction import extract
from tests.patterns import hard_strings, patterns

LENGTH = 20_000
PHRASES = {
    "audit.extraction.figures.indicators._change": 90,
    "audit.extraction.figures.indicators._SHARE": 90,
    "audit.extraction.figures.indicators._PLAN_DONE": 90,
    "audit.extraction.figures.naming._LISTED_KINDS": 120,
}
"""Patterns that see only the phrase before a number, with the length of a phrase at most."""


class TooMuchWork(Exception):
    """The processor time that was allowed is used up."""


@contextmanager
def allowed(seconds: float) -> Iterator[None]:
    """Ends what runs inside when it has used so much processor time."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TooMuchWork

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


SEARCHES = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
READERS = ("audit.documents", "audit.extraction", "audit.numbers")


def works_too_much(pattern: re.Pattern[Any], ways: set[str], text: str) -> bool:
    """Whether a pattern takes more processor time for a text than its length explains, however often it is tried."""
    return all(_stopped(pattern, ways, text) for _ in range(3))


def _stopped(pattern: re.Pattern[Any], ways: set[str], text: str) -> bool:
    """Whether one use of a pattern on a text is stopped for its processor time."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    anchored = bool(ways & {"match", "fullmatch"}) and not ways & SEARCHES
    try:
        with allowed(0.6):
            if "match" in ways:
                pattern.match(given)
            if "fullmatch" in ways:
                pattern.fullmatch(given)
            if not anchored:
                for _ in pattern.finditer(given):
                    pass
    except TooMuchWork:
        return True
    return False


@pytest.mark.parametrize("package", READERS)
def test_no_pattern_works_more_than_its_text_is_long(package: str) -> None:
    found = patterns(package)
    assert found
    slow = {
        (name, text[:40])
        for pattern, use in found.items()
        for name in [min(use.names)]
        for text in hard_strings(pattern, PHRASES.get(name, LENGTH))
        if works_too_much(pattern, use.ways, text)
    }
    assert not slow


def test_a_pattern_that_looks_back_is_found_out() -> None:
    assert any(
        works_too_much(p, {"search"}, text)
        for p in [re.compile(r"\s*x$")]
        for text in hard_strings(p, 3 * LENGTH)
    )
    assert not any(
        works_too_much(p, {"match"}, text)
        for p in [re.compile(r"\s*x$")]
        for text in hard_strings(p, 3 * LENGTH)
    )


UNITS = (
    "1234567890", "(", ")", "其中", "“", "”", "《", "《甲》、", "一、\n", "一、建设园区。\n", "(一)\n", "(1)甲\n", "①", "1.\n",
    "，", ",", "、", "。", "a", "建", "的", "\n", " ", "\t", "20", "2019年", "2019、", "2019-", "1:", "1,", "1.", "十", "百分之",
    "占", "占比10%、", "10%", "10家、", "10家", "分别为10家、", "增长8%，", "比上年增长8%，", "投资10亿元，其中工业5亿元；",
    "等四大产业，", "责任单位：市发改委、市财政局\n", "由一办公室、", "局和", "1\t", "甲\t1\t2\n", "甲\t乙\n", "合计\t1\n",
    "第一产业\t1\n", "甲\n1\n", "12\n", "序号\n", "|a|1|\n|--|--|\n", "高新区10家，", "加上10亿元，", "按地域分，城镇10家，",
    "到2020年，全市产值1000亿元，增长8%，其中高新区500亿元、城区400亿元。\n", "收支相抵，", "A1", "〔2019〕1号",
    "根据《甲规划》（甲发〔2019〕1号），", "“甲”工程，", "打造甲、乙、丙等3个平台，", "3个平台：甲、乙、丙。",
)  # fmt: skip
"""What a text may repeat without end."""


def calls_of(run: Callable[[], object]) -> int:
    """How many functions are called while something runs: its work, the same on every machine."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def extract_repeated(unit: str, length: int) -> None:
    source = read("plan.txt", (unit * (length // len(unit))).encode())
    extract(source.text, "plan", tables=source.tables)


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_that_repeats_itself_is_read_in_step_with_its_length(unit: str) -> None:
    extract_repeated("到2020年建设10家。", 100)
    with allowed(20):
        less = calls_of(lambda: extract_repeated(unit, 500))
        more = calls_of(lambda: extract_repeated(unit, 2_000))
        extract_repeated(unit, 6_000)
    assert more < 6 * less + 1_000


ROWS = (
    "<tr><td rowspan=99999>甲<td rowspan=99999>1",
    "<tr><td>甲<td rowspan=9>1",
    "<tr><td colspan=3>甲<td>1",
    "<tr><th rowspan=2>甲<th>1",
)
"""What a table of a page may repeat without end."""


@pytest.mark.parametrize("row", ROWS)
def test_a_table_of_any_spans_is_read_in_step_with_its_rows(row: str) -> None:
    def laid_out(rows: int) -> None:
        read_page("plan.html", f"<meta charset=utf-8><table>{row * rows}</table>".encode())

    laid_out(2)
    with allowed(20):
        less, more = calls_of(lambda: laid_out(400)), calls_of(lambda: laid_out(1600))
    assert more < 6 * less + 1_000
