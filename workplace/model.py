"""The values of accounts: who someone is, what a key allows. No database, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a key of the API allows; writing includes reading."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Account:
    """Someone, or a program, that signs in. `issuer` and `subject` are those of an identity provider, if any."""

    id: str
    login: str
    name: str
    created: datetime
    disabled: datetime | None = None
    last_signed_in: datetime | None = None
    issuer: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the API without its secret, which nobody can read again. `account` is whose data it writes."""

    prefix: str
    name: str
    scope: Scope
    account: str | None
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None

    def usable(self, now: datetime) -> bool:
        """Neither revoked nor past its date."""
        return self.revoked is None and (self.expires is None or now < self.expires)
