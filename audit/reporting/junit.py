"""The report as JUnit XML: a suite for each rule, a test case for each key.

A finding is a failure, whatever its severity (its type says which); a waived finding, a check that could not
be made and a rule that found nothing to check are skipped with the reason: none of them looks like a pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.etree import ElementTree

from audit.model.phrase import Language
from audit.model.report import Check, Finding, Report, RuleCard
from audit.reporting.assessment import confidence, finding_heading, heading, recommendation
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import verdict_label, waiver_label
from audit.reporting.names import Names, names_of
from audit.reporting.outline import groups
from audit.reporting.relations import balance, counted_only, reading, stated
from audit.reporting.unread import unread

_MESSAGE = 400
_NAME = 120
_COUNTED = ("tests", "failures", "errors", "skipped")


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """All checks as test cases; `all_checks` adds nothing, a test report is complete by its nature."""
    return "".join(pieces(report, language=language, all_checks=all_checks))


def pieces(report: Report, *, language: Language, all_checks: bool = False) -> Iterator[str]:
    """The same text suite by suite; the root comes first and counts them all, so their texts are made before."""
    root = ElementTree.Element("testsuites", name="audit")
    totals, texts = dict.fromkeys(_COUNTED, 0), []
    for suite in _suites(report, names_of(report, language)):
        for attribute in _COUNTED:
            totals[attribute] += int(suite.get(attribute, "0"))
        ElementTree.indent(suite, level=1)
        texts.append(ElementTree.tostring(suite, encoding="unicode"))
    for attribute, count in totals.items():
        root.set(attribute, str(count))
    opening = ElementTree.tostring(root, encoding="unicode")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if not texts:
        yield f"{opening}\n"
        return
    yield opening.removesuffix(" />") + ">"
    for text in texts:
        yield "\n  "
        yield text
    yield "\n</testsuites>\n"


def _suites(report: Report, names: Names) -> Iterator[ElementTree.Element]:
    """A suite for each rule, and one of how the figures were read, if there is something to tell of that."""
    _ = names.words
    causes = _causes(report, names)
    findings = {finding.check.id: finding for finding in report.findings}
    own: dict[str, list[Check]] = defaultdict(list)
    for check in report.checks or (*(finding.check for finding in report.findings), *report.untestable):
        own[check.rule].append(check)
    for rule in report.rules:
        yield _suite(rule, own[rule.id], findings, causes, rule.id in report.unbound_rules, names)
    if lines := unread(report, _):
        suite = ElementTree.Element("testsuite", name=_("How it was read, and what was not"))
        for line in lines:
            case = ElementTree.SubElement(
                suite, "testcase", classname="reading", name=excerpt(line, "", _NAME), time="0"
            )
            ElementTree.SubElement(case, "skipped", message=line)
        yield _tallied(suite)


def _suite(
    rule: RuleCard,
    checks: list[Check],
    findings: dict[str, Finding],
    causes: dict[str, str],
    unbound: bool,
    names: Names,
) -> ElementTree.Element:
    _ = names.words
    suite = ElementTree.Element("testsuite", name=f"{inert(rule.id)} {inert(rule.title.in_(_.language))}")
    for check in checks:
        _case(suite, check, findings.get(check.id), causes.get(check.id, ""), names)
    if unbound:
        case = ElementTree.SubElement(suite, "testcase", classname=inert(rule.id), name="—", time="0")
        ElementTree.SubElement(case, "skipped", message=_("The rule found nothing to check."))
    return _tallied(suite)


def _tallied(suite: ElementTree.Element) -> ElementTree.Element:
    """A suite with the attributes that count its cases."""
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return suite


def _causes(report: Report, names: Names) -> dict[str, str]:
    """For each finding the cause behind it in a line, where there is one to correct."""
    _, cells = names.words, cells_by_id(report) if report.causes else {}
    found: dict[str, str] = {}
    for group in groups(report):
        if group.cause is not None and group.cause.edits:
            told = f"{heading(group, names)} ({confidence(group, _)}). {recommendation(group, cells, names)}"
            found.update((finding.id, told) for finding in group.findings)
    return found


def _case(
    suite: ElementTree.Element, check: Check, finding: Finding | None, cause: str, names: Names
) -> None:
    _ = names.words
    name = excerpt(names.key(check.key), "", _NAME)
    if document := inert(check.key.get("document", "")):
        name = f"{document}: {name}"
    case = ElementTree.SubElement(suite, "testcase", classname=inert(check.rule), name=name, time="0")
    if finding is not None and finding.waiver:
        ElementTree.SubElement(case, "skipped", message=waiver_label(finding.waiver, _))
    elif finding is not None:
        message = excerpt(inert(finding.message.in_(_.language)), "", _MESSAGE)
        failure = ElementTree.SubElement(case, "failure", type=finding.severity, message=message)
        failure.text = _body(finding, cause, names)
    elif check.verdict == "untestable":
        message = _("could not be tested, missing: {missing}", missing=names.missing(check))
        ElementTree.SubElement(case, "skipped", message=message)
    elif check.verdict != "holds":
        out = ElementTree.SubElement(case, "system-out")
        out.text = f"{verdict_label(check.verdict, _)}: {balance(check, _)}"


def _body(finding: Finding, cause: str, names: Names) -> str:
    _, check = names.words, finding.check
    lines = [finding_heading(finding, _), balance(check, _), cause]
    for label, cell in zip(names.operands(check.cells), check.cells, strict=True):
        said = str(names.quote(cell))
        parts = [
            label,
            stated(cell),
            reading(cell),
            names.place(cell),
            f"“{said}”" if said else "",
        ]
        where = inert(cell.where)
        lines.append("  ".join(part for part in [*parts, where] if part))
    lines.append(counted_only(check, _))
    lines += [excerpt(inert(finding.why.in_(_.language)), "", _MESSAGE), f"#{inert(finding.id)}"]
    return "\n".join(line for line in lines if line)
