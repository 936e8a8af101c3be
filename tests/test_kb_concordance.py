"""The table of old and new numbers: its anchors, what it says at each date, and how it is made."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from corpus.concordance import Match, Table, Wording, concordance_toml, match_articles, recodified
from corpus.split_articles import Part, divide, read_by_hand
from kb.concordance import divided, load_concordance, load_divisions, origin, renumbered, renumbering

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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("L744-6", "L522-1"),
        ("L744-6", "L522-3"),
        ("L221-1", "L341-1"),
        ("L223-1", "L343-4"),
        ("L213-8-1", "L352-2"),
        ("L711-2", "L511-3"),
        ("L723-6", "L531-17"),
        ("L744-9", "L553-1"),
        ("L313-11", "L425-9"),
        ("L622-1", "L823-2"),
        ("R311-4", "R425-3"),
        ("R316-7", "R425-4"),
        ("L222-6", "L342-12"),
        ("L623-2", "L823-15"),
    ],
)
def test_an_article_that_was_cut_is_known_by_its_parts(old: str, new: str) -> None:
    assert new in {part.new for part in divided("ceseda", old, _AFTER)}
    assert divided("ceseda", old, _BEFORE) == ()
    found = origin("ceseda", new)
    assert found is not None
    assert found.old == old


@pytest.mark.parametrize("new", ["L425-11", "L435-4", "L342-7-1", "L425-9-1", "L823-3-1"])
def test_an_article_made_since_comes_from_none(new: str) -> None:
    assert origin("ceseda", new) is None


def test_a_part_has_one_origin_and_takes_the_place_of_no_article() -> None:
    for text, parts in load_divisions().items():
        news = [part.new for part in parts]
        assert len(news) == len(set(news)) > 400
        assert not set(news) & {row.new for row in load_concordance()[text].values()}
        read = read_by_hand(text)
        assert all(0.5 <= part.similarity <= 1 or part.new in read for part in parts)
        # Even a part that was worded anew keeps some runs of words of the article it was cut from.
        assert all(part.similarity > 0.1 and part.old[0] == part.new[0] for part in parts)


_LONG = (
    "Le demandeur est entendu en personne par un agent formé à cette fin, dans une langue qu'il comprend. "
    "L'entretien donne lieu à un compte rendu écrit, qui lui est remis sans frais avant toute décision."
)
_BEFORE_CUT = {"L10": _LONG, "L20": "Le recours suspend la mesure d'éloignement que prend le préfet du lieu."}
_PIECES = {"L31": _LONG.partition(". ")[0], "L32": _LONG.partition(". ")[2]}


def test_the_parts_of_an_article_are_told_by_their_runs_of_words() -> None:
    found = divide(_BEFORE_CUT, {**_PIECES, "L33": "La carte est remise au guichet."}, [("L20", "L34")])
    assert found == ()  # the third book takes nothing from the first one
    found = divide(_BEFORE_CUT, {**_PIECES, "L33": "La carte est remise au guichet."}, [("L11", "L34")])
    assert [(p.old, p.new, p.share) for p in found] == [("L10", "L31", 1.0), ("L10", "L32", 1.0)]


def test_a_part_that_two_articles_hold_has_no_known_origin_unless_it_was_read() -> None:
    twins = {**_BEFORE_CUT, "L12": _LONG}
    assert divide(twins, _PIECES, [("L11", "L34")]) == ()
    assert divide(twins, _PIECES, [("L11", "L34")], {"L31": "L12"}) == (Part("L12", "L31", 1.0),)


def test_the_file_holds_only_the_numbers_that_changed() -> None:
    matches = (Match("L1", "L2", 0.9), Match("L3", "L3", 1.0))
    day, parts = date(2021, 5, 1), (Part("L4", "L5", 0.6),)
    table = tomllib.loads(concordance_toml([Table("ceseda", day, matches, parts)]))
    expected = {
        "slug": "ceseda",
        "date": day,
        "matches": [["L1", "L2", 0.9]],
        "parts": [["L4", "L5", 0.6]],
    }
    assert table["text"] == [expected]


@pytest.mark.sources
@pytest.mark.slow
def test_the_table_in_the_repository_is_the_one_that_the_program_makes(sources: Path) -> None:
    made = tomllib.loads(concordance_toml(recodified(sources)))["text"][0]
    known = load_concordance()["ceseda"]
    assert {(old, new) for old, new, _ in made["matches"]} == {(r.old, r.new) for r in known.values()}
    parts = load_divisions()["ceseda"]
    assert {(old, new) for old, new, _ in made["parts"]} == {(r.old, r.new) for r in parts}
