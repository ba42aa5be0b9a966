"""The test project of Great Expectations runs where it is installed: `.ci/run` has a virtual environment for it."""

from __future__ import annotations

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("great_expectations") else ["test_*.py"]
