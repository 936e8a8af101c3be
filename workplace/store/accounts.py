"""Accounts in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, insert, select, update

from kb.errors import InvalidAccount
from workplace.model import Account
from workplace.store.account_tables import AccountRow, SessionRow
from workplace.store.database import WorkplaceDatabase


class Accounts:
    """Who may sign in."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def add(self, account: Account, password: str | None) -> Account:
        """Keep a new account, with the hash of its password. Raises InvalidAccount when the login is taken."""
        fields = {name: getattr(account, name) for name in Account.__slots__}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(AccountRow).values(**fields, password=password))
        except IntegrityError as error:
            raise InvalidAccount(
                f"L'identifiant « {account.login} » est déjà pris.", hint="renvoi users list les montre."
            ) from error
        return account

    def all(self) -> tuple[Account, ...]:
        """By login."""
        with self._database.reading() as connection:
            return tuple(account_of(row) for row in connection.execute(select(AccountRow).order_by("login")))

    def by_id(self, identifier: str) -> Account | None:
        """One account, disabled or not."""
        return self._one(col(AccountRow.id) == identifier)

    def by_login(self, login: str) -> Account | None:
        """One account, by its normalised login."""
        return self._one(col(AccountRow.login) == login)

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """The account of someone whom the identity provider knows by this name."""
        return self._one((col(AccountRow.issuer) == issuer) & (col(AccountRow.subject) == subject))

    def _one(self, condition: Any) -> Account | None:
        with self._database.reading() as connection:
            row = connection.execute(select(AccountRow).where(condition)).one_or_none()
        return account_of(row) if row else None

    def password_of(self, identifier: str) -> str | None:
        """The hash of its password, None for an account of the identity provider."""
        with self._database.reading() as connection:
            return connection.scalar(select(AccountRow.password).where(col(AccountRow.id) == identifier))

    def set_password(self, identifier: str, hashed: str) -> None:
        """Replace it, and end every session that the former one had opened."""
        self._change(identifier, password=hashed)

    def disable(self, identifier: str, now: datetime | None) -> None:
        """From now on it signs in no more, and its sessions end; None lets it in again."""
        self._change(identifier, disabled=now)

    def signed_in(self, identifier: str, now: datetime, rehashed: str | None = None) -> None:
        """Note when it last signed in, and its password hashed anew where it was."""
        values: dict[str, Any] = {"last_signed_in": now}
        if rehashed:
            values["password"] = rehashed
        with self._database.writing() as connection:
            connection.execute(update(AccountRow).where(col(AccountRow.id) == identifier).values(**values))

    def _change(self, identifier: str, **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(AccountRow).where(col(AccountRow.id) == identifier).values(**values))
            connection.execute(delete(SessionRow).where(col(SessionRow.account) == identifier))


def new_account(login: str, name: str, now: datetime) -> Account:
    """An account with an identifier of its own, not kept yet."""
    return Account(uuid4().hex, login, name, now)


def account_of(row: Row[Any], prefix: str = "") -> Account:
    """The account of a row whose columns bear this prefix."""
    return Account(**{name: getattr(row, f"{prefix}{name}") for name in Account.__slots__})
