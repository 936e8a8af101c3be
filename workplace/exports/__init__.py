"""A report in every format it can leave in, one file a format.

report.py    what is exported: a plain value
outline.py   the same as headings, quotations, notes and tables, in order: what the documents write out
formats.py   the formats by name, with their media type and the name of their file
"""
