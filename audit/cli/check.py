"""`audit check`: confront tables with rules and report what does not hold."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import SEVERITIES, Report, Severity
from audit.reporting import format_names, format_of, renderer, write
from audit.wording import language_of

EXIT_FINDINGS, EXIT_UNTESTABLE = 1, 3


@click.command("check")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--rules", "rule_paths", multiple=True, type=click.Path(path_type=Path), help="Rule file or folder (repeatable). 规则文件或目录。")
@click.option("--only", multiple=True, metavar="ID-OR-GLOB", help="Run only these rules, e.g. 'structure.*'. 只运行这些规则。")
@click.option("--all", "everything", is_flag=True, help="List every check, not only findings. 列出全部校验项。")
@click.option("-o", "--output", multiple=True, type=click.Path(path_type=Path), help="Write a report; its suffix says the format. 写出报告文件。")
@click.option("--format", "format_", default="text", help="What standard output gets: text, json, … 标准输出的格式。")
@click.option("--severity", default="warning", type=click.Choice(SEVERITIES), help="The least that is reported. 最低报告级别。")
@click.option("--fail-on", default="error", type=click.Choice([*SEVERITIES, "never"]), help="Exit with 1 from here on. 达到此级别即返回 1。")
@click.option("--strict", is_flag=True, help="Exit with 3 when something was untestable. 有无法检验的校验项时返回 3。")
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the report. 报告语言。")
def command(
    sources: tuple[Path, ...], rule_paths: tuple[Path, ...], only: tuple[str, ...], everything: bool, output: tuple[Path, ...],
    format_: str, severity: Severity, fail_on: str, strict: bool, language: Language | None,
) -> None:  # fmt: skip
    """Check tables against rules. SOURCE is a workspace folder (default: here) or a table.

    检查数据表是否符合规则。SOURCE 为工作区目录（默认当前目录）或数据表文件。

    Exit code: 0 nothing found, 1 findings, 2 wrong usage or input, 3 with --strict: something was untestable.
    """
    language = language or language_of()
    with told_in(language):
        formats = [format_of(path) for path in output]
        if format_ not in format_names():
            raise InputError("--format {name} is not known; use one of {known}.", name=format_, known=", ".join(format_names()))
        report = _report(sources or (Path("."),), rule_paths, only, severity, everything or any(f != "json" for f in formats))
        for path, name in zip(output, formats, strict=True):
            write(path, renderer(name)(report, language=language, all_checks=everything))
        _print(report, format_, language, everything)
    sys.exit(_exit_code(report, fail_on, strict))


def _report(sources: tuple[Path, ...], rule_paths: tuple[Path, ...], only: tuple[str, ...], severity: Severity, everything: bool) -> Report:
    from audit.diagnosis.findings import build_report
    from audit.engine.confront import confront
    from audit.workspace.loading import load, load_rules, resolve_all

    if len(sources) > 1:
        raise InputError("{count} sources were given; check one at a time.", count=len(sources))
    workspace = load(sources[0])
    rules, rule_inputs, library = load_rules(workspace, rule_paths)
    rules = tuple(rule for rule in rules if not only or any(fnmatchcase(rule.id, pattern) for pattern in only))
    if not rules:
        raise InputError("no rule is called {patterns}; `audit rules list` names them.", patterns=", ".join(only) or "…")
    plans, _ = resolve_all(rules, workspace, library)
    return build_report(
        confront(plans, workspace.tables), rules, workspace.tables,
        documents=workspace.documents, clauses=workspace.clauses, inputs=(*workspace.inputs, *rule_inputs),
        least=severity, everything=everything,
    )  # fmt: skip


def _print(report: Report, format_: str, language: Language, everything: bool) -> None:
    if format_ == "text":
        from audit.reporting.text import render

        click.echo(render(report, language=language, all_checks=everything, colour=sys.stdout.isatty()), nl=False)
        return
    content = renderer(format_)(report, language=language, all_checks=everything)
    click.echo(content, nl=False)


def _exit_code(report: Report, fail_on: str, strict: bool) -> int:
    if fail_on != "never":
        worst = SEVERITIES.index(fail_on)  # type: ignore[arg-type]
        if any(SEVERITIES.index(f.severity) <= worst and f.waiver is None for f in report.findings):
            return EXIT_FINDINGS
    return EXIT_UNTESTABLE if strict and report.untestable else 0
