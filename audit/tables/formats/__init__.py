"""Whatever a table comes in, read into named tables of text with the place of every row: one record a format."""
