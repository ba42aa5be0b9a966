"""Readers: a plan as docx, pdf, html, plain text or markdown becomes one `SourceDocument`."""
