"""The `audit` command: parse, call, print, exit. A subcommand's module is loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from audit.cli.rim import Rim
from audit.version import __version__

_COMMANDS = (
    "check",
    "explain",
    "try",
    "extract",
    "report",
    "waive",
    "diff",
    "config",
    "rules",
    "coverage",
    "verify",
    "init",
    "serve",
    "completion",
    "manual",
)
_MODULES = {"try": "try_"}
"""Commands whose name no module can have."""


class _Lazy(Rim):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"audit.cli.{_MODULES.get(name, name)}").command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="audit")
def main() -> None:
    """Tell whether the figures in plans hold together. / 检查规划中的指标是否前后一致。"""
