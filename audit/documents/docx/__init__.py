"""Word files: the package and its parts, runs, the numbers that Word makes, and the walk over the body."""
