"""Reading plans: figures with their context, clauses, lists and citations out of plain text. No input or output
here.
"""

from audit.extraction.extract import Certainty, Extract, extract
from audit.extraction.quantities import Quantity, read_quantity
from audit.extraction.scanner import find_quantities

__all__ = ["Certainty", "Extract", "Quantity", "extract", "find_quantities", "read_quantity"]
