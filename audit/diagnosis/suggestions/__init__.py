"""Rules that a table itself suggests: relations that hold in nearly all of its rows, and that chance does not explain."""
