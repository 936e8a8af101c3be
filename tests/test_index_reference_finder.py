"""The references of a question: citations, bare numbers, numbers whose letter was left out."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from index.artefacts.id_maps import Names
from index.artefacts.links import Links
from index.artefacts.weighted_edges import WeightedEdges
from index.retrieval.reference_lookup import LETTER_LEFT_OUT, RECORDED, SOLE_BEARER, ReferenceFinder
from kb.ids import ProvisionId
from kb.model import State, Status
from kb.resolution.article_table import ArticleTable
from kb.validity import Validity

ARTICLES = (
    "code-penal/225-4-1",
    "code-penal/425-1",
    "code-penal/15",
    "code-civil/15",
    "ceseda/L425-1",
    "ceseda/R425-1",
    "code-de-commerce/L823-3-1",
    "cpp/706-73",
    "code-civil/706-73",
    "code-du-sport/L1",
)
WITHOUT_TEXT = ("code-du-sport/L1",)
# How often each is cited by documents on trafficking, and by other articles.
CITED = {"ceseda/L425-1": 9, "cpp/706-73": 3, "code-civil/15": 1}


@pytest.fixture(scope="module")
def find() -> ReferenceFinder:
    always = (Validity(date(2000, 1, 1), None, State.IN_FORCE),)
    table = ArticleTable((ProvisionId(name), () if name in WITHOUT_TEXT else always) for name in ARTICLES)
    cited = np.array([CITED.get(name, 0) for name in ARTICLES], dtype=np.int64)
    none = np.zeros(len(ARTICLES), dtype=np.int64)
    links = Links(WeightedEdges.of({}), WeightedEdges.of({}), cited, none)
    return ReferenceFinder(table, links, Names(ARTICLES, (), ()))


@pytest.mark.parametrize(
    "text",
    [
        "art. L425-1 ceseda",
        "L. 425-1 du CESEDA",
        "article L.425-1 (CESEDA)",
        "Que dit l'article L 425-1 du CESEDA ?",
    ],
)
def test_a_citation_in_any_spelling_is_found_and_asks_for_nothing_else(
    find: ReferenceFinder, text: str
) -> None:
    found = find(text)
    assert found.provisions == (("ceseda/L425-1", 1.0),)
    assert found.rest == ""


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("ceseda l 425 1", "ceseda/L425-1"),
        ("CESEDA L.425.1", "ceseda/L425-1"),
        ("code pénal 225 4 1", "code-penal/225-4-1"),
        ("225.4.1 cp", "code-penal/225-4-1"),
        ("r 425 1 ceseda", "ceseda/R425-1"),
    ],
)
def test_hyphens_typed_as_blanks_are_read_where_such_an_article_exists(
    find: ReferenceFinder, text: str, provision: str
) -> None:
    found = find(text)
    assert [name for name, _ in found.provisions] == [provision]
    assert found.rest == ""


def test_figures_apart_are_no_number_where_no_article_has_it(find: ReferenceFinder) -> None:
    text = "une amende de 1500 50 euros ou 225 personnes"
    assert find(text).provisions == ()
    assert find(text).rest == text


def test_a_letter_and_a_figure_among_other_words_are_no_article(find: ReferenceFinder) -> None:
    assert find("sport L1 résultats").provisions == ()
    assert [name for name, _ in find("article L1").provisions] == ["code-du-sport/L1"]
    assert [name for name, _ in find("L1").provisions] == ["code-du-sport/L1"]


def test_a_number_that_many_articles_bear_names_none_for_certain(find: ReferenceFinder) -> None:
    assert find("L. 425-1 du CESEDA").certain
    assert find("706-73").certain  # two bear it
    many = ReferenceFinder(
        ArticleTable(
            (ProvisionId(f"code-{n}/54"), (Validity(date(2000, 1, 1), None, State.IN_FORCE),)) for n in "abc"
        ),
        Links(WeightedEdges.of({}), WeightedEdges.of({}), np.zeros(3, np.int64), np.zeros(3, np.int64)),
        Names(tuple(f"code-{n}/54" for n in "abc"), (), ()),
    )
    found = many("article 54")
    assert len(found.provisions) == 3
    assert not found.certain


def test_words_beside_a_citation_remain_to_be_searched(find: ReferenceFinder) -> None:
    found = find("délai de réflexion de l'article L. 425-1 du CESEDA")
    assert found.provisions == (("ceseda/L425-1", 1.0),)
    assert "délai de réflexion" in found.rest
    assert "425" not in found.rest


def test_a_number_that_one_article_bears_is_that_article(find: ReferenceFinder) -> None:
    assert find("225-4-1").provisions == (("code-penal/225-4-1", SOLE_BEARER),)
    assert find("L425-1").provisions == (("ceseda/L425-1", SOLE_BEARER),)


def test_a_number_of_several_codes_lists_them_all_the_most_cited_first(find: ReferenceFinder) -> None:
    found = find("706-73")
    assert found.provisions == (("cpp/706-73", 0.5), ("code-civil/706-73", 0.5))
    assert found.resolutions[0].status is Status.AMBIGUOUS
    assert "2 textes" in found.resolutions[0].message


def test_a_number_without_its_letter_proposes_those_that_have_one_and_says_so(find: ReferenceFinder) -> None:
    found = find("823-3-1")
    assert found.provisions == (("code-de-commerce/L823-3-1", LETTER_LEFT_OUT),)
    (resolution,) = found.resolutions
    assert resolution.status is Status.AMBIGUOUS
    assert "Aucun article ne porte le numéro 823-3-1" in resolution.message
    assert "lettre" in resolution.message


def test_exact_bearers_come_before_the_numbers_with_a_letter(find: ReferenceFinder) -> None:
    found = find("425-1")
    names = [name for name, _ in found.provisions]
    sure = dict(found.provisions)
    assert names == ["code-penal/425-1", "ceseda/L425-1", "ceseda/R425-1"]
    assert sure[ProvisionId("code-penal/425-1")] > sure[ProvisionId("ceseda/L425-1")] > 0
    assert [r.status for r in found.resolutions] == [Status.RESOLVED, Status.AMBIGUOUS]
    assert "lettre" in found.resolutions[1].message


def test_a_number_with_a_letter_never_loses_it(find: ReferenceFinder) -> None:
    found = find("L225-4-1")
    assert found.provisions == ()
    assert found.resolutions[0].status is Status.UNKNOWN_NUMBER


def test_an_unknown_number_is_told_and_nothing_is_named(find: ReferenceFinder) -> None:
    found = find("999-99")
    assert found.provisions == ()
    assert found.resolutions[0].message == "Aucun article ne porte le numéro 999-99."


@pytest.mark.parametrize(
    "text", ["mineur de 15 ans", "peine de 15 ans de réclusion", "15 victimes", "les 15-18 ans"]
)
def test_a_quantity_is_no_reference(find: ReferenceFinder, text: str) -> None:
    found = find(text)
    assert (found.provisions, found.resolutions, found.rest) == ((), (), text)


@pytest.mark.parametrize("text", ["15", "article 15", "que dit l'article 15 ?", "art. 15 sur la majorité"])
def test_a_whole_number_alone_or_announced_is_a_reference(find: ReferenceFinder, text: str) -> None:
    assert {name for name, _ in find(text).provisions} >= {"code-civil/15", "code-penal/15"}


def test_a_number_within_a_citation_is_not_looked_up_again(find: ReferenceFinder) -> None:
    assert len(find("article 225-4-1 du code pénal").resolutions) == 1


def test_a_provision_known_by_our_record_alone_is_named_and_said_to_be_unverified(
    find: ReferenceFinder,
) -> None:
    found = find("article L. 1 du code du sport")
    assert found.provisions == (("code-du-sport/L1", RECORDED),)
    assert found.resolutions[0].status is Status.NOT_IN_CORPUS
    assert "n'a pas pu être vérifiée" in found.resolutions[0].message


def test_a_question_without_any_number_names_nothing(find: ReferenceFinder) -> None:
    found = find("traite en bande organisée")
    assert (found.provisions, found.resolutions, found.rest) == ((), (), "traite en bande organisée")
