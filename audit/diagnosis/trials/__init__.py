"""What would be, were some rows of the tables otherwise: trials, their tables, and what becomes of the checks."""
