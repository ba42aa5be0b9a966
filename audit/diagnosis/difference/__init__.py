"""Two versions set side by side: figures matched by key, clauses by heading, rows by key, relations by id."""
