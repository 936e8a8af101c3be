"""The store of users' data. With `kb/store/`, the only place that speaks SQL.

columns.py          what the tables share
account_tables.py   accounts, sessions, keys, attempts
database.py         opening, schema version, transactions
accounts.py         accounts
keys.py             keys of the API
sessions.py         sessions
dossier_tables.py   dossiers, their states, kept wordings, secret links
contents.py         the content of a dossier, as JSON
dossiers.py         dossiers
shares.py           secret links
attempts.py         failed attempts at signing in
"""

from workplace.store.database import WorkplaceDatabase

__all__ = ["WorkplaceDatabase"]
