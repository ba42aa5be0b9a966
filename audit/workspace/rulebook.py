"""The rules of a run: the built-in library and a workspace's own, or just those given."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from audit.files import content_of
from audit.language.files import builtin_rules, rule_files
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.report import Input
from audit.tables.cache import user_cache
from audit.workspace.packs import PLANS
from audit.workspace.remembering import remember_rules, remembered_rules


@dataclass(frozen=True)
class Rulebook:
    """Rules with the files they came from.

    `optional` are ids of library rules: one that names a column or a code that the workspace lacks binds nothing.
    Every other rule must resolve, but for a standard table that the workspace does not have.
    """

    rules: tuple[Rule, ...]
    inputs: tuple[Input, ...]
    optional: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all its rules."""
        return frozenset(rule.id for rule in self.rules)

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
    own = root / "rules"
    if own.is_dir() and own.resolve() == builtin_rules().resolve():
        return library()
    shipped = library() if packs else Rulebook((), ())
    if not own.is_dir() or not any(own.rglob("*.y*ml")):
        return replace(shipped, optional=frozenset(rule.id for rule in shipped.rules))
    local = _read({path: path.as_posix() for path in rule_files((own,))})
    replaced = {rule.id for rule in local.rules}
    kept = tuple(rule for rule in shipped.rules if rule.id not in replaced)
    return Rulebook(
        (*kept, *local.rules), (*shipped.inputs, *local.inputs), frozenset(rule.id for rule in kept)
    )


def tables_of(rule: Rule) -> set[str]:
    """The tables that a rule looks at."""
    return {rule.table, *(s.table for s in rule.operands.values() if s.table)}


def _read(files: dict[Path, str]) -> Rulebook:
    inputs = tuple(
        Input(shown, hashlib.sha256(content_of(path, shown)).hexdigest()) for path, shown in files.items()
    )
    known = user_cache()
    rules = remembered_rules(inputs, known)
    if rules is None:
        from audit.language.reading import read_rules

        rules = read_rules(files.items())
        remember_rules(inputs, rules, known)
    return Rulebook(rules, inputs)


def _shown(path: Path, library: Path) -> str:
    return (Path("rules") / path.relative_to(library)).as_posix()


def library() -> Rulebook:
    """The built-in rule library."""
    folder = builtin_rules()
    return _read({path: _shown(path, folder) for path in rule_files((folder,))})
