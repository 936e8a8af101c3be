"""The store: the knowledge base in SQL (SQLite by default, PostgreSQL by its URL). The only package that speaks SQL.

tables.py      what is stored
database.py    opening, schema version, generation, transactions
rows.py        rows ⇄ domain values
writing.py     replacing what one source brought, and the links
overview.py    the base as a whole: counts, what it lacks
linking.py     links in both directions
records.py     our own notes
figures.py     the figures of the sources, and what is said of them
statistics_rows.py  their rows ⇄ domain values
reading.py     what the pages, the API and the index ask for
"""

from kb.store.database import Database
from kb.store.figures import FigureReader
from kb.store.reading import Reader
from kb.store.records import StoredRecord
from kb.store.writing import PlacedCitation, SourceContent, StoredCitation, Writer

__all__ = [
    "Database",
    "FigureReader",
    "PlacedCitation",
    "Reader",
    "SourceContent",
    "StoredCitation",
    "StoredRecord",
    "Writer",
]
