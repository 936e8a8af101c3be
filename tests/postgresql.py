"""A real PostgreSQL server for the tests that need one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Accounts that may own a server where the tests run as root, which PostgreSQL refuses to be run by.
ACCOUNTS = ("postgres", "nobody")


def _binary(name: str) -> str | None:
    """A program of PostgreSQL, on the path or where Debian puts it."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, stopped at the end.

    Not under pytest's own folder: another run closes that to the account that owns the server.
    """
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("PostgreSQL is not installed (initdb and pg_ctl)")
    folder = Path(tempfile.mkdtemp(prefix="renvoi-postgres-"))
    account = _account(folder)
    if account is None and os.geteuid() == 0:
        pytest.skip(f"PostgreSQL refuses root, and none of the accounts {ACCOUNTS} exists")
    data, port = folder / "data", _free_port()

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=account, timeout=60)

    run(initdb, "-D", str(data), "-U", "renvoi", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    run(pg_ctl, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://renvoi@127.0.0.1:{port}/postgres"
    finally:
        run(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _account(folder: Path) -> str | None:
    """Who owns the server: None for whoever runs the tests; the folder is made theirs, and can be reached."""
    if os.geteuid() != 0:
        return None
    for account in ACCOUNTS:
        try:
            shutil.chown(folder, account)
        except LookupError:
            continue
        for parent in folder.parents:
            if parent.stat().st_uid == 0 and parent != Path(parent.root):
                parent.chmod(parent.stat().st_mode | 0o011)
        return account
    return None
