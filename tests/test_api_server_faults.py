"""No folder of the server, no address of a database in what is answered, whatever is broken on its disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kb.progress import silent
from service import releases
from service.build import build as run
from service.settings import Settings
from tests.builders import small_service
from tests.source_folder import write_sources

ADDRESSES = ("/", "/recherche?q=traite", "/codes", "/v1/stats", "/v1/provisions?query=traite", "/readyz")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of a few articles."""
    home = tmp_path_factory.mktemp("built")
    run(Settings(home=home, sources=write_sources(home / "sources")), (), silent)
    return home


def _store(home: Path) -> Path:
    return releases.current(home).store


def _no_base(home: Path) -> None:
    shutil.rmtree(releases.current(home).folder)


def _no_database(home: Path) -> None:
    _store(home).write_bytes(b"ce n'est pas une base" * 1000)


def _empty_database(home: Path) -> None:
    _store(home).write_bytes(b"")


def _another_schema(home: Path) -> None:
    with sqlite3.connect(_store(home)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    connection.close()


def _cut_index(home: Path) -> None:
    for file in releases.current(home).index.rglob("*.faiss"):
        os.truncate(file, 10)


def _no_manifest(home: Path) -> None:
    next(releases.current(home).index.glob("manifest.json")).unlink()


def _another_manifest(home: Path) -> None:
    next(releases.current(home).index.glob("manifest.json")).write_text("{", encoding="utf-8")


FAULTS = (
    _no_base,
    _no_database,
    _empty_database,
    _another_schema,
    _cut_index,
    _no_manifest,
    _another_manifest,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_base_that_cannot_be_served_tells_no_path(
    fault: Callable[[Path], None], built: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "secret"
    shutil.copytree(built, home)
    fault(home)
    with TestClient(create_app(Settings(home=home))) as client:
        _check(client, home, ADDRESSES, caplog)
        for command in ("renvoi build", "identifiant"):
            assert command in client.get("/").text or fault is _another_schema


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "secret"


def _users_of_a_later_program(home: Path) -> None:
    with sqlite3.connect(home / "workplace.sqlite") as connection:
        connection.execute("CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO fact VALUES ('schema_version', '999')")
    connection.close()


def _users_unreadable(home: Path) -> None:
    (home / "workplace.sqlite").write_bytes(b"ce n'est pas une base" * 1000)


def _users_in_a_folder(home: Path) -> None:
    (home / "workplace.sqlite").mkdir()


@pytest.mark.parametrize("fault", [_users_of_a_later_program, _users_unreadable, _users_in_a_folder])
def test_a_database_of_users_that_cannot_be_opened_tells_no_path(
    fault: Callable[[Path], None], home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home.mkdir()
    service = small_service(home)
    fault(home)
    with TestClient(create_app(Settings(home=home), lambda _: service)) as client:
        _check(client, home, ("/v1/shared/abc", "/partages/abc"), caplog, {"X-API-Key": "rvo_a_b"})
        _check(client, home, ("/v1/dossiers", "/"), caplog, {"X-API-Key": "rvo_a_b"})


def test_a_secret_key_that_cannot_be_kept_tells_no_path(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    home.mkdir()
    service = small_service(home)
    (home / "secret.key").mkdir()
    with TestClient(create_app(Settings(home=home), lambda _: service)) as client:
        _check(client, home, ("/connexion",), caplog)


def test_a_database_that_does_not_answer_tells_neither_its_address_nor_its_user(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home.mkdir()
    service = small_service(home)
    url = "postgresql+psycopg://moi:motdepasse@127.0.0.1:1/secret"
    with TestClient(create_app(Settings(home=home, database_url=url), lambda _: service)) as client:
        answer = client.get("/v1/shared/abc")
    assert answer.status_code == 503
    for told in ("moi", "motdepasse", "127.0.0.1", "secret"):
        assert told not in answer.json()["detail"] + answer.json()["hint"]
    assert "motdepasse" not in caplog.text


def _check(
    client: TestClient,
    home: Path,
    addresses: tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
    headers: dict[str, str] | None = None,
) -> None:
    """Every address answers 503, in French, and only the journal knows where."""
    for address in addresses:
        caplog.clear()
        answer = client.get(address, headers=headers)
        assert answer.status_code == 503, address
        assert "secret" not in answer.text
        assert str(home.parent) not in answer.text
        assert ".sqlite" not in answer.text
        (logged,) = [r.getMessage() for r in caplog.records if r.name == "renvoi"]
        assert logged.split()[1] in answer.text  # the identifier of the error
