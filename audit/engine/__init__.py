"""Plans become verdicts: cells are selected, joined and added up by the engine, then compared exactly.

`frames` holds the tables, `intake` makes their columns comparable, `cells` selects what every operand takes, `groups`
adds it up, `operands` gathers it for the keys of a plan, `predicate` compares, `confront` runs these steps.

The frame engine (Polars, DuckDB, …) only filters, joins and adds decimals, which every engine does alike; all
arithmetic that could round is done once, here, on vectors of exact numbers. So the verdicts are the same everywhere.
"""
