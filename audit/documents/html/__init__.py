"""Web pages: the elements with the places of their text, and the reader of what a page shows."""
