"""Opening the database: engine, schema version, generation, one transaction for a whole build."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, create_engine, select

from kb.errors import BuildFailed, NotBuilt, SchemaMismatch
from kb.store.tables import SCHEMA_VERSION, MetaRow

_REBUILD = "Reconstruisez la base : renvoi build."


class Database:
    """A SQLite file (write-ahead log) or a PostgreSQL database.

    >>> Database.sqlite(Path("/tmp/kb.sqlite")).engine.dialect.name
    'sqlite'
    """

    def __init__(self, url: str, *, label: str = "") -> None:
        options: dict[str, Any] = {} if url.startswith("sqlite") else {"pool_pre_ping": True}
        self.engine: Engine = create_engine(url, **options)
        self.label = label or self.engine.url.render_as_string(hide_password=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite_settings)

    @classmethod
    def sqlite(cls, path: Path) -> Database:
        """The database in this file, which is created by the first transaction."""
        return cls(f"sqlite:///{path}", label=str(path))

    def create_schema(self) -> None:
        """Create what is missing; a database at another schema version is refused, never altered."""
        if inspect(self.engine).has_table("meta"):
            self.check_schema()
            return
        SQLModel.metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            set_meta(connection, "schema_version", str(SCHEMA_VERSION))

    def check_schema(self) -> None:
        """Raises NotBuilt or SchemaMismatch."""
        found = self.meta().get("schema_version")
        if found != str(SCHEMA_VERSION):
            raise SchemaMismatch(
                f"La base {self.label} est à la version {found} du schéma ; ce programme attend la version "
                f"{SCHEMA_VERSION}.",
                hint=_REBUILD,
            )

    def meta(self) -> dict[str, str]:
        """All facts about the base. Raises NotBuilt when it has no table or is no database."""
        try:
            if not inspect(self.engine).has_table("meta"):
                raise NotBuilt(f"La base {self.label} est vide.", hint=_REBUILD)
            with self.engine.connect() as connection:
                return {row.key: row.value for row in connection.execute(select(MetaRow))}
        except DatabaseError as error:
            raise NotBuilt(f"La base {self.label} est illisible : {error.orig}.", hint=_REBUILD) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises BuildFailed when the database refuses (full disk, read-only folder…)."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise BuildFailed(
                f"La base {self.label} n'a pas pu être écrite : {error.orig}.",
                hint="Vérifiez l'espace disque et les droits ; l'ancienne base est intacte.",
            ) from error

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Write one fact, replacing the former one."""
    table = SQLModel.metadata.tables["meta"]
    connection.execute(table.delete().where(table.c.key == key))
    connection.execute(table.insert().values(key=key, value=value))


def _sqlite_settings(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
