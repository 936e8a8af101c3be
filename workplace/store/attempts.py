"""Failed attempts at signing in, counted under several names at once; kept as hashes, since people also type their
password where the login goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, insert, select, update

from workplace.store.account_tables import AttemptRow
from workplace.store.database import WorkplaceDatabase
from workplace.store.sessions import hashed

WINDOW = timedelta(minutes=15)


class Attempts:
    """An attempt is counted before the password is verified: a hundred at once are a hundred."""

    def __init__(self, database: WorkplaceDatabase) -> None:
        self._database = database

    def begin(self, limits: Mapping[str, int], now: datetime) -> timedelta | None:
        """Count one attempt under each name; or, where one of them is at its limit, count nothing and say how long."""
        names = {hashed(name): limit for name, limit in limits.items()}
        try:
            return self._count(names, now)
        except IntegrityError:  # another first attempt under one of the names was counted meanwhile
            return self._count(names, now)

    def _count(self, names: Mapping[str, int], now: datetime) -> timedelta | None:
        with self._database.writing() as connection:
            connection.execute(delete(AttemptRow).where(col(AttemptRow.since) <= now - WINDOW))
            query: Any = select(AttemptRow).where(col(AttemptRow.subject).in_(names))
            in_order = query.order_by(
                AttemptRow.subject
            ).with_for_update()  # two who wait never wait for each other
            known = {row.subject: row for row in connection.execute(in_order)}
            full = [row.since for name, row in known.items() if row.failures >= names[name]]
            if full:
                until: datetime = max(full) + WINDOW
                return until - now
            counted = update(AttemptRow).where(col(AttemptRow.subject).in_(known))
            connection.execute(counted.values(failures=AttemptRow.failures + 1))
            new = [{"subject": n, "failures": 1, "since": now} for n in sorted(names) if n not in known]
            if new:
                connection.execute(insert(AttemptRow), new)
        return None

    def succeeded(self, forgotten: Iterable[str], others: Iterable[str]) -> None:
        """The attempt was right: forget the failures under these names, and only this attempt under the others."""
        gone, fewer = ([hashed(name) for name in names] for names in (forgotten, others))
        with self._database.writing() as connection:
            connection.execute(delete(AttemptRow).where(col(AttemptRow.subject).in_(gone)))
            lowered = update(AttemptRow).where(col(AttemptRow.subject).in_(fewer))
            connection.execute(lowered.values(failures=AttemptRow.failures - 1))
