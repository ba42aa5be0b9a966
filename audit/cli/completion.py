"""`audit completion`: the script with which a shell completes commands, options and the ids of rules."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_AUDIT_COMPLETE"
"""What a shell sets when it asks audit for completions."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that makes a shell complete `audit`. / 输出命令行补全脚本。

    \b
    bash: echo 'eval "$(audit completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(audit completion zsh)"' >> ~/.zshrc
    fish: audit completion fish > ~/.config/fish/completions/audit.fish
    """
    root = click.get_current_context().find_root()
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(root.command, {}, "audit", VARIABLE).source())
