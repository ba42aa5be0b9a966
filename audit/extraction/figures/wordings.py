"""What the names of rates, shares and changes are made of: `增加值` that grows by 3.9% gives the rate `增加值增速`."""

from __future__ import annotations

from audit.lexicon import only

GROWTH = only("name of a growth")
FALL = only("name of a fall")
SHARE = only("name of a share")
SHARE_ALONE = only("name of a share alone")
"""The share of what has no whole named beside it."""
PART_OF = only("is a part of")
EQUAL_TO = only("is equal to")
COMPLETES = only("completes")
YEARLY = only("yearly")
CUMULATIVE = only("in all so far")
RESPECTIVELY = only("respectively")
INDUSTRY = only("industry")
INVESTMENT = only("investment")
