"""`python -m audit.reporting.docx` writes the template anew after a change of `template.py`."""

from audit.reporting.docx import TEMPLATE
from audit.reporting.docx.template import build

TEMPLATE.write_bytes(build())
