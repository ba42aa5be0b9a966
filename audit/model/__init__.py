"""The nouns: figures, clauses, rules as told to a reader, checks, findings, reports. No input or output here."""
