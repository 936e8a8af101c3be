"""Accounts, what they sign in with, their sessions and keys, and the failed attempts at signing in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from workplace.store.columns import Instant, WorkplaceTable

# A row that belongs to an account goes with it.
OWNER = "account.id"


class FactRow(WorkplaceTable, table=True):
    """One fact about the whole database: its schema version."""

    __tablename__ = "fact"
    key: str = Field(primary_key=True)
    value: str


class AccountRow(WorkplaceTable, table=True):
    """Someone, or a program, that signs in. `login` is compared as written here: normalised before.

    An account of the identity provider has no password, an issuer and a subject.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    name: str
    password: str | None
    issuer: str | None
    subject: str | None
    created: datetime = Field(sa_type=Instant)
    disabled: datetime | None = Field(sa_type=Instant)
    last_signed_in: datetime | None = Field(sa_type=Instant)


class SessionRow(WorkplaceTable, table=True):
    """A browser signed in; `token` is the SHA-256 of what its cookie holds."""

    __tablename__ = "session"
    token: str = Field(primary_key=True)
    account: str = Field(foreign_key=OWNER, ondelete="CASCADE", index=True)
    created: datetime = Field(sa_type=Instant)
    expires: datetime = Field(sa_type=Instant)


class KeyRow(WorkplaceTable, table=True):
    """A key of the API; `prefix` names it, `secret` is the SHA-256 of the rest."""

    __tablename__ = "api_key"
    prefix: str = Field(primary_key=True)
    secret: str
    name: str
    scope: str
    account: str | None = Field(foreign_key=OWNER, ondelete="CASCADE", index=True)
    created: datetime = Field(sa_type=Instant)
    expires: datetime | None = Field(sa_type=Instant)
    revoked: datetime | None = Field(sa_type=Instant)
    last_used: datetime | None = Field(sa_type=Instant)


class AttemptRow(WorkplaceTable, table=True):
    """Failures to sign in since `since`, under one name: an account, an address, or both together."""

    __tablename__ = "attempt"
    subject: str = Field(primary_key=True)
    failures: int
    since: datetime = Field(sa_type=Instant)
