"""The users' side of a running server: its database and its signing key, opened when somebody first needs them.

A server that is only read needs neither, nor a folder that it can write.
"""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from api.http.signing import Signer, signer_of
from service.settings import Settings
from workplace.store import WorkplaceDatabase
from workplace.store.dossiers import Dossiers


class Workplace:
    """Opens once; a failure is tried again by the next request that needs it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._database: WorkplaceDatabase | None = None
        self._signer: Signer | None = None

    @property
    def database(self) -> WorkplaceDatabase:
        """Open, without the dossiers deleted too long ago. Raises SchemaMismatch or WorkplaceUnavailable."""
        with self._lock:
            if self._database is None:
                self._database = WorkplaceDatabase.open(self.settings.home, self.settings.database_url)
                Dossiers(self._database).purge(datetime.now(UTC))
            return self._database

    @property
    def signer(self) -> Signer:
        """Raises WorkplaceUnavailable."""
        with self._lock:
            if self._signer is None:
                self._signer = signer_of(self.settings)
            return self._signer

    def close(self) -> None:
        """Give back what was opened."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None


def get_workplace(request: Request) -> Workplace:
    """That of the application."""
    workplace = request.app.state.workplace
    assert isinstance(workplace, Workplace)
    return workplace


def get_database(workplace: Annotated[Workplace, Depends(get_workplace)]) -> WorkplaceDatabase:
    """The users' database. Works without a knowledge base too."""
    return workplace.database


WorkplaceDep = Annotated[Workplace, Depends(get_workplace)]
UsersDep = Annotated[WorkplaceDatabase, Depends(get_database)]
