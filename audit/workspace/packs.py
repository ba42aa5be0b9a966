"""Packs of rules that ship with the product: each is for tables of its own.

The rules on plans bind wherever tables of plans are, whose form is the product's own. The other packs are for tables that
people call and cut as they like, so they are in force where `extends` names them, and bind to the tables that fit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.tables.kinds import KINDS

if TYPE_CHECKING:
    from audit.engine.frames import Table


@frozen
class Pack:
    """Rules under a name. `tables` are those of which one is enough for the pack to be in force by itself; `columns`
    those that a table must have for the rules to be for it."""

    name: str
    title: Phrase
    tables: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()

    def fitting(self, tables: Mapping[str, Table]) -> Iterator[str]:
        """The tables that its rules are for."""
        yield from (name for name, table in tables.items() if self.columns <= {*table.columns})


PLANS = Pack(
    "plans",
    Phrase(
        "规划文件中的指标、条款、名单、机构和引文",
        "the figures, clauses, lists, bodies and citations of plans",
    ),
    tables=frozenset(kind.name for kind in KINDS if kind.row is not None),
)
BUDGET = Pack(
    "budget",
    Phrase(
        "政府预算与决算表：收支平衡、级次、合计（列：科目）",
        "budgets: balance, tiers and totals (column 科目)",
    ),
    columns=frozenset({"科目"}),
)
BULLETIN = Pack(
    "bulletin",
    Phrase("统计公报的主要指标表（列：指标）", "the main indicators of a statistical bulletin (column 指标)"),
    columns=frozenset({"指标"}),
)
SDMX = Pack(
    "sdmx",
    Phrase(
        "SDMX-CSV 数据：观测值与其状态（列：TIME_PERIOD、OBS_VALUE）",
        "SDMX-CSV data: values and their status (columns TIME_PERIOD, OBS_VALUE)",
    ),
    columns=frozenset({"TIME_PERIOD", "OBS_VALUE"}),
)
PACKS: dict[str, Pack] = {pack.name: pack for pack in (PLANS, BUDGET, BULLETIN, SDMX)}
"""The packs by name, as `extends` in audit.toml names them."""


def bound(tables: Collection[str]) -> tuple[str, ...]:
    """The packs that are in force by themselves where these tables are."""
    return tuple(pack.name for pack in PACKS.values() if pack.tables & {*tables})
