"""`pytest --audit`: every check of a workspace is a test item, `extracted/datapackage.json::rule[key]`.

Where tables of one's own are checked, `audit.toml` stands for them (`audit.toml::rule[key]`); a table that is named
(`pytest --audit book.xlsx`) stands for itself.

A finding that stops the gate fails its item; a waived one is expected to fail; what could not be tested is skipped
with what is missing; a lesser finding is a warning. Settings come from `audit.toml` as for the command.
"""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from audit.actions.checking import Run
    from audit.model.report import Check, Finding
    from audit.workspace.configuration import Configuration

PACKAGES = ("extracted/datapackage.json", "datapackage.json")


class FindingWarning(UserWarning):
    """A finding that does not stop the gate."""


class FindingFailure(Exception):
    """A finding that stops the gate; the argument tells it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--audit`."""
    group = parser.getgroup("audit")
    group.addoption(
        "--audit", action="store_true", help="Collect every check of the audit workspace as a test."
    )


def pytest_configure(config: pytest.Config) -> None:
    """With `--audit`, collect the workspace too, unless some of its checks or tables are named."""
    if not config.getoption("audit"):
        return
    named = [Path(config.invocation_params.dir, argument.partition("::")[0]) for argument in config.args]
    if any(map(_is_table, named)):
        return
    standing = _standing(config)
    if standing is None:
        raise pytest.UsageError(
            f"--audit: there is no {PACKAGES[0]} in {config.rootpath}; name the tables in audit.toml, or give one to check"
        )
    if standing not in named:
        config.args.append(str(standing))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The file that stands for the workspace, or a table that was named, stands for its checks."""
    if not parent.config.getoption("audit"):
        return None
    if file_path == _standing(parent.config):
        return Workspace.from_parent(parent, path=file_path)
    named = {Path(parent.config.invocation_params.dir, one.partition("::")[0]) for one in parent.config.args}
    return (
        Workspace.from_parent(parent, path=file_path) if _is_table(file_path) and file_path in named else None
    )


def _is_table(path: Path) -> bool:
    from audit.tables.formats.kinds import format_of

    return format_of(path) is not None and path.is_file() and path.name != PACKAGES[1]


def _standing(config: pytest.Config) -> Path | None:
    """The file that stands for the workspace: its package's, or the settings that name its tables."""
    configuration = _configuration(config)
    root = configuration.sources[0].absolute()
    package = next((root / name for name in PACKAGES if (root / name).exists()), None)
    settings = configuration.file.absolute() if configuration.file and configuration.tables else None
    return package or settings


def _configuration(config: pytest.Config, source: Path | None = None) -> Configuration:
    """What is in force for the workspace, which is pytest's root folder unless `audit.toml` names another; or for a table."""
    from audit.workspace.configuration import configure

    here = Path(os.path.relpath(source or config.rootpath))
    found = configure(here)
    return replace(found, sources=(here,)) if source or "sources" not in found.origins else found


class Workspace(pytest.File):
    """All checks of a workspace."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item a check, in the order of the rules; two checks of one name are numbered."""
        from audit.actions.checking import check
        from audit.model.errors import InputError

        try:
            source = None if self.path == _standing(self.config) else self.path
            run = check(_configuration(self.config, source), everything=True)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        findings = {id(finding.check): finding for finding in run.complete.findings}
        by_id = {finding.id: finding for finding in run.complete.findings}
        seen: Counter[str] = Counter()
        for one in run.complete.checks:
            finding = findings.get(id(one)) or by_id.get(one.id)
            name = _name(one)
            seen[name] += 1
            unique = name if seen[name] == 1 else f"{name[:-1]}-{seen[name]}]"
            yield CheckItem.from_parent(self, name=unique, run=run, check=one, finding=finding)


def _name(check: Check) -> str:
    from audit.reporting.inert import inert

    key = "-".join(inert(value) for value in check.key.values())
    return f"{check.rule}[{key.replace('::', ':')}]"


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, *, run: Run, check: Check, finding: Finding | None, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.run = run
        self.check = check
        self.finding = finding if check.verdict not in ("holds", "untestable") else None

    def runtest(self) -> None:
        """Fail, skip, warn or pass as the verdict asks."""
        from audit.diagnosis.gate import blocks

        threshold = self.run.configuration.fail_on
        if self.check.verdict == "untestable":
            pytest.skip(f"could not be tested, missing: {', '.join(self.check.missing)}")
        if self.finding is None:
            return
        if self.finding.waiver is not None:
            pytest.xfail(f"waived until {self.finding.waiver.until}: {self.finding.waiver.reason}")
        compared = self.run.complete.comparison is not None
        if threshold != "never" and blocks(self.finding, threshold, compared):  # type: ignore[arg-type]
            raise FindingFailure(self._told())
        warnings.warn(FindingWarning(self._told()), stacklevel=1)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The finding in words; a traceback only for what is no finding."""
        if isinstance(excinfo.value, FindingFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The row of the first figure, as far as it is known."""
        cell = next((cell for cell in self.check.cells if cell.line), None)
        return (Path(cell.source), cell.line - 1, self.name) if cell else (self.path, None, self.name)

    def _told(self) -> str:
        from audit.reporting.names import names_of
        from audit.reporting.relations import balance, stated

        assert self.finding is not None
        language = self.run.configuration.language
        names = names_of(self.run.complete, language)
        lines = [self.finding.message.in_(language), balance(self.check, names.words)]
        for cell in self.check.cells:
            place = names.place(cell)
            where = "" if cell.where and cell.where in place else cell.where
            lines.append("  ".join(p for p in (cell.operand, stated(cell), place, where) if p))
        return "\n".join(line for line in lines if line)
