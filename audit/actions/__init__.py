"""What is done with a workspace: one module a command, each a run from end to end."""
