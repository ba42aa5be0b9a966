"""`audit explain`: the causes behind the findings, or one finding or cause told whole."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.model.phrase import Language


@click.command("explain")
@click.argument("identity", metavar="[ID]", required=False)
@options.workspace
@options.rules
@options.only
@options.language
def command(
    identity: str | None,
    source: Path | None,
    rules: tuple[Path, ...],
    only: tuple[str, ...],
    language: Language | None,
) -> None:
    """Tell what stands behind the findings, heaviest first; with ID one cause or finding whole. / 说明问题背后的原因。

    ID is the id of a cause or of a finding, or its first letters. Nothing is changed.
    """
    from audit.actions.checking import checked
    from audit.actions.explaining import explained
    from audit.reporting.causes import listing, whole

    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    report = explained(session, checked(session).complete)
    spoken = session.configuration.language
    click.echo(listing(report, spoken) if identity is None else whole(report, identity, spoken), nl=False)
    session.keep()
