"""What is wanted of a figure: that there be less of it, as of emissions, accidents and waiting times."""

from __future__ import annotations

from audit.lexicon import pattern
from audit.model.rows import Aim

_CEILINGS = frozenset(("at_most", "below"))


def aim_of(indicator: str, bound: str, evidence: str, literal: str) -> Aim | None:
    """`fall` where the name says that less is wanted (`浓度`, but not what is done about it: `浓度达标率`), where the figure is
    a ceiling (`控制在30以内`) or where it is brought down to its number (`降至30`); None where nothing says so."""
    if bound in _CEILINGS:
        return "fall"
    named = pattern("<meant to fall>").search(indicator) and not pattern("<mended>").search(indicator)
    brought_down = pattern("<brought down to>[了约近]?$").search(evidence.partition(literal)[0])
    return "fall" if named or brought_down else None
