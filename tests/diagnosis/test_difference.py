"""How figures of two versions are matched."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.difference.clauses import same_clauses
from audit.diagnosis.difference.figures import changes, matched
from audit.model.report import Cell, FigureUse
from audit.model.rows import Clause


def figure(
    value: int, clause: str = "一", indicator: str = "x", document: str = "d", period: str = "2030"
) -> FigureUse:
    number = Decimal(value)
    cell = Cell(
        "",
        f"{document}/{indicator}",
        document,
        clause,
        str(value),
        number,
        number,
        number,
        "家",
        "",
        None,
        None,
    )
    return FigureUse(cell, indicator, "", "", period, "level", ())


figures = st.lists(
    st.builds(figure, st.integers(0, 3), st.sampled_from("一二"), st.sampled_from("xy")), max_size=12
)  # fmt: skip


@given(figures, figures)
def test_every_figure_is_matched_once_and_only_with_its_like(
    old: list[FigureUse], new: list[FigureUse]
) -> None:
    pairs = matched(old, new, {})
    assert Counter(id(a) for a, _ in pairs if a) == Counter(map(id, old))
    assert Counter(id(b) for _, b in pairs if b) == Counter(map(id, new))
    assert all(a is None or b is None or a.indicator == b.indicator for a, b in pairs)
    assert all(sum((a is None, b is None)) < 2 for a, b in pairs)


@given(figures, figures)
def test_no_more_figures_are_alone_than_must_be(old: list[FigureUse], new: list[FigureUse]) -> None:
    alone = Counter(f.indicator for pair in matched(old, new, {}) if None in pair for f in pair if f)
    there = Counter(f.indicator for f in old), Counter(f.indicator for f in new)
    assert alone == Counter({i: n for i in "xy" if (n := abs(there[0][i] - there[1][i]))})


@given(figures)
def test_a_version_does_not_differ_from_itself_in_any_order(old: list[FigureUse]) -> None:
    assert changes(matched(old, old[::-1], {}), {}) == []


def test_of_two_statements_about_one_thing_the_equal_ones_belong_together() -> None:
    old, new = [figure(1, "一"), figure(2, "二")], [figure(2, "一"), figure(1, "一")]
    assert [(a.cell.value, b.cell.value) for a, b in matched(old, new, {}) if a and b] == [(1, 1), (2, 2)]


def test_one_document_under_two_names_is_one_document() -> None:
    (pair,) = matched([figure(1, document="draft-1")], [figure(2, document="draft-2")], {})
    assert pair[0] and pair[1]


def clause(number: str, heading: str | None, parent: str | None = None) -> Clause:
    return Clause("d", number, parent, number, "part", heading, None, None)


def test_clauses_are_recognised_by_heading_below_a_parent_that_moved() -> None:
    old = [clause("一", "Goals"), clause("一(一)", "South", "一"), clause("二", None)]
    new = [
        clause("一", "Preface"),
        clause("二", "Goals"),
        clause("二(一)", "South", "二"),
        clause("三", None),
    ]
    assert same_clauses(old, new) == {("d", "一"): "二", ("d", "一(一)"): "二(一)", ("d", "二"): "二"}


def test_a_heading_that_stands_twice_tells_nothing() -> None:
    old = [clause("一", "Goals"), clause("二", "Goals")]
    assert same_clauses(old, [clause("一", "Goals"), clause("三", "Goals")]) == {("d", "一"): "一"}
