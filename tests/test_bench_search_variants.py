"""The search that remembers and the searches that lack a part, over a small real index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bench.fitting.coordinate_ascent import START
from bench.fitting.fusion import score_of
from bench.fitting.memoised_search import remembering
from bench.tools.ablated_search import without_documents, without_lexicon
from bench.tools.articles import articles_in_force, of_codes
from index.artefacts.build import build_index
from index.artefacts.reader import IndexReader
from index.embedding.ports import Vectors
from index.retrieval.fusion import calibrated
from index.retrieval.model import Question, Ranking
from index.retrieval.references import References
from index.retrieval.search import Searcher
from index.tokens import terms
from kb.model import PassageKind
from kb.progress import silent
from kb.store import Database, Reader
from tests.builders import CESEDA, PENAL, code, fill, reply

DAY = date(2026, 4, 3)
PLEDGE = "La victime de servitude obtient un titre (article L425-1 du CESEDA)."


class CountingEmbedder:
    """Words in 32 boxes; counts the texts that it encodes."""

    name, dimension = "boxes", 32

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        vectors = np.full((len(texts), self.dimension), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, sum(term.encode()) % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    database = Database.sqlite(tmp_path / "kb.sqlite")
    fill(
        database,
        code("code-penal", "LEGITEXT000006070719", PENAL),
        code("ceseda", "LEGITEXT000006070158", CESEDA, "Code de l'entrée et du séjour"),
        reply((21, PassageKind.ANSWER, PLEDGE)),
    )
    return Reader(database)


@pytest.fixture
def searcher(reader: Reader, tmp_path: Path) -> Searcher:
    embedder = CountingEmbedder()
    build_index(reader, tmp_path / "index", None, embedder, silent)
    index = IndexReader.open(tmp_path / "index", "essai", embedder.name)
    return Searcher(index, embedder, lambda text: References((), (), text))


def _rank(searcher: Searcher, text: str) -> Ranking:
    return searcher.rank(Question(text, DAY))


@pytest.mark.parametrize("text", ["titre après une servitude", "traite en bande organisée", "décret"])
def test_the_search_that_remembers_answers_as_the_other_every_time(searcher: Searcher, text: str) -> None:
    remembered = remembering(searcher)
    assert _rank(remembered, text) == _rank(searcher, text)
    assert _rank(remembered, text) == _rank(searcher, text)


def test_the_search_that_remembers_encodes_a_question_once_whatever_the_weights(searcher: Searcher) -> None:
    embedder = searcher.embedder
    assert isinstance(embedder, CountingEmbedder)
    remembered = remembering(searcher)
    before = embedder.encoded
    for lexical in (0.1, 0.5, 0.9):
        _rank(replace(remembered, weights=replace(searcher.weights, lexical=lexical)), "servitude")
    assert embedder.encoded == before + 1


@pytest.mark.parametrize("text", ["titre après une servitude", "traite en bande organisée"])
def test_a_score_is_found_again_from_its_parts_whatever_the_weights(searcher: Searcher, text: str) -> None:
    for weights in (searcher.weights, START, replace(START, lexical=3.0, evidence=0.7)):
        for hit in _rank(replace(searcher, weights=weights), text).hits:
            assert hit.score == pytest.approx(calibrated(score_of(hit.parts, weights)), abs=1e-6)


def _evidence(ranking: Ranking) -> float:
    return max(hit.parts.evidence for hit in ranking.hits)


def test_a_silenced_document_speaks_for_no_provision(searcher: Searcher) -> None:
    assert _evidence(_rank(searcher, "servitude")) > 0
    silenced = without_documents(searcher, {"reponse-france-greta-4"})
    assert _evidence(_rank(silenced, "servitude")) == 0
    other = without_documents(searcher, {"un-autre-document"})
    assert _rank(other, "servitude") == _rank(searcher, "servitude")


def test_the_passages_of_a_silenced_document_are_not_found(searcher: Searcher) -> None:
    found = {hit.provision for hit in _rank(searcher, "décret conditions").hits}
    assert "ceseda/L425-2" in found
    silenced = without_documents(searcher, {f"ceseda@{day}" for day in ("2010-08-11", "2026-04-03")})
    hits = _rank(silenced, "décret conditions").hits
    assert hits
    assert not [hit for hit in hits if hit.provision.startswith("ceseda/")]


def test_without_the_lexicon_a_question_has_only_its_own_words(searcher: Searcher) -> None:
    def by_words(ranking: Ranking) -> set[str]:
        return {hit.provision for hit in ranking.hits if hit.parts.lexical > 0}

    assert by_words(_rank(searcher, "un réseau")) == {"code-penal/225-4-3"}
    assert by_words(_rank(without_lexicon(searcher), "un réseau")) == set()
    assert by_words(_rank(without_lexicon(searcher), "bande organisée")) == {"code-penal/225-4-3"}


def test_the_peers_get_each_article_in_force_once_and_whole(reader: Reader) -> None:
    articles = articles_in_force(reader, DAY)
    assert sorted(a.id for a in articles) == sorted(
        [*(f"code-penal/{a.number}" for a in PENAL), *(f"ceseda/{a.number}" for a in CESEDA)]
    )
    (first,) = [a for a in articles if a.id == "code-penal/225-4-1"]
    assert first.text == PENAL[0].text
    assert first.heading == "Partie législative. Section 1"
    assert {a.code for a in of_codes(articles, ["ceseda"])} == {"ceseda"}
