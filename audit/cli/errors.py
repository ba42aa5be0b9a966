"""Wrong input ends a command with its sentences on standard error and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.wording import translator

EXIT_INPUT = 2


@contextmanager
def told_in(language: Language) -> Iterator[None]:
    """Tell an `InputError` raised inside in `language` and exit with 2."""
    try:
        yield
    except InputError as error:
        click.echo(error.sentence(translator(language)), err=True)
        sys.exit(EXIT_INPUT)
