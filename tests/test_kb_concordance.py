"""The table of old and new numbers: its anchors, what it says at each date, and how it is made."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from corpus.concordance import Match, Table, Wording, concordance_toml, match_articles, recodified
from corpus.split_articles import Part, divide, read_by_hand
from kb.concordance import (
    Succession,
    correspondences,
    divided,
    load_concordance,
    load_divisions,
    load_mergers,
    merged,
    origin,
    renumbered,
    renumbering,
)

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
        ("L316-4", "L425-8"),
        ("L622-4", "L823-9"),
        ("L511-4", "L611-3"),
        ("L222-2", "L342-4"),
        ("L313-14-1", "L435-2"),
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
    assert renumbered("ceseda", "L316-3", _AFTER) == ()
    assert [part.new for part in divided("ceseda", "L316-3", _AFTER)] == ["L425-6", "L425-7"]
    assert renumbered("code-penal", "225-4-1", _AFTER) == ()


def test_each_new_number_takes_the_place_of_one_old_number() -> None:
    for table in load_concordance().values():
        news = [row.new for row in table.values()]
        assert len(news) == len(set(news)) > 500
        assert all(row.old != row.new and row.old[0] == row.new[0] for row in table.values())
        assert all(0.4 < row.similarity <= 1 for row in table.values())


def test_the_right_given_by_a_part_of_an_article_was_moved_with_it() -> None:
    rows = [row for row in correspondences("ceseda") if row.old == "L316-1"]
    assert [(row.new, row.succession) for row in rows] == [
        ("L425-1", Succession.SPLIT),
        ("L425-3", Succession.SPLIT),
    ]


@pytest.mark.parametrize("old", ["L552-12", "R552-3", "R552-4", "R552-7", "R552-8"])
def test_what_is_said_of_detention_did_not_pass_to_the_waiting_zone(old: str) -> None:
    assert not [row for row in correspondences("ceseda") if row.old == old and row.new[1] == "3"]


@pytest.mark.parametrize(("old", "new"), [("L213-8", "L333-3"), ("L213-4", "L333-3"), ("R625-2", "R821-1")])
def test_an_article_joined_to_others_is_known_by_the_one_that_holds_it(old: str, new: str) -> None:
    found = merged("ceseda", old, _AFTER)
    assert found is not None
    assert found.new == new
    assert merged("ceseda", old, _BEFORE) is None
    (row,) = (row for row in correspondences("ceseda") if row.old == old)
    assert row.succession is Succession.MERGED


def test_each_row_of_the_table_is_given_once_and_says_how_its_article_passed() -> None:
    rows = correspondences("ceseda")
    assert len({(row.old, row.new) for row in rows}) == len(rows) > 1_200
    split = {row.old for row in rows if row.succession is Succession.SPLIT}
    assert all(row.old not in split for row in rows if row.succession is not Succession.SPLIT)
    assert correspondences("code-penal") == ()


def test_a_row_says_that_the_old_number_now_names_another_article() -> None:
    again = {row.old: row.given_anew for row in correspondences("ceseda")}
    assert (again["L511-1"], again["L316-1"]) == (True, False)


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
        assert all(part.old[0] == part.new[0] for part in parts)


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
    merged = (Part("L6", "L7", 0.8),)
    table = tomllib.loads(concordance_toml([Table("ceseda", day, matches, parts, merged)]))
    expected = {
        "slug": "ceseda",
        "date": day,
        "matches": [["L1", "L2", 0.9]],
        "parts": [["L4", "L5", 0.6]],
        "merged": [["L6", "L7", 0.8]],
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
    absorbed = load_mergers()["ceseda"].values()
    assert {(old, new) for old, new, _ in made["merged"]} == {(r.old, r.new) for r in absorbed}
