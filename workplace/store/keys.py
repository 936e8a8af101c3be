"""Keys of the API in the database: the prefix in clear, which names a key, and the SHA-256 of its secret."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from sqlalchemy import Row, Select, bindparam
from sqlalchemy import select as columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, insert, select, update

from kb.errors import UnknownAccount
from workplace.model import Account, ApiKey, Scope
from workplace.store.account_tables import AccountRow, KeyRow
from workplace.store.accounts import account_of
from workplace.store.database import WorkplaceDatabase
from workplace.store.sessions import hashed

# The last use is written at most once in this time: reading by key stays reading.
_NOTED_EVERY = timedelta(minutes=1)
_MARK = "rvo"
_OWNER = "owner_"
# Made once: to make it for every request took as long as to have it answered.
_OF_PREFIX: Select[*tuple[Any, ...]] = (
    columns(KeyRow, *(col(getattr(AccountRow, name)).label(f"{_OWNER}{name}") for name in Account.__slots__))
    .outerjoin(AccountRow, col(AccountRow.id) == col(KeyRow.account))
    .where(col(KeyRow.prefix) == bindparam("prefix"))
)


class Keys:
    """What programs identify themselves with."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def create(self, key: ApiKey) -> str:
        """Keep a new key, and give its whole text, which nobody can read again. Raises UnknownAccount."""
        secret = secrets.token_urlsafe(32)
        fields = {name: getattr(key, name) for name in ApiKey.__slots__}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(KeyRow).values(**fields, secret=hashed(secret)))
        except IntegrityError as error:
            raise UnknownAccount("Ce compte n'existe pas.", hint="renvoi users list les montre.") from error
        return f"{_MARK}_{key.prefix}_{secret}"

    def find(self, text: str, now: datetime) -> tuple[ApiKey, Account | None] | None:
        """The usable key of this text and whose it is, by one question to the database; its use is noted.

        None for any other text.
        """
        mark, _, rest = text.partition("_")
        prefix, _, secret = rest.partition("_")
        if mark != _MARK or not prefix.isascii() or not prefix.isalnum():
            return None
        with self._database.reading() as connection:
            row = connection.execute(_OF_PREFIX, {"prefix": prefix}).one_or_none()
        digest = row.secret if row else hashed("")
        if not compare_digest(digest, hashed(secret)) or row is None:
            return None
        key = key_of(row)
        if not key.usable(now):
            return None
        self._note(key, now)
        return key, account_of(row, _OWNER) if key.account else None

    def _note(self, key: ApiKey, now: datetime) -> None:
        if key.last_used is None or now - key.last_used >= _NOTED_EVERY:
            with self._database.writing() as connection:
                connection.execute(
                    update(KeyRow).where(col(KeyRow.prefix) == key.prefix).values(last_used=now)
                )

    def all(self) -> tuple[ApiKey, ...]:
        """Oldest first, revoked ones too."""
        with self._database.reading() as connection:
            rows = connection.execute(select(KeyRow).order_by(col(KeyRow.created), col(KeyRow.prefix)))
            return tuple(key_of(row) for row in rows)

    def revoke(self, prefix: str, now: datetime) -> None:
        """From now on it opens nothing. Raises UnknownAccount."""
        with self._database.writing() as connection:
            row = connection.execute(select(KeyRow).where(col(KeyRow.prefix) == prefix)).one_or_none()
            if row is None:
                raise UnknownAccount(f"Aucune clef « {prefix[:40]} ».", hint="renvoi keys list les montre.")
            changed = update(KeyRow).where(col(KeyRow.prefix) == prefix, col(KeyRow.revoked).is_(None))
            connection.execute(changed.values(revoked=now))


def new_prefix() -> str:
    """What names a key: short enough to be typed."""
    return secrets.token_hex(5)


def key_of(row: Row[Any]) -> ApiKey:
    """Without its secret."""
    fields = {name: getattr(row, name) for name in ApiKey.__slots__}
    return ApiKey(**{**fields, "scope": Scope(row.scope)})
