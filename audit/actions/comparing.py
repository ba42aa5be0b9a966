"""Two versions loaded and set side by side: tables, documents, workspaces or git revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from audit.actions.confronting import confronted
from audit.diagnosis.difference.versions import Rows, difference
from audit.engine.identity import identity_of
from audit.model.difference import Difference
from audit.workspace.configuration import Configuration
from audit.workspace.loading import Workspace, load, load_folder
from audit.workspace.packs import bound
from audit.workspace.revisions import laid_out
from audit.workspace.rulebook import rulebook
from audit.workspace.session import Session
from audit.workspace.sources import document_id, is_plan


def compare(old: str, new: str, configuration: Configuration) -> Difference:
    """What differs between two versions, each a path or else a git revision of the folder that is configured.

    Both are confronted with the rules of the new version, so that what a relation does otherwise is for its
    figures. Raises `InputError` for what cannot be read.
    """
    session = Session(configuration)
    with ExitStack() as folders:
        before, after = _alike_named(*(_version(name, new, session, folders) for name in (old, new)))
        book = rulebook(after.root, configuration.rules, bound(after.tables)).only(configuration.only)
        tolerant = replace(book, optional=frozenset(rule.id for rule in book.rules))
        return difference(
            confronted(before, tolerant, everything=True),
            confronted(after, book, everything=True),
            _rows(before),
            _rows(after),
            (old, new),
        )


def files_of(name: str, session: Session) -> tuple[Path, ...]:
    """The files that a version is read from; none for a git revision, which is read from the repository."""
    path = Path(name)
    if not path.exists():
        return ()
    configuration = replace(session.configuration, sources=(path,))
    version = Session(configuration)
    return (*version.plans, *version.tables())


def _version(name: str, new: str, session: Session, folders: ExitStack) -> Workspace:
    """A version loaded; two drafts are one document, by the name of the new one."""
    path = Path(name)
    if not path.exists():
        folder = folders.enter_context(laid_out(name, session.source))
        workspace = load_folder(folder, f"{name}:")
    elif is_plan(path):
        from audit.workspace.drafts import load_draft

        workspace = load_draft(path, name=document_id(Path(new))).workspace
    else:
        workspace = load(path)
    return session.with_codes(workspace)


def _alike_named(before: Workspace, after: Workspace) -> tuple[Workspace, Workspace]:
    """Two versions of one table, each in a file of its own, under the name that it had."""
    if len(before.tables) != 1 or len(after.tables) != 1 or before.tables.keys() == after.tables.keys():
        return before, after
    (name,), (table,) = before.tables, after.tables.values()
    return before, replace(after, tables={name: replace(table, name=name)})


def _rows(workspace: Workspace) -> Rows:
    """The rows of all tables as texts."""
    return {
        name: (identity_of(table).columns, _texts(table.texts())) for name, table in workspace.tables.items()
    }


def _texts(rows: Sequence[Mapping[str, str | None]]) -> list[dict[str, str]]:
    return [{name: cell or "" for name, cell in row.items()} for row in rows]
