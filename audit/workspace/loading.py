"""A source named on the command line, loaded: its tables, code lists, documents and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from audit.engine.frames import Table
from audit.language.plan import Catalogue, TableShape
from audit.model.codes import CodeList
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Input
from audit.model.rows import Clause, Document, Scans
from audit.model.text_frame import TextFrame
from audit.numbers.cells import is_written
from audit.numbers.numerals import number_of
from audit.tables.description import FILE
from audit.tables.formats.asked import Asked
from audit.tables.kinds import known
from audit.tables.package import Package, Resource, read_package
from audit.tables.reading import TableFile, read_csv
from audit.tables.validity import ensure_valid
from audit.workspace.figure_words import with_words
from audit.workspace.sources import codes_beside, home_of, package_folder, root_of
from audit.workspace.standard import FIGURES, completed, is_standard, standard_members
from audit.workspace.table_files import tables_in

_TOLD = 40
SURE_PREFIX = "sure_"
"""How the columns begin that tell how surely a figure was read out of a plan."""
SCANNED = "scanned"
"""The column that tells how surely the characters of a figure were recognised in the picture of a page."""


@frozen(slots=False)
class Workspace:
    """All that a check needs.

    `inputs` are the files read, with their digests, sorted by path; `guessed` the ids of figures and relations that
    were not surely read out of a plan: what rests on them is doubtful; `notes` what was recognised in tables or left out.
    `scans` names the documents that were read from pictures of their pages, wholly or in part, and says of each figure
    read there how sure its characters are.
    """

    root: Path
    tables: dict[str, Table]
    codes: dict[str, CodeList]
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    inputs: tuple[Input, ...]
    guessed: frozenset[str] = frozenset()
    package: Package | None = None
    notes: tuple[Phrase, ...] = ()
    scans: Scans = field(default_factory=dict)

    def catalogue(self) -> Catalogue:
        """What the rules of this workspace can name."""
        described = self.package.resources if self.package else {}
        shapes = {
            name: TableShape(
                name,
                table.columns,
                table.key,
                (standard_members(name) if known(name, table.columns) else {})
                | (described[name].members() if name in described else {}),
                described[name].limits() if name in described else {},
            )
            for name, table in self.tables.items()
        }
        return Catalogue(
            shapes, self.codes, lambda table, column: self.tables[table].observed(column),
            lambda table: self.tables[table].texts(), no_number=lambda table, column: _no_number(self.tables[table], column),
        )  # fmt: skip


def _no_number(table: Table, column: str) -> tuple[str, str] | None:
    """The place of the first cell of a column that states what is no number, and what it says; told only of a column
    that has numbers, too: one of names is no column of numbers that a cell spoils."""
    if not table.in_memory or column not in table.columns:
        return None
    cells = table.backend.coded(column)
    read = [is_written(cell) for cell in cells.texts]
    row = next((n for n, code in enumerate(cells.codes.tolist()) if code and not read[code]), None)
    if row is None or not any(read):
        return None
    return table.where(row, column), cells.one(row)[:_TOLD]


def load(source: Path) -> Workspace:
    """The workspace of a folder or of a table file.

    A folder holds `extracted/datapackage.json` or `datapackage.json`, else tables of one's own.
    """
    if source.is_dir():
        return (
            load_folder(source)
            if package_folder(source) or not (files := tables_in(source))
            else load_tables(files, {}, source)
        )
    return load_tables((source,), {})


def load_folder(root: Path, prefix: str | None = None) -> Workspace:
    """The workspace of a folder; its files are told with `prefix` before them (default: the folder)."""
    return of_package(root, folder_package(root, prefix))


def folder_package(root: Path, prefix: str | None = None) -> Package:
    """The package of a workspace folder, as read: its cells have not been looked at yet."""
    if prefix is None:
        prefix = "" if root == Path(".") else f"{root.as_posix()}/"
    folder = package_folder(root)
    if folder is not None:
        shown = "" if folder == root else f"{folder.name}/"
        return read_package(folder, f"{prefix}{shown}")
    raise InputError(
        "{path}: there is no {file} here or in extracted/; `audit init` starts a workspace.",
        path=root,
        file=FILE,
    )


def of_package(root: Path, package: Package) -> Workspace:
    """The workspace whose tables are a package's resources; `InputErrors` for cells that their schemas refuse."""
    ensure_valid(package)
    codes = package.codes()
    tables = {name: _table_of(name, resource, codes) for name, resource in package.resources.items()}
    plans = {name: table for name, table in tables.items() if known(name, table.columns)}
    return Workspace(
        root=root,
        tables=tables,
        codes=codes,
        documents=_documents(plans.get("documents")),
        clauses=_clauses(plans.get("clauses")),
        inputs=tuple(
            sorted(
                (Input(f.path, f.sha256) for r in package.resources.values() for f in r.files),
                key=lambda i: i.path,
            )
        ),
        guessed=_guessed(plans),
        scans=_scans(plans),
        package=package,
        notes=tuple(note for r in package.resources.values() for file in r.files for note in file.notes),
    )


def _table_of(name: str, resource: Resource, codes: Mapping[str, CodeList]) -> Table:
    """A resource as a table to check; one of the tables on plans has all the columns of its kind."""
    files = resource.files
    table = Table(
        name, resource.frame(), dict(resource.types), resource.key, tuple((f.path, f.lines) for f in files)
    )
    if not known(name, table.columns):
        return table
    return with_words(completed(table), codes.get("indicator")) if name == FIGURES else completed(table)


def _guessed(tables: Mapping[str, Table]) -> frozenset[str]:
    """The figures of which a column `sure_…` says that a part is a guess, and the relations that are not certain."""
    found: set[str] = set()
    if "targets" in tables:
        sure = [name for name in tables["targets"].columns if name.startswith(SURE_PREFIX)]
        if sure:
            rows = tables["targets"].texts()
            found.update(row["id"] or "" for row in rows if "guess" in (row[name] for name in sure))
    if "relations" in tables:
        relations = tables["relations"].texts()
        found.update(row["relation"] or "" for row in relations if row["sure"] != "certain")
    return frozenset(found)


def _scans(tables: Mapping[str, Table]) -> Scans:
    """The figures of which the column `scanned` says that they were recognised in a picture, by document."""
    found: dict[str, dict[str, Decimal]] = {}
    if "targets" in tables and SCANNED in tables["targets"].columns:
        for row in tables["targets"].texts():
            if (number := number_of(row[SCANNED])) is not None:
                found.setdefault(row["document"] or "", {})[row["id"] or ""] = number
    return found


def with_codes(workspace: Workspace, codes: Mapping[str, Path]) -> Workspace:
    """The workspace with the code lists (columns `code`, `parent`, `aliases`, …) in these files by dimension.

    Raises `InputErrors` with every bad cell of a list.
    """
    lists = dict(workspace.codes)
    inputs = []
    for dimension, path in codes.items():
        lists[dimension], read = _code_list(dimension, path)
        inputs.append(read)
    return replace(workspace, codes=lists, inputs=(*workspace.inputs, *inputs))


def _code_list(dimension: str, path: Path) -> tuple[CodeList, Input]:
    """The code list in a file of its own."""
    from audit.tables.code_lists import read_code_list
    from audit.tables.formats.sdmx import is_structure, read_codes

    shown = path.as_posix()
    file = read_codes(path, shown, dimension) if is_structure(path) else read_csv(path, shown)
    return read_code_list(dimension, file), Input(file.path, file.sha256)


def ensure_valid_with(workspace: Workspace, files: Mapping[str, TableFile]) -> None:
    """Raise `InputErrors` for cells that the schemas of the workspace's package refuse, were these its files."""
    if workspace.package is None:
        return
    resources = {
        name: replace(resource, files=tuple(files.get(file.path, file) for file in resource.files))
        for name, resource in workspace.package.resources.items()
    }
    ensure_valid(replace(workspace.package, resources=resources))


def with_cells(
    workspace: Workspace, cells: Mapping[str, Mapping[int, Mapping[str, str | None]]]
) -> Workspace:
    """The workspace with other cells in rows of its tables (by table and row number); nothing is read or written."""
    tables = dict(workspace.tables)
    for name, rows in cells.items():
        texts = tables[name].texts()
        changed = [{**row, **rows.get(number, {})} for number, row in enumerate(texts)]
        frame = TextFrame({column: [row[column] for row in changed] for column in tables[name].columns})
        tables[name] = replace(tables[name], frame=frame)
    return replace(workspace, tables=tables)


def with_tables(workspace: Workspace, asked: Mapping[str, Asked]) -> Workspace:
    """A workspace with the tables of one's own that the settings name besides; `InputError` for a name that is taken."""
    from audit.workspace.tables import own_tables

    own = own_tables([one.file for one in asked.values() if one.file], asked)
    for name in own.tables:
        if name in workspace.tables:
            raise InputError("{at}: the package has a table “{name}” already; choose another name.",
                             at=asked[name].at if name in asked else "audit.toml", name=name)  # fmt: skip
    return replace(
        workspace, tables={**workspace.tables, **own.tables}, inputs=(*workspace.inputs, *own.inputs),
        notes=(*workspace.notes, *own.notes),
    )  # fmt: skip


def load_tables(files: Sequence[Path], asked: Mapping[str, Asked], root: Path | None = None) -> Workspace:
    """A workspace of tables of one's own: those in the files and in the databases asked.

    A lone file in the folder of a package is checked together with the package's other tables and code lists, as one
    of them where it has the name of one. A lone table with the columns of figures is `targets`, so that the rules on
    plans know it. Other files take the code lists that lie in a folder `codes` beside them.
    """
    from audit.workspace.tables import own_tables

    home = home_of(files[0]) if len(files) == 1 and files[0].suffix.lower() == ".csv" and not asked else None
    if home is not None and files[0].exists():
        return _within(files[0], home)
    own = own_tables(files, asked)
    tables = {name: completed(table) if is_standard(table) else table for name, table in own.tables.items()}
    if len(tables) == 1:
        figures = replace(next(iter(tables.values())), name=FIGURES)
        tables = {FIGURES: completed(figures)} if is_standard(figures) else tables
    workspace = replace(
        empty(root or (root_of(files[0]) if files else Path("."))),
        tables=tables,
        inputs=own.inputs,
        notes=own.notes,
    )
    columns = {column for table in tables.values() for column in table.columns}
    lists = {name: path for file in files for name, path in codes_beside(file).items() if name in columns}
    return with_codes(workspace, lists)


def _within(path: Path, home: Path) -> Workspace:
    """A table in the folder of a package, beside the package's other tables."""
    from audit.workspace.tables import table_of

    package = read_package(home)
    around = of_package(home, package)
    declared = _resource_of(path, package, home)
    name, file = declared or ("", read_csv(path, path.as_posix()))
    if not len(file.frame):
        raise InputError("{path}: has no rows below its header; there is nothing to check.", path=file.path)
    name = FIGURES if {"indicator", "value"} <= set(file.frame.columns) else name or path.stem
    known = around.tables.get(name)
    table = (
        replace(known, frame=file.frame, sources=((file.path, file.lines),))
        if known
        else table_of(name, file)[0]
    )
    inputs = (*around.inputs, Input(file.path, file.sha256))
    return replace(
        around,
        root=root_of(path),
        tables={**around.tables, name: with_words(completed(table), around.codes.get("indicator"))},
        inputs=inputs,
        package=None,
    )


def _resource_of(path: Path, package: Package, home: Path) -> tuple[str, TableFile] | None:
    """The resource of a package that a file belongs to, and the file as the package describes it."""
    for name, resource in package.resources.items():
        for file in resource.files:
            if (home / file.path).resolve() == path.resolve():
                return name, replace(file, path=path.as_posix())
    return None


def empty(root: Path) -> Workspace:
    """A workspace in which nothing stands yet."""
    return Workspace(root=root, tables={}, codes={}, documents=(), clauses=(), inputs=())


def _documents(table: Table | None) -> tuple[Document, ...]:
    if table is None:
        return ()
    return tuple(map(_document, table.texts()))


def _document(row: Mapping[str, str | None]) -> Document:
    return Document(
        id=row["id"] or "", number=row.get("number"), title=row.get("title") or "", issuer=row.get("issuer"),
        date=row.get("date"), region=row.get("region"), period=row.get("period"), sha256=row.get("sha256"),
        complete=row.get("complete") != "false",
    )  # fmt: skip


def _clauses(table: Table | None) -> tuple[Clause, ...]:
    if table is None:
        return ()
    names = [field.name for field in fields(Clause)]
    rows: Iterable[Mapping[str, Any]] = table.texts()
    return tuple(Clause(**{name: row[name] for name in names}) for row in rows)
