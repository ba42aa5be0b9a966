"""`audit waive`: accept findings for a reason and a time."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.diagnosis.waivers import CATEGORIES
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.wording import words


@click.command("waive")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--reason", help="Why the findings are accepted. 接受的理由。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day that it holds. 有效期至。")
@click.option(
    "--category",
    default="accepted",
    type=click.Choice(tuple(CATEGORIES)),
    help="What kind of reason: 口径不同, 表述, 待核, 误报, 已知 (in the order listed).",
)
@click.option("--by", help="Who accepts it (default: git's user.name). 由谁接受。")
@click.option(
    "--from",
    "paper",
    type=options.PATH,
    help="Working paper (.xlsx): waive as its dispositions say. 按工作底稿中的处理意见豁免。",
)
@options.workspace
@options.rules
@options.waivers
@options.language
def command(
    ids: tuple[str, ...],
    reason: str | None,
    until: datetime | None,
    category: str,
    by: str | None,
    paper: Path | None,
    source: Path | None,
    rules: tuple[Path, ...],
    waivers: Path | None,
    language: Language | None,
) -> None:
    """Accept the findings with these ids (or their first letters) until a day; reports still list them.

    在期限内接受（豁免）这些问题；它们仍列在每份报告中并注明。

    One that has expired, matches nothing or whose finding changed is reported and excuses nothing.
    """
    from audit.actions.waiving import waive, waiver_from_today, wishes_of

    session = options.session(source, {"--rules": rules, "--waivers": waivers, "--lang": language})
    last = until.date() if until else None
    wishes = wishes_of(paper, by, last) if paper else []
    if ids:
        if not reason or last is None:
            raise InputError("a waiver needs a reason and a last day; add --reason and --until.")
        waiver = waiver_from_today(reason, category, by or _user(), last)
        wishes += [(name, waiver) for name in ids]
    if not wishes:
        raise InputError(
            "nothing is to be waived; give the ids of findings, or --from a paper with dispositions."
        )
    path, entries = waive(session.configuration, wishes)
    _ = words(session.configuration.language)
    for entry in entries:
        say(_("#{id} ({rule}) is waived until {until} in {path}.",
              id=entry.finding, rule=entry.rule, until=entry.waiver.until, path=path))  # fmt: skip


def _user() -> str:
    try:
        name = subprocess.run(
            ["git", "config", "user.name"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        ).stdout.strip()
    except OSError:
        name = ""
    if not name:
        raise InputError("nobody is named who accepts this; add --by NAME.")
    return name
