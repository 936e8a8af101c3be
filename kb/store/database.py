"""Opening the database: engine, schema version, generation, one transaction for a whole build."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, MetaData, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateSchema, DropSchema
from sqlmodel import SQLModel, col, create_engine, delete, insert, select

from kb.errors import BuildFailed, NotBuilt, SchemaMismatch
from kb.memo import Memo
from kb.store.tables import SCHEMA_VERSION, MetaRow

_REBUILD = "Reconstruisez la base : renvoi build."
# SQLite's own errors come unwrapped from the settings of a new connection and from the copy of a file.
_FAULTS = (DatabaseError, sqlite3.DatabaseError)


class Database:
    """A SQLite file (write-ahead log), or a schema of a PostgreSQL database.

    >>> Database.sqlite(Path("/tmp/kb.sqlite")).engine.dialect.name
    'sqlite'
    """

    def __init__(self, url: str, *, schema: str | None = None, label: str = "") -> None:
        options: dict[str, Any] = {} if url.startswith("sqlite") else {"pool_pre_ping": True}
        engine = create_engine(url, json_deserializer=from_json, **options)
        self.schema, self.memo = schema, Memo()
        self.engine: Engine = (
            engine.execution_options(schema_translate_map={None: schema}) if schema else engine
        )
        self.label = label or self.engine.url.render_as_string(hide_password=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite_settings)

    @classmethod
    def sqlite(cls, path: Path) -> Database:
        """The database in this file, which is created by the first transaction."""
        return cls(f"sqlite:///{path}", label=str(path))

    def create_schema(self) -> None:
        """Create what is missing; a database at another schema version is refused, never altered.

        Raises SchemaMismatch, or BuildFailed when nothing can be written.
        """
        with self._written():
            exists = self._has_tables()
        if exists:
            self.check_schema()
            return
        with self.transaction() as connection:
            if self.schema:
                connection.execute(CreateSchema(self.schema, if_not_exists=True))
            SQLModel.metadata.create_all(connection)
            set_meta(connection, "schema_version", str(SCHEMA_VERSION))

    def check_schema(self) -> None:
        """Raises NotBuilt or SchemaMismatch."""
        version = self.meta().get("schema_version")
        if version != str(SCHEMA_VERSION):
            raise SchemaMismatch(
                f"La base {self.label} est à la version {version} du schéma ; ce programme attend la version "
                f"{SCHEMA_VERSION}.",
                hint=_REBUILD,
            )

    def meta(self) -> dict[str, str]:
        """All facts about the base. Raises NotBuilt when it has no table or is no database."""
        try:
            if not self._has_tables():
                raise NotBuilt(f"La base {self.label} est vide.", hint=_REBUILD)
            with self.engine.connect() as connection:
                return {row.key: row.value for row in connection.execute(select(MetaRow))}
        except _FAULTS as error:
            raise NotBuilt(f"La base {self.label} est illisible : {_said(error)}.", hint=_REBUILD) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises BuildFailed when the database refuses (full disk, read-only folder…)."""
        with self._written(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            raise BuildFailed(
                f"La base {self.label} n'a pas pu être écrite : {_said(error)}.",
                hint="Vérifiez l'espace disque et les droits ; l'ancienne base est intacte.",
            ) from error

    def copy_from(self, former: Database) -> None:
        """Fill this empty database with all the rows of another one of the same kind."""
        if self.engine.dialect.name == "sqlite":
            with self._written():
                _copy_file(former.engine, self.engine)
            return
        self.create_schema()
        with self.transaction() as connection:
            for table in SQLModel.metadata.sorted_tables:
                here = table.to_metadata(MetaData(), schema=self.schema or "public")
                there = former.schema or "public"
                connection.execute(here.delete())
                rows = table.to_metadata(MetaData(), schema=there).select()
                connection.execute(here.insert().from_select(list(here.c.keys()), rows))

    def rename_schema(self, name: str) -> Database:
        """Give a PostgreSQL schema its final name, in place of one that had it."""
        with self.transaction() as connection:
            connection.execute(DropSchema(name, cascade=True, if_exists=True))
            connection.execute(text(f'ALTER SCHEMA "{self.schema}" RENAME TO "{name}"'))
        return Database(self.engine.url.render_as_string(hide_password=False), schema=name)

    def drop_schema(self) -> None:
        """Remove a PostgreSQL schema and all in it."""
        if self.schema:
            with self.transaction() as connection:
                connection.execute(DropSchema(self.schema, cascade=True, if_exists=True))

    def _has_tables(self) -> bool:
        return inspect(self.engine).has_table("meta", schema=self.schema)

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _said(error: Exception) -> object:
    """What the database itself said."""
    return error.orig if isinstance(error, DatabaseError) else error


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Write one fact, replacing the former one."""
    connection.execute(delete(MetaRow).where(col(MetaRow.key) == key))
    connection.execute(insert(MetaRow).values(key=key, value=value))


def _copy_file(source: Engine, target: Engine) -> None:
    paths = (str(source.url.database), str(target.url.database))
    with closing(sqlite3.connect(paths[0])) as old, closing(sqlite3.connect(paths[1])) as new:
        old.backup(new)


def _sqlite_settings(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
