"""Coverage told to a reader and to a machine: what no check compared with another figure, by document and clause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from audit.diagnosis.coverage import Coverage, Share, Unused
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.aligned import aligned
from audit.reporting.inert import inert
from audit.reporting.labels import measure_label
from audit.reporting.quotes import quote
from audit.reporting.relations import stated
from audit.wording import Words, words

SCHEMA = "audit-coverage/1"


def render_text(coverage: Coverage, report: Report, *, language: Language) -> str:
    """Shares by document, then every unused figure under its clause, then the rules that bound nothing."""
    _ = words(language)
    blocks = [_documents(coverage, _)] if coverage.documents else []
    blocks += [_clause(share, coverage, _) for share in coverage.clauses if share.covered < share.figures]
    if coverage.unbound_rules:
        titles = {rule.id: inert(rule.title.in_(language)) for rule in report.rules}
        rows = [[inert(rule), titles.get(rule, "")] for rule in coverage.unbound_rules]
        blocks.append(_("Rules that found nothing to check") + "\n" + _table(rows))
    blocks.append(_totals(coverage, _))
    return "\n\n".join(blocks) + "\n"


def _documents(coverage: Coverage, _: Words) -> str:
    rows = [
        [inert(s.document), str(s.figures), str(s.covered), _percent(s.share)] for s in coverage.documents
    ]
    return (
        _("Figures that a check compared with another")
        + "\n"
        + _table(rows, [_("document"), _("figures"), _("checked"), ""])
    )


def _clause(share: Share, coverage: Coverage, _: Words) -> str:
    """A clause with its share and its unused figures."""
    place = inert(" ".join(part for part in (share.document, share.clause, share.heading) if part))
    head = _(
        "{place}: {covered} of {figures} checked", place=place, covered=share.covered, figures=share.figures
    )
    rows = [
        _figure(unused, _)
        for unused in coverage.unused
        if (unused.use.cell.document, unused.use.cell.clause) == (share.document, share.clause)
    ]
    return head + "\n" + _table(rows)


def _figure(unused: Unused, _: Words) -> list[str]:
    use = unused.use
    key = (use.region, use.industry, use.indicator, use.period, measure_label(use.measure, _))
    tried = _("untestable in {rules}", rules=inert(_(", ").join(unused.tried))) if unused.tried else ""
    return [
        stated(use.cell),
        inert(" · ".join(part for part in key if part)),
        f"“{quote(use.cell)}”",
        tried,
    ]


def _totals(coverage: Coverage, _: Words) -> str:
    total = coverage.total
    if not total.figures:
        return _("{unbound} of {rules} rules found nothing to check; there is no table of figures (targets) whose "
                 "coverage could be told", unbound=len(coverage.unbound_rules), rules=coverage.rules)  # fmt: skip
    return _(
        "{covered} of {figures} figures checked ({share}); {unbound} of {rules} rules found nothing to check",
        covered=total.covered, figures=total.figures, share=_percent(total.share),
        unbound=len(coverage.unbound_rules), rules=coverage.rules,
    )  # fmt: skip


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{float(share):.1%}"


def _table(rows: list[list[str]], headers: Sequence[str] = ()) -> str:
    text = aligned(rows, headers)
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))


def render_json(coverage: Coverage, report: Report) -> str:
    """The same as JSON: shares as numbers with four decimals, null without figures."""
    content = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": report.version},
        "summary": {
            **_counts(coverage.total),
            "rules": coverage.rules,
            "rules_unbound": len(coverage.unbound_rules),
        },
        "documents": [{"document": share.document, **_counts(share)} for share in coverage.documents],
        "clauses": [
            {"document": s.document, "clause": s.clause, "heading": s.heading, **_counts(s)}
            for s in coverage.clauses
        ],
        "unused": [_unused(unused) for unused in coverage.unused],
        "unbound_rules": list(coverage.unbound_rules),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _counts(share: Share) -> dict[str, float | None]:
    rounded = None if share.share is None else round(float(share.share), 4)
    return {"figures": share.figures, "figures_compared": share.covered, "share": rounded}


def _unused(unused: Unused) -> dict[str, object]:
    use, cell = unused.use, unused.use.cell
    return {
        "id": cell.id, "document": cell.document, "clause": cell.clause, "region": use.region,
        "industry": use.industry, "indicator": use.indicator, "period": use.period, "measure": use.measure,
        "literal": cell.literal, "unit": cell.unit, "evidence": cell.evidence, "start": cell.start, "end": cell.end,
        "source": cell.source, "line": cell.line, "untestable_in": list(unused.tried),
    }  # fmt: skip
