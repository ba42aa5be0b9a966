"""The `audit` command as a process of its own: `audit …` or `python -m audit …`."""

from __future__ import annotations

import gc
import os
import sys

from audit.cli import main

_BEFORE_COLLECTING = 200_000


def run() -> None:
    """Run the command and end the process.

    A command is short: what it made is given back as a whole when it ends, not object by object, and circles among
    its objects are looked for seldom.
    """
    gc.set_threshold(_BEFORE_COLLECTING, 50, 50)
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # nobody reads any more
            code = code or 1
        os._exit(code)


if __name__ == "__main__":
    run()
