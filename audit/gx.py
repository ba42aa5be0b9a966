"""audit for those who work with Great Expectations 1.x (`pip install plan-audit[gx]`).

    import audit.gx

    suite = context.suites.add(audit.gx.suite("rules.yaml", keys=["region", "year"]))
    …                                       # a validation definition and a checkpoint, as ever
    audit.gx.report(checkpoint.run()).save("report.html")

`suite` makes Expectations of rules, GX's own where one says exactly that; `ExpectFiguresToHoldTogether` is the one
that runs rules on a batch; `report` takes any result of GX back into a report.

Import this module where a saved suite is read back, so that GX knows the Expectation.
"""

from __future__ import annotations

from audit.model.errors import InputError

try:
    import great_expectations as _installed  # noqa: F401
except ImportError:
    raise ImportError(
        "audit.gx needs Great Expectations 1.x; install it with: pip install 'plan-audit[gx]'"
    ) from None

from audit.integrations.gx.expectation import ExpectFiguresToHoldTogether
from audit.integrations.gx.reading import report
from audit.integrations.gx.suite import suite

__all__ = ["ExpectFiguresToHoldTogether", "InputError", "report", "suite"]
