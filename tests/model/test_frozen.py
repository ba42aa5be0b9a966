"""Records that never change are dataclasses in all that can be asked of them."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model.frozen import frozen


@frozen
class Point:
    """A place."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    key: str = field(default="secret", repr=False)


@dataclass(frozen=True)
class Like:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    key: str = field(default="secret", repr=False)


@frozen
class Alone:
    only: str

    def __repr__(self) -> str:
        return f"<{self.only}>"


@frozen
class None_:
    pass


@frozen(slots=False)
class Remembering:
    x: int

    @cached_property
    def twice(self) -> list[int]:
        return [2 * self.x]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.lists(st.just("t"), max_size=1)), min_size=2)
)
def test_records_are_told_compared_and_sought_as_dataclasses_are(
    rows: list[tuple[int, int, list[str]]],
) -> None:
    made, like = [Point(*row) for row in rows], [Like(*row) for row in rows]
    assert [[a == b for a in made] for b in made] == [[a == b for a in like] for b in like]
    assert len(set(made)) == len(set(like))
    assert [repr(one) for one in made] == [repr(one).replace("Like", "Point") for one in like]
    assert [asdict(one) for one in made] == [asdict(one) for one in like]  # type: ignore[call-overload]


def test_fields_that_are_not_given_take_their_default_each_record_its_own() -> None:
    one, other = Point(1), Point(x=1, key="other")
    assert (one.y, one.tags, one.key, other.key) == (2, [], "secret", "other")
    assert one.tags is not other.tags
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    assert str(inspect.signature(Alone)) == "(only: 'str') -> None"


@pytest.mark.parametrize("record", [Point(1, 3, ["a"]), Alone("a"), None_(), Remembering(2)])
def test_a_record_never_changes_and_can_be_copied_kept_and_read_back(record: object) -> None:
    with pytest.raises(FrozenInstanceError):
        record.x = 5  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        del record.x  # type: ignore[attr-defined]
    assert is_dataclass(record) and all(hasattr(record, one.name) for one in fields(record))
    for again in (
        pickle.loads(pickle.dumps(record)),
        copy.copy(record),
        copy.deepcopy(record),
        replace(record),
    ):
        assert type(again) is type(record) and again == record


def test_a_record_may_tell_itself_in_words_of_its_own() -> None:
    assert repr(Alone("a")) == "<a>"


def test_what_a_record_works_out_is_remembered_and_not_kept() -> None:
    record = Remembering(2)
    assert record.twice is record.twice
    assert "twice" not in vars(pickle.loads(pickle.dumps(record)))
    assert not hasattr(Point(1), "__dict__")


@frozen(guarded=False)
class Many:
    x: int
    y: int = 2


def test_a_record_that_is_not_guarded_is_made_compared_and_copied_alike() -> None:
    assert Many(1) == Many(x=1, y=2) != Many(1, 3)
    assert {Many(1), replace(Many(1)), pickle.loads(pickle.dumps(Many(1)))} == {Many(1)}
    assert repr(Many(1)) == "Many(x=1, y=2)"
