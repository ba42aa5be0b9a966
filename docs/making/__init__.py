"""What makes the generated pages of the site: the language's reference, a page a rule, the schemas, the man page.

These are made when the site is built and are never committed, so that they cannot be out of date; all are functions
from the records of the package to text.
"""
