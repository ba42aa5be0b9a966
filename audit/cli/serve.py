"""`audit serve`: the page for people who know no command line."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.wording import words


@click.command("serve")
@click.argument("workspace", required=False, type=options.PATH, metavar="[WORKSPACE]")
@click.option("--host", default="127.0.0.1", help="Where to listen; another needs --token. 监听地址。")
@click.option("--port", type=int, default=0, help="The port (default: a free one). 端口。")
@click.option("--token", help="What the address asks for when other machines are let in. 口令。")
@click.option("--no-browser", is_flag=True, help="Do not open the browser. 不打开浏览器。")
@options.language
def command(
    workspace: Path | None,
    host: str,
    port: int,
    token: str | None,
    no_browser: bool,
    language: Language | None,
) -> None:
    """Open a page in the browser where drafts are dropped and checked. / 在浏览器中检查草案。

    Drafts are compared with the plans in force in WORKSPACE, and decisions on findings are kept there; without it
    nothing is kept. Only this machine is let in, and nothing is sent anywhere. Ctrl-C ends it.
    """
    from audit.serving.entrance import Entrance
    from audit.serving.server import serve

    _ = words(options.spoken())

    def opened(entrance: Entrance) -> None:
        say(_("audit serve is open at {address} (Ctrl-C ends it).", address=entrance.address))
        if token:
            say(_("Whoever has this address can use it; what is sent is not encrypted."))

    serve(
        host=host,
        port=port,
        token=token,
        workspace=workspace,
        language=language,
        browse=not no_browser,
        say=opened,
    )
