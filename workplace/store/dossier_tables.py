"""Dossiers, every state they were in, the wordings they keep, the secret links to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field

from workplace.store.account_tables import OWNER
from workplace.store.columns import Instant, WorkplaceTable

# A row that belongs to a dossier goes with it, when it is purged.
DOSSIER = "dossier.id"


class DossierRow(WorkplaceTable, table=True):
    """A dossier as it is now, without its content, which is that of its last revision."""

    __tablename__ = "dossier"
    id: str = Field(primary_key=True)
    owner: str = Field(foreign_key=OWNER, ondelete="CASCADE", index=True)
    version: int
    title: str
    items: int
    created: datetime = Field(sa_type=Instant)
    changed: datetime = Field(sa_type=Instant)
    deleted: datetime | None = Field(sa_type=Instant)


class RevisionRow(WorkplaceTable, table=True):
    """One state of a dossier, complete but for the wordings, which `dossier_wording` holds once."""

    __tablename__ = "dossier_revision"
    dossier: str = Field(foreign_key=DOSSIER, ondelete="CASCADE", primary_key=True)
    version: int = Field(primary_key=True)
    author: str
    at: datetime = Field(sa_type=Instant)
    action: str
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class WordingRow(WorkplaceTable, table=True):
    """A wording that some state of a dossier keeps, by its SHA-256."""

    __tablename__ = "dossier_wording"
    dossier: str = Field(foreign_key=DOSSIER, ondelete="CASCADE", primary_key=True)
    digest: str = Field(primary_key=True)
    text: str = Field(sa_column=Column(Text, nullable=False))


class ShareRow(WorkplaceTable, table=True):
    """A secret link; `token` is the SHA-256 of the secret."""

    __tablename__ = "dossier_share"
    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key=DOSSIER, ondelete="CASCADE", index=True)
    token: str = Field(unique=True)
    label: str
    created: datetime = Field(sa_type=Instant)
    revoked: datetime | None = Field(sa_type=Instant)
