"""Property tests try the same examples in every run, so that a change is judged by itself and not by luck.

`pytest --hypothesis-profile=explore` tries others.
"""

from hypothesis import settings

settings.register_profile("repeated", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("repeated")
