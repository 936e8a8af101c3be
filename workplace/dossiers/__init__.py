"""Dossiers: what a user gathers, orders, annotates and quotes, and how it stands against the base of the day.

model.py      the values
changes.py    what can be done to the content of a dossier, as pure functions
drafting.py   a dossier as the draft of a report: its questions, what is kept under each, what is missing
limits.py     how much a dossier holds
quotation.py  the part of a wording that is quoted, checked against it
gathering.py  from the base to an item: the wording as it is kept
freshness.py  what became of it since
importing.py  what the base says of a file that is imported
reporting.py  a dossier as the report that exports write
verdicts.py   the freshness of all that a dossier holds
exchange.py   the JSON file that a dossier is exported to and imported from
"""
