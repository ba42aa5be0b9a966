"""Verdicts become findings: the words for a reader, what was missing, and which figures no rule looked at."""
