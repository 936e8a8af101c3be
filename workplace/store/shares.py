"""Secret links to read a dossier: a random token in the address, its SHA-256 here, revoked here at once."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, func
from sqlmodel import col, insert, select, update

from kb.errors import InvalidDossier, UnknownDossier
from workplace.dossiers.limits import MAX_SHARES, checked_label
from workplace.dossiers.model import Dossier, Share
from workplace.store.database import WorkplaceDatabase
from workplace.store.dossier_tables import DossierRow, ShareRow
from workplace.store.dossiers import by_id
from workplace.store.sessions import hashed


class Shares:
    """Who may read a dossier without an account."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def create(self, owner: str, dossier: str, label: str, now: datetime) -> tuple[Share, str]:
        """A new link and its secret, which is not kept. Raises UnknownDossier, InvalidDossier."""
        share, token = Share(uuid4().hex[:12], dossier, checked_label(label), now), secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            self._check_owner(connection, owner, dossier)
            mine = (col(ShareRow.dossier) == dossier) & col(ShareRow.revoked).is_(None)
            count = connection.scalar(select(func.count()).select_from(ShareRow).where(mine)) or 0
            if count >= MAX_SHARES:
                raise InvalidDossier(
                    f"Le dossier a {count} liens de partage, le plus qui soit permis.", hint="Révoquez-en."
                )
            fields = {name: getattr(share, name) for name in Share.__slots__}
            connection.execute(insert(ShareRow).values(**fields, token=hashed(token)))
        return share, token

    def all(self, owner: str, dossier: str) -> tuple[Share, ...]:
        """The links of a dossier that still lead to it, oldest first. Raises UnknownDossier."""
        query = select(ShareRow).where(col(ShareRow.dossier) == dossier, col(ShareRow.revoked).is_(None))
        with self._database.reading() as connection:
            self._check_owner(connection, owner, dossier)
            return tuple(_share(row) for row in connection.execute(query.order_by("created", "id")))

    def revoke(self, owner: str, dossier: str, share: str, now: datetime) -> None:
        """From now on the link leads nowhere. Raises UnknownDossier."""
        link = (
            (col(ShareRow.dossier) == dossier) & (col(ShareRow.id) == share) & col(ShareRow.revoked).is_(None)
        )
        with self._database.writing() as connection:
            self._check_owner(connection, owner, dossier)
            if not connection.execute(update(ShareRow).where(link).values(revoked=now)).rowcount:
                raise UnknownDossier("Ce lien de partage n'existe pas, ou il est déjà révoqué.")

    def opened(self, token: str) -> Dossier:
        """The dossier that a secret leads to. Raises UnknownDossier: revoked, deleted or never made."""
        query = select(ShareRow.dossier).where(
            col(ShareRow.token) == hashed(token), col(ShareRow.revoked).is_(None)
        )
        with self._database.reading() as connection:
            dossier = connection.scalar(query)
            dossier_row = by_id(connection, dossier) if dossier else None
        if dossier_row is None:
            raise UnknownDossier(
                "Ce lien ne mène à aucun dossier.", hint="Il a pu être révoqué : demandez-en un autre."
            )
        return dossier_row

    def _check_owner(self, connection: Any, owner: str, dossier: str) -> None:
        query = select(DossierRow.id).where(
            col(DossierRow.id) == dossier, col(DossierRow.owner) == owner, col(DossierRow.deleted).is_(None)
        )
        if connection.scalar(query) is None:
            raise UnknownDossier("Aucun dossier à vous n'a cette adresse.")


def _share(row: Row[Any]) -> Share:
    return Share(**{name: getattr(row, name) for name in Share.__slots__})
