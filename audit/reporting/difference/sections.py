"""A difference as tables of words, the same for every format that people read."""

from __future__ import annotations

from decimal import Decimal

from audit.model.difference import ClauseMove, Difference, FigureChange, RelationChange, RowChange
from audit.model.frozen import frozen
from audit.model.report import Check, FigureUse
from audit.reporting.inert import excerpt, inert
from audit.reporting.names import Names
from audit.reporting.numbers import signed
from audit.reporting.relations import relation, stated
from audit.wording import Words

_CELL = 60
_CELLS = 6


@frozen
class Section:
    """One table: its title, the heads of its columns, its rows; `kinds` has the kind of change of each row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]


def sections(difference: Difference, _: Words) -> list[Section]:
    """The tables that are not empty: figures, relations, clauses that moved, other rows."""
    found = [
        Section(
            _("Figures"),
            ("", _("document"), _("figure"), _("before"), _("now"), _("difference"), _("clause")),
            tuple(_figure(change, _) for change in difference.figures),
            tuple(change.kind for change in difference.figures),
        ),
        Section(
            _("Relations"),
            ("", _("rule"), _("key"), _("before"), _("now")),
            tuple(_relation(change, _) for change in difference.relations),
            tuple(change.kind for change in difference.relations),
        ),
        Section(
            _("Clauses with another number"),
            (_("document"), _("before"), _("now"), _("heading"), _("figures")),
            tuple(_move(move) for move in difference.moves),
            ("moved",) * len(difference.moves),
        ),
        Section(
            _("Other rows"),
            ("", _("table"), _("row"), _("cells")),
            tuple(_row(change, _) for change in difference.rows),
            tuple(change.kind for change in difference.rows),
        ),
    ]
    return [section for section in found if section.rows]


def kind_label(kind: str, _: Words) -> str:
    """What became of something, in a word or two."""
    return {
        "added": _("added"),
        "removed": _("removed"),
        "changed": _("changed"),
        "reworded": _("written otherwise"),
        "moved": _("moved"),
        "broke": _("broke"),
        "eased": _("came to hold"),
        "other gap": _("other imbalance"),
        "lost": _("no longer testable"),
    }[kind]


def totals(difference: Difference, _: Words) -> str:
    """What differs, in one line."""
    if difference.same:
        return _("{old} and {new} are the same.", old=inert(difference.old), new=inert(difference.new))
    figures = {
        kind: sum(c.kind == kind for c in difference.figures) for kind in ("added", "removed", "changed")
    }
    relations = {
        kind: sum(c.kind == kind for c in difference.relations) for kind in ("broke", "eased", "lost")
    }
    return _(
        "Figures: {added} added, {removed} removed, {changed} changed. "
        "Relations: {broke} broke, {eased} came to hold, {lost} no longer testable.",
        **figures,
        **relations,
    )


def _figure(change: FigureChange, _: Words) -> tuple[str, ...]:
    figure = change.either
    parts = (figure.region, figure.industry, figure.indicator, figure.period)
    return (
        kind_label(change.kind, _),
        inert(figure.cell.document),
        excerpt(inert(" · ".join(part for part in parts if part)), "", _CELL),
        _stated(change.before),
        _stated(change.after),
        _delta(change),
        _clauses(change.before, change.after),
    )


def _stated(figure: FigureUse | None) -> str:
    return stated(figure.cell) if figure else ""


def _delta(change: FigureChange) -> str:
    if change.delta is None or change.before is None or change.before.cell.value is None:
        return ""
    base = change.before.cell.value
    share = f" ({signed((100 * change.delta / base).quantize(Decimal('0.1')))}%)" if base else ""
    return signed(change.delta) + share


def _clauses(before: FigureUse | None, after: FigureUse | None) -> str:
    numbers = [inert(figure.cell.clause) for figure in (before, after) if figure]
    return " → ".join(dict.fromkeys(numbers))


def _relation(change: RelationChange, _: Words) -> tuple[str, ...]:
    check = change.after or change.before
    assert check is not None
    return (
        kind_label(change.kind, _),
        excerpt(inert(change.title.in_(_.language)), "", _CELL),
        excerpt(Names(_).key(check.key), "", _CELL),
        _told(change.before),
        _told(change.after),
    )


def _told(check: Check | None) -> str:
    return excerpt(relation(check), "", _CELL) if check else "–"


def _move(move: ClauseMove) -> tuple[str, ...]:
    heading = excerpt(inert(move.heading), "", _CELL)
    return inert(move.document), inert(move.before), inert(move.after), heading, str(move.figures)


def _row(change: RowChange, _: Words) -> tuple[str, ...]:
    cells = [
        f"{inert(name)}: {_cell(before)} → {_cell(after)}"
        if change.kind == "changed"
        else f"{inert(name)}: {_cell(before or after)}"
        for name, (before, after) in change.cells.items()
        if change.kind == "changed" or name not in change.key
    ]
    more = [_(" and {n} more", n=len(cells) - _CELLS).strip()] if len(cells) > _CELLS else []
    key = " · ".join(inert(cell) for cell in change.key.values())
    return (
        kind_label(change.kind, _),
        inert(change.table),
        excerpt(key, "", _CELL),
        "; ".join([*cells[:_CELLS], *more]),
    )


def _cell(text: str) -> str:
    return excerpt(inert(text), "", _CELL) or "–"
