"""The use cases of dossiers, comparisons and themes, called without HTTP: values in, values out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.errors import InvalidDossier, StaleEdit, UnknownTheme
from service.comparison import compare_days, default_days
from service.dossier_edits import ItemChange, NewItem, QuotedPart, add_item, patch_item
from service.dossiers import AccountDossiers
from service.proposals import QuestionToAnswer, propose
from service.reference_lookup import find_provision
from service.report_drafts import question_of
from service.suggestions import PROVISION, suggest
from service.themes import find_theme
from tests.builders import small_service
from tests.users_database import NOW, account
from workplace.dossiers.model import Content, Item, ItemKind
from workplace.store import WorkplaceDatabase


@pytest.fixture
def dossiers(tmp_path: Path) -> Iterator[AccountDossiers]:
    database = WorkplaceDatabase.open(tmp_path / "home", None)
    service = small_service(tmp_path)
    yield AccountDossiers(service, database, account(database, "anne"), NOW)
    service.close()
    database.close()


def test_a_provision_added_is_judged_by_the_base_of_the_day(dossiers: AccountDossiers) -> None:
    empty = dossiers.create(Content("Réponse", ""))
    one = add_item(dossiers, empty.id, NewItem(provision="art. 225-4-1 du code pénal"))
    judged = dossiers.judged(one)
    (item,) = judged.dossier.content.items
    assert item.source is not None
    assert item.source.id == "code-penal/225-4-1"
    assert set(judged.verdicts) == {item.id}
    assert judged.generation == dossiers.service.generation


@pytest.mark.parametrize("nothing", [NewItem(), NewItem(provision="ceseda/L425-1", title="Titre")])
def test_exactly_one_thing_is_added(dossiers: AccountDossiers, nothing: NewItem) -> None:
    empty = dossiers.create(Content("Réponse", ""))
    with pytest.raises(InvalidDossier):
        add_item(dossiers, empty.id, nothing)
    assert dossiers.get(empty.id).content.items == ()


def test_words_are_quoted_where_they_stand_and_an_edit_of_an_older_copy_is_refused(
    dossiers: AccountDossiers,
) -> None:
    empty = dossiers.create(Content("Réponse", ""))
    one = add_item(dossiers, empty.id, NewItem(provision="ceseda/L425-1"))
    quoted = ItemChange(quotation=QuotedPart(words="dépose plainte"))
    item = one.content.items[0].id
    two = patch_item(dossiers, empty.id, item, quoted, one.version)
    assert two.content.items[0].quoted == "dépose plainte"
    with pytest.raises(StaleEdit):
        patch_item(dossiers, empty.id, item, ItemChange(note="Trop tard"), one.version)


def test_the_last_two_wordings_are_compared(dossiers: AccountDossiers) -> None:
    provision = find_provision(dossiers.service, "code-penal/225-4-1")
    days = default_days(provision)
    assert days is not None
    comparison = compare_days(dossiers.service, provision, *days)
    assert not comparison.identical
    assert comparison.words("added") > 0
    same = compare_days(dossiers.service, provision, days[1], days[1])
    assert same.identical
    assert same.words("added") == same.words("removed") == 0


def test_a_theme_gives_only_the_provisions_that_the_base_has(dossiers: AccountDossiers) -> None:
    contents = find_theme(dossiers.service, "definition-traite")
    assert contents.provisions
    assert set(contents.provisions) <= set(contents.theme.provisions)
    assert all(provision in dossiers.service.articles for provision in contents.provisions)
    with pytest.raises(UnknownTheme):
        find_theme(dossiers.service, "aucun")


def test_a_number_begun_suggests_the_provisions_of_the_day(dossiers: AccountDossiers) -> None:
    suggestions = suggest(dossiers.service, "225-4", date(2026, 4, 3), 5).suggestions
    numbers = [one.target for one in suggestions if one.kind == PROVISION]
    assert numbers
    assert all(number.startswith("code-penal/225-4") for number in numbers)


def test_what_may_answer_a_question_is_proposed_without_a_request(dossiers: AccountDossiers) -> None:
    question = QuestionToAnswer("Comment la traite est-elle punie ?", ("a. !!",), date(2026, 4, 3))
    proposals = propose(dossiers.service, question)
    assert proposals.generation == dossiers.service.generation
    assert proposals.period.today == date(2026, 4, 3)
    assert all(one.law.day == date(2026, 4, 3) for one in proposals.provisions)
    (part,) = proposals.parts
    assert part.text == "a. !!"
    assert part.short


def test_a_note_is_no_question_to_answer() -> None:
    with pytest.raises(InvalidDossier):
        question_of(Item("a", ItemKind.NOTE, note="À revoir."), None, date(2026, 4, 3))
