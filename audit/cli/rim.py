"""The rim of the program: however a command ends, it ends with one exit code and, if need be, one sentence.

0, 1 and 3 are said by a command about what it found; 2 is every end without an answer: wrong usage, wrong input, too
little memory, a fault of the program itself. 130 is the user's Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from audit.files import clear_aside
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.reporting.failures import TRACEBACK, failure
from audit.reporting.inert import inert
from audit.wording import language_of, words

NO_ANSWER = 2
INTERRUPTED = 130


@dataclass
class Voice:
    """The language that a run speaks, as far as it is known yet: the locale's, then that of --lang or audit.toml."""

    language: Language


class Rim(click.Group):
    """A group of commands that ends as this module says, whatever happens in them."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        voice = Voice(language_of())
        end: BaseException | None = None
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, obj=voice, **extra)
        except (SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # panics of the libraries below are no Exception
            end = error
        finally:
            clear_aside()
        if end is not None:
            code = _ended(end, voice)
        sys.exit(code if isinstance(code, int) else 0)


def say(text: str, *, err: bool = False) -> None:
    """Print one line in which nothing acts on a terminal or a runner of CI."""
    click.echo(inert(text), err=err)


def tell(error: InputError, language: Language) -> None:
    """Print the sentence of every fault on standard error."""
    for sentence in error.sentences(words(language)):
        say(sentence, err=True)


def _ended(error: BaseException, voice: Voice) -> int:
    """Tell how a command ended that gave no answer; the exit code."""
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return INTERRUPTED
    try:
        if isinstance(error, click.ClickException):
            _tell_usage(error)
        elif isinstance(error, InputError):
            tell(error, voice.language)
        else:
            if os.environ.get(TRACEBACK):
                from traceback import format_exception

                for line in "".join(format_exception(error)).splitlines():
                    say(line, err=True)
            say(failure(error, words(voice.language)), err=True)
    except MemoryError:
        os.write(2, b"audit: there is not enough memory.\n")
    return NO_ANSWER


def _tell_usage(error: click.ClickException) -> None:
    """What click tells of a wrong command line, with the words of the user made safe to show."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Try '{error.ctx.command_path} --help' for help.\n", err=True)
    say(f"Error: {error.format_message()}", err=True)
