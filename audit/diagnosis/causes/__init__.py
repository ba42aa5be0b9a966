"""From findings to causes: hypotheses of what was written wrongly, each tried, and the best told first."""
