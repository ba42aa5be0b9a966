"""`audit rules`: the rules of a workspace listed, explained, tried on their own examples, or only read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.wording import language_of, words

EXIT_DIFFERS = 1

_source = click.option(
    "-C",
    "--source",
    default=".",
    type=click.Path(path_type=Path),
    help="The workspace (default: here). 工作区。",
)
_rules = click.option(
    "--rules",
    "given",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rule file or folder. 规则文件或目录。",
)
_language = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the output. 输出语言。"
)


@click.group("rules")
def command() -> None:
    """List rules, explain one, or try them on their own examples. / 列出、说明或试验规则。"""


@command.command("list")
@_source
@_rules
@_language
def list_(source: Path, given: tuple[Path, ...], language: Language | None) -> None:
    """List the rules in force. / 列出生效的规则。"""
    language = language or language_of()
    with told_in(language):
        from audit.reporting.rules import listing
        from audit.workspace.loading import load
        from audit.workspace.rulebook import rulebook

        click.echo(listing(rulebook(load(source), given).rules, language), nl=False)


@command.command()
@click.argument("identity", metavar="ID")
@_source
@_rules
@_language
def show(identity: str, source: Path, given: tuple[Path, ...], language: Language | None) -> None:
    """Explain one rule: what it checks, why, what not, its members and its examples. / 说明一条规则。"""
    language = language or language_of()
    with told_in(language):
        from audit.actions.rehearsal import outlined
        from audit.reporting.rules import description
        from audit.workspace.loading import load
        from audit.workspace.rulebook import rulebook

        workspace = load(source)
        rule, plan = outlined(rulebook(workspace, given), workspace, identity)
        click.echo(description(rule, plan, language), nl=False)


@command.command()
@_source
@_rules
@_language
def test(source: Path, given: tuple[Path, ...], language: Language | None) -> None:
    """Try every rule on its own examples. / 用规则自带的例子试验规则。

    Exit code: 0 all as they say, 1 an example has another verdict, 2 a rule is broken or lacks an example that holds or one
    that does not.
    """
    language = language or language_of()
    with told_in(language):
        from audit.actions.rehearsal import rehearse
        from audit.reporting.rules import mismatch
        from audit.workspace.loading import load
        from audit.workspace.rulebook import rulebook

        workspace = load(source)
        rehearsals = rehearse(rulebook(workspace, given), workspace)
        _ = words(language)
        failed = [(r.rule, trial) for r in rehearsals for trial in r.trials if not trial.passed]
        for rule, trial in failed:
            click.echo(mismatch(rule, trial.example, trial.verdict, language))
        click.echo(_("{rules} rules, {examples} examples, {failed} not as they say", rules=len(rehearsals),
                     examples=sum(len(r.trials) for r in rehearsals), failed=len(failed)))  # fmt: skip
    sys.exit(EXIT_DIFFERS if failed else 0)


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@_source
@_language
def check(files: tuple[Path, ...], source: Path, language: Language | None) -> None:
    """Only read rule files and find every name in the workspace. / 只读取规则文件并核对名称。"""
    language = language or language_of()
    with told_in(language):
        from audit.workspace.loading import load
        from audit.workspace.rulebook import resolved, rulebook

        workspace = load(source)
        book = rulebook(workspace, files)
        resolved(book, workspace)
        click.echo(words(language)("{count} rules can be read and fit the workspace", count=len(book.rules)))
