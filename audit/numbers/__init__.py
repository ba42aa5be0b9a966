"""Numbers as people write them: numerals, quantities with their unit and written step, words that bound them."""
