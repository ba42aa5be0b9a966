"""Periods: what is one, what is none, and what stands before, after and within it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model.period import FOUND, FREQUENCIES, LAGS, ORDERED, RELATIONS, Period, period_of


@pytest.mark.parametrize(
    ("text", "written"),
    [("2019", "2019"), ("2019A1", "2019"), ("2019.0", "2019"), ("2019H1", "2019H1"), ("2019-S2", "2019H2"),
     ("2019Q2", "2019Q2"), ("2019-Q4", "2019Q4"), ("2019-02", "2019-02"), ("2019M2", "2019-02"), ("2019-M12", "2019-12"),
     ("2019-02-03", "2019-02-03"), ("2019-02-03 00:00:00", "2019-02-03"), ("2020-02-29", "2020-02-29"),
     ("2017/2020", "2017/2020"), ("2019-01/2019-06", "2019-01/2019-06"), ("2019/2019", "2019"), ("十四五", "2021/2025"),
     ("十五", "2001/2005"), (" 2019 ", "2019")],
)  # fmt: skip
def test_what_is_a_period(text, written):
    assert str(period_of(text)) == written


@pytest.mark.parametrize(
    "text",
    ["", "999", "0999", "12", "20191", "201902", "20190203", "2019-13", "2019-00", "2019Q5", "2019H3", "2019-02-30",
     "2019-2", "2019-02-03T10:00", "2017-2020", "2020/2017", "2019/2020Q1", "２０１９", "year 2019", "2019年",
     "2019/", "十七五", "2019.5"],
)  # fmt: skip
def test_what_is_none_is_never_guessed(text):
    assert period_of(text) is None


periods = st.builds(
    lambda frequency, first, length: Period(frequency, first, first + length),
    st.sampled_from(FREQUENCIES[:4]), st.integers(30_000, 40_000), st.integers(0, 5),
).filter(lambda p: 1000 <= p.first_year < 9990) | st.builds(
    lambda first, length: Period("date", first, first + length), st.integers(700_000, 740_000), st.integers(0, 40)
)  # fmt: skip


@given(periods)
def test_a_period_is_read_as_it_is_written(period):
    assert period_of(str(period)) == period


@given(periods)
def test_what_comes_before_ends_the_day_before(period):
    before = period.moved(-1)
    assert before.days[1] + 1 == period.days[0]
    assert before.moved(1) == period and before.length == period.length
    assert ORDERED["earlier"](period, before) and ORDERED["later"](before, period)


@given(periods, st.sampled_from(FREQUENCIES))
def test_the_parts_of_a_period_fill_it(period, frequency):
    parts = period.divided(frequency)
    if parts:
        days = [day for part in parts for day in part.days]
        assert (days[0], days[-1]) == period.days
        assert all(end + 1 == start for end, start in zip(days[1:-1:2], days[2::2], strict=True))


@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [("2021-01", "previous", ["2020-12"]), ("2019Q1", "previous", ["2018Q4"]), ("2019H1", "previous", ["2018H2"]),
     ("2019-03-01", "previous", ["2019-02-28"]), ("2021/2025", "previous", ["2016/2020"]), ("2019-12", "next", ["2020-01"]),
     ("2019Q2", "year_before", ["2018Q2"]), ("2020-02-29", "year_before", []), ("2019", "year_before", ["2018"]),
     ("2019-01/2019-06", "year_before", ["2018-01/2018-06"]), ("2017/2020", "last", ["2020"]), ("2017", "last", []),
     ("2017/2019", "within", ["2017", "2018", "2019"]), ("2019", "within", []), ("2019", "halves", ["2019H1", "2019H2"]),
     ("2019H2", "quarters", ["2019Q3", "2019Q4"]), ("2019Q1", "months", ["2019-01", "2019-02", "2019-03"]),
     ("2019Q1", "quarters", []), ("2019-01", "quarters", []), ("2019-03", "year_to_date", ["2019-01", "2019-02", "2019-03"]),
     ("2019Q2", "year_to_date", ["2019Q1", "2019Q2"]), ("2019", "year_to_date", ["2019"]),
     ("2019-02/2019-03", "year_to_date", ["2019-01", "2019-02", "2019-03"])],
)  # fmt: skip
def test_where_relations_of_time_lead(text, relation, expected):
    period = period_of(text)
    assert period is not None
    assert [str(found) for found in FOUND[relation](period)] == expected


@pytest.mark.parametrize(
    ("own", "other", "relations"),
    [("2019", "2018", {"earlier", "same_or_earlier"}), ("2019", "2019", {"same_or_earlier", "same_or_later"}),
     ("2019", "2017/2019", {"same_or_earlier", "same_or_later", "span"}), ("2017/2019", "2018", {"same_or_earlier"}),
     ("2017/2019", "2020/2022", {"later", "same_or_later"}), ("2018/2020", "2017/2019", {"same_or_earlier"})],
)  # fmt: skip
def test_how_periods_are_ordered(own, other, relations):
    one, two = period_of(own), period_of(other)
    assert one is not None and two is not None
    assert {name for name, holds in ORDERED.items() if holds(one, two)} == relations


@given(periods, st.sampled_from(["previous", "next", "year_before"]), st.integers(1, 6))
def test_so_many_steps_are_as_many_single_ones(period, relation, by):
    at = period
    for _ in range(by):
        at = next(FOUND[relation](at), None)
        if at is None:  # the 29th of February has none a year before
            return
    assert list(LAGS[relation](period, by)) == [at]


def test_every_relation_is_of_one_kind():
    assert len(set(RELATIONS)) == len(FOUND) + len(ORDERED)
