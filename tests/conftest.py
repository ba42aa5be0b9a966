"""Property tests try the same examples in every run, so that a change is judged by itself and not by luck.

`pytest --hypothesis-profile=explore` tries others, and more of them.
"""

from hypothesis import settings

settings.register_profile("repeated", derandomize=True, max_examples=60)
settings.register_profile("explore", derandomize=False, max_examples=300)
settings.load_profile("repeated")
