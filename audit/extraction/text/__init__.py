"""A text taken apart: paragraphs, headings, table rows, footnotes, and the tree of clauses."""
