"""The `audit` command as a process of its own: `audit …` or `python -m audit …`."""

from __future__ import annotations

import gc
import os
import sys
import warnings

_BEFORE_COLLECTING = 200_000
_UTF8 = "PYTHONUTF8"
_THREADS = "OPENBLAS_NUM_THREADS"


def run() -> None:
    """Run the command and end the process.

    A command is short: what it made is given back as a whole when it ends, not object by object, circles among its
    objects are looked for seldom, and linear algebra, of which it does little, does not start a thread a core.
    """
    if not sys.warnoptions:  # what libraries say to programmers is nothing to the user
        warnings.simplefilter("ignore")
    gc.set_threshold(_BEFORE_COLLECTING, 50, 50)
    os.environ.setdefault(_THREADS, "1")
    try:
        _exit(_code())
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException as error:  # before anything could be said better, as where an installation is broken
        os.write(2, f"audit: {type(error).__name__}: {error}\n".encode("utf-8", "replace"))
        os._exit(2)


def _code() -> int:
    from audit.cli.streams import names_are_utf8, open_streams

    if not names_are_utf8() and os.environ.get(_UTF8) != "1":
        # A locale such as zh_CN.GBK would read the names of UTF-8 files as other names, and tell others.
        os.environ[_UTF8] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    open_streams()
    from audit.cli import main

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _exit(code: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # told already, or nobody can be told
            code = 2
    os._exit(code)


if __name__ == "__main__":
    run()
