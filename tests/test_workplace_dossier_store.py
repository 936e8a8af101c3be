"""Dossiers in the database, on SQLite and on PostgreSQL: nobody's edit is lost, nobody else's dossier is seen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kb.errors import InvalidDossier, StaleEdit, UnknownDossier
from kb.text.spans import Span
from tests.test_workplace_dossiers import SEVEN, kept
from tests.users_database import BACKENDS, NOW, account, opened
from workplace.dossiers import changes, limits
from workplace.dossiers.model import Content, Dossier, Item, ItemKind
from workplace.model import Account
from workplace.store import WorkplaceDatabase
from workplace.store.columns import WorkplaceTable
from workplace.store.dossiers import UNDO, Dossiers, Edit
from workplace.store.shares import Shares


@pytest.fixture(params=BACKENDS)
def users(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkplaceDatabase]:
    yield from opened(request, tmp_path)


@pytest.fixture
def anne(users: WorkplaceDatabase) -> Account:
    return account(users, "anne")


def edit(who: Account, action: str = "Modifié", expected: int | None = None, days: int = 0) -> Edit:
    return Edit(who.id, who.name, NOW + timedelta(days=days), action, expected)


def created(users: WorkplaceDatabase, who: Account, title: str = "Traite") -> Dossier:
    content = Content(title, "", (Item("a", ItemKind.PROVISION, source=kept(), quotation=Span(3, 11)),))
    return Dossiers(users).create(content, edit(who, "Créé"))


def note(text: str) -> Item:
    return changes.new_item(ItemKind.NOTE, note=text)


def rows(users: WorkplaceDatabase, table: str) -> int:
    with users.reading() as connection:
        return len(connection.execute(WorkplaceTable.metadata.tables[table].select()).all())


def test_a_dossier_is_found_again_as_it_was_made(users: WorkplaceDatabase, anne: Account) -> None:
    made = created(users, anne)
    assert Dossiers(users).get(anne.id, made.id) == made
    (listed,) = Dossiers(users).all(anne.id)
    assert (listed.id, listed.version, listed.title, listed.items) == (made.id, 1, "Traite", 1)


def test_nobody_sees_or_changes_the_dossier_of_another(users: WorkplaceDatabase, anne: Account) -> None:
    bob, made, store = account(users, "bob"), created(users, anne), Dossiers(users)
    share, _ = Shares(users).create(anne.id, made.id, "", NOW)
    assert store.all(bob.id) == ()
    for tried in (
        lambda: store.get(bob.id, made.id),
        lambda: store.change(made.id, lambda c: changes.retitled(c, "Pris", ""), edit(bob)),
        lambda: store.delete(made.id, edit(bob)),
        lambda: store.undelete(made.id, edit(bob)),
        lambda: store.history(bob.id, made.id),
        lambda: store.revision(bob.id, made.id, 1),
        lambda: Shares(users).create(bob.id, made.id, "", NOW),
        lambda: Shares(users).all(bob.id, made.id),
        lambda: Shares(users).revoke(bob.id, made.id, share.id, NOW),
        lambda: store.get(anne.id, "inconnu"),
    ):
        with pytest.raises(UnknownDossier):
            tried()
    assert store.get(anne.id, made.id) == made


def test_an_edit_from_an_older_copy_is_refused_with_the_newer_one(
    users: WorkplaceDatabase, anne: Account
) -> None:
    made, store = created(users, anne), Dossiers(users)
    newer = store.change(made.id, lambda c: changes.retitled(c, "Nouveau", ""), edit(anne, expected=1))
    with pytest.raises(StaleEdit) as refused:
        store.change(made.id, lambda c: changes.retitled(c, "Autre", ""), edit(anne, expected=1))
    assert refused.value.current == newer
    with pytest.raises(StaleEdit):
        store.delete(made.id, edit(anne, expected=1))
    assert store.get(anne.id, made.id) == newer


def test_of_edits_at_once_from_one_copy_exactly_one_is_kept(users: WorkplaceDatabase, anne: Account) -> None:
    made, store = created(users, anne), Dossiers(users)
    kept_edits, refused = run_together(
        lambda n: store.change(
            made.id, lambda c: changes.retitled(c, f"Titre {n}", ""), edit(anne, expected=1)
        )
    )
    assert (len(kept_edits), len(refused)) == (1, 11)
    assert all(isinstance(error, StaleEdit) for error in refused)
    assert store.get(anne.id, made.id).version == 2


def test_of_additions_at_once_none_is_lost(users: WorkplaceDatabase, anne: Account) -> None:
    made, store = created(users, anne), Dossiers(users)
    done, refused = run_together(
        lambda n: store.change(made.id, lambda c: changes.added(c, note(f"note {n}")), edit(anne))
    )
    assert (len(done), refused) == (12, [])
    found = store.get(anne.id, made.id)
    assert found.version == 13
    assert {item.note for item in found.content.items[1:]} == {f"note {n}" for n in range(12)}
    assert [r.version for r in store.history(anne.id, made.id)] == list(range(13, 0, -1))


def run_together(task, count: int = 12):  # type: ignore[no-untyped-def]
    """What each of these threads gave, and what each raised."""
    done: list[object] = []
    refused: list[BaseException] = []
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        barrier.wait()
        try:
            done.append(task(number))
        except BaseException as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, refused


def test_every_state_can_be_seen_again_and_restored(users: WorkplaceDatabase, anne: Account) -> None:
    made, store = created(users, anne), Dossiers(users)
    store.change(made.id, lambda c: changes.added(c, note("Une note")), edit(anne, "Note ajoutée", 1))
    store.change(made.id, lambda c: changes.removed(c, "a"), edit(anne, "Extrait retiré", 2, days=1))
    history = store.history(anne.id, made.id)
    assert [(r.version, r.author, r.action) for r in history] == [
        (3, "Anne", "Extrait retiré"),
        (2, "Anne", "Note ajoutée"),
        (1, "Anne", "Créé"),
    ]
    assert history[0].at - history[1].at == timedelta(days=1)
    first = store.revision(anne.id, made.id, 1).content
    assert first == made.content
    restored = store.change(made.id, lambda _: first, edit(anne, "Version 1 rétablie", 3))
    assert (restored.version, restored.content.items[0].quoted) == (4, SEVEN[3:11])
    with pytest.raises(UnknownDossier, match="pas de version 9"):
        store.revision(anne.id, made.id, 9)


def test_a_change_that_changes_nothing_makes_no_version(users: WorkplaceDatabase, anne: Account) -> None:
    made = created(users, anne)
    assert Dossiers(users).change(made.id, lambda c: c, edit(anne, expected=1)) == made
    assert len(Dossiers(users).history(anne.id, made.id)) == 1


def test_a_wording_is_kept_once_however_many_states_hold_it(users: WorkplaceDatabase, anne: Account) -> None:
    made, store = created(users, anne), Dossiers(users)
    for n in range(5):
        store.change(made.id, lambda c, n=n: changes.retitled(c, f"Titre {n}", ""), edit(anne))  # type: ignore[misc]
    assert (rows(users, "dossier_wording"), rows(users, "dossier_revision")) == (1, 6)


def test_a_deletion_can_be_undone_for_thirty_days_then_all_is_forgotten(
    users: WorkplaceDatabase, anne: Account
) -> None:
    made, store = created(users, anne), Dossiers(users)
    store.delete(made.id, edit(anne, "Supprimé", 1))
    assert store.all(anne.id) == ()
    assert [d.id for d in store.deleted(anne.id, NOW)] == [made.id]
    with pytest.raises(UnknownDossier, match="supprimé"):
        store.change(made.id, lambda c: c, edit(anne))
    back = store.undelete(made.id, edit(anne, "Rétabli", days=29))
    assert (back.content, back.version, back.deleted) == (made.content, 3, None)
    store.delete(made.id, edit(anne, days=30))
    assert store.purge(NOW + timedelta(days=59)) == 0
    after = NOW + timedelta(days=30) + UNDO
    assert store.deleted(anne.id, after) == ()
    with pytest.raises(UnknownDossier):
        store.undelete(made.id, edit(anne, days=60))
    assert store.purge(after) == 1
    assert [rows(users, name) for name in ("dossier", "dossier_revision", "dossier_wording")] == [0, 0, 0]


def test_a_secret_link_leads_to_the_dossier_until_it_is_revoked_or_the_dossier_deleted(
    users: WorkplaceDatabase, anne: Account
) -> None:
    made, shares = created(users, anne), Shares(users)
    share, token = shares.create(anne.id, made.id, "Pour Bob", NOW)
    assert shares.opened(token) == made
    assert shares.all(anne.id, made.id) == (share,)
    for wrong in ("", "x", token[:-1], share.id):
        with pytest.raises(UnknownDossier):
            shares.opened(wrong)
    Dossiers(users).delete(made.id, edit(anne))
    with pytest.raises(UnknownDossier):
        shares.opened(token)
    Dossiers(users).undelete(made.id, edit(anne))
    assert shares.opened(token).id == made.id
    shares.revoke(anne.id, made.id, share.id, NOW)
    with pytest.raises(UnknownDossier, match="aucun dossier"):
        shares.opened(token)
    assert shares.all(anne.id, made.id) == ()


def test_the_secret_of_a_link_is_not_kept(users: WorkplaceDatabase, anne: Account) -> None:
    _, token = Shares(users).create(anne.id, created(users, anne).id, "", NOW)
    with users.reading() as connection:
        (row,) = connection.execute(WorkplaceTable.metadata.tables["dossier_share"].select()).all()
    assert token not in tuple(row)
    assert len(token) >= 40


def test_there_is_a_most_of_links_and_of_dossiers(
    users: WorkplaceDatabase, anne: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = created(users, anne)
    for _ in range(limits.MAX_SHARES):
        Shares(users).create(anne.id, made.id, "", NOW)
    with pytest.raises(InvalidDossier, match="liens de partage"):
        Shares(users).create(anne.id, made.id, "", NOW)
    monkeypatch.setattr("workplace.store.dossiers.MAX_DOSSIERS", 1)
    with pytest.raises(InvalidDossier, match="1 dossiers"):
        created(users, anne)


def test_any_text_is_kept_as_it_is(users: WorkplaceDatabase, anne: Account) -> None:
    hostile = "<script>alert(1)</script> '; DROP TABLE dossier; -- \\ \" 😀 %s {x}"
    made = Dossiers(users).create(
        Content(hostile, hostile, (replace(note("x"), note=hostile),)), edit(anne, hostile)
    )
    found = Dossiers(users).get(anne.id, made.id)
    assert (found.content.title, found.content.note, found.content.items[0].note) == (hostile,) * 3
