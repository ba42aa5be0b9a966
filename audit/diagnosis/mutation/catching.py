"""Which variants some rule catches: each is a trial, and what comes of it beside the findings that are there is caught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.diagnosis.figures import FIGURES
from audit.diagnosis.mutation.variants import Variant
from audit.diagnosis.trials.outcomes import outcomes
from audit.engine.frames import Table
from audit.language.plan import Plan


def caught(
    variants: Sequence[Variant], plans: Sequence[Plan], tables: Mapping[str, Table]
) -> dict[str, tuple[str, ...]]:
    """The rules that catch each variant, by its name, sorted; none for one that goes unnoticed.

    A rule catches a variant with a finding at warning or above that the unchanged tables do not have, or one that is
    worse there: violated instead of reconcilable. Plans that take no figures are left out.
    """
    concerned = [plan for plan in plans if FIGURES in plan.tables and plan.rule.severity != "info"]
    found = outcomes([variant.trial for variant in variants], concerned, tables)
    return {name: tuple(sorted({rule for rule, _ in outcome.new})) for name, outcome in found.items()}
