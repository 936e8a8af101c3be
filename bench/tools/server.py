"""A real `renvoi serve` on a free port, for as long as a measure lasts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter, sleep

from bench.tools.process import processor_milliseconds, resident_mebibytes
from kb.errors import ArtefactError
from service.settings import Settings

HOST = "127.0.0.1"
_PATIENCE = 60.0
_BETWEEN_TRIES = 0.01
_STOP_SECONDS = 10
RENVOI = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `ready` is how many seconds after its start it did for the first time."""

    pid: int
    port: int
    ready: float

    def resident_mebibytes(self) -> float | None:
        """Memory that it holds now, None where the system has no /proc."""
        return resident_mebibytes(self.pid)

    def processor_milliseconds(self) -> float | None:
        """Processor time that it has taken so far, None where the system has no /proc."""
        return processor_milliseconds(self.pid)


def environment(settings: Settings) -> dict[str, str]:
    """The variables that give a child process these settings."""
    values = {f"RENVOI_{name.upper()}": str(value) for name, value in settings if value is not None}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RENVOI_")}
    return {**environment, **values}


@contextmanager
def serving(settings: Settings) -> Iterator[Server]:
    """Start the server and wait until it is ready. Raises ArtefactError when it stops or never is."""
    port = _free_port()
    command = [*RENVOI, "serve", "--host", HOST, "--port", str(port)]
    started = perf_counter()
    with subprocess.Popen(command, env=environment(settings), stdout=subprocess.DEVNULL) as process:
        try:
            _wait(process, port, started + _PATIENCE)
            yield Server(process.pid, port, perf_counter() - started)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, until: float) -> None:
    while perf_counter() < until:
        if process.poll() is not None:
            raise ArtefactError(f"renvoi serve s'est arrêté (code {process.returncode}).")
        if _is_ready(port):
            return
        sleep(_BETWEEN_TRIES)
    raise ArtefactError(f"renvoi serve n'était pas prêt après {_PATIENCE:.0f} s.")


def _is_ready(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
