"""The index of a small store: whole, incremental, and verified before it is served."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from index.artefacts.build import build_index
from index.artefacts.manifest import Manifest
from index.artefacts.reader import IndexReader
from index.embedding.ports import Vectors
from index.retrieval.model import Question
from index.retrieval.reference_lookup import ReferenceFinder
from index.retrieval.search import Searcher
from kb.errors import BuildFailed, GenerationMismatch, InvalidQuery, NotBuilt
from kb.progress import silent
from kb.resolution.article_table import ArticleTable
from kb.store import Database, Reader, SourceContent
from tests.builders import ANSWERS, CESEDA, PENAL, Article, code, fill, reply

TODAY = date(2026, 6, 1)


class WordHashes:
    """An embedder for tests: every word adds one to one of 64 coordinates. Remembers what it was given."""

    def __init__(self, name: str = "essai-1") -> None:
        self.name = name
        self.dimension = 64
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = re.findall(r"\w+", text.lower())
            if not words:
                raise InvalidQuery("Aucun mot.")
            for word in words:
                row[int(sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def penal(*articles: Article) -> SourceContent:
    return code("code-penal", "LEGITEXT000006070719", articles or PENAL)


def ceseda(*articles: Article) -> SourceContent:
    return code("ceseda", "LEGITEXT000006070158", articles or CESEDA, "Code de l'entrée et du séjour")


def store(path: Path, *contents: SourceContent, generation: str = "g1") -> Reader:
    database = Database.sqlite(path)
    fill(database, *(contents or (penal(), ceseda(), reply(*ANSWERS))), generation=generation)
    return Reader(database)


def built(
    reader: Reader, folder: Path, former: Path | None = None, embedder: WordHashes | None = None
) -> Manifest:
    return build_index(reader, folder, former, embedder or WordHashes(), silent)


def searcher(reader: Reader, folder: Path) -> Searcher:
    embedder = WordHashes()
    index = IndexReader.open(folder, reader.meta()["generation"], embedder.name)
    finder = ReferenceFinder(ArticleTable.of(reader), index.links, index.names)
    return Searcher(index, embedder, finder)


def content_of(reader: Reader, folder: Path) -> dict[str, tuple[object, ...]]:
    """All that an index says of each passage, by identifier: the key is no part of it."""
    index = IndexReader.open(folder, reader.meta()["generation"], "essai-1")
    found: dict[str, tuple[object, ...]] = {}
    for collection in (index.articles, index.others):
        table = collection.table
        vectors = collection.vectors.vectors(np.arange(len(table)))
        for row, key in enumerate(table.key.tolist()):
            passage = reader.passages([key])[key]
            provision = int(table.provision[row])
            found[passage.id] = (
                vectors[row].tobytes(),
                index.names.provisions[provision] if provision >= 0 else None,
                int(table.start[row]),
                int(table.end[row]),
                int(table.question[row]),
                sorted(
                    (index.names.provisions[p], round(float(w), 6))
                    for p, w in zip(*(a.tolist() for a in index.links.documents.out_of(row)), strict=True)
                )
                if collection is index.others
                else None,
            )
    return found


def test_every_passage_provision_and_link_of_the_store_is_in_the_index(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    manifest = built(reader, tmp_path / "index")
    counts = reader.counts()
    assert manifest.articles + manifest.others == counts["passage"]
    assert manifest.provisions == counts["provision"]
    assert (manifest.others, manifest.links) == (len(ANSWERS), 1)
    assert Manifest.load(tmp_path / "index") == manifest


def test_a_build_from_a_former_index_embeds_only_what_is_new(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    changed = replace(
        ceseda(Article("L425-1", "Une rédaction nouvelle."), Article("L425-3", "Un article de plus.")),
        fingerprint="2",
    )
    fill(Database.sqlite(tmp_path / "kb.sqlite"), changed, generation="g2")
    embedder = WordHashes()
    built(reader, tmp_path / "two", tmp_path / "one", embedder)
    texts = [text for text in embedder.seen if "\n" in text]
    assert [text.partition("\n")[2] for text in texts] == ["Une rédaction nouvelle.", "Un article de plus."]


def test_an_incremental_index_is_that_of_a_build_from_nothing(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    fill(Database.sqlite(tmp_path / "kb.sqlite"), ceseda(Article("L425-1", "Autre texte.")), generation="g2")
    built(reader, tmp_path / "two", tmp_path / "one")
    built(reader, tmp_path / "anew")
    assert content_of(reader, tmp_path / "two") == content_of(reader, tmp_path / "anew")
    asked = [Question(text, TODAY) for text in ("bande organisée", "décret conditions", "L425-2", "plainte")]
    answers = [
        [[hit.provision for hit in searcher(reader, tmp_path / name).rank(q).hits] for q in asked]
        for name in ("two", "anew")
    ]
    assert answers[0] == answers[1]


def test_what_a_source_no_longer_holds_is_found_no_more_by_words_or_meaning(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    before = searcher(reader, tmp_path / "one").index.articles.words
    fill(Database.sqlite(tmp_path / "kb.sqlite"), ceseda(CESEDA[0]), generation="g2")
    built(reader, tmp_path / "two", tmp_path / "one")
    after = searcher(reader, tmp_path / "two")
    weights = {"decret": 1.0}
    assert before.search(weights, 10, heading_weight=0.5)
    assert not after.index.articles.words.search(weights, 10, heading_weight=0.5)
    assert len(after.index.articles.vectors) == len(after.index.articles.table)
    assert "ceseda/L425-2" not in [h.provision for h in after.rank(Question("décret conditions", TODAY)).hits]


def test_the_former_index_is_left_as_it_was(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    before = {p: p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()}
    fill(Database.sqlite(tmp_path / "kb.sqlite"), ceseda(CESEDA[0]), generation="g2")
    built(reader, tmp_path / "two", tmp_path / "one")
    assert {p: p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()} == before


def test_another_model_embeds_everything_anew(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    other = WordHashes("essai-2")
    manifest = built(reader, tmp_path / "two", tmp_path / "one", other)
    assert manifest.embedder == "essai-2"
    assert len(other.seen) == manifest.articles + manifest.others + manifest.headings + manifest.known


@pytest.mark.parametrize(
    "file", ["articles/passages.npz", "others/vectors.faiss", "articles/words/meta.json", "manifest.json"]
)
def test_a_damaged_former_index_is_no_obstacle(tmp_path: Path, file: str) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "one")
    damage(tmp_path / "one" / file)
    built(reader, tmp_path / "two", tmp_path / "one")
    built(reader, tmp_path / "anew")
    assert content_of(reader, tmp_path / "two") == content_of(reader, tmp_path / "anew")


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    "file",
    [
        "manifest.json",
        "names.json",
        "links.npz",
        "between.npz",
        "cited.npz",
        "known.faiss",
        "known.json",
        "headings.faiss",
        "articles/passages.npz",
        "articles/vectors.faiss",
        "articles/words/meta.json",
        "others/passages.npz",
    ],
)
@pytest.mark.parametrize("missing", [True, False])
def test_an_index_with_a_missing_or_truncated_file_is_refused(
    tmp_path: Path, file: str, missing: bool
) -> None:
    reader = store(tmp_path / "kb.sqlite")
    built(reader, tmp_path / "index")
    path = tmp_path / "index" / file
    if missing:
        path.unlink()
    else:
        damage(path)
    with pytest.raises((GenerationMismatch, NotBuilt)) as refusal:
        IndexReader.open(tmp_path / "index", "g1", "essai-1")
    assert "renvoi build" in refusal.value.hint


@pytest.mark.parametrize(("generation", "model"), [("g2", "essai-1"), (None, "essai-1"), ("g1", "essai-2")])
def test_an_index_of_another_generation_or_model_is_refused(
    tmp_path: Path, generation: str | None, model: str
) -> None:
    built(store(tmp_path / "kb.sqlite"), tmp_path / "index")
    with pytest.raises(GenerationMismatch):
        IndexReader.open(tmp_path / "index", generation, model)


def test_a_store_without_any_document_but_codes_has_an_index(tmp_path: Path) -> None:
    reader = store(tmp_path / "kb.sqlite", penal())
    assert built(reader, tmp_path / "index").others == 0
    found = searcher(reader, tmp_path / "index").rank(Question("bande organisée", TODAY))
    assert found.hits[0].provision == "code-penal/225-4-3"


def test_an_index_that_does_not_hold_the_whole_store_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = store(tmp_path / "kb.sqlite")
    monkeypatch.setattr("index.engines.tantivy_words.LexicalWriter.add", lambda self, document: None)
    with pytest.raises(BuildFailed, match="ne se relit pas"):
        built(reader, tmp_path / "index")
