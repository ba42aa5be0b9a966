"""Plans checked each as if alone; what was found in one is remembered, so that an unchanged plan is not read again.

A remembered report stands under the digest of all it depends on: the plan's bytes and path, the rules, the workspace
it was compared with, and this program's own files. Other content never finds it, and a damaged entry is none.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.diagnosis.drafts import about, doubted
from audit.diagnosis.merging import merged
from audit.model.errors import InputError, InputErrors
from audit.model.phrase import Phrase
from audit.model.report import Report
from audit.reporting.json import read_report, render
from audit.tables.cache import Cache, user_cache
from audit.workspace.confronting import chosen, confronted
from audit.workspace.loading import Workspace, with_codes
from audit.workspace.rulebook import Rulebook, rulebook

if TYPE_CHECKING:
    from audit.workspace.configuration import Configuration
    from audit.workspace.drafts import Draft

SUFFIXES = (".docx", ".docm", ".pdf", ".html", ".htm", ".txt", ".md", ".markdown")
_NOTES = (".md", ".markdown")  # in a folder these are notes on the plans rather than plans
KIND = "checked-plans"


def is_plan(path: Path) -> bool:
    """Whether a path names a plan to be read (by its suffix), not a table or a folder."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def plans_in(folder: Path) -> tuple[Path, ...]:
    """The plans in a folder and the folders below it, sorted; hidden ones and Markdown are left out."""
    found = (path for path in folder.rglob("*") if is_plan(path) and path.suffix.lower() not in _NOTES)
    return tuple(
        sorted(p for p in found if not any(part[:1] in ".~" for part in p.relative_to(folder).parts))
    )


def draft_report(draft: Draft, workspace: Workspace, book: Rulebook) -> Report:
    """What the rules find in a draft, not among the plans that it was compared with; guesses marked as such."""
    report = confronted(workspace, book, everything=True)
    return replace(doubted(about(report, draft.document.id), draft.guessed), notes=draft.notes)


def plans_report(
    plans: Sequence[Path],
    configuration: Configuration,
    against: Workspace | None = None,
    *,
    everything: bool = False,
    known: Cache | None = None,
) -> tuple[Report, frozenset[str]]:
    """One report on all plans, each checked as if alone (or `against` a workspace), and the rules left out.

    Every plan that cannot be read is told (`InputErrors`) and nothing is reported then. Without `everything` the
    report has no checks, figures and clauses. `known` is the cache.
    """
    from audit.workspace.drafts import load_draft

    known = user_cache() if known is None else known
    book = rulebook(against or _empty(plans[0].parent), configuration.rules)
    run, left_out = chosen(book.rules, configuration.only)
    book = book.chosen(run)
    basis = _basis(book, configuration, against, everything)
    names = Counter(plan.stem for plan in plans)
    reports: list[Report] = []
    faults: list[InputError] = []
    for plan in plans:
        name = plan.stem if names[plan.stem] == 1 else plan.with_suffix("").as_posix()
        try:
            report = _remembered(plan, name, basis, known)
            if report is None:
                draft = load_draft(plan, against, name=name)
                workspace = with_codes(draft.workspace, configuration.codes)
                report = _narrowed(draft_report(draft, workspace, book), everything)
                _remember(report, draft.document.sha256 or "", plan, name, basis, known)
            reports.append(report)
        except InputError as fault:
            faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return merged(reports), left_out


def _narrowed(report: Report, everything: bool) -> Report:
    return report if everything else replace(report, checks=(), figures=(), clauses=())


def _remember(report: Report, digest: str, plan: Path, name: str, basis: str, known: Cache) -> None:
    """Keep a report; `digest` is that of the bytes it was made from, whatever was saved meanwhile."""
    notes = json.dumps([[note.zh, note.en] for note in report.notes])
    content = f"{notes}\n{render(report, all_checks=True)}".encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    known.put(KIND, _key(digest, plan, name, basis), seal + b"\n" + content)


def _remembered(plan: Path, name: str, basis: str, known: Cache) -> Report | None:
    try:
        digest = hashlib.sha256(plan.read_bytes()).hexdigest()
    except OSError:
        return None
    entry = known.get(KIND, _key(digest, plan, name, basis)) or b""
    seal, _, content = entry.partition(b"\n")
    if hashlib.sha256(content).hexdigest().encode() != seal:
        return None
    notes, _, text = content.decode("utf-8").partition("\n")
    return replace(read_report(text), notes=tuple(Phrase(*note) for note in json.loads(notes)))


def _key(digest: str, plan: Path, name: str, basis: str) -> str:
    return hashlib.sha256("\0".join((digest, plan.as_posix(), name, basis)).encode()).hexdigest()


def _basis(book: Rulebook, configuration: Configuration, against: Workspace | None, everything: bool) -> str:
    """The digest of all that the report on a plan depends on, but the plan."""
    parts = [
        *(f"{source.path}\0{source.sha256}" for source in book.inputs),
        *(rule.id for rule in book.rules),
        *sorted(book.optional),
        *(f"{source.path}\0{source.sha256}" for source in (against.inputs if against else ())),
        *(
            f"{name}\0{path.as_posix()}\0{_file_digest(path)}"
            for name, path in sorted(configuration.codes.items())
        ),
        f"everything\0{everything}",
        _program(),
    ]
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()


def _program() -> str:
    """The digest of this program's own files."""
    package = Path(__file__).parent.parent
    files = sorted(
        p for p in package.rglob("*") if p.suffix in (".py", ".csv", ".json", ".lark") and p.is_file()
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(package).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _empty(root: Path) -> Workspace:
    return Workspace(root, {}, {}, (), (), ())
