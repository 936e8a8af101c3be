"""Quotations beside their article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checking.quotations import Agreement, compare

ARTICLE = (
    "La traite est le fait de recruter une personne, de la transporter, de l'héberger ou de l'accueillir à des fins "
    "d'exploitation.\nElle est punie de sept ans d'emprisonnement."
)


@pytest.mark.parametrize(
    "quotation",
    [
        "le fait de recruter une personne",
        "LA TRAITE est le  fait\nde recruter",
        "de l’héberger ou de l’accueillir",
        "le fait de recruter une personne […] à des fins d'exploitation",
        "le fait de recruter une personne (…) punie de sept ans",
        "le fait de recruter une personne (...) punie de sept ans",
        "La traite [consiste en] le fait de recruter une personne",
    ],
)
def test_case_typography_wraps_and_marked_cuts_make_no_difference(quotation: str) -> None:
    assert compare(quotation, ARTICLE).agreement is Agreement.EXACT


def test_a_changed_word_is_shown_with_the_one_it_replaces() -> None:
    found = compare("Elle est punie de dix ans d'emprisonnement", ARTICLE)
    assert found.agreement is Agreement.DIFFERENT
    assert [(c.kind, c.words) for c in found.changes] == [
        ("same", "Elle est punie de"),
        ("quoted", "dix"),
        ("official", "sept"),
        ("same", "ans d'emprisonnement"),
    ]


def test_words_left_out_without_a_mark_are_shown() -> None:
    found = compare("le fait de recruter une personne, de l'héberger ou de l'accueillir", ARTICLE)
    assert [c.words for c in found.changes if c.kind == "official"] == ["la transporter, de"]
    assert not [c for c in found.changes if c.kind == "quoted"]


def test_what_is_cut_out_with_a_mark_is_no_difference_beside_one_that_is() -> None:
    found = compare("La traite est le fait de recruter une personne (…) Elle est punie de dix ans", ARTICLE)
    assert [(c.kind, c.words) for c in found.changes] == [
        ("same", "La traite est le fait de recruter une personne […] Elle est punie de"),
        ("quoted", "dix"),
        ("official", "sept"),
        ("same", "ans"),
    ]


def test_a_part_that_comes_before_the_one_it_follows_is_shown_as_not_there() -> None:
    found = compare("Elle est punie de sept ans […] La traite est le fait de recruter une personne", ARTICLE)
    assert ("quoted", "La traite est le fait de recruter une personne") in [
        (c.kind, c.words) for c in found.changes
    ]


def test_parts_in_another_order_are_no_quotation() -> None:
    assert compare("punie de sept ans […] La traite est le fait", ARTICLE).agreement is not Agreement.EXACT


def test_other_words_are_said_absent() -> None:
    assert compare("Le juge des enfants peut être saisi par requête", ARTICLE).agreement is Agreement.ABSENT
    assert compare("", ARTICLE).agreement is Agreement.ABSENT


@given(st.integers(0, 20), st.integers(1, 12))
def test_any_run_of_words_of_the_article_is_exact(start: int, length: int) -> None:
    words = ARTICLE.split()[start : start + length]
    assert compare(" ".join(words), ARTICLE).agreement is Agreement.EXACT


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    found = compare(one, other)
    assert bool(found.changes) is (found.agreement is Agreement.DIFFERENT)
