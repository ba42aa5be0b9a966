"""What a run on a workspace folder came to: its report, found again by what it depends on, and what each plan told, found
again by the folder, for the next run to tell again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.model.report import Report
from audit.workspace.packing import packed, unpacked
from audit.workspace.remembering import MOST_KEPT, digest_of, program, remember_bytes, remembered_bytes

if TYPE_CHECKING:
    from audit.diagnosis.again import Kept, Memory
    from audit.workspace.session import Session

RUNS, LAST = "checked-workspaces", "last-runs"


def remember_run(session: Session, report: Report, memory: Memory) -> None:
    """Keep what a run came to, where it has read what it is remembered by and its checks are not as many as take as long
    to read back."""
    basis = session.basis
    if basis is None or not basis.was_read(session):
        return
    if len(report.findings) + len(report.untestable) <= MOST_KEPT:
        remember_bytes(RUNS, basis.key, packed((replace(report, texts={}), memory.now)), session.cache)
        remember_bytes(LAST, _folder(session), basis.key.encode(), session.cache)


def remembered_report(session: Session) -> Report | None:
    """The report of a run on the same; None when there was none, or it is damaged."""
    return None if session.basis is None else _run(session, session.basis.key)[0]


def told_before(session: Session) -> Mapping[str, Kept]:
    """What plans told in the last run on the folder."""
    key = remembered_bytes(LAST, _folder(session), session.cache) or b""
    return _run(session, key.decode())[1] if key.isalnum() else {}


def _run(session: Session, key: str) -> tuple[Report | None, Any]:
    match unpacked(remembered_bytes(RUNS, key, session.cache)):
        case (Report() as report, dict(told)):
            return report, told
    return None, {}


def _folder(session: Session) -> str:
    return digest_of((program(), session.source.absolute().as_posix()))
