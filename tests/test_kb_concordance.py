"""The table of old and new numbers: its anchors, what it says at each date, and how it is made."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from corpus.concordance import Match, Wording, concordance_toml, match_articles, recodified
from kb.concordance import load_concordance, renumbered, renumbering

_AFTER, _BEFORE = date(2024, 1, 1), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("L316-1", "L425-1"),
        ("L316-1-1", "L425-4"),
        ("R316-1", "R425-1"),
        ("R316-2", "R425-2"),
        ("L313-14", "L435-1"),
        ("L713-1", "L513-1"),
        ("L221-5", "L343-2"),
        ("L751-1", "L561-14"),
    ],
)
def test_an_article_of_the_former_ceseda_has_its_new_number(old: str, new: str) -> None:
    assert renumbered("ceseda", old, _AFTER) == (new,)
    assert renumbered("ceseda", old) == (new,)


def test_before_the_recodification_nothing_was_renumbered() -> None:
    assert renumbered("ceseda", "L316-1", _BEFORE) == ()
    found = renumbering("ceseda", "L316-1", date(2021, 5, 1))
    assert found is not None
    assert found.day == date(2021, 5, 1)


def test_an_article_that_was_split_has_no_new_number() -> None:
    assert renumbered("ceseda", "L313-11", _AFTER) == ()
    assert renumbered("code-penal", "225-4-1", _AFTER) == ()


def test_each_new_number_takes_the_place_of_one_old_number() -> None:
    for table in load_concordance().values():
        news = [row.new for row in table.values()]
        assert len(news) == len(set(news)) > 500
        assert all(row.old != row.new and row.old[0] == row.new[0] for row in table.values())
        assert all(0.4 < row.similarity <= 1 for row in table.values())


_OLD = [
    Wording("L1", "La carte est délivrée à la victime de la traite qui dépose plainte."),
    Wording("L2", "Le recours suspend la mesure d'éloignement prise par le préfet."),
    Wording("L3", "Les frais de transport sont à la charge de l'entreprise."),
]
_NEW = [
    Wording("L2", "La carte est délivrée à toute victime de la traite qui dépose plainte."),
    Wording("L7", "Le recours suspend la mesure d'éloignement que prend le préfet."),
    Wording("R8", "Les frais de transport sont à la charge de l'entreprise."),
]


def test_articles_are_matched_by_their_words_within_their_series() -> None:
    found = match_articles(_OLD, _NEW)
    assert [(m.old, m.new) for m in found] == [("L1", "L2"), ("L2", "L7")]
    assert all(0.42 <= m.similarity <= 1 for m in found)


def test_two_articles_as_near_as_each_other_are_not_matched() -> None:
    twins = [*_NEW, Wording("L9", _NEW[0].text)]
    assert [(m.old, m.new) for m in match_articles(_OLD, twins)] == [("L2", "L7")]


def test_a_part_of_an_article_does_not_take_its_place() -> None:
    long = Wording("L1", _OLD[0].text + " Elle vaut pour un an." * 9)
    assert "L1" not in {m.old for m in match_articles([long, *_OLD[1:]], _NEW)}


def test_the_file_holds_only_the_numbers_that_changed() -> None:
    matches = (Match("L1", "L2", 0.9), Match("L3", "L3", 1.0))
    table = tomllib.loads(concordance_toml([("ceseda", date(2021, 5, 1), matches)]))
    assert table["text"] == [{"slug": "ceseda", "date": date(2021, 5, 1), "matches": [["L1", "L2", 0.9]]}]


@pytest.mark.sources
@pytest.mark.slow
def test_the_table_in_the_repository_is_the_one_that_the_program_makes(sources: Path) -> None:
    made = tomllib.loads(concordance_toml(recodified(sources)))["text"][0]
    known = load_concordance()["ceseda"]
    assert {(old, new) for old, new, _ in made["matches"]} == {(r.old, r.new) for r in known.values()}
