"""Sessions in the database: a random token in the browser's cookie, its SHA-256 here, ended here at once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlmodel import col, delete, insert

from workplace.model import Account
from workplace.store.account_tables import AccountRow, SessionRow
from workplace.store.accounts import account_of
from workplace.store.database import WorkplaceDatabase

# A working day: who signs in in the morning is not asked again before the evening.
LIFETIME = timedelta(hours=12)
# Made once: to make it for every request took as long as to have it answered.
_SIGNED_IN = (
    select(*(col(getattr(AccountRow, name)) for name in Account.__slots__))
    .join(SessionRow, col(SessionRow.account) == col(AccountRow.id))
    .where(col(SessionRow.token) == bindparam("token"), col(SessionRow.expires) > bindparam("now"))
    .where(col(AccountRow.disabled).is_(None))
)


class Sessions:
    """Who is signed in."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def start(self, account: str, now: datetime, former: str = "") -> str:
        """The token of a new session; the former one of the same browser ends, and so do those past their time."""
        token = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            ended = (col(SessionRow.token) == hashed(former)) | (col(SessionRow.expires) <= now)
            connection.execute(delete(SessionRow).where(ended))
            row = {"token": hashed(token), "account": account, "created": now, "expires": now + LIFETIME}
            connection.execute(insert(SessionRow).values(**row))
        return token

    def account(self, token: str, now: datetime) -> Account | None:
        """Whose session this is; None when it ended or its account was disabled."""
        with self._database.reading() as connection:
            row = connection.execute(_SIGNED_IN, {"token": hashed(token), "now": now}).one_or_none()
        return account_of(row) if row else None

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as connection:
            connection.execute(delete(SessionRow).where(col(SessionRow.token) == hashed(token)))


def hashed(secret: str) -> str:
    """What is kept of a random secret of 256 bits, which no dictionary holds: its SHA-256."""
    return sha256(secret.encode()).hexdigest()
