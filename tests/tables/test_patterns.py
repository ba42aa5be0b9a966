"""Patterns of a descriptor mean the same whether a cell is seen to have their form or has to be looked at twice."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from audit.tables.patterns import without_form

_CHARACTERS = "ab-/1２号~."
_ONE = st.sampled_from(
    ("a", "b", "-", "/", r"\d", ".", r"\.", "[ab]", "[^/]", "[a-b1]", r"[\da]", "号", "[^a-b]", "[.]")
)
_TIMES = st.sampled_from(("", "", "+", "*", "?", "{2}", "{1,2}", "{0,}", "{1,}"))
_PIECES = st.builds("{}{}".format, _ONE, _TIMES)
_GROUPS = st.builds(
    "{}{}){}".format, st.sampled_from(("(", "(?:")), st.lists(_PIECES, min_size=1, max_size=3).map("".join), _TIMES
)  # fmt: skip
_PATTERNS = st.builds(
    "{}{}{}".format,
    st.sampled_from(("", "^")), st.lists(_PIECES | _GROUPS, min_size=1, max_size=4).map("".join), st.sampled_from(("", "$")),
)  # fmt: skip


@given(_PATTERNS, st.lists(st.text(_CHARACTERS + "\n", max_size=6), min_size=1, max_size=8))
def test_a_plain_pattern_is_met_by_the_cells_that_polars_says_have_its_form(
    pattern: str, cells: list[str]
) -> None:
    wanted = pl.Series(cells).str.contains(rf"\A(?:{pattern})\z")
    found = frozenset(without_form(pattern, "own.cell")(cells))
    assert [cell not in found for cell in cells] == wanted.to_list()
