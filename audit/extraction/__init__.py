"""Reading plans: figures with their context, clauses, lists and citations out of plain text. No input or output
here.
"""

from audit.extraction.extract import Certainty, Extract, extract
from audit.extraction.numbers.scanner import find_quantities
from audit.numbers.quantities import Quantity, read_quantity

__all__ = ["Certainty", "Extract", "Quantity", "extract", "find_quantities", "read_quantity"]
