"""`python -m tests.fuzz`: damaged inputs for a minute; exit code 1 when one ended otherwise than it may.

Every case is a process of its own with little memory and time. It must end with 0, 1, 2 or 3; with 2 it prints nothing
and tells a sentence, without it tells nothing; it changes none of its inputs; and it never tells of a fault of the
program. `--seed S --case N` runs one case again and leaves its folder.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NoReturn

from tests.fuzz.cases import DRAFTS, KINDS, Case

SECONDS, MEMORY = 10, 1 << 30
FAULTS = (
    "Traceback",
    "audit failed (",
    "not enough memory",
    "nested deeper than can",
    "panicked at",
    "system refused",
)


def main() -> int:
    """Run cases until the time is up; 1 when a case failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", default="1")
    options.add_argument("--case", type=int, help="run this case alone, in a folder that stays")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    _warm()
    if given.case is not None:
        told = _case(
            given.seed,
            given.case,
            Path(tempfile.mkdtemp(prefix=f"audit-fuzz-{given.case}-")),
            sys.stderr.fileno(),
        )
        print(told or "it ended as it should")
        return 1 if told else 0
    return _many(given.seed, time.monotonic() + given.seconds, given.jobs)


def _many(seed: str, until: float, jobs: int) -> int:
    running: dict[int, tuple[int, int]] = {}
    failures: list[str] = []
    number, done = 0, 0
    while running or time.monotonic() < until:
        while len(running) < jobs and time.monotonic() < until:
            read, write = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(read)
                _alone(seed, number, write)
            os.close(write)
            running[child] = (number, read)
            number += 1
        child, _ = os.waitpid(-1, 0)
        if child in running:
            case, read = running.pop(child)
            with os.fdopen(read, "rb") as pipe:
                told = pipe.read().decode("utf-8", "replace")
            done += 1
            if told != "ok":
                failures.append(told)
                print(f"case {case} (--seed {seed} --case {case}): {told or 'it was killed'}", flush=True)
    print(f"{done - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


def _alone(seed: str, number: int, answer: int) -> NoReturn:
    """Run a case in this process, which ends with it; what was wrong, or `ok`, goes to the file `answer`."""
    told = "the case itself failed"
    try:
        with tempfile.TemporaryDirectory(prefix="audit-fuzz-") as folder, open(os.devnull, "w") as nowhere:
            told = _case(seed, number, Path(folder), nowhere.fileno()) or "ok"
    except BaseException as error:
        told = f"the case itself failed: {error!r}"
    os.write(answer, told.encode("utf-8", "replace")[:4000])
    os._exit(0)


def _case(seed: str, number: int, root: Path, errors: int) -> str:
    """Make a case in `root` and run its commands; what was wrong, or nothing."""
    random = Random(f"{seed}/{number}")
    (root / "in").mkdir()
    case: Case = random.choice(KINDS)(random, root / "in")
    for command in case.commands:
        before = _contents(root / "in")
        code, out, err = _ended(command, root)
        told = _judged(code, out, err, written=command[0] == "report" and "-o" in command)
        if not told and any(_contents(root / "in").get(path) != content for path, content in before.items()):
            told = "an input was changed"
        if told:
            os.write(errors, err[-3000:])
            return f"{case.kind}: audit {' '.join(command)}: {told}: {err[-600:].decode('utf-8', 'replace').strip()}"
        if code == 2:
            break
    return ""


def _contents(root: Path) -> dict[Path, bytes]:
    kept = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {path: content for path, content in kept.items() if path.name != "waivers.yaml"}


def _judged(code: int, out: bytes, err: bytes, *, written: bool) -> str:
    """What is wrong about how a command ended; nothing when that is as it may be. `written`: its answer is a file."""
    found = next((fault for fault in FAULTS if fault.encode() in err), None)
    if code < 0:
        return (
            "it took more time or memory than it may"
            if -code in (signal.SIGALRM, signal.SIGKILL, signal.SIGXCPU)
            else f"signal {-code}"
        )
    if found:
        return f"it told “{found}”"
    if code not in (0, 1, 2, 3):
        return f"exit code {code}"
    if code == 2 and (out or not err.strip()):
        return "exit code 2 with an answer or without a sentence"
    if code != 2 and (err or not (out or written)):
        return f"exit code {code} without an answer, or with a sentence on standard error"
    return ""


def _ended(command: tuple[str, ...], root: Path) -> tuple[int, bytes, bytes]:
    """Exit code (a signal's number below 0) and what a command printed."""
    with open(root / "out", "wb+") as out, open(root / "err", "wb+") as err:
        child = os.fork()
        if child == 0:
            _command(command, root / "in", out.fileno(), err.fileno())
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return -signal.SIGKILL if used.ru_maxrss * 1024 > MEMORY else code, out.read(), err.read()


def _command(command: tuple[str, ...], root: Path, out: int, err: int) -> NoReturn:
    code = 99
    with suppress(BaseException):
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(root)
        data = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY * 2, data))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, SECONDS * 3)  # of the clock: other work may go on beside
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 2, SECONDS * 2))
        os.environ |= {
            "XDG_CACHE_HOME": str(root.parent / "cache"),
            "LC_ALL": "C.UTF-8",
            "POLARS_MAX_THREADS": "1",
        }
        sys.argv = ["audit", *command]
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        from audit.__main__ import run

        run()
    os._exit(code)


def _warm() -> None:
    """Load once, before the processes part, what every case would load."""
    from importlib import import_module

    for room in (
        "audit.actions.checking", "audit.actions.confronting", "audit.actions.plans", "audit.actions.extracting",
        "audit.actions.mutating", "audit.actions.rehearsal", "audit.workspace.drafts", "audit.workspace.rulebook",
        "audit.tables.failures", "audit.documents.docx.reader", "audit.documents.pdf.reader", "audit.cli.check",
        "audit.documents.html.reader", "audit.reporting.text", "audit.reporting.html", "audit.reporting.xlsx",
    ):  # fmt: skip
        import_module(room)
    from audit.extraction import extract

    extract((DRAFTS / "draft.txt").read_text("utf-8"))


if __name__ == "__main__":
    raise SystemExit(main())
