"""`audit check --watch`: the same check again whenever a file is saved, until the user stops it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path

from audit.actions.watching import changed, snapshot
from audit.cli.rim import say, tell
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.wording import words


def repeat(
    run: Callable[[], object], sources: Collection[Path], written: Collection[Path], language: Language
) -> None:
    """Run, wait for a change in `sources` but the files `written`, run again; Ctrl-C ends it with code 0.

    Wrong input is told and does not end it: the next save may mend it.
    """
    _ = words(language)
    try:
        while True:
            before = snapshot(sources, written)
            try:
                run()
            except InputError as error:
                tell(error, language)
            say(_("Waiting for a file to be saved; Ctrl-C ends."), err=True)
            names = changed(before, sources, written)
            say(_("Saved: {files}", files=", ".join(names[:5])), err=True)
    except KeyboardInterrupt:
        sys.exit(0)
