"""The relations that code lists and names give, as pairs of members."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from audit.language.expression import Position
from audit.language.plan import Catalogue, TableShape
from audit.language.relatives import pairs_of
from audit.language.rule import Relative
from audit.model.codes import CodeList, Member

AT = Position("rules.yaml", 1, 1)
INDICATORS = CodeList.of(
    "indicator", [Member("all"), Member("some", attributes={"broader": "all"}),
                  Member("few", attributes={"broader": "some"})],
)  # fmt: skip
NAMES = CodeList.of(
    "canonical", [Member("生物医药创新基地", attributes={"see_also": "生物医药创新中心"}), Member("生物医药创新中心")]
)  # fmt: skip


def pairs(
    relation: str, column: str, codes: CodeList, rows: Iterable[dict[str, str | None]] = ()
) -> set[tuple[str, str]]:
    rows = list(rows)
    observed = tuple(sorted({str(row[column]) for row in rows}))
    shape = TableShape("t", {column: "text"}, ())
    catalogue = Catalogue({"t": shape}, {column: codes}, lambda table, name: observed, lambda table: rows)
    return set(pairs_of(Relative(relation, AT), column, ("t",), catalogue, ""))


def row(name: str, region: str, start: int) -> dict[str, str | None]:
    return {"canonical": name, "name": name, "document": "p", "clause": "一", "region": region, "start": str(start),
            "end": str(start + len(name))}  # fmt: skip


def test_an_indicator_goes_with_itself_and_with_all_that_it_is_a_kind_of() -> None:
    found = pairs("same_or_broader", "indicator", INDICATORS)
    assert found == {
        ("all", "all"),
        ("some", "some"),
        ("some", "all"),
        ("few", "few"),
        ("few", "some"),
        ("few", "all"),
    }


def test_alike_names_go_with_each_other_both_ways_and_similar_ones_one_way() -> None:
    codes = CodeList.of("canonical", [])
    rows = [row("人工智能产业研究院", "", 0), row("人工智能研究院", "", 500)]
    assert pairs("similar", "canonical", codes, rows) == {("人工智能产业研究院", "人工智能研究院")}
    assert len(pairs("alike", "canonical", codes, rows)) == 2
    assert len(pairs("same_or_alike", "canonical", codes, rows)) == 4


@pytest.mark.parametrize(("region", "found"), [("高新区", True), ("", True), ("金普新区", False)])
def test_names_that_a_reviewer_suspects_are_two_things_in_different_districts(
    region: str, found: bool
) -> None:
    rows = [row("生物医药创新基地", "高新区", 0), row("生物医药创新中心", region, 500)]
    assert bool(pairs("see_also", "canonical", NAMES, rows)) == found


def test_lists_that_differ_in_one_item_of_four_go_together_and_no_others() -> None:
    lists = ["a;b;c;x", "b;a;c;y", "a;b;c", "a;b;d", "a;b;c;x;z", "k;l;m;储能", "k;l;m;储能产业"]
    found = pairs("but_one", "items", CodeList.of("items", []), [{"items": one} for one in lists])
    assert found == {("a;b;c;x", "b;a;c;y")}
