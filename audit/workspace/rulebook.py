"""The rules of a run: the built-in library and a workspace's own, or just those given."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audit.files import content_of
from audit.language.files import SUFFIXES, builtin_rules, rule_files
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.report import Input
from audit.tables.cache import Cache, user_cache
from audit.workspace.packs import PACKS, PLANS, Pack

if TYPE_CHECKING:
    from audit.engine.frames import Table

PACKED = "packs"
"""The folder of the library in which the rules of other packs than that on plans lie, a file each."""


@frozen(slots=False)
class Rulebook:
    """Rules with the files they came from.

    `optional` are ids of library rules: one that names a column or a code that the workspace lacks binds nothing.
    Every other rule must resolve, but for a standard table that the workspace does not have. `packed` are the rules of
    packs by id, with the pack that says which tables they are for.
    """

    rules: tuple[Rule, ...]
    inputs: tuple[Input, ...]
    optional: frozenset[str] = frozenset()
    packed: Mapping[str, Pack] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all its rules."""
        return frozenset(rule.id for rule in self.rules)

    def bound_to(self, rule: Rule, tables: Mapping[str, Table]) -> Iterator[Rule]:
        """A rule for each of the tables that its pack says it is for, or for the tables that it names itself."""
        if pack := self.packed.get(rule.id):
            yield from (replace(rule, table=name) for name in pack.fitting(tables))
        else:
            yield rule.among(tables)

    def chosen(self, rules: Iterable[Rule]) -> Rulebook:
        """The same book with only `rules`."""
        return replace(self, rules=tuple(rules))

    def only(self, globs: Sequence[str]) -> Rulebook:
        """The same book with the rules whose ids the globs name (no globs: all); `InputError` when that is none."""
        if not self.inputs:
            raise InputError(
                "there are no rules for these tables: give them with --rules, or put them into rules/ beside the tables; "
                "`audit init FILE` suggests some."
            )
        if not self.rules:
            raise InputError("the rule files given hold no rules; a rule file is a list of rules (- id: …).")
        run = [rule for rule in self.rules if not globs or any(fnmatchcase(rule.id, g) for g in globs)]
        if not run:
            raise InputError(
                "no rule is called {patterns}; `audit rules list` names them.",
                patterns=", ".join(globs) or "…",
            )
        return self.chosen(run)


def rulebook(root: Path, given: Sequence[Path] = (), packs: Collection[str] = (PLANS.name,)) -> Rulebook:
    """The rules given, exactly; without any, those of the `packs` and after them `rules/` of the workspace `root`.

    A rule of the workspace replaces the library's rule of the same id. The library's files are told as `rules/…`
    wherever it is installed, so that reports are the same everywhere.
    """
    if given:
        return _read({path: path.as_posix() for path in rule_files(given)})
    shipped = library(packs)
    own = root / "rules"
    if own.is_dir() and own.resolve() == builtin_rules().resolve():
        return shipped
    if not own.is_dir() or not any(own.rglob("*.y*ml")):
        return replace(shipped, optional=frozenset(rule.id for rule in shipped.rules))
    local = _read({path: path.as_posix() for path in rule_files((own,))})
    replaced = {rule.id for rule in local.rules}
    kept = tuple(rule for rule in shipped.rules if rule.id not in replaced)
    return Rulebook(
        (*kept, *local.rules), (*shipped.inputs, *local.inputs), frozenset(rule.id for rule in kept),
        {rule.id: shipped.packed[rule.id] for rule in kept if rule.id in shipped.packed},
    )  # fmt: skip


def tables_of(rule: Rule) -> set[str]:
    """The tables that a rule looks at."""
    return {rule.table, *(s.table for s in rule.operands.values() if s.table)}


def _read(files: dict[Path, str]) -> Rulebook:
    inputs = tuple(
        Input(shown, hashlib.sha256(content_of(path, shown)).hexdigest()) for path, shown in files.items()
    )
    return Rulebook(_rules(inputs, tuple(files.items()), user_cache()), inputs)


@lru_cache(maxsize=8)
def _rules(inputs: tuple[Input, ...], files: tuple[tuple[Path, str], ...], known: Cache) -> tuple[Rule, ...]:
    """The rules of files, read once for what stands in them; a process that reads many plans asks for them often."""
    from audit.workspace.known_rules import remember_rules, remembered_rules

    rules = remembered_rules(inputs, known)
    if rules is None:
        from audit.language.reading import read_rules

        rules = read_rules(files)
        remember_rules(inputs, rules, known)
    return rules


def _shown(path: Path) -> str:
    return (Path("rules") / path.relative_to(builtin_rules())).as_posix()


def library(packs: Collection[str] = (PLANS.name,)) -> Rulebook:
    """The rules of packs that ship with the product."""
    books = {name: _read({path: _shown(path) for path in pack_files(name)}) for name in packs}
    packed = {rule.id: PACKS[name] for name, book in books.items() for rule in book.rules}
    return Rulebook(
        tuple(rule for book in books.values() for rule in book.rules),
        tuple(one for book in books.values() for one in book.inputs),
        packed={identity: pack for identity, pack in packed.items() if pack is not PLANS},
    )


def pack_files(name: str) -> tuple[Path, ...]:
    """The rule files of a pack."""
    folder = builtin_rules()
    if name != PLANS.name:
        return (folder / PACKED / f"{name}.yaml",)
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES))
