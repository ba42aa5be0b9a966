"""What the rules would catch, for a machine: shares as numbers with four decimals, null where nothing was tried."""

from __future__ import annotations

import json
from fractions import Fraction

from audit.diagnosis.mutation.guards import Guard, Mutation, Share
from audit.model.phrase import Language
from audit.version import __version__

SCHEMA = "audit-mutation/1"


def render(mutation: Mutation, *, language: Language) -> str:
    """The whole result; `language` changes nothing."""
    shares = {
        name: [{"name": share.name, **_counts(share)} for share in getattr(mutation, name)]
        for name in ("slips", "documents", "regions", "indicators")
    }
    content = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": __version__},
        "summary": _counts(mutation.total),
        **shares,
        "figures": [_figure(guard) for guard in mutation.guards],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _counts(share: Share) -> dict[str, float | None]:
    return {
        "figures": share.figures, "related": share.related, "unguarded": share.unguarded,
        "slips": share.tried, "caught": share.caught, "share": _rounded(share.share),
        "slips_related": share.tried_related, "caught_related": share.caught_related,
        "share_related": _rounded(share.share_related),
    }  # fmt: skip


def _rounded(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)


def _figure(guard: Guard) -> dict[str, object]:
    figure = guard.figure
    names = (
        "id",
        "document",
        "clause",
        "region",
        "industry",
        "indicator",
        "period",
        "measure",
        "literal",
        "unit",
    )
    return {
        **{name: figure.get(name) or "" for name in names},
        "related": guard.related,
        "attempts": [{"slip": attempt.slip, "rules": list(attempt.rules)} for attempt in guard.attempts],
    }
