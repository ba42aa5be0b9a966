"""The bridges cost nothing until their door is opened, and a door without its library says what to install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def said(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_audit_loads_no_bridge_and_no_library_of_one() -> None:
    program = (
        "import sys, audit, audit.report, audit.actions.python\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('pandera', 'great_expectations', 'pandas')"
        " or n.startswith('audit.integrations')])"
    )
    assert said(program) == "[]"


def test_a_door_without_its_library_says_what_to_install() -> None:
    program = "import sys; sys.modules['great_expectations'] = None\nimport audit.gx"
    assert "pip install 'plan-audit[gx]'" in said(program)
