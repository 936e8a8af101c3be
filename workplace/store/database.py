"""Opening the database of the users: its own SQLite file, or its own schema of the PostgreSQL database.

No build touches it. It is created or brought up to date when it is opened; one that a later program made is refused.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.schema import CreateSchema
from sqlmodel import col, create_engine, delete, insert, select

from kb.errors import SchemaMismatch, WorkplaceUnavailable
from workplace.store.account_tables import FactRow
from workplace.store.columns import WorkplaceTable
from workplace.store.dossier_tables import DossierRow  # noqa: F401 - its tables are created with the others

FILE, SCHEMA = "workplace.sqlite", "workplace"
# Grows with any change to the tables. One that only adds tables needs no step below: missing tables are created.
SCHEMA_VERSION = 2
# What brings a database from the version before to this one, for changes to tables that exist.
STEPS: dict[int, Callable[[Connection], None]] = {}
_VERSION = "schema_version"
# Any number, the same in every program: who holds it on PostgreSQL is alone in bringing the tables up to date.
_LOCK = 0x52454E56
_FAULTS = (DatabaseError, sqlite3.Error, OSError)


class WorkplaceDatabase:
    """The database, open.

    >>> WorkplaceDatabase("sqlite://").engine.dialect.name
    'sqlite'
    """

    def __init__(self, url: str, label: str = "") -> None:
        self.sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {} if self.sqlite else {"pool_pre_ping": True}
        engine: Engine = create_engine(url, **options)
        self.label = label or engine.url.render_as_string(hide_password=True)
        if self.sqlite:
            event.listen(engine, "connect", _settings)
            event.listen(engine, "begin", _begin)
        schema = {} if self.sqlite else {"schema_translate_map": {None: SCHEMA}}
        self.engine = engine.execution_options(**schema)
        self._writer = self.engine.execution_options(writing=True)

    @classmethod
    def open(cls, home: Path, url: str | None) -> WorkplaceDatabase:
        """The one of this folder, or of this PostgreSQL database, up to date.

        Raises SchemaMismatch, or WorkplaceUnavailable when it cannot be read or written.
        """
        if url:
            database = cls(url)
        else:
            path = home / FILE
            database = cls(f"sqlite:///{path}", str(path))
            with database._french():
                home.mkdir(parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # it holds the hashes of passwords
        try:
            database._bring_up_to_date()
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data."""
        with self._french(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing; on SQLite, alone from the start, so that what was read is still true when it is written.

        IntegrityError passes: who writes knows what a second row of the same name means.
        """
        with self._french(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _french(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except _FAULTS as error:
            cause = error.orig if isinstance(error, DatabaseError) else error
            raise WorkplaceUnavailable(
                f"La base des comptes et des dossiers ({self.label}) n'est pas accessible : {cause}.",
                hint="Vérifiez RENVOI_HOME ou RENVOI_DATABASE_URL, les droits et l'espace disque.",
            ) from error

    def _bring_up_to_date(self) -> None:
        with self.writing() as connection:
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            if not inspect(connection).has_table(
                str(FactRow.__tablename__), schema=None if self.sqlite else SCHEMA
            ):
                WorkplaceTable.metadata.create_all(connection)
            present = self._version(connection)
            if present == SCHEMA_VERSION:
                return
            WorkplaceTable.metadata.create_all(connection)
            for version in range(present + 1, SCHEMA_VERSION + 1) if present else ():
                STEPS.get(version, _nothing)(connection)
            connection.execute(delete(FactRow).where(col(FactRow.key) == _VERSION))
            connection.execute(insert(FactRow).values(key=_VERSION, value=str(SCHEMA_VERSION)))

    def _version(self, connection: Connection) -> int:
        """0 for a new one. Raises SchemaMismatch for one that this program does not know."""
        value = connection.scalar(select(FactRow.value).where(FactRow.key == _VERSION))
        if value is None:
            return 0
        if not value.isdecimal() or not 0 < int(value) <= SCHEMA_VERSION:
            raise SchemaMismatch(
                f"La base des comptes et des dossiers ({self.label}) est à la version {value} du schéma ; ce "
                f"programme s'arrête à la version {SCHEMA_VERSION}.",
                hint="Servez-vous de la version de Renvoi qui l'a écrite, ou d'une plus récente.",
            )
        return int(value)


def _nothing(_: Connection) -> None:
    """A version that only added tables."""


def _settings(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    cursor = connection.cursor()
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
