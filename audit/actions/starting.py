"""A new workspace: empty tables with their headers and description, a sample rule, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path

from audit.files import write_new

TEMPLATE = Path(__file__).parent / "template"
TABLES = "extracted"

_PATHS = {
    "documents": "documents.csv",
    "targets": "targets.csv",
    "clauses": "clauses.csv",
    "lists": "lists.csv",
    "mentions": "mentions.csv",
    "citations": "citations.csv",
    "regions": "codes/regions.csv",
    "industries": "codes/industries.csv",
    "indicators": "codes/indicators.csv",
    "measures": "codes/measures.csv",
    "bodies": "codes/bodies.csv",
}
MEASURES = (
    "level,Stock reached at the end of the period,存量",
    "increment,Added within the period,新增",
    "cumulative,Added from the start of the plan to the end of the period,累计",
    "per_year,Repeated every year,每年",
    'rate,"Share, ratio or growth",比率',
    "count,Number of things listed or named,数量",
    "size,Technical or legal size,规格",
)


def start(folder: Path) -> tuple[Path, ...]:
    """Make a workspace in `folder` and give its files, relative to it and sorted.

    Nothing is overwritten: a file of the workspace that is already there is an `InputError`, and then nothing is
    written.
    """
    return write_new(folder, _files())


def _files() -> dict[Path, bytes]:
    """The content of every file of a new workspace."""
    from audit.tables.descriptor import descriptor
    from audit.tables.schemas import SCHEMAS

    described = json.dumps(descriptor("plans", _PATHS), ensure_ascii=False, indent=2) + "\n"
    files = {Path(TABLES) / "datapackage.json": described.encode()}
    for table, path in _PATHS.items():
        rows = MEASURES if table == "measures" else ()
        lines = (",".join(SCHEMAS[table].columns), *rows)
        files[Path(TABLES) / path] = "".join(f"{line}\n" for line in lines).encode()
    for template in sorted(TEMPLATE.rglob("*")):
        if template.is_file():
            files[template.relative_to(TEMPLATE)] = template.read_bytes()
    return files
