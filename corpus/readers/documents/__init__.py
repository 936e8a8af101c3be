"""The reader of plans, circulars and reports, whatever their format: PDF, DOCX, Markdown, text."""
