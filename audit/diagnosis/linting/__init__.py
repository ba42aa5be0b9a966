"""What a set of rules says of itself, before any data."""
