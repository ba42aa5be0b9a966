"""The commands as their own help tells them."""

from __future__ import annotations

from audit.cli import main
from audit.cli.manual import commands
from audit.model.phrase import Language, Phrase
from docs.making.marking import block

_WIDTH = 100
_HEAD = Phrase("命令", "Commands")
_INTRO = Phrase(
    "每个命令的 `--help` 原文。`audit manual` 以 man 手册页的形式给出同样的内容；`audit completion` 输出命令行补全脚本。",
    "What `--help` says of each command. `audit manual` tells the same as a man page; `audit completion` prints the script with "
    "which a shell completes commands, options and the ids of rules.",
)


def command_page(language: Language) -> str:
    """The page of the commands."""
    lines = [f"# {_HEAD.in_(language)}\n\n{_INTRO.in_(language)}\n"]
    for name, command, context in commands(main, _WIDTH):
        anchor = name.replace(" ", "-")
        lines.append(f"## {name} {{ #{anchor} }}\n\n{block(command.get_help(context))}")
    return "\n".join(lines)
