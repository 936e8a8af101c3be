"""The database of the users, on SQLite and on PostgreSQL: created once, refused when unknown, apart from the base."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from kb.errors import InvalidAccount, SchemaMismatch, UnknownAccount, WorkplaceUnavailable
from kb.store import Database
from workplace.model import ApiKey, Scope
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account
from workplace.store.attempts import WINDOW, Attempts
from workplace.store.columns import WorkplaceTable
from workplace.store.keys import Keys, new_prefix
from workplace.store.sessions import LIFETIME, Sessions

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """No address for SQLite; that of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield None
        return
    address: str = request.getfixturevalue("postgres")
    database = Database(address)
    with database.transaction() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS workplace CASCADE"))
    database.close()
    yield address


@pytest.fixture
def users(tmp_path: Path, url: str | None) -> Iterator[WorkplaceDatabase]:
    database = WorkplaceDatabase.open(tmp_path / "home", url)
    yield database
    database.close()


def test_a_database_opened_again_holds_what_it_held(
    users: WorkplaceDatabase, tmp_path: Path, url: str | None
) -> None:
    account = Accounts(users).add(new_account("anne", "Anne", NOW), "haché")
    again = WorkplaceDatabase.open(tmp_path / "home", url)
    assert Accounts(again).all() == (account,)
    assert Accounts(again).password_of(account.id) == "haché"
    again.close()


def test_a_version_of_the_schema_that_is_not_known_is_refused(
    users: WorkplaceDatabase, tmp_path: Path, url: str | None
) -> None:
    for found in ("99", "0", "un"):
        with users.writing() as connection:
            fact = WorkplaceTable.metadata.tables["fact"]
            connection.execute(fact.update().values(value=found))
        with pytest.raises(SchemaMismatch, match=f"version {found}"):
            WorkplaceDatabase.open(tmp_path / "home", url)


def test_several_processes_may_open_it_first_at_once(tmp_path: Path, url: str | None) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            WorkplaceDatabase.open(tmp_path / "home", url).close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_build_of_the_base_neither_makes_nor_drops_the_tables_of_the_users(tmp_path: Path) -> None:
    base = Database.sqlite(tmp_path / "kb.sqlite")
    base.create_schema()
    mine = {table.name for table in WorkplaceTable.metadata.sorted_tables}
    assert {"account", "session", "api_key", "attempt"} <= mine
    assert not mine & set(inspect(base.engine).get_table_names())
    base.close()


def test_what_is_kept_of_passwords_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    WorkplaceDatabase.open(tmp_path, None).close()
    assert (tmp_path / "workplace.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_row_of_no_account_is_refused(users: WorkplaceDatabase) -> None:
    with pytest.raises(IntegrityError):
        Sessions(users).start("personne", NOW)


def test_a_folder_that_cannot_be_used_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("un fichier")
    with pytest.raises(WorkplaceUnavailable, match="n'est pas accessible"):
        WorkplaceDatabase.open(tmp_path / "home", None)
    (tmp_path / "workplace.sqlite").write_text("ceci n'est pas une base" * 100)
    with pytest.raises(WorkplaceUnavailable, match="n'est pas accessible"):
        WorkplaceDatabase.open(tmp_path, None)


def test_two_accounts_never_share_a_login(users: WorkplaceDatabase) -> None:
    accounts = Accounts(users)
    accounts.add(new_account("anne", "Anne", NOW), None)
    with pytest.raises(InvalidAccount, match="déjà pris"):
        accounts.add(new_account("anne", "Une autre", NOW), None)
    assert len(accounts.all()) == 1


def test_moments_keep_their_time_zone(users: WorkplaceDatabase) -> None:
    account = Accounts(users).add(new_account("anne", "Anne", NOW), None)
    found = Accounts(users).by_id(account.id)
    assert found == account
    assert found is not None
    assert found.created.tzinfo is UTC


def test_a_session_ends_with_time_by_signing_out_and_with_its_account(users: WorkplaceDatabase) -> None:
    accounts, sessions = Accounts(users), Sessions(users)
    anne = accounts.add(new_account("anne", "Anne", NOW), None)
    token = sessions.start(anne.id, NOW)
    assert sessions.account(token, NOW) == anne
    assert sessions.account(token, NOW + LIFETIME) is None
    sessions.end(token)
    assert sessions.account(token, NOW) is None
    first = sessions.start(anne.id, NOW)
    second = sessions.start(anne.id, NOW, former=first)
    assert (sessions.account(first, NOW), sessions.account(second, NOW)) == (None, anne)
    accounts.disable(anne.id, NOW)
    assert sessions.account(second, NOW) is None
    accounts.disable(anne.id, None)
    assert sessions.account(second, NOW) is None


def test_sessions_past_their_time_are_removed_when_another_starts(users: WorkplaceDatabase) -> None:
    anne = Accounts(users).add(new_account("anne", "Anne", NOW), None)
    sessions = Sessions(users)
    sessions.start(anne.id, NOW)
    sessions.start(anne.id, NOW + LIFETIME + timedelta(seconds=1))
    with users.reading() as connection:
        session = WorkplaceTable.metadata.tables["session"]
        assert len(connection.execute(session.select()).all()) == 1


def test_no_token_is_kept_as_it_is(users: WorkplaceDatabase) -> None:
    anne = Accounts(users).add(new_account("anne", "Anne", NOW), None)
    token = Sessions(users).start(anne.id, NOW)
    with users.reading() as connection:
        (row,) = connection.execute(WorkplaceTable.metadata.tables["session"].select()).all()
    assert token not in tuple(row)


def test_attempts_made_at_once_are_all_counted(users: WorkplaceDatabase) -> None:
    outcomes: list[object] = []

    def attempt() -> None:
        try:
            outcomes.append(Attempts(users).begin({"compte": 5, "adresse": 30}, NOW) is None)
        except BaseException as error:
            outcomes.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["False"] * 7 + ["True"] * 5
    assert Attempts(users).begin({"compte": 5}, NOW) == WINDOW
    Attempts(users).succeeded(("compte",), ("adresse",))
    assert Attempts(users).begin({"compte": 5}, NOW) is None
    assert Attempts(users).begin({"adresse": 5}, NOW) is None, (
        "four of five are left after one that was right"
    )
    assert Attempts(users).begin({"adresse": 5}, NOW) is not None
    assert Attempts(users).begin({"adresse": 5}, NOW + WINDOW) is None


def test_a_key_is_found_by_its_whole_text_until_it_ends_or_is_revoked(users: WorkplaceDatabase) -> None:
    anne = Accounts(users).add(new_account("anne", "Anne", NOW), None)
    keys, end = Keys(users), NOW + timedelta(days=1)
    made = ApiKey(new_prefix(), "Plateforme", Scope.WRITE, anne.id, NOW, expires=end)
    text_of_key = keys.create(made)
    given = keys.find(text_of_key, NOW)
    assert given is not None
    found, owner = given
    assert owner == anne
    assert (found.prefix, found.scope, found.account, found.expires) == (
        made.prefix,
        Scope.WRITE,
        anne.id,
        end,
    )
    assert keys.all()[0].last_used == NOW
    assert keys.find(text_of_key[:-1], NOW) is None
    assert keys.find(text_of_key, end) is None
    keys.revoke(made.prefix, NOW)
    assert keys.find(text_of_key, NOW) is None
    assert keys.all()[0].revoked == NOW
    with pytest.raises(UnknownAccount):
        keys.revoke("inconnue", NOW)
    with pytest.raises(UnknownAccount):
        keys.create(ApiKey(new_prefix(), "x", Scope.WRITE, "personne", NOW))
