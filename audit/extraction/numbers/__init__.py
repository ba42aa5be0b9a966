"""Where in a text a quantity stands, and which numbers claim something."""
