"""What Spark needs to run here: workers of the Python that runs the tests, whichever test starts it first."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
