"""`audit try`: cells of the tables tried otherwise, and written only with --apply."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.wording import words

EXIT_BREAKS = 1


@click.command("try")
@click.argument("edits", metavar="ROW.COLUMN=VALUE...", nargs=-1, required=True)
@options.workspace
@options.rules
@options.only
@click.option(
    "--apply", "apply_", is_flag=True, help="Write the tables, after showing the difference. 写入表格。"
)
@click.option("--yes", is_flag=True, help="Write without asking. 不再询问。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is told. 输出格式。"
)
@options.language
def command(
    edits: tuple[str, ...],
    source: Path | None,
    rules: tuple[Path, ...],
    only: tuple[str, ...],
    apply_: bool,
    yes: bool,
    form: str,
    language: Language | None,
) -> None:
    """Try cells otherwise: what would break, what would come to hold. / 试改指标：会违反什么、满足什么。

    ROW is a row of a table: the name that reports give it, TABLE:NAME, or FILE:LINE. Of a figure, literal and interval
    follow the value. Nothing is written without --apply, which shows the difference and asks first.

    Example: audit try 'plan.csv:12.value=1650' 'plan.csv:13.value=650'

    Exit code: 0 nothing would break, 1 something would, 2 wrong input.
    """
    from audit.actions.trying import apply, attempt
    from audit.reporting.trying import as_json, difference, told

    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    spoken = session.configuration.language
    _ = words(spoken)
    tried = attempt(session, edits)
    text = form == "text"
    if text:
        click.echo(told(tried, spoken), nl=False)
    changed = any(row.columns for row in tried.rows)
    written: tuple[str, ...] = ()
    if apply_ and changed:
        click.echo(difference(tried), nl=False, err=not text)
        if yes or _agreed(_("Write this? [y/N]")):
            written = apply(tried)
    if not text:
        click.echo(as_json(tried, written), nl=False)
    elif written:
        say(_("Written: {files}", files=", ".join(written)))
    elif apply_ and not changed:
        say(_("Nothing is to be written: the tables say so already."))
    else:
        say(_("Nothing was written."))
    sys.exit(EXIT_BREAKS if tried.broken else 0)


def _agreed(question: str) -> bool:
    """The answer of whoever sits there; `InputError` where nobody does."""
    click.echo(f"{question} ", nl=False, err=True)
    answer = sys.stdin.readline()
    if not answer:
        raise InputError(
            "--apply asks before it writes, and nobody answers; give --yes to write without asking."
        )
    return answer.strip().lower() in ("y", "yes", "是")
