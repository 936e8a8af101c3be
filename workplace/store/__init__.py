"""The store of users' data. With `kb/store/`, the only place that speaks SQL.

columns.py          what the tables share
account_tables.py   accounts, sessions, keys, attempts
database.py         opening, schema version, transactions
accounts.py         accounts
sessions.py         sessions
"""

from workplace.store.database import WorkplaceDatabase

__all__ = ["WorkplaceDatabase"]
