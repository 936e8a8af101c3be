"""Dossiers in the database. Every edit is one transaction that holds the dossier: none is lost, none is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func
from sqlmodel import col, delete, insert, select, update

from kb.errors import InvalidDossier, StaleEdit, UnknownDossier
from workplace.dossiers.limits import MAX_DOSSIERS, checked
from workplace.dossiers.model import Content, Dossier, Revision, Summary
from workplace.store import contents
from workplace.store.database import WorkplaceDatabase
from workplace.store.dossier_tables import DossierRow, RevisionRow

UNDO = timedelta(days=30)
"""How long a deletion can be undone."""
Change = Callable[[Content], Content]


@dataclass(frozen=True, slots=True)
class Edit:
    """Who does what to which dossier of whom, and when. `action` is shown in the history, in French.

    `expected` is the version that the author saw; None for an edit that holds on any, as adding at the end.
    """

    owner: str
    author: str
    at: datetime
    action: str
    expected: int | None = None


class Dossiers:
    """The dossiers of all accounts; each question names whose."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def all(self, owner: str) -> tuple[Summary, ...]:
        """Those of an account, the last changed first."""
        return self._list(owner, col(DossierRow.deleted).is_(None))

    def deleted(self, owner: str, now: datetime) -> tuple[Summary, ...]:
        """Those whose deletion can be undone, the last deleted first."""
        return self._list(owner, col(DossierRow.deleted) > now - UNDO)

    def _list(self, owner: str, condition: Any) -> tuple[Summary, ...]:
        query = select(DossierRow).where(col(DossierRow.owner) == owner, condition)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(col(DossierRow.changed).desc(), col(DossierRow.id)))
            return tuple(_summary(row) for row in rows)

    def get(self, owner: str, dossier: str) -> Dossier:
        """One dossier of an account, deleted or not. Raises UnknownDossier."""
        with self._database.reading() as connection:
            return _dossier(connection, _row(connection, owner, dossier))

    def create(self, content: Content, edit: Edit) -> Dossier:
        """A new dossier. Raises InvalidDossier."""
        checked_content, identifier = checked(content), uuid4().hex
        with self._database.writing() as connection:
            mine = col(DossierRow.owner) == edit.owner
            count = connection.scalar(select(func.count()).select_from(DossierRow).where(mine)) or 0
            if count >= MAX_DOSSIERS:
                raise InvalidDossier(
                    f"Vous avez {count} dossiers, le plus qui soit permis.", hint="Supprimez-en."
                )
            row = {"id": identifier, "owner": edit.owner, "created": edit.at, "deleted": None}
            connection.execute(insert(DossierRow).values(**row, **_facts(checked_content, 1, edit)))
            _revise(connection, identifier, 1, checked_content, edit)
        return Dossier(identifier, edit.owner, 1, checked_content, edit.at, edit.at)

    def change(self, dossier: str, change: Change, edit: Edit) -> Dossier:
        """Apply a change to the content. A change that changes nothing makes no new version.

        Raises UnknownDossier (a deleted one is not edited), StaleEdit, and what the change raises.
        """
        with self._database.writing() as connection:
            current = self._held(connection, dossier, edit)
            content = change(current.content)
            if content == current.content:
                return current
            version = current.version + 1
            self._update(connection, dossier, **_facts(content, version, edit))
            _revise(connection, dossier, version, content, edit)
        return Dossier(dossier, current.owner, version, content, current.created, edit.at)

    def delete(self, dossier: str, edit: Edit) -> Dossier:
        """Put it aside; it can be taken back during `UNDO`. Raises UnknownDossier, StaleEdit."""
        with self._database.writing() as connection:
            return self._mark(connection, self._held(connection, dossier, edit), edit, edit.at)

    def undelete(self, dossier: str, edit: Edit) -> Dossier:
        """Take back a deleted dossier; one that is not deleted stays as it is. Raises UnknownDossier."""
        with self._database.writing() as connection:
            current = _dossier(connection, _row(connection, edit.owner, dossier, lock=True))
            if current.deleted is None:
                return current
            if current.deleted <= edit.at - UNDO:
                raise UnknownDossier("Ce dossier est supprimé depuis plus de 30 jours.")
            return self._mark(connection, current, edit, None)

    def history(self, owner: str, dossier: str) -> tuple[Revision, ...]:
        """Every state, the last first, without their contents. Raises UnknownDossier."""
        names = ("version", "author", "at", "action")
        query = select(*[col(getattr(RevisionRow, name)) for name in names])
        with self._database.reading() as connection:
            _row(connection, owner, dossier)
            rows = connection.execute(
                query.where(col(RevisionRow.dossier) == dossier).order_by(col(RevisionRow.version).desc())
            )
            return tuple(Revision(row.version, row.author, row.at, row.action) for row in rows)

    def revision(self, owner: str, dossier: str, version: int) -> Revision:
        """One state, whole. Raises UnknownDossier."""
        with self._database.reading() as connection:
            _row(connection, owner, dossier)
            row = _revision(connection, dossier, version)
            content = contents.take(connection, dossier, row.content)
            return Revision(row.version, row.author, row.at, row.action, content)

    def purge(self, now: datetime) -> int:
        """Forget for good those deleted longer ago than `UNDO`, with all their states; how many."""
        old = col(DossierRow.deleted) <= now - UNDO
        with self._database.writing() as connection:
            return connection.execute(delete(DossierRow).where(old)).rowcount

    def _held(self, connection: Connection, dossier: str, edit: Edit) -> Dossier:
        """The dossier, which nobody else changes until the transaction ends. Raises UnknownDossier, StaleEdit."""
        row = _row(connection, edit.owner, dossier, lock=True)
        current = _dossier(connection, row)
        if edit.expected is not None and edit.expected != current.version:
            raise StaleEdit(
                f"Le dossier a changé : vous aviez sa version {edit.expected}, il en est à la {current.version}.",
                current=current,
                hint="Relisez-le, puis refaites votre modification.",
            )
        if current.deleted is not None:
            raise UnknownDossier("Ce dossier est supprimé.", hint="Rétablissez-le d'abord.")
        return current

    def _mark(
        self, connection: Connection, current: Dossier, edit: Edit, deleted: datetime | None
    ) -> Dossier:
        marked = replace(current, version=current.version + 1, changed=edit.at, deleted=deleted)
        self._update(connection, current.id, version=marked.version, changed=edit.at, deleted=deleted)
        _revise(connection, current.id, marked.version, current.content, edit)
        return marked

    def _update(self, connection: Connection, dossier: str, **values: Any) -> None:
        connection.execute(update(DossierRow).where(col(DossierRow.id) == dossier).values(**values))


def by_id(connection: Connection, dossier: str) -> Dossier | None:
    """A dossier that is not deleted, whoever's: for those whom its owner gave a link."""
    query = select(DossierRow).where(col(DossierRow.id) == dossier, col(DossierRow.deleted).is_(None))
    row = connection.execute(query).one_or_none()
    return _dossier(connection, row) if row else None


def _row(connection: Connection, owner: str, dossier: str, *, lock: bool = False) -> Row[Any]:
    query = select(DossierRow).where(col(DossierRow.id) == dossier, col(DossierRow.owner) == owner)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise UnknownDossier(
            "Aucun dossier à vous n'a cette adresse.", hint="La liste des vôtres : /dossiers."
        )
    return row


def _dossier(connection: Connection, row: Row[Any]) -> Dossier:
    content = contents.take(connection, row.id, _revision(connection, row.id, row.version).content)
    return Dossier(row.id, row.owner, row.version, content, row.created, row.changed, row.deleted)


def _revision(connection: Connection, dossier: str, version: int) -> Row[Any]:
    query = select(RevisionRow).where(
        col(RevisionRow.dossier) == dossier, col(RevisionRow.version) == version
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownDossier(f"Ce dossier n'a pas de version {version}.", hint="Voyez son historique.")
    return row


def _revise(connection: Connection, dossier: str, version: int, content: Content, edit: Edit) -> None:
    value = contents.put(connection, dossier, content)
    facts = {"author": edit.author, "at": edit.at, "action": edit.action}
    connection.execute(insert(RevisionRow).values(dossier=dossier, version=version, content=value, **facts))


def _facts(content: Content, version: int, edit: Edit) -> dict[str, Any]:
    return {"version": version, "title": content.title, "items": len(content.items), "changed": edit.at}


def _summary(row: Row[Any]) -> Summary:
    return Summary(**{name: getattr(row, name) for name in Summary.__slots__})
