from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.causes.number_slips import meant, mistaken

SLIPS = [
    ("1560", 1560, 1650, "swapped", "1650"),
    ("650", 650, 950, "changed", "950"),
    ("6.5", Fraction("6.5"), 65, "tenfold", "65"),
    ("1.5", 15000, Fraction(3, 2), "scale", "1.5"),
    ("1.5", Fraction(3, 2), 15000, "scale", "1.5"),
    ("308", 308, 3078, "dropped", "3078"),
    ("3308", 3308, 308, "doubled", "308"),
    ("3708", 3708, 308, "added", "308"),
    ("12", 12, -12, "sign", "12"),
    ("376.82", Fraction("376.82"), Fraction("367.82"), "swapped", "367.82"),
]


@pytest.mark.parametrize(("digits", "value", "wanted", "kind", "written"), SLIPS)
def test_a_slip_is_told_by_its_kind(
    digits: str, value: Fraction, wanted: Fraction, kind: str, written: str
) -> None:
    (found,) = meant(digits, Fraction(value), Fraction(wanted), Fraction(wanted))
    assert (found.kind, found.digits, found.value) == (kind, written, wanted)


def test_a_number_that_no_slip_explains_was_not_meant() -> None:
    assert meant("1560", Fraction(1560), Fraction(2047), Fraction(2047)) == ()


def test_of_a_range_all_that_lie_in_it_are_told_the_likelier_first() -> None:
    found = meant("5", Fraction(5), Fraction(7), Fraction(50))
    assert [one.digits for one in found][:4] == ["7", "8", "9", "50"]
    assert "15" in [one.digits for one in found]


def test_what_counts_whole_things_was_not_meant_in_parts() -> None:
    assert meant("45", Fraction(45), Fraction(4), Fraction(5))[0].digits == "4.5"
    assert meant("45", Fraction(45), Fraction(4), Fraction(5), whole=True)[0].value.denominator == 1


def test_the_nearer_a_number_is_to_what_is_written_the_likelier_it_was_meant() -> None:
    swapped, changed = (
        meant("1568", Fraction(1568), Fraction(wanted), Fraction(wanted))[0] for wanted in (1586, 1562)
    )
    assert swapped.likelihood > changed.likelihood > mistaken(Fraction(1568), Fraction(1999))
    assert mistaken(Fraction(63), Fraction(65)) > mistaken(Fraction(63), Fraction(-65))


numbers = st.integers(1, 10**6).map(str) | st.decimals("0.1", "9999", places=2).map(lambda d: f"{d:f}")


@given(numbers, st.data())
def test_every_single_change_of_a_digit_is_found_again(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1).filter(lambda p: digits[p] != "."))
    slipped = digits[:place] + data.draw(st.sampled_from("123456789")) + digits[place + 1 :]
    if Fraction(slipped) != Fraction(digits):
        right = Fraction(digits)
        assert right in [one.value for one in meant(slipped, Fraction(slipped), right, right)]
