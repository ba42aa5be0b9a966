"""Plans become verdicts: rows are read, the cells of every operand gathered and added up, then compared exactly.

`frames` holds the tables, and `backends` says what is asked of their rows: `plain` answers for small tables of texts in
lists, `lazy_frames` for whatever Narwhals knows, `spark_frames` for what Spark holds, whose executors run these same steps
on stretches of it (`spark_stretches`). `intake` reads each table once for all plans of a run; `vocabulary`
turns its texts into codes, `number_columns` (of Polars `polars_columns`) its numbers into exact ones, and `figures` finds
what they state and what their words and their rounding allow. From there every plan runs on vectors: `cells` gathers what
an operand takes, `stated_cells` finds what each cell states, `groups` adds them up by key (`sums`, `runs`), `plan_keys`
finds the keys of the plan, `operand_values` tells what each operand comes to there, `evaluation` computes the expression
as stated and as allowed, `predicate` judges, `confront` runs these steps, and `cells_used` tells which rows stand behind
a check.

What holds the rows (lists, Polars, DuckDB, …) only filters them, which all do alike; all else is done once, here, on
vectors of exact numbers (`exact`, of whole numbers of any length: `integers`) and intervals of them (`intervals`). So the
verdicts are the same everywhere.
"""
