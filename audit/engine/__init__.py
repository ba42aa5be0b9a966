"""Plans become verdicts: rows are read, the cells of every operand gathered and added up, then compared exactly.

`frames` holds the tables; `intake` reads each of them once for all plans of a run, through lazy Narwhals frames on
whatever engine holds it; `vocabulary` and `decimals` turn its texts into codes and its numbers into whole numbers. From
there every plan runs on vectors: `cells` gathers what an operand takes, `groups` adds it up by key, `plan_keys` finds
the keys of the plan, `operand_values` tells what each operand comes to there, `predicate` compares, `confront` runs these
steps, and `cells_used` tells which rows stand behind a check.

The frame engine (Polars, DuckDB, …) only filters rows and reads decimals, which every engine does alike; all else is
done once, here, on vectors of exact numbers. So the verdicts are the same everywhere.
"""
