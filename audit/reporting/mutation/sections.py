"""What was caught as tables of words, the same for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from audit.diagnosis.mutation.guards import Guard, Mutation, Share
from audit.diagnosis.trials.trial import Row
from audit.model.frozen import frozen
from audit.reporting.inert import inert
from audit.reporting.labels import measure_label
from audit.wording import Words

_KEY = ("region", "industry", "indicator", "period")


@frozen
class Section:
    """One table: its title, the heads of its columns, its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(mutation: Mutation, _: Words) -> list[Section]:
    """The tables: by slip, document, region and indicator, then the figures that nothing guards, by their place."""
    slips = tuple(replace(share, name=slip_label(share.name, _)) for share in mutation.slips if share.tried)
    unguarded = tuple(_figure(guard, _) for guard in mutation.guards if not guard.caught)
    found = [
        _shares(_("By slip"), _("slip"), slips, _),
        _shares(_("By document"), _("document"), mutation.documents, _),
        _shares(_("By region"), _("region"), mutation.regions, _),
        _shares(_("By indicator"), _("indicator"), mutation.indicators, _),
        Section(
            _("Figures that nothing guards"),
            (_("document"), _("clause"), _("figure"), _("key"), _("related to another")),
            unguarded,
        ),
    ]
    return [section for section in found if section.rows]


def summary(mutation: Mutation, _: Words) -> list[str]:
    """What was caught and what arithmetic cannot catch, in a few sentences."""
    total = mutation.total
    return [
        _(
            "{caught} of {tried} slips caught ({share}); {figures} figures, of {unguarded} of them no slip is caught.",
            caught=total.caught, tried=total.tried, share=percent(total.share),
            figures=total.figures, unguarded=total.unguarded,
        ),
        _(
            "{alone} figures stand alone: no rule sets their number beside another number of the plans, so arithmetic "
            "cannot guard them; {caught} of their {tried} slips are caught because a limit is passed, a row is missing "
            "or another table holds the same number.",
            alone=total.figures - total.related, caught=total.caught - total.caught_related,
            tried=total.tried - total.tried_related,
        ),
        _(
            "Of the {related} figures in a relation {caught} of {tried} slips are caught ({share}).",
            related=total.related, caught=total.caught_related, tried=total.tried_related,
            share=percent(total.share_related),
        ),
    ]  # fmt: skip


def slip_label(slip: str, _: Words) -> str:
    """What a slip does, in a few words."""
    return {
        "digit": _("one digit misread"),
        "swap": _("two digits swapped"),
        "tenfold": _("ten times as much"),
        "tenth": _("a tenth as much"),
        "neighbour": _("value of the figure beside it"),
        "plus_one": _("one more"),
        "unit": _("万 or 亿 dropped"),
        "year": _("another year of the plan"),
        "region": _("sister district"),
        "deleted": _("row deleted"),
    }[slip]


def percent(share: Fraction | None) -> str:
    """A share with one decimal; a dash where there is none."""
    return "–" if share is None else f"{float(share):.1%}"


def _shares(title: str, name: str, shares: Iterable[Share], _: Words) -> Section:
    heads = (
        name, _("figures"), _("in a relation"), _("unguarded"), _("slips"), _("caught"), _("share"),
        _("share of those in a relation"),
    )  # fmt: skip
    rows = (
        (
            inert(s.name) or "–", str(s.figures), str(s.related), str(s.unguarded), str(s.tried), str(s.caught),
            percent(s.share), percent(s.share_related),
        )
        for s in shares
    )  # fmt: skip
    return Section(title, heads, tuple(rows))


def _figure(guard: Guard, _: Words) -> tuple[str, ...]:
    figure = guard.figure
    return (
        inert(figure["document"] or ""),
        inert(figure.get("clause") or ""),
        stated(figure),
        _key(figure, _),
        _("yes") if guard.related else "",
    )


def stated(figure: Row) -> str:
    """A figure as written, with its unit."""
    return inert(f"{figure['literal'] or ''}{figure['unit'] or ''}")


def _key(figure: Row, _: Words) -> str:
    parts = [*(figure.get(name) or "" for name in _KEY), measure_label(figure.get("measure") or "", _)]
    return inert(" · ".join(part for part in parts if part))
