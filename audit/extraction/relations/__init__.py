"""Relations between figures that the text itself states."""
