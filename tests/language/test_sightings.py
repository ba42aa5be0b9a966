"""Names that look alike are two things where their places say so, and only there."""

from __future__ import annotations

import pytest

from audit.language.sightings import Sightings
from audit.language.similarity import similar_pairs
from audit.model.codes import CodeList, Member

REGIONS = CodeList.of("region", [Member("自创区"), Member("高新区", "自创区"), Member("金普新区", "自创区")])
A, B, C = "先进轨道装备产业基地", "东港轨道装备产业基地", "轨道装备产业基地"


def row(name: str, canonical: str = "", **cells: str) -> dict[str, str | None]:
    stated = {
        "document": "plan",
        "clause": "一",
        "start": "0",
        "region": "",
        "evidence": f"建设{name}",
        **cells,
    }
    end = str(int(stated["start"]) + len(name))
    return {"name": name, "canonical": canonical or name, "end": end, **stated}


def pairs(*rows: dict[str, str | None]) -> set[tuple[str, str]]:
    names = [str(one["canonical"]) for one in rows]
    return set(similar_pairs(names, None, Sightings(rows, "canonical", REGIONS)))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((row(A), row(C, start="500")), True),
        ((row(A), row(C, start="20")), False),
        ((row(A), row(C, start="20", clause="二")), True),
        ((row(A), row(C, start="20", document="other")), True),
        ((row(A, region="高新区"), row(C, start="500", region="金普新区")), False),
        ((row(A, region="自创区"), row(C, start="500", region="金普新区")), True),
        ((row(A, region="高新区"), row(C, start="500")), True),
        ((row(A), row(C, start="500", evidence=f"成为全省最大的{C}")), False),
        ((row(A), row(C, start="500", evidence=f"建设全省最大的{C}")), True),
        ((row(A), row("基地", C, start="500")), False),
        ((row(A), row(f"轨道的{B}", start="500")), False),
    ],
)
def test_places_set_names_apart(rows: tuple[dict[str, str | None], ...], found: bool) -> None:
    assert bool(pairs(*rows)) == found


def test_a_name_like_two_that_are_two_things_goes_with_the_one_it_is_more_like() -> None:
    near, far, own = "集成电路设计公共技术平台", "微电子集成电路公共服务平台", "集成电路设计公共服务平台"
    rows = (row(far), row(near, start="22"), row(own, start="900", document="other"))
    assert pairs(*rows) == {(near, own)}
    assert len(pairs(*(one | {"clause": str(place)} for place, one in enumerate(rows)))) > 1


def test_without_places_likeness_alone_decides() -> None:
    assert similar_pairs([A, C]) == ((A, C),)
