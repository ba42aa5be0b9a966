"""A run opened: from its settings to all that it works on, each part read once and only when it is asked for.

Every command opens a session, so that `audit.toml`, code lists, rules and waivers count in each of them alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from audit.files import keep_apart
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.tables.cache import Cache, user_cache
from audit.tables.description import FILE, Described, read_description
from audit.tables.kinds import known
from audit.workspace.configuration import Configuration
from audit.workspace.sources import codes_beside, home_of, is_plan, package_folder, plans_in, root_of
from audit.workspace.table_files import tables_in

if TYPE_CHECKING:
    from audit.diagnosis.waivers import Entry
    from audit.language.plan import Plan
    from audit.workspace.drafts import Draft
    from audit.workspace.known_rules import Resolved
    from audit.workspace.loading import Workspace
    from audit.workspace.remembering import Basis
    from audit.workspace.rulebook import Rulebook

WAIVERS = "waivers.yaml"


@frozen(slots=False)
class Session:
    """What a run works on.

    `against` is the folder of a workspace that drafts are compared with, `cache` what earlier runs worked out, `jobs` how
    many processes may work at a time.

    Whatever a part cannot be read for is an `InputError` when that part is asked for.
    """

    configuration: Configuration
    against: Path | None = None
    cache: Cache = field(default_factory=user_cache)
    jobs: int = 1

    @property
    def source(self) -> Path:
        """The folder, table or (first) plan that is worked on."""
        return self.configuration.sources[0]

    @property
    def package(self) -> Path | None:
        """The folder of the package that is worked on; None where there is none, or tables apart from it are asked for."""
        return None if self.configuration.apart else package_folder(self.source)

    @cached_property
    def plans(self) -> tuple[Path, ...]:
        """The plans that are read; none when the source is a workspace or a table."""
        sources = self.configuration.sources
        if len(sources) == 1 and self.source.is_dir():
            tables = self.package or self.configuration.tables
            return () if tables else plans_in(self.source)
        if all(map(is_plan, sources)):
            return tuple(sources)
        if any(map(is_plan, sources)):
            raise InputError("plans and tables cannot be checked together; give them in two runs.")
        return ()

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files of tables of one's own: those given, in the folders given, or that the settings name; none where
        the source is plans or a workspace's folder."""
        if self.plans or (len(self.configuration.sources) == 1 and self.package):
            return ()
        asked = self.configuration.tables.values()
        if asked and self.source.is_dir():
            return tuple(dict.fromkeys(one.file for one in asked if one.file))
        codes = self.configuration.codes.values()
        found = (tables_in(one, codes) if one.is_dir() else (one,) for one in self.configuration.sources)
        return tuple(dict.fromkeys(path for files in found for path in files))

    @property
    def has_tables(self) -> bool:
        """Whether there is anything to check: plans, tables or a package. A source that is named and not there counts,
        so that it is told."""
        there = self.plans or self.files or self.configuration.tables or self.package
        return bool(there) or not self.source.is_dir()

    @cached_property
    def root(self) -> Path:
        """The folder of the workspace: there its own rules and waivers are."""
        if not self.plans:
            return self.source if self.source.is_dir() else root_of(self.source)
        return self.against or Path(os.path.commonpath([plan.parent for plan in self.plans]))

    @cached_property
    def beside(self) -> Workspace | None:
        """The workspace that drafts are compared with."""
        from audit.workspace.loading import load_folder

        return load_folder(self.against) if self.against else None

    @cached_property
    def draft(self) -> Draft | None:
        """The plan that is read, where it is one alone."""
        if len(self.plans) != 1:
            return None
        from audit.workspace.drafts import load_draft

        return load_draft(self.plans[0], self.beside)

    @cached_property
    def workspace(self) -> Workspace:
        """The tables and code lists that rules are confronted with; without tables where there are several plans."""
        from audit.workspace.loading import empty, load_folder, load_tables, with_tables

        if self.plans:
            return self.with_codes(self.draft.workspace if self.draft else self.beside or empty(self.root))
        asked = self.configuration.tables
        if self.files or (asked and not self.package):
            return self.with_codes(load_tables(self.files, asked, self.root))
        workspace = load_folder(self.source)
        return self.with_codes(with_tables(workspace, asked) if asked else workspace)

    def with_codes(self, workspace: Workspace) -> Workspace:
        """A workspace with the code lists that the settings name."""
        from audit.workspace.loading import with_codes

        return with_codes(workspace, self.configuration.codes)

    @cached_property
    def basis(self) -> Basis | None:
        """What the report on a workspace folder depends on; None where it cannot be told."""
        from audit.workspace.remembering import basis_of

        return basis_of(self)

    @cached_property
    def book(self) -> Rulebook:
        """All rules in force."""
        from audit.workspace.rulebook import rulebook

        return rulebook(self.root, self.configuration.rules, self.packs)

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """The packs of rules in force: those that the settings name, else those whose tables are there; all where there
        are no tables, so that their rules can be read about."""
        from audit.workspace.packs import PACKS, PLANS, bound

        if self.configuration.extends:
            return self.configuration.extends
        if self.plans or any(home_of(file) for file in self.files):
            return (PLANS.name,)
        if not self.files and not self.configuration.tables:
            folder = self.package
            return bound(self._known_tables(folder)) if folder else tuple(PACKS)
        from audit.workspace.standard import is_standard

        return bound([name for name, table in self.workspace.tables.items() if is_standard(table)])

    @cached_property
    def chosen(self) -> Rulebook:
        """The rules in force that were asked for."""
        return self.book.only(self.configuration.only)

    @cached_property
    def resolved(self) -> Resolved:
        """Those rules resolved in the workspace; `InputErrors` for all that are broken."""
        from audit.workspace.known_rules import plans_of

        return plans_of(self.chosen, self.workspace, self.cache)

    @property
    def bound(self) -> tuple[Plan, ...]:
        """The plans of those rules."""
        return self.resolved.plans

    @property
    def left_out(self) -> frozenset[str]:
        """The ids of rules in force that were not asked for."""
        return self.book.ids - self.chosen.ids

    @property
    def waivers_file(self) -> Path:
        """The file of waivers in force: the one configured, else `waivers.yaml` of the workspace."""
        return self.configuration.waivers or self.root / WAIVERS

    @cached_property
    def waivers(self) -> tuple[Entry, ...]:
        """The waivers in force; none where there is no such file."""
        from audit.workspace.waivers import read_waivers

        return read_waivers(self.waivers_file) if self.waivers_file.exists() else ()

    @cached_property
    def _descriptions(self) -> dict[Path, tuple[Described, ...]]:
        return {}

    def _described(self, folder: Path) -> tuple[Described, ...]:
        """What the description of a package lists, as far as it can be read."""
        if folder not in self._descriptions:
            try:
                self._descriptions[folder] = read_description(folder)
            except InputError:
                self._descriptions[folder] = ()
        return self._descriptions[folder]

    def _known_tables(self, folder: Path) -> tuple[str, ...]:
        """The tables on plans in a package."""
        fields = {
            one.name: [field["name"] for field in (one.schema or {}).get("fields", ())]
            for one in self._described(folder)
        }
        return tuple(name for name, columns in fields.items() if known(name, columns))

    def _package_files(self, folder: Path) -> tuple[Path, ...]:
        """The files of a package: its description and the tables listed there."""
        return (folder / FILE, *(folder / path for one in self._described(folder) for path in one.paths))

    def tables(self) -> tuple[Path, ...]:
        """The files of the tables: of the source, of the package or code lists around it, of the workspace compared with."""
        folders = [
            self.package or home_of(self.source),
            self.against and package_folder(self.against),
        ]
        lists = (path for file in self.files for path in codes_beside(file).values())
        return (
            *self.files,
            *lists,
            *(file for folder in folders if folder for file in self._package_files(folder)),
        )

    def rule_files(self) -> tuple[Path, ...]:
        """The files of rules in force."""
        from audit.language.files import rule_files
        from audit.workspace.rulebook import pack_files

        own = self.root / "rules"
        shipped = (path for name in self.packs for path in pack_files(name))
        given = self.configuration.rules or (*shipped, *((own,) if own.is_dir() else ()))
        return tuple(rule_files(given))

    def later(self, keep: Callable[[], None]) -> None:
        """Have something kept for later runs once nobody waits for the answer any more (`keep`)."""
        self._later.append(keep)

    def keep(self) -> None:
        """Keep what is to be kept for later runs: the answer is out."""
        while self._later:
            self._later.pop(0)()

    @cached_property
    def _later(self) -> list[Callable[[], None]]:
        return []

    def keep_inputs(self, outputs: Sequence[Path], *more: Path, updated: Path | None = None) -> None:
        """Raise `InputError` when a file to be written is one that the run reads.

        `more` are read besides; `updated` is the baseline or the file of waivers, where that is to be written anew.
        """
        if not outputs and updated is None:
            return
        settings = self.configuration
        read = [*self.plans, *self.tables(), *self.rule_files(), *settings.codes.values(), *more]
        read += [path for path in (settings.baseline, self.waivers_file) if path not in (None, updated)]
        read += [settings.file] if settings.file else []
        keep_apart((*outputs, *([updated] if updated else [])), read)
