"""Where the store of a generation lies: its SQLite file, or a schema of its own in the PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterable

from kb.store import Database
from service.releases import Generation
from service.settings import Settings


def open_store(settings: Settings, generation: Generation) -> Database:
    """The store of a generation; nothing is created yet."""
    if settings.database_url:
        return Database(settings.database_url, schema=_schema(generation.name))
    return Database.sqlite(generation.store)


def rename_store(database: Database, name: str) -> None:
    """Give the store of a finished build its final name (a SQLite file goes with its folder)."""
    if database.schema:
        database.rename_schema(_schema(name))
    database.close()


def abandon_store(database: Database) -> None:
    """Remove the store of a build that failed (a SQLite file goes with its folder)."""
    database.drop_schema()
    database.close()


def forget_stores(settings: Settings, names: Iterable[str]) -> None:
    """Remove the stores of generations that are no longer kept."""
    if settings.database_url:
        for name in names:
            abandon_store(Database(settings.database_url, schema=_schema(name)))


def _schema(name: str) -> str:
    return "renvoi_" + name.replace(".", "_")
