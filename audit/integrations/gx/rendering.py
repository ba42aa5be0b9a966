"""What Data Docs show of the Expectation: what is expected, and of a result what was found, in Chinese or English.

Words of rules and data are made inert and escaped here where GX does not: never in the cells of a table, and in the values
of a line of text not in its early versions.
"""

from __future__ import annotations

from html import escape
from typing import Any

from great_expectations.render import RenderedStringTemplateContent, RenderedTableContent
from great_expectations.render.view import DefaultJinjaPageView

from audit.integrations.gx.results import raised
from audit.integrations.rows import rules_of
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import counts_line, verdict_label, verdict_sentence
from audit.reporting.names import names_of
from audit.reporting.reading import read_report
from audit.reporting.relations import balance, stated
from audit.wording import words

SHOWN = 50
_LONG = 200
_ESCAPED_BY_GX = hasattr(DefaultJinjaPageView, "_escape_template_param_value")


def prescription(configuration: Any) -> list[Any]:
    """What each rule expects: its title, its relation, and why."""
    language = _language(configuration)
    return [
        _text(
            "$title: $check" if rule.because == rule.title else "$title: $check — $why",
            title=rule.title.in_(language), check=rule.check_text, why=rule.because.in_(language),
        )
        for rule in rules_of(configuration.kwargs["rules"])
    ]  # fmt: skip


def statement(result: Any) -> list[Any]:
    """What the run says in a sentence, and its totals; of a validation that failed to run, why."""
    report = _report(result)
    if report is None:
        why = raised(result.exception_info)
        return [_text("\n$line", line=why)] if why else []
    _ = words(_language(result.expectation_config))
    lines = [
        verdict_sentence(report, _),
        counts_line(report, _),
    ]
    if report.unbound_rules:
        lines.append(f"{_('Rules that found nothing to check')}: {', '.join(report.unbound_rules)}")
    return [_text("\n$line", line=line) for line in lines]


def table(result: Any) -> list[Any] | None:
    """Every check that does not hold: verdict, key, the equation, its figures."""
    report = _report(result)
    if report is None:
        return None
    language = _language(result.expectation_config)
    _, names = words(language), names_of(report, language)
    checks = (*(finding.check for finding in report.findings), *report.untestable)
    rows = [
        [
            escape(_shown(cell))
            for cell in (
                verdict_label(check.verdict, _),
                names.key(check.key),
                balance(check, _) or f"{_('missing')}: {names.missing(check)}",
                _(", ").join(
                    f"{label} {stated(c)}"
                    for label, c in zip(names.operands(check.cells), check.cells, strict=True)
                ),
            )
        ]
        for check in checks[:SHOWN]
    ]
    if not rows:
        return None
    heads = [_("verdict"), _("key"), _("relation"), _("figures")]
    return [
        RenderedTableContent(
            content_block_type="table", table=rows, header_row=heads,
            styling={"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}},
        )
    ]  # fmt: skip


def observed(result: Any) -> str:
    """How many of the checks hold."""
    report = _report(result)
    if report is None:
        return "--"
    _ = words(_language(result.expectation_config))
    return escape(
        _("{holds} of {checks} checks hold", holds=report.summary.holds, checks=report.summary.checks)
    )


def _report(result: Any) -> Report | None:
    kept = ((getattr(result, "meta", None) or {}).get("audit") or {}).get("report")
    return read_report(kept, "Great Expectations") if isinstance(kept, str) else None


def _language(configuration: Any) -> Language:
    return "zh" if configuration is not None and configuration.kwargs.get("language") == "zh" else "en"


def _text(template: str, **values: str) -> Any:
    """A line of text, whose words of rules and data are values of its own."""
    shown = {name: _shown(value) for name, value in values.items() if f"${name}" in template}
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={
            "template": template,
            "params": shown if _ESCAPED_BY_GX else {name: escape(value) for name, value in shown.items()},
            "styling": {"params": {"check": {"classes": ["badge", "badge-secondary"]}}},
        },
    )


def _shown(text: str) -> str:
    return excerpt(inert(text), "", _LONG)
