"""An empty users' database, on SQLite and on a real PostgreSQL, for the tests of what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.store import Database
from workplace.model import Account
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def opened(request: pytest.FixtureRequest, folder: Path) -> Iterator[WorkplaceDatabase]:
    """The database that `request.param` asks for, closed at the end."""
    url = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
        database = Database(str(url))
        with database.transaction() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS workplace CASCADE"))
        database.close()
    found = WorkplaceDatabase.open(folder / "home", url)
    yield found
    found.close()


def account(database: WorkplaceDatabase, login: str) -> Account:
    """An account in it."""
    return Accounts(database).add(new_account(login, login.title(), NOW), None)
