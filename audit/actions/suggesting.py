"""A workspace made for tables that are there: how they are read, and the rules that they themselves suggest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from audit.diagnosis.checks import to_tell, told_checks
from audit.diagnosis.suggestions.suggested import suggestions
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, shape_of
from audit.diagnosis.suggestions.sums import nearly_all
from audit.engine.confront import Confrontation, confront
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.files import write_new
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.period import period_of
from audit.model.phrase import Phrase
from audit.model.report import VERDICTS, Check, Verdict
from audit.numbers.period_cells import written_period
from audit.tables.formats.asked import Asked, Unpivot
from audit.tables.formats.kinds import tables_of
from audit.tables.formats.scanned import ScannedFile
from audit.tables.formats.sql import tables_of_url
from audit.tables.reading import TableFile
from audit.tables.unpivoting import parts_of
from audit.tables.writing import as_csv
from audit.workspace.addresses import Address
from audit.workspace.loading import Workspace, empty
from audit.workspace.tables import own_tables

_LEAST_PERIODS = 3
_FULL = 0.7
"""The share of names and years that stand together, of columns that are taken for names with years."""
_SHOWN = 5
_SKIP = "missing: skip"
_MOST_GAPS = 0.05
"""The share of checks that may lack a number, for a rule that tells of each; where more do, that is how the table is."""
_HEAD = """\
# Rules that the tables themselves suggest, written by `audit init`: relations that hold in at least 95 % of the rows (of
# a few rows in all but one) and that chance does not explain (the same numbers moved against each other, or numbers of
# that size, would make fewer than 0.01 of all the relations that were tried fit as often). What a relation is for
# nobody can see in numbers: fill in the reasons (because), and strike out what is no rule.
# 以下规则由数据本身推得（`audit init`）：至少 95% 的行成立（行数很少时至多一行除外），且不能以偶然解释。
# 请补写理由（because），并删去不应作为规则的条目。
"""


@frozen(slots=False)
class Rule:
    """A suggested rule as it was tried: its text, how often it holds, and the first checks that do not."""

    id: str
    text: str
    holds: int
    checks: int
    broken: tuple[Check, ...]
    title: Phrase


@frozen(slots=False)
class Started:
    """A workspace made: its files, what each table was found to be, the rules, and what was recognised on the way."""

    files: tuple[Path, ...]
    tables: Mapping[str, Shape]
    rules: tuple[Rule, ...]
    notes: tuple[Phrase, ...]


def start_with(sources: Sequence[Path | Address], folder: Path, only: Sequence[str] = ()) -> Started:
    """Make a workspace in `folder` for the tables of files and databases (`only` those of these names); nothing is
    overwritten.

    Raises `InputError` for a file that cannot be read, or where a file of the workspace is there already.
    """
    asked = dict(_asked(sources, only))
    own = own_tables(list(dict.fromkeys(one for one in sources if isinstance(one, Path))), asked)
    tables = {name: table.in_polars() for name, table in own.tables.items()}
    codes: dict[str, CodeList] = {}
    identities = Identities(tables)
    tried: list[tuple[str, Suggestion, Rule]] = []
    slugs = {name: f"{_slug(name, number)}." for number, name in enumerate(tables, 1)}
    for name, suggestion in suggestions(tables):
        rule = _tried(suggestion, name, tables, identities, slugs[name], [r.id for _, _, r in tried])
        if rule is not None and _agree(codes, suggestion):
            codes |= _code_lists(suggestion)
            tried.append((name, suggestion, rule))
    shapes = {name: shape_of(table) for name, table in tables.items()}
    keyed = {
        name: replace(
            one, key=tuple(c for c in shapes[name].key if not one.unpivot or c not in one.unpivot.into)
        )
        for name, one in asked.items()
    }
    files = {Path("audit.toml"): _settings(keyed, codes, folder).encode()}
    files[Path("rules") / "suggested.yaml"] = (
        _HEAD + "".join(f"\n{rule.text}" for _, _, rule in tried)
    ).encode()
    for dimension, codes_of in codes.items():
        rows = [(member.code, member.parent) for member in codes_of.members.values()]
        files[Path("codes") / f"{dimension}.csv"] = as_csv(("code", "parent"), rows)
    if not tried:
        del files[Path("rules") / "suggested.yaml"]
    return Started(write_new(folder, files), shapes, tuple(rule for *_, rule in tried), own.notes)


def _asked(sources: Sequence[Path | Address], only: Sequence[str]) -> Iterator[tuple[str, Asked]]:
    """How each table of the sources is to be read: under its name, columns of periods made rows."""
    seen: set[str] = set()
    for source in sources:
        whole = Asked(url=source) if isinstance(source, Address) else Asked(file=source)
        for file, sheet in _tables(replace(whole, at="audit init"), only):
            within = file.sheet or Path(source).suffix[1:]
            name = file.name if file.name not in seen else f"{Path(source).stem}.{within}"
            seen.add(name)
            yield name, replace(whole, name=name, sheet=sheet, unpivot=_wide(file.columns), at="audit init")


def _tables(whole: Asked, only: Sequence[str]) -> Iterator[tuple[TableFile | ScannedFile, str]]:
    """The tables of a source, each with the name of its sheet or table where it has to be said."""
    if whole.file is not None and not whole.file.exists():
        raise InputError("{path}: there is no such file or folder.", path=whole.file)
    for sheet in only or ("",):
        one = replace(whole, sheet=sheet)
        found = tables_of(one.file, one.file.as_posix(), one) if one.file else tuple(tables_of_url(one))
        yield from ((file, file.sheet if sheet or one.url or len(found) > 1 else "") for file in found)


def _wide(names: Sequence[str]) -> Unpivot | None:
    """The columns of a wide table that are periods, each of the same stacked parts, or of the same names with a year."""
    parts = {name: [part.strip() for part in name.split("/")] for name in names}
    dated = [name for name in names if written_period(parts[name][0])]
    depth = {len(parts[name]) for name in dated}
    if len({parts[name][0] for name in dated}) < _LEAST_PERIODS or len(depth) != 1:
        return _with_years(names)
    return _unpivot(names, dated, ["period", "column", "part", "detail"][: depth.pop()], "value")


def _with_years(names: Sequence[str]) -> Unpivot | None:
    """The columns whose names are a few words, each with most of the same years."""
    found = {name: parts for name in names if (parts := parts_of(name, 2)) and "/" not in name}
    found |= {
        name: parts
        for name in names
        if (parts := parts_of(name, 1)) != (name,) and name not in found and parts
    }
    at = [place for parts in found.values() for place, part in enumerate(parts) if period_of(part)]
    if not found or len({*map(len, found.values())}) > 1 or len({*at}) != 1:
        return None
    years = {parts[at[0]] for parts in found.values()}
    told = {parts[1 - at[0]] for parts in found.values()} if len(next(iter(found.values()))) > 1 else {""}
    if len(years) < _LEAST_PERIODS or len(found) < _FULL * len(years) * len(told):
        return None
    if len(told) == 1:
        (name,) = told
        return _unpivot(names, list(found), ["period"], name if len(name) > len("FY") else "value")
    return _unpivot(names, list(found), ["column", "period"] if at[0] else ["period", "column"], "value")


def _unpivot(names: Sequence[str], dated: Sequence[str], into: Sequence[str], value: str) -> Unpivot:
    taken = {*names} - {*dated}
    told = tuple(name if name not in taken else f"{name}_of_column" for name in into)
    return Unpivot(tuple(dated), told, value if value not in taken else "amount")


def _tried(
    suggestion: Suggestion,
    name: str,
    tables: Mapping[str, Table],
    identities: Identities,
    prefix: str,
    ids: Sequence[str],
) -> Rule | None:
    """The suggestion as a rule, confronted with its tables by the engine; None where it does not hold often enough.

    A rule tells of numbers that are missing where few are.
    """
    number = sum(one.startswith(f"{prefix}{suggestion.kind}-") for one in ids) + 1
    identity = f"{prefix}{suggestion.kind}-{number}"
    among = {one: tables[one] for one in (name, suggestion.other) if one}
    for one in (replace(suggestion, lines=tuple(x for x in suggestion.lines if x != _SKIP)), suggestion):
        try:
            trial = _Trial.of(_written(one, identity, name, "error", ()), among, _code_lists(one), identities)
        except InputError:
            return None
        holds, reconcilable, violated, untestable = trial.counts()
        held = holds + reconcilable
        checks = held + violated
        if untestable <= _MOST_GAPS * (checks + untestable):
            break
    often = nearly_all(held, checks) or (suggestion.least and held >= suggestion.least * checks)
    if not checks or not often or not holds:
        return None
    broken = trial.told("violated", _SHOWN)
    (example,) = trial.told("holds", 1)
    severity = "error" if not violated else "warning"
    told = (
        f"# holds in {held} of {checks}; by chance {suggestion.expected:.0e} such relations would",
        *([f"# {untestable} more lack a number and are told as untestable"] if untestable else ()),
        *_places(broken, violated),
    )
    examples = _shown(*suggestion.examples) if suggestion.examples else _examples(example)
    written = _written(one, identity, name, severity, told, examples)
    return Rule(identity, written, held, checks, broken, Phrase(suggestion.zh, suggestion.en))


@frozen(slots=False)
class _Trial:
    """A rule as it was confronted with its tables."""

    confrontations: tuple[Confrontation, ...]
    identities: Identities

    @classmethod
    def of(
        cls, text: str, tables: Mapping[str, Table], codes: Mapping[str, CodeList], identities: Identities
    ) -> _Trial:
        workspace: Workspace = replace(empty(Path(".")), tables=dict(tables), codes=dict(codes))
        plans = resolve(read_rules_text(text), workspace.catalogue())
        return cls(confront(plans, workspace.tables), identities)

    def counts(self) -> list[int]:
        """How many checks gave each verdict, in the order of `VERDICTS`."""
        every = (np.bincount(one.verdicts, minlength=len(VERDICTS)) for one in self.confrontations)
        return [int(count) for count in sum(every, np.zeros(len(VERDICTS), dtype=np.int64))]

    def told(self, verdict: Verdict, most: int) -> tuple[Check, ...]:
        """The first checks that gave a verdict."""
        parts, left = [], most
        for one in self.confrontations:
            numbers = np.flatnonzero(one.verdicts == VERDICTS.index(verdict))[:left]
            parts.append(to_tell(one, numbers))
            left -= len(numbers)
        return tuple(
            check for group in told_checks(parts, self.identities, lambda table, rows: {}) for check in group
        )


def _written(
    one: Suggestion,
    identity: str,
    table: str,
    severity: str,
    told: Sequence[str],
    examples: Sequence[str] = (),
) -> str:
    """The text of a rule."""
    title = f"title: {{zh: {_quoted(one.zh)}, en: {_quoted(one.en)}}}"
    because = "because: {zh: 待补写, en: to be filled in}"
    body = (title, f"severity: {severity}", f"table: {_quoted(table)}", *one.lines, because, *examples)
    return "\n".join((*told, f"- id: {identity}", *(f"  {line}" for line in body))) + "\n"


def _examples(check: Check) -> tuple[str, ...]:
    """An example that holds, from the table itself, and one that is violated: its first number made ten times as great,
    and one."""
    cells: dict[str, list[str]] = {}
    for cell in check.cells:
        if cell.value is not None:
            cells.setdefault(cell.operand, []).append(f"{cell.value:f}")
    if not cells:
        return ()
    first = next(iter(cells))
    size = 10 * max(abs(cell.value) for cell in check.cells if cell.value is not None) + 1
    wrong = {**cells, first: [f"{-size if check.left is not None and '>=' in check.equation else size:f}"]}
    return _shown(_example(cells), _example(wrong))


def _shown(holds: str, violated: str) -> tuple[str, ...]:
    return ("examples:", f"  holds: [{holds}]", f"  violated: [{violated}]")


def _example(cells: Mapping[str, list[str]]) -> str:
    told = (
        f"{_quoted(name)}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}"
        for name, values in cells.items()
    )
    return "{" + ", ".join(told) + "}"


def _places(broken: Sequence[Check], several: int) -> Iterator[str]:
    for check in broken:
        key = ", ".join(f"{name}={value}" for name, value in check.key.items())
        where = next((cell.where for cell in check.cells if cell.where), "")
        yield f"# does not hold: {key or '-'} ({where}): {check.equation}".replace("\n", " ")
    if several > len(broken):
        yield f"# … and {several - len(broken)} more"


def _code_lists(suggestion: Suggestion) -> dict[str, CodeList]:
    return {
        dimension: CodeList.of(
            dimension,
            [Member(name, parents.get(name), (), {}) for name in suggestion.names],
            ("code", "parent"),
        )
        for dimension, parents in suggestion.parents.items()
    }


def _agree(codes: Mapping[str, CodeList], suggestion: Suggestion) -> bool:
    """Whether the code lists that a suggestion needs are those that others need too."""
    return all(
        codes[dimension].members[name].parent == parents.get(name)
        for dimension, parents in suggestion.parents.items()
        if dimension in codes
        for name in suggestion.names
        if name in codes[dimension].members
    )


def _settings(asked: Mapping[str, Asked], codes: Mapping[str, CodeList], folder: Path) -> str:
    """`audit.toml`: the tables and code lists."""
    lines = ["# How the tables are read, written by `audit init`. 数据表的读取方式，由 `audit init` 写出。"]
    if codes:
        lines += ["", "[codes]", *(f"{_quoted(name)} = {_quoted(f'codes/{name}.csv')}" for name in codes)]
    for name, one in asked.items():
        lines += ["", f"[tables.{_quoted(name)}]"]
        if one.file is None:
            lines += [f"url = {_quoted(Address(one.url).without_password())}"]
        else:
            lines += [f"file = {_quoted(Path(os.path.relpath(one.file, folder)).as_posix())}"]
        lines += [f"{'sheet' if one.file else 'table'} = {_quoted(one.sheet)}"] if one.sheet else []
        lines += [f"key = {_quoted(list(one.key))}"] if one.key else []
        if one.unpivot:
            spans, into = _spans(one.unpivot.columns), one.unpivot.into
            columns = _quoted(spans if len(spans) > 1 else spans[0])
            names = _quoted(into if len(into) > 1 else into[0])
            lines += [
                f"unpivot = {{columns = {columns}, into = {names}, value = {_quoted(one.unpivot.value)}}}"
            ]
    return "\n".join(lines) + "\n"


def _spans(names: Sequence[str]) -> list[str]:
    """Names of columns, those that are alike but for a year that goes up by one told as a span: `births2015..2024`."""
    found: list[str] = []
    for name in names:
        text, year = name[:-4], name[-4:]
        before, _, end = found[-1].partition("..") if found else ("", "", "")
        start = before.removeprefix(text)
        if year.isdecimal() and start.isdecimal() and int(end or start) + 1 == int(year):
            found[-1] = f"{before}..{year}"
        else:
            found.append(name)
    return found


def _slug(name: str, number: int) -> str:
    """The table's name as the id of a rule may have it."""
    plain = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())
    return plain or f"table{number}"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
