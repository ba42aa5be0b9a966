"""What was caught, figure by figure, and the shares of documents, regions, indicators and kinds of slip."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from audit.diagnosis.mutation.slips import SLIPS, Slip
from audit.diagnosis.mutation.variants import Variant
from audit.diagnosis.trials.trial import Row
from audit.model.frozen import frozen


@frozen
class Attempt:
    """One slip of a figure with the rules that catch it, sorted; none when it goes unnoticed."""

    slip: Slip
    rules: tuple[str, ...]


@frozen
class Guard:
    """A figure (its row as text), whether it stands in a relation with another number, and what became of its slips."""

    figure: Row
    related: bool
    attempts: tuple[Attempt, ...]

    @property
    def caught(self) -> int:
        """How many of the slips some rule catches."""
        return sum(bool(attempt.rules) for attempt in self.attempts)

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules that catch any of the slips, sorted."""
        return tuple(sorted({rule for attempt in self.attempts for rule in attempt.rules}))


@frozen
class Share:
    """Slips tried and caught; `related` and its companions count only figures in a relation with another number.

    `unguarded` figures are those none of whose slips is caught.
    """

    name: str
    figures: int
    related: int
    unguarded: int
    tried: int
    caught: int
    tried_related: int
    caught_related: int

    @property
    def share(self) -> Fraction | None:
        """Caught slips as a part of all; None where there are none."""
        return Fraction(self.caught, self.tried) if self.tried else None

    @property
    def share_related(self) -> Fraction | None:
        """The same among the figures in a relation."""
        return Fraction(self.caught_related, self.tried_related) if self.tried_related else None


@frozen
class Mutation:
    """Every figure with its slips, in the order of the table, and their shares; indicators sorted by name."""

    guards: tuple[Guard, ...]
    total: Share
    slips: tuple[Share, ...]
    documents: tuple[Share, ...]
    regions: tuple[Share, ...]
    indicators: tuple[Share, ...]


def mutation(
    rows: Sequence[Row],
    variants: Sequence[Variant],
    caught: Mapping[str, tuple[str, ...]],
    related: Collection[int],
) -> Mutation:
    """What `caught` (the rules by variant) says of the figures that slipped.

    `rows` are all figures as text, `related` the rows of those in a relation.
    """
    attempts: dict[int, list[Attempt]] = {}
    for variant in variants:
        attempts.setdefault(variant.figure, []).append(Attempt(variant.slip, caught[variant.name]))
    guards = tuple(Guard(rows[row], row in related, tuple(own)) for row, own in attempts.items())
    return Mutation(
        guards=guards,
        total=_share("", guards),
        slips=tuple(_share(slip, _only(guards, slip)) for slip in SLIPS),
        documents=_by(guards, lambda guard: guard.figure["document"] or ""),
        regions=_by(guards, lambda guard: guard.figure["region"] or ""),
        indicators=tuple(sorted(_by(guards, lambda g: g.figure["indicator"] or ""), key=lambda s: s.name)),
    )


def _only(guards: Iterable[Guard], slip: Slip) -> list[Guard]:
    """The figures that can slip in this way, with these slips only."""
    narrowed = (Guard(g.figure, g.related, tuple(a for a in g.attempts if a.slip == slip)) for g in guards)
    return [guard for guard in narrowed if guard.attempts]


def _by(guards: Iterable[Guard], name: Callable[[Guard], str]) -> tuple[Share, ...]:
    groups: dict[str, list[Guard]] = {}
    for guard in guards:
        groups.setdefault(name(guard), []).append(guard)
    return tuple(_share(name, group) for name, group in groups.items())


def _share(name: str, guards: Sequence[Guard]) -> Share:
    related = [guard for guard in guards if guard.related]
    return Share(
        name=name,
        figures=len(guards),
        related=len(related),
        unguarded=sum(not guard.caught for guard in guards),
        tried=sum(len(guard.attempts) for guard in guards),
        caught=sum(guard.caught for guard in guards),
        tried_related=sum(len(guard.attempts) for guard in related),
        caught_related=sum(guard.caught for guard in related),
    )
