"""Who owns the open base of a server: it sees a new generation, opens it beside, swaps, and closes the former one
after its last request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from kb.errors import NotBuilt, RenvoiError
from service import releases
from service.base import Service, open_service
from service.settings import Settings

log = logging.getLogger("renvoi")
Opener = Callable[[Settings], Service]
INTERVAL_S = 1.0
"""How often the name of the generation in service is read: a new one is served within two of these."""


class _Opened:
    """One open base and how many requests read it."""

    def __init__(self, service: Service, release: str | None) -> None:
        self.service, self.release = service, release
        self.readers, self.retired = 0, False


class BaseHolder:
    """The base in service, or why there is none. `warm` runs over a new base before it serves."""

    def __init__(
        self, settings: Settings, opener: Opener = open_service, warm: Callable[[Service], None] | None = None
    ) -> None:
        self.settings = settings
        self._open, self._warm = opener, warm
        self._lock, self._stop = Lock(), Event()
        self._opened: _Opened | None = None
        self._fault: RenvoiError = NotBuilt("La base n'est pas ouverte.")
        self._refused: str | None = None
        self._watcher: Thread | None = None

    def start(self) -> None:
        """Open what is in service, then watch for what comes."""
        self.refresh()
        self._watcher = Thread(target=self._watch, name="renvoi-base", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop watching and give everything back."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()
        with self._lock:
            former, self._opened = self._opened, None
        if former is not None:
            self._retire(former)

    @contextmanager
    def lease(self) -> Iterator[Service | RenvoiError]:
        """The open base, kept open as long as it is read, or what keeps it from opening."""
        with self._lock:
            opened = self._opened
            if opened is not None:
                opened.readers += 1
        try:
            yield self._fault if opened is None else opened.service
        finally:
            if opened is not None:
                self._give_back(opened)

    def refresh(self) -> None:
        """Serve the generation that is now in service, if it is another one and opens; else go on as before."""
        release = self._release()
        if self._opened is not None and release in (None, self._opened.release):
            return
        if release is not None and release == self._refused:
            return
        try:
            service = self._open(self.settings)
            if self._warm is not None:
                self._warm(service)
        except RenvoiError as error:
            self._refuse(release, error)
            return
        self._swap(_Opened(service, release))

    def _release(self) -> str | None:
        generation = releases.find_current(self.settings.home)
        return generation.name if generation else None

    def _refuse(self, release: str | None, error: RenvoiError) -> None:
        """Say once why a generation does not serve; the former one goes on."""
        if self._refused != release or str(error) != str(self._fault):
            log.error("%s %s", error.message, error.hint)
        self._refused, self._fault = release, error

    def _swap(self, new: _Opened) -> None:
        with self._lock:
            former, self._opened = self._opened, new
            self._refused = None
        if former is not None:
            log.info("Base %s en service.", new.service.generation)
            self._retire(former)

    def _retire(self, opened: _Opened) -> None:
        with self._lock:
            opened.retired = True
            idle = not opened.readers
        if idle:
            opened.service.close()

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.readers -= 1
            last = opened.retired and not opened.readers
        if last:
            opened.service.close()

    def _watch(self) -> None:
        while not self._stop.wait(INTERVAL_S):
            try:
                self.refresh()
            except Exception:  # the watcher must outlive whatever one generation does
                log.exception("La nouvelle base n'a pas pu être ouverte.")
