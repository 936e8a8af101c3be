"""The path of headings above an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.hierarchy import Plan, is_certain_heading, keyword_rank


def path_after(*headings: tuple[int, str]) -> tuple[str, ...]:
    plan = Plan()
    for level, title in headings:
        plan.push(title, level)
    return plan.path()


def saturated(*titles: str) -> tuple[str, ...]:
    return path_after(*((4, title) for title in titles))


def test_the_kind_decides_where_the_levels_saturate():
    assert saturated(
        "Titre II : T", "Chapitre V : C", "Section 1 : S", "Sous-section 2 : SS", "Paragraphe 1 : P"
    ) == (
        "Titre II : T",
        "Chapitre V : C",
        "Section 1 : S",
        "Sous-section 2 : SS",
        "Paragraphe 1 : P",
    )


def test_a_heading_closes_those_of_its_rank_or_deeper():
    assert saturated("Titre I", "Chapitre I", "Section 1", "Paragraphe 1", "Chapitre II") == (
        "Titre I",
        "Chapitre II",
    )


def test_a_sub_title_stands_between_title_and_chapter():
    assert saturated("Titre Ier : T", "Sous-titre Ier : A", "Chapitre Ier : C", "Sous-titre II : B") == (
        "Titre Ier : T",
        "Sous-titre II : B",
    )


def test_a_true_level_closes_everything_at_that_level_whatever_its_kind():
    assert path_after((2, "Partie législative"), (3, "Livre Ier"), (4, "Titre II"), (3, "Annexes")) == (
        "Partie législative",
        "Annexes",
    )


def test_a_saturated_heading_never_closes_a_heading_of_true_level():
    assert path_after((2, "Titre II"), (3, "Chapitre I"), (4, "Titre III")) == (
        "Titre II",
        "Chapitre I",
        "Titre III",
    )


def test_dead_headings_repeated_without_article_leave_no_trace():
    assert saturated("Titre I", "Chapitre I", "Section 1 : old", "Paragraphe 1", "Section 1 : new") == (
        "Titre I",
        "Chapitre I",
        "Section 1 : new",
    )


def test_labels_nest_in_the_order_in_which_they_come_and_close_their_own_family():
    first = ("Section I : S", "I : Revenus fonciers", "A : Champ", "1° : Cas")
    assert saturated(*first) == first
    assert saturated(*first, "2° Titres-restaurant") == (*first[:3], "2° Titres-restaurant")
    assert saturated(*first, "II : Traitements") == ("Section I : S", "II : Traitements")


def test_the_letter_after_h_is_not_a_roman_one():
    assert saturated("Section I", "H : Un", "I : Deux") == ("Section I", "I : Deux")


def test_a_first_part_stands_under_the_heading_before_it_and_a_second_one_replaces_it():
    chapter = ("Titre V", "Chapitre II : Du régime en communauté")
    assert saturated(*chapter, "Première partie : De la communauté légale", "Section 1") == (
        *chapter,
        "Première partie : De la communauté légale",
        "Section 1",
    )
    assert saturated(*chapter, "Première partie : A", "Section 1", "Deuxième partie : B") == (
        *chapter,
        "Deuxième partie : B",
    )


def test_a_first_part_under_a_book_holds_titles():
    assert path_after((3, "LIVRE II"), (4, "PREMIERE PARTIE : Les chambres"), (4, "TITRE Ier")) == (
        "LIVRE II",
        "PREMIERE PARTIE : Les chambres",
        "TITRE Ier",
    )


def test_an_annex_is_a_leaf_and_the_plan_resumes_after_it():
    before = ((3, "Livre I"), (4, "Titre II"), (4, "Chapitre IV"))
    assert path_after(*before, (4, "Annexes")) == ("Livre I", "Annexes")
    assert path_after(*before, (4, "Annexes"), (4, "Section 2")) == (
        "Livre I",
        "Titre II",
        "Chapitre IV",
        "Section 2",
    )


def test_headings_above_no_article_are_counted():
    plan = Plan()
    for title in ("Titre I", "Chapitre I", "Chapitre II"):
        plan.push(title)
    plan.path()
    assert (plan.pushed, plan.unused) == (3, 1)


@pytest.mark.parametrize(
    "title",
    [
        "Titres-restaurant",
        "Section de vote",
        "Parties communes",
        "Livres de commerce",
        "Dispositions générales",
    ],
)
def test_a_word_that_only_looks_like_a_kind_has_no_rank(title: str):
    assert keyword_rank(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "CHAPITRE PRELIMINAIRE",
        "Section A : X",
        "Titre VII bis : Y",
        "Section 2: Z",
        "SOUS-SECTION 1",
        "Chapitre 0I",
    ],
)
def test_unusual_spellings_of_a_kind_have_a_rank(title: str):
    assert keyword_rank(title) is not None


def test_a_list_item_is_no_certain_heading():
    assert not any(
        map(is_certain_heading, ("2° Du compte d'engagement citoyen", "a) Le nombre", "1. Le territoire"))
    )


KINDS = (
    "Livre",
    "Titre",
    "Sous-titre",
    "Chapitre",
    "Section",
    "Sous-section",
    "Paragraphe",
    "Sous-paragraphe",
)


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 9)), min_size=1, max_size=30))
def test_the_ranks_of_a_path_always_increase_and_end_with_the_last_heading(drawn: list[tuple[str, int]]):
    titles = [f"{kind} {number} : X" for kind, number in drawn]
    path = saturated(*titles)
    ranks = [keyword_rank(title) or 0 for title in path]
    assert path[-1] == titles[-1]
    assert ranks == sorted(set(ranks))
