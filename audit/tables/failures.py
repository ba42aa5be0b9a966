"""Bad cells told one by one: what does not hold of the tables of a package, as sentences for a reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from audit.model.errors import CellError, InputError
from audit.model.text_frame import TextFrame
from audit.tables.conditions import Condition
from audit.tables.constraints import declared_conditions
from audit.tables.kind_conditions import kind_conditions
from audit.tables.kinds import known
from audit.tables.package import Package, Resource
from audit.tables.references import reference_conditions


def faults(package: Package, tables: Collection[str] | None = None) -> tuple[InputError, ...]:
    """Every bad cell of the package, or of some of its tables, in their order and that of lines, one fault a cell."""
    frames = {name: resource.frame() for name, resource in package.resources.items()}
    found: list[InputError] = []
    for name, resource in package.resources.items():
        if tables is not None and name not in tables:
            continue
        try:
            conditions = [
                *declared_conditions(name, resource.schema),
                *reference_conditions(name, resource.schema, frames),
                *_of_kind(resource),
            ]
        except InputError as error:
            found.append(error)
            continue
        found.extend(told(conditions, resource, frames[name]))
    return tuple(found)


def _of_kind(resource: Resource) -> Iterator[Condition]:
    """What is asked of a table that audit knows; last, so that its word on a cell counts."""
    kind = known(resource.name, resource.types)
    if kind is None:
        return
    columns = frozenset(resource.types)
    lacking = [name for name, column in kind.columns.items() if not column.optional and name not in columns]
    if lacking:
        raise InputError("{path}:1: the column “{name}” is missing; add it (the columns are {columns}).",
                         path=resource.files[0].path, name=lacking[0], columns=", ".join(kind.columns))  # fmt: skip
    yield from kind_conditions(kind, columns)


def told(conditions: Iterable[Condition], resource: Resource, frame: TextFrame) -> tuple[InputError, ...]:
    """What does not hold of a table's rows (`frame`), one fault a cell in the order of the cells; the last word on a
    cell counts."""
    position = {name: number for number, name in enumerate(frame.columns)}
    by_cell: dict[tuple[int, int], InputError] = {}
    for condition in conditions:
        for row in condition.failing(frame):
            cells = frame.row(row)
            places = {**condition.places, **(condition.tell(cells) if condition.tell else {})}
            path, line = resource.place(row)
            by_cell[row, position[condition.column]] = CellError(
                path, line, condition.column, cells[condition.column], condition.reason, **places
            )
    return tuple(by_cell[place] for place in sorted(by_cell))
