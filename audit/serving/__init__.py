"""The page for people who know no command line: a server on this machine, and a worker process for every file."""
