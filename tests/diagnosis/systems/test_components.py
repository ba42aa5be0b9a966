from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.systems.components import components


@given(st.dictionaries(st.integers(0, 20), st.sets(st.sampled_from("abcdef"), max_size=3)))
def test_groups_share_nothing_and_what_shares_is_together(shared: dict[int, set[str]]) -> None:
    groups = components(shared)
    assert sorted(label for group in groups for label in group) == sorted(shared)
    place = {label: number for number, group in enumerate(groups) for label in group}
    for a, own in shared.items():
        for b, others in shared.items():
            assert not own & others or place[a] == place[b]
    for group in groups:
        if len(group) > 1:
            assert all(any(shared[a] & shared[b] for b in group if b != a) for a in group)


def test_order_is_kept() -> None:
    assert components({"x": "ab", "y": "c", "z": "b"}) == [["x", "z"], ["y"]]
