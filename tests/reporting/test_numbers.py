from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import share
from audit.reporting.numbers import interval, plain, signed


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_plain_keeps_the_number_and_has_no_exponent(number: Decimal) -> None:
    if number.adjusted() < 50 and number.as_tuple().exponent > -50:  # type: ignore[operator]
        assert Decimal(plain(number)) == number
        assert "E" not in plain(number)


@pytest.mark.parametrize(
    ("number", "text"), [("1650", "1650"), ("0.30", "0.3"), ("-0.0", "0"), ("1E+3", "1000"), ("100", "100")]
)
def test_plain_examples(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_signed_examples() -> None:
    assert [signed(Decimal(n)) for n in ("10", "-0.5", "0")] == ["+10", "−0.5", "0"]
    assert signed(None) == ""


def test_interval_examples() -> None:
    one, two = Decimal(1), Decimal(2)
    shown = [
        interval(one, one),
        interval(one, two),
        interval(one, None),
        interval(None, two),
        interval(None, None),
    ]
    assert shown == ["1", "[1, 2]", "[1, ∞)", "(−∞, 2]", ""]


@given(st.text())
def test_inert_is_one_printable_line(text: str) -> None:
    assert len(inert(text).splitlines()) <= 1
    assert inert(inert(text)) == inert(text)


@given(st.text(alphabet="ab5", max_size=60), st.integers(3, 20))
def test_excerpt_keeps_what_it_is_cut_around(text: str, limit: int) -> None:
    cut = excerpt(text, "5", limit)
    assert len(cut.strip("…")) <= limit
    assert ("5" in text) == ("5" in cut) or len(text) <= limit


def test_a_share_is_full_only_when_nothing_is_missing() -> None:
    assert [share(9999, 10000), share(3, 3), share(0, 0)] == ["99.9%", "100.0%", "–"]
