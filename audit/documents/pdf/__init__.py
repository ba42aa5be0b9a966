"""PDF files: glyphs to lines, running heads out, tables by their rules, lines joined to paragraphs."""
