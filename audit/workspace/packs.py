"""Packs of rules that ship with the product: each is for tables of its own, and binds where these are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from audit.model.phrase import Phrase
from audit.tables.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules under a name. `tables` are those that they are for, of which one is enough for the pack to bind."""

    name: str
    title: Phrase
    tables: frozenset[str]


PLANS = Pack(
    "plans",
    Phrase(
        "规划文件中的指标、条款、名单、机构和引文",
        "the figures, clauses, lists, bodies and citations of plans",
    ),
    frozenset(kind.name for kind in KINDS if kind.row is not None),
)
PACKS: dict[str, Pack] = {pack.name: pack for pack in (PLANS,)}
"""The packs by name, as `extends` in audit.toml names them."""


def bound(tables: Collection[str]) -> tuple[str, ...]:
    """The packs that bind where these tables are."""
    return tuple(pack.name for pack in PACKS.values() if pack.tables & {*tables})
