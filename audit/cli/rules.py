"""`audit rules`: rules listed, explained, tried on their own examples, held against each other, or only read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.wording import words

EXIT_DIFFERS = 1


@click.group("rules")
def command() -> None:
    """List rules, explain one, try them on their examples, lint them. / 列出、说明、试验或检查规则。"""


@command.command("list")
@options.workspace
@options.rules
@options.only
@options.language
def list_(
    source: Path | None, rules: tuple[Path, ...], only: tuple[str, ...], language: Language | None
) -> None:
    """List the rules in force. / 列出生效的规则。"""
    from audit.reporting.rules import listing

    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    click.echo(listing(session.chosen.rules, session.configuration.language), nl=False)


@command.command()
@options.workspace
@options.language
def packs(source: Path | None, language: Language | None) -> None:
    """List the packs of rules that ship with audit, and which are in force here. / 列出随附的规则包。

    The rules on plans are in force where tables of plans are; the others where `extends` in audit.toml names them, and then
    for every table that has their columns.
    """
    from audit.workspace.packs import PACKS
    from audit.workspace.rulebook import library

    session = options.session(source, {"--lang": language})
    _ = words(session.configuration.language)
    for name, pack in PACKS.items():
        state = _("in force here") if name in session.packs else _("not in force here")
        fitting = [*pack.fitting(session.workspace.tables)] if pack.columns and session.has_tables else []
        if fitting and name not in session.packs:
            state = _('not in force here, but fits {tables}: say extends = "{name}" in audit.toml',
                      tables=_(", ").join(fitting), name=name)  # fmt: skip
        say(
            f"{name}  {pack.title.in_(session.configuration.language)}  ({len(library((name,)).rules)}; {state})"
        )


@command.command()
@click.argument("identity", metavar="ID", shell_complete=options.rule_ids)
@options.workspace
@options.rules
@options.language
def show(identity: str, source: Path | None, rules: tuple[Path, ...], language: Language | None) -> None:
    """Explain one rule: what it checks, why, what not, its members and its examples. / 说明一条规则。"""
    from audit.actions.rehearsal import outlined
    from audit.reporting.rules import description

    session = options.session(source, {"--rules": rules, "--lang": language})
    rule, plan = outlined(session, identity)
    click.echo(description(rule, plan, session.configuration.language), nl=False)


@command.command()
@options.workspace
@options.rules
@options.only
@options.language
def test(
    source: Path | None, rules: tuple[Path, ...], only: tuple[str, ...], language: Language | None
) -> None:
    """Try every rule on its own examples. / 用规则自带的例子试验规则。

    Exit code: 0 all as they say, 1 an example has another verdict, 2 a rule is broken or lacks an example that holds or one
    that does not.
    """
    from audit.actions.rehearsal import rehearse
    from audit.reporting.rules import mismatch

    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    rehearsals = rehearse(session)
    _ = words(session.configuration.language)
    failed = [(r.rule, trial) for r in rehearsals for trial in r.trials if not trial.passed]
    for rule, trial in failed:
        say(mismatch(rule, trial.example, trial.verdict, _.language))
    say(_("{rules} rules, {examples} examples, {failed} not as they say", rules=len(rehearsals),
          examples=sum(len(r.trials) for r in rehearsals), failed=len(failed)))  # fmt: skip
    sys.exit(EXIT_DIFFERS if failed else 0)


@command.command()
@options.language
def schema(language: Language | None) -> None:
    """Print the JSON Schema of rule files, for editors. / 输出规则文件的 JSON 模式，供编辑器补全和提示。

    An editor with a YAML language server uses it where the first line of a rule file is
    "# yaml-language-server: $schema=rules.schema.json".
    """
    import json

    from audit.language.schema import rules_schema

    click.echo(json.dumps(rules_schema(options.spoken(language)), ensure_ascii=False, indent=2))


@command.command()
@click.argument("files", nargs=-1, required=True, type=options.PATH, metavar="FILE...")
@options.workspace
@options.language
def check(files: tuple[Path, ...], source: Path | None, language: Language | None) -> None:
    """Only read rule files and find every name in the workspace. / 只读取规则文件并核对名称。"""
    from audit.workspace.binding import resolved

    session = options.session(source, {"--rules": files, "--lang": language})
    resolved(session.book, session.workspace)
    _ = words(session.configuration.language)
    say(_("{count} rules can be read and fit the workspace", count=len(session.book.rules)))


@command.command()
@options.workspace
@options.rules
@options.only
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is told. 输出格式。"
)
@options.language
def lint(
    source: Path | None, rules: tuple[Path, ...], only: tuple[str, ...], form: str, language: Language | None
) -> None:
    """Find rules that contradict, follow from others, or never bind. / 检查规则之间的矛盾与多余。

    Works with and without a workspace; with one its code lists count, and rules of your own that bind nothing are told.

    Exit code: 0 nothing is the matter, 1 something is, 2 a rule file cannot be read.
    """
    from audit.actions.linting import linted
    from audit.reporting.linting import as_json, told

    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    found, known = linted(session)
    spoken = session.configuration.language
    click.echo(as_json(found, known) if form == "json" else told(found, known, spoken), nl=False)
    sys.exit(EXIT_DIFFERS if found else 0)
