"""`audit check`: confront tables with rules and report what does not hold."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.cli import options
from audit.model.phrase import Language, marked
from audit.model.report import SEVERITIES, Report
from audit.reporting import REST, place_of_rest, printed_format, written
from audit.wording import words
from audit.workspace.addresses import Address, addressed
from audit.workspace.configuration import FAIL_ON, configure
from audit.workspace.session import Session

if TYPE_CHECKING:
    from audit.actions.checking import Run


@click.command("check")
@click.argument("sources", nargs=-1, type=options.SOURCE, metavar="[SOURCE]...")
@options.table
@options.rules
@options.only
@click.option(
    "--all", "everything", is_flag=True, help="List every check, not only findings. 列出全部校验项。"
)
@options.output
@options.texts
@click.option(
    "--format", "format_", default="text", help="What standard output gets: text, json, … 标准输出的格式。"
)
@click.option(
    "--severity", type=click.Choice(SEVERITIES), help="The least that is reported (warning). 最低报告级别。"
)
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="Exit with 1 from here on (error). 达到此级别即返回 1。"
)
@click.option(
    "--strict", is_flag=True, help="Exit with 3 when something was untestable. 有无法检验的校验项时返回 3。"
)
@options.waivers
@click.option(
    "--baseline",
    type=options.PATH,
    help="Fail only on what is new or worse since this JSON report. 与此前报告比较。",
)
@click.option(
    "--against",
    type=options.PATH,
    metavar="WORKSPACE",
    help="Compare a draft with the plans in force in this folder. 与现行规划的工作区对照。",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=4,
    metavar="N",
    help="Work in up to N processes on several plans or large tables, where that is sooner (4). 规划或大表最多同时用 N 个进程。",
)
@click.option(
    "--most",
    type=click.IntRange(0),
    metavar="N",
    help="Tell at most N checks of each verdict of a rule, count the others (10000; 0: all). 每种结论最多列出 N 项。",
)
@click.option("--update-baseline", is_flag=True, help="Write the baseline; what it holds passes. 更新基线。")
@click.option(
    "-q", "--quiet", is_flag=True, help="Print the totals only, and no progress. 只打印合计，不显示进度。"
)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved. 文件保存后自动重新检查。")
@options.language
def command(
    sources: tuple[Path | Address, ...],
    tables: tuple[str, ...],
    rules: tuple[Path, ...],
    only: tuple[str, ...],
    everything: bool,
    output: tuple[Path, ...],
    texts: Path | None,
    format_: str,
    severity: str | None,
    fail_on: str | None,
    strict: bool,
    waivers: Path | None,
    baseline: Path | None,
    against: Path | None,
    jobs: int,
    most: int | None,
    update_baseline: bool,
    quiet: bool,
    watch: bool,
    language: Language | None,
) -> None:
    """Check tables or drafts against rules. SOURCE is a workspace folder (default: here), a table, the address of a
    database (postgresql://user@host/base), a plan (.docx, .pdf, .html, .txt, .md), several plans or a folder of them, each
    checked alone and then against the others; -o draft.marked.docx gives a plan back with comments.

    检查数据表或规划草案是否符合规则。SOURCE 为工作区目录（默认当前目录）、数据表文件、数据库地址，或一份、多份规划文件
    （先各自检查，再相互对照）；用 -o 草案.marked.docx 可得到带批注的草案。

    Exit code: 0 nothing found, 1 findings, 2 wrong usage or input, 3 with --strict: something was untestable.
    """
    paths = tuple(source for source in sources if isinstance(source, Path))
    flags = {
        "SOURCE": paths, "--rules": rules, "--only": only, "--severity": severity, "--fail-on": fail_on,
        "--strict": strict, "--most": most, "--waivers": waivers, "--baseline": baseline, "--lang": language,
    }  # fmt: skip

    spoken = options.spoken()

    def run() -> Run:
        from audit.actions import checking
        from audit.actions.delivering import deliver, show_every_check, tells_causes
        from audit.cli.progress import progress

        printed_format(format_)
        configuration = addressed(configure(paths[0] if paths else Path("."), flags), sources, tables)
        options.spoken(configuration.language)
        session = Session(configuration, against, jobs=jobs)
        every = show_every_check(output, bool(session.plans)) or everything
        session.keep_inputs(
            (*output, *map(place_of_rest, output)),
            updated=configuration.baseline if update_baseline else None,
        )
        with progress(quiet) as step:
            done = checking.checked(session, everything=every, first_baseline=update_baseline, step=step)
            if update_baseline:
                done = checking.update_baseline(done)
            if tells_causes(output, None if quiet else format_):
                from audit.actions.explaining import MOST_FINDINGS, ON_A_SCREEN, explained, unexplained

                step(marked("looking for causes"))
                screen = format_ == "text" and not output
                if screen and len(session.plans) > 1:
                    complete = unexplained(done.complete)
                else:
                    complete = explained(session, done.complete, ON_A_SCREEN if screen else MOST_FINDINGS)
                done = replace(done, complete=complete)
            if texts is not None:
                from audit.actions.quoting import with_sources

                done = replace(done, complete=with_sources(done.complete, texts))
            rests = deliver(done, output, language=configuration.language, all_checks=everything, step=step)
        _ = words(configuration.language)
        for path in rests:
            page = path.name.removesuffix(REST)
            click.echo(
                _("{page} holds not all that is told; the rest is in {file}.", page=page, file=path.name),
                err=True,
            )
        _print(done.report, format_, configuration.language, everything, quiet)
        session.keep()
        return done

    if watch:
        from audit.cli.watch import repeat

        watched = (*(paths or (() if sources else (Path("."),))), *rules)
        repeat(
            run, watched, (*output, *map(place_of_rest, output), *([baseline] if baseline else [])), spoken
        )
    sys.exit(run().exit_code())


def _print(report: Report, format_: str, language: Language, everything: bool, quiet: bool) -> None:
    if quiet:
        from audit.reporting.totals import totals

        click.echo(totals(report, words(language)))
        return
    if format_ == "text":
        from audit.reporting.text import render

        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        click.echo(render(report, language=language, all_checks=everything, colour=colour), nl=False)
        return
    content = written(format_, report, language=language, all_checks=everything)
    for piece in (content,) if isinstance(content, str | bytes) else content:
        click.echo(piece, nl=False)
