"""What a page does not bear of a report: it stands beside the page, in a table that names every finding and check.

A page of a hundred thousand findings opens in no browser, and such a workbook is written in minutes. So these formats have
bounds, and what was told beyond them is in `<page>.rest.csv`, a line each. What is only counted is in neither.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import LANGUAGES, Language
from audit.model.report import Check, Finding, Report
from audit.reporting.assessment import finding_heading
from audit.reporting.inert import excerpt, inert, no_formula
from audit.reporting.labels import change_label, severity_label, verdict_label, waiver_label
from audit.reporting.listed import figures_and_words
from audit.reporting.names import Names, names_of
from audit.reporting.numbers import common_unit, plain
from audit.reporting.outline import document_of, groups
from audit.reporting.relations import measures, relation
from audit.wording import Words, words

_MARK = "\ufeff"
"""By which a spreadsheet knows that a table is UTF-8."""
_LONG = 2_000


@frozen
class Bounds:
    """The most findings, checks and untestable checks that a page shows; these beside all checks, or none of their own."""

    findings: int
    checks: int
    untestable: int = 0


def every_check(report: Report) -> tuple[Check, ...]:
    """The checks of a report in their order; those of findings and the untestable ones, where it kept no others."""
    return report.checks or (*(finding.check for finding in report.findings), *report.untestable)


def rest_of(report: Report, bounds: Bounds) -> tuple[Finding | Check, ...]:
    """What a page within these bounds does not show: findings in the order of the page, then other checks."""
    findings = [finding for group in groups(report) for finding in group.findings][bounds.findings :]
    every = every_check(report)
    if not findings and len(every) <= bounds.checks:
        return ()
    shown = {check.id for check in (*every[: bounds.checks], *report.untestable[: bounds.untestable])}
    told = shown | {finding.id for finding in report.findings}
    return (*findings, *(check for check in every[bounds.checks :] if check.id not in told))


def ensure_ours(path: Path) -> None:
    """Raise `InputError` where something else than the rest of a page has its name."""
    if path.exists() and not is_ours(path):
        raise InputError(
            "{path} is no list that audit wrote and is never overwritten; choose another name with -o.",
            path=path.as_posix(),
        )


def is_ours(path: Path) -> bool:
    """Whether a file is the rest of a page, in whatever language."""
    if not path.is_file():
        return False
    heads = tuple(_line(_heads(words(language))).encode() for language in LANGUAGES)
    with path.open("rb") as file:
        return file.read(max(map(len, heads))).startswith(heads)


def table(rest: tuple[Finding | Check, ...], report: Report, language: Language) -> Iterator[str]:
    """The rest as a table that opens in a spreadsheet, piece by piece."""
    names = names_of(report, language)
    yield _line(_heads(names.words))
    for one in rest:
        yield _line(_cells(one, names))


def told(name: str, shown: int, every: int, file: str, _: Words) -> str:
    """How many of the findings or checks that were told one by one a page shows, and where the others are."""
    if file:
        return _("{name}: {shown} of the {all} told one by one are here, the others in {file}",
                 name=name, shown=shown, all=every, file=inert(file))  # fmt: skip
    return _(
        "{name}: {shown} of {all} are here; write the report as .json for all",
        name=name,
        shown=shown,
        all=every,
    )


def _heads(_: Words) -> list[str]:
    return [
        _MARK + _("severity"), _("verdict"), _("rule"), _("rule id"), _("document"), _("key"), _("finding"), _("relation"),
        _("left side"), _("right side"), _("imbalance"), _("unit"), _("figures and words of the plan"), _("missing"),
        _("state"), _("finding id"),
    ]  # fmt: skip


def _cells(one: Finding | Check, names: Names) -> list[str]:
    _ = names.words
    finding, check = (one, one.check) if isinstance(one, Finding) else (None, one)
    state = ""
    if finding is not None:
        state = waiver_label(finding.waiver, _) if finding.waiver else change_label(finding, _)
    texts = (
        verdict_label(check.verdict, _), names.rule(check.rule), check.rule, names.document(document_of(check)),
        names.key(check.key), "" if finding is None else finding_heading(finding, _), relation(check),
    )  # fmt: skip
    numbers = (check.left, check.right, check.imbalance if measures(check) else None)
    last = (
        common_unit(check.cells), figures_and_words(check, names),
        names.missing(check) if check.verdict == "untestable" else "", state, check.id,
    )  # fmt: skip
    return [
        "" if finding is None else severity_label(finding.severity, _),
        *map(_text, texts), *map(plain, numbers), *map(_text, last),
    ]  # fmt: skip


def _text(text: str) -> str:
    return no_formula("\n".join(excerpt(inert(line), "", _LONG) for line in text.split("\n")))


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
