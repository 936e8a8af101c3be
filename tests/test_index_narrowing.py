"""Narrowing an answer: what is left out is so before the list is cut, and changes no score."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.retrieval.model import Candidate, Question
from index.retrieval.search import Searcher
from index.tokens import terms
from kb.model import PassageKind
from tests.builders import ANSWERS, Article, reply
from tests.test_index_build import TODAY, built, ceseda, penal, searcher, store

QUESTIONS = ("traite en bande organisée", "article 225-4-1 du code pénal", "L425-1 plainte", "peine étranger")
MANY = tuple(Article(f"10-{n}", f"La traite est punie, cas numéro {n}.") for n in range(30))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("base")
    unheard = (30, PassageKind.ANSWER, "Rien ne concerne la forêt domaniale.")
    reader = store(folder / "kb.sqlite", penal(*MANY), ceseda(), reply(*ANSWERS, unheard))
    built(reader, folder / "index")
    return searcher(reader, folder / "index")


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_pool_is_what_is_answered_when_nothing_is_left_out(opened: Searcher, text: str) -> None:
    ranking = opened.rank(Question(text, TODAY, k=1_000))
    assert [(h.provision, h.score) for h in ranking.hits] == [(c.provision, c.score) for c in ranking.pool]
    assert ranking.total == len(ranking.pool) == len({c.provision for c in ranking.pool})


@pytest.mark.parametrize("text", QUESTIONS)
@settings(deadline=None)
@given(last=st.sampled_from("0123456789"), k=st.integers(1, 40))
def test_what_is_chosen_is_whole_in_its_order_and_with_the_same_scores(
    opened: Searcher, text: str, last: str, k: int
) -> None:
    def choose(pool: tuple[Candidate, ...]) -> Sequence[Candidate]:
        return [c for c in reversed(pool) if c.provision.endswith(last)]

    every = opened.rank(Question(text, TODAY, k=1_000))
    scores = {hit.provision: hit for hit in every.hits}
    narrowed = opened.rank(Question(text, TODAY, k=k), choose)
    wanted = [c.provision for c in reversed(every.pool) if c.provision.endswith(last)]
    assert [hit.provision for hit in narrowed.hits] == wanted[:k]
    assert narrowed.total == len(wanted)
    assert all(hit == scores[hit.provision] for hit in narrowed.hits)
    assert (narrowed.pool, narrowed.decision) == (every.pool, every.decision)


def test_passages_of_some_keys_are_searched_before_the_best_are_kept(opened: Searcher) -> None:
    table = opened.index.others.table
    every = table.key.tolist()
    for key in every:
        (hit,) = opened.passages(Question("traite punie titre", TODAY, k=1), articles=False, only=[key])
        assert hit.passage_key == key
    assert opened.passages(Question("traite", TODAY), articles=False, only=[]) == ()
    unknown = opened.passages(Question("traite", TODAY), articles=False, only=[10**6])
    assert unknown == ()


def test_words_are_found_in_a_passage_that_many_others_would_hide(opened: Searcher) -> None:
    words, weighted = opened.index.articles.words, dict.fromkeys(terms("traite punie"), 1.0)
    every = [key for key, _ in words.search(weighted, 100, heading_weight=0.6)]
    assert len(every) > 3
    ((found, _),) = words.search_among(every[-1:], weighted, 3, heading_weight=0.6)
    assert found == every[-1]
