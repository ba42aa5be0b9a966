"""Texts and keys as numbers: equal where they are equal, ordered as they are, and paired without a gap."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audit.engine.keys import dense, distinct, ids, in_order, paired, positions
from audit.engine.vocabulary import Coding, coded

texts = st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=20)
rows = st.lists(st.tuples(*[st.integers(0, 2**40)] * 3), min_size=1, max_size=20)
codes = st.lists(st.integers(0, 9), max_size=20)


def numbers(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@given(texts, texts)
def test_codes_tell_texts_apart_and_stand_in_their_order(first, second):
    coding = Coding()
    numbered = [coding.number(coded(column)) for column in (first, second)]
    vocabulary, code_of = coding.finish()
    plain = [text or "" for text in (*first, *second)]
    given_codes = [code for column in numbered for code in code_of[column].tolist()]
    assert vocabulary.of(numbers(given_codes)) == plain
    assert [vocabulary.texts[code] for code in sorted(given_codes)] == sorted(plain)
    assert vocabulary.codes(["no such text"]).tolist() == [-1]


@given(texts, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.text(max_size=3))
def test_a_span_of_words_is_that_of_comparing_their_texts(values, operator, text):
    coding = Coding()
    coding.number(coded(values))
    vocabulary, _ = coding.finish()
    compare = {
        "<": str.__lt__, "<=": str.__le__, ">": str.__gt__, ">=": str.__ge__, "==": str.__eq__, "!=": str.__ne__,
    }[operator]  # fmt: skip
    assert vocabulary.span(operator, text).tolist() == [compare(word, text) for word in vocabulary.texts]


@given(rows, st.sampled_from([np.int64, np.int32]))
def test_ids_are_equal_and_ordered_where_their_rows_are(values, kind):
    values = [tuple(code % 2**31 if kind is np.int32 else code for code in row) for row in values]
    columns = [np.array(column, dtype=kind) for column in zip(*values, strict=True)]
    found = ids(columns, len(values)).tolist()
    for a, row in zip(found, values, strict=True):
        assert [a < b for b in found] == [row < other for other in values]


@given(
    st.one_of(
        st.lists(st.integers(0, 2**62), max_size=30).map(numbers),
        st.lists(st.integers(0, 2**31 - 1), max_size=30).map(lambda values: np.array(values, dtype=np.int32)),
    )
)
def test_numbers_come_in_order_with_equal_ones_in_theirs(codes):
    order, ordered = in_order(codes)
    values = codes.tolist()
    assert ordered.tolist() == sorted(values)
    assert order.tolist() == sorted(range(len(values)), key=lambda place: values[place])


@given(codes, st.lists(st.integers(-1, 9), max_size=20))
def test_pairs_are_all_that_are_equal(values, known):
    left, right = paired(numbers(values), numbers(known), 10)
    expected = {(a, b) for a, x in enumerate(values) for b, y in enumerate(known) if x == y}
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert set(found) == expected
    assert len(found) == len(expected)


@given(codes, st.lists(st.integers(0, 9), unique=True).map(sorted))
def test_positions_are_those_of_the_known(wanted, known):
    found = positions(numbers(wanted), numbers(known), -1).tolist()
    assert found == [known.index(x) if x in known else -1 for x in wanted]


@given(st.lists(st.integers(0, 2**62), max_size=30))
def test_distinct_numbers_have_their_first_places_and_dense_ranks(values):
    found, first = distinct(numbers(values))
    assert found.tolist() == sorted(set(values))
    assert first.tolist() == [values.index(number) for number in found]
    assert dense(numbers(values)).tolist() == [sorted(set(values)).index(number) for number in values]
