"""The reports on the four plans in `reports/` are those that the present tables and rules give."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "reports"


def contents(path: Path) -> dict[str, bytes]:
    """What a file says: the members of a packed one (how they are packed is up to zlib), else its bytes."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.skipif(not list(PUBLISHED.glob("report.*")), reason="no reports are published here")
def test_the_published_reports_are_up_to_date(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run([ROOT / ".ci" / "reports", tmp_path], check=True, env=environment, timeout=300)
    stale = [made.name for made in tmp_path.iterdir() if contents(made) != contents(PUBLISHED / made.name)]
    assert stale == [], "run .ci/reports and look at what changed"
