"""Variants confronted together get the verdicts that each would get alone, and the shipped table says what is so."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import polars as pl

from audit.actions.mutating import mutate
from audit.diagnosis.mutation.catching import caught
from audit.diagnosis.mutation.guards import Mutation
from audit.diagnosis.mutation.variants import variants
from audit.engine.confront import confront
from audit.engine.frames import Table
from audit.engine.predicate import RECONCILABLE, VIOLATED
from audit.reporting.mutation import renderer
from audit.reporting.mutation.sections import summary
from audit.wording import words
from audit.workspace.binding import resolved
from audit.workspace.configuration import Configuration
from audit.workspace.loading import load
from audit.workspace.rulebook import rulebook
from tests.workspace.zone import make

REPOSITORY = Path(__file__).parents[3]
SHIPPED = REPOSITORY / "reports" / "mutation.csv"
EVERY = 29


def zone(root: Path) -> Mutation:
    return mutate(Configuration(sources=(make(root),), rules=(root / "rules",)))


def test_a_slip_in_a_sum_is_caught_and_a_figure_without_relation_is_named(tmp_path: Path) -> None:
    make(tmp_path)
    path = tmp_path / "extracted" / "targets" / "zone-plan.csv"
    with path.open("a", encoding="utf-8") as out:
        out.write("zone-plan/创新区/-/销售收入/2031/level,zone-plan,一,创新区,,销售收入,2031,level,")
        out.write("77,77,77,77,亿元,exact,target,销售收入77亿元,500,502\n")
    found = mutate(Configuration(sources=(tmp_path,), rules=(tmp_path / "rules",)))
    assert (found.total.figures, found.total.related) == (13, 12)
    (alone,) = (guard for guard in found.guards if not guard.related)
    assert (alone.figure["literal"], alone.caught, alone.rules) == ("77", 0, ())
    for guard in found.guards:
        wrong = [a for a in guard.attempts if a.slip not in ("deleted", "year", "region")]
        assert guard is alone or all(a.rules == ("zone-total",) for a in wrong)


def test_shares_add_up(tmp_path: Path) -> None:
    found = zone(tmp_path)
    for shares in (found.documents, found.regions, found.indicators, found.slips):
        assert sum(share.tried for share in shares) == found.total.tried
        assert sum(share.caught for share in shares) == found.total.caught
    assert found.total.share == found.total.share_related


def test_variants_are_caught_together_as_each_is_alone() -> None:
    workspace = load(REPOSITORY)
    table = workspace.tables["targets"]
    rows = [{n: r[n] for n in table.columns} for r in table.rows(range(table.length)).values()]
    plans = [p for p in resolved(rulebook(workspace.root), workspace) if "targets" in p.tables]
    chosen = variants(rows, workspace.documents, workspace.codes.get("region"))[::331]
    together = caught(chosen, plans, workspace.tables)

    def findings(changed: list[dict[str, str | None]]) -> dict[tuple[str, str], int]:
        frame = pl.DataFrame(changed, schema=dict.fromkeys(table.columns, pl.String))
        tables = {**workspace.tables, "targets": Table("targets", frame, table.columns, table.key)}
        rank = {RECONCILABLE: 1, VIOLATED: 2}
        return {
            (c.plan.rule.id, str(key)): rank[int(c.verdicts[check])]
            for c in confront(plans, tables)
            for check, key in c.keys_of(np.arange(len(c))).items()
            if int(c.verdicts[check]) in rank and c.plan.rule.severity != "info"
        }

    known = findings(rows)
    for variant in chosen:
        changed = [dict(row) for row in rows]
        changed[variant.figure : variant.figure + 1] = [dict(variant.changed)] if variant.changed else []
        worse = {key[0] for key, rank in findings(changed).items() if rank > known.get(key, 0)}
        assert together[variant.name] == tuple(sorted(worse)), variant


def test_the_shipped_table_is_up_to_date() -> None:
    """For every so many figures; all the others are made by the same command, which the page names."""
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        shipped = list(csv.reader(lines))
    figures = range(0, len(shipped) - 1, EVERY)
    found = mutate(Configuration(sources=(REPOSITORY,)), figures)
    assert len(shipped) - 1 == load(REPOSITORY).tables["targets"].length
    again = list(csv.reader(io.StringIO(renderer("csv")(found, language="en"))))
    assert again == [shipped[0], *(shipped[figure + 1] for figure in figures)]


def test_the_shipped_page_counts_as_the_table_does() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    page = SHIPPED.with_suffix(".md").read_text("utf-8")
    tried, found = (sum(int(row[name]) for row in rows) for name in ("slips", "caught"))
    unguarded = sum(row["caught"] == "0" for row in rows)
    assert f"{found} of {tried} slips caught ({found / tried:.1%}); {len(rows)} figures" in page
    assert f"of {unguarded} of them no slip is caught" in page
    assert f"{sum(row['related'] == 'false' for row in rows)} figures stand alone" in page


def test_the_summary_is_told_in_both_languages(tmp_path: Path) -> None:
    found = zone(tmp_path)
    assert len(summary(found, words("en"))) == len(summary(found, words("zh"))) == 3
    for name in ("text", "json", "markdown"):
        assert "研发机构" in renderer(name)(found, language="zh")
