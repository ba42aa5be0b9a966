"""Property tests try the same examples in every run, so that a change is judged by itself and not by luck, and take the
time that a busy machine gives them.

`pytest --hypothesis-profile=explore` tries others, and more of them.
"""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # the processes of the suite share the machine already
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeated", UNHURRIED, derandomize=True, max_examples=60)
settings.register_profile("explore", UNHURRIED, derandomize=False, max_examples=300)
settings.load_profile("repeated")
