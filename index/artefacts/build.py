"""From the store to the index: vectors, words, columns and links, written aside; what is unchanged is kept.

A passage that the former index already holds under the same key keeps its vector and its words: only new passages
are embedded. The caller swaps the finished folder in.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from index import tokens
from index.artefacts.collection import TABLE, UNREADABLE, VECTORS, WORDS, Collection
from index.artefacts.faq_index import FaqIndex
from index.artefacts.id_maps import Names, Numbering
from index.artefacts.known_questions import known_questions
from index.artefacts.links import Links
from index.artefacts.manifest import Manifest
from index.artefacts.passage_table import NONE, PassageEntry, PassageTable
from index.artefacts.weighted_edges import WeightedEdges
from index.embedding.ports import Embedder
from index.engines.faiss_vectors import VectorIndex, Vectors
from index.engines.tantivy_words import LexicalDocument, LexicalWriter
from kb.errors import BuildFailed, GenerationMismatch, RenvoiError
from kb.ids import parse_id
from kb.model import PassageKind
from kb.progress import Progress
from kb.store.reading import IndexedPassage, Reader

ARTICLES, OTHERS, HEADINGS = "articles", "others", "headings.faiss"
_LABELS = {ARTICLES: "articles", OTHERS: "autres"}
_FOREVER = date.max.toordinal()
_BATCH = 2_000


@dataclass(slots=True)
class _Part:
    """One collection being built: the rows of its columns, and the passages that are not in the former index."""

    name: str
    former: Collection | None
    rows: list[PassageEntry]
    fresh: list[tuple[int, str]]
    documents: list[LexicalDocument]


def build_index(
    reader: Reader, folder: Path, former: Path | None, embedder: Embedder, progress: Progress
) -> Manifest:
    """Write the index of the store's generation into an empty `folder`. Raises BuildFailed."""
    folder.mkdir(parents=True)
    provisions = tuple(name for name, _, _ in reader.indexed_provisions())
    parts = [_part(name, _former(former, name, embedder), folder) for name in (ARTICLES, OTHERS)]
    headings, names = _collect(reader, parts, Numbering(provisions))
    for part in parts:
        _write_part(part, folder / part.name, embedder, progress)
    _write_headings(headings, folder, embedder, progress)
    names.save(folder)
    links = _links(reader, PassageTable.from_rows(parts[1].rows), Numbering(provisions), len(provisions))
    links.save(folder)
    known = FaqIndex.build(
        known_questions(),
        {name: row for row, name in enumerate(provisions)},
        partial(_encode, embedder=embedder, progress=progress, label="Vecteurs (questions)"),
    )
    known.save(folder)
    manifest = Manifest(
        generation=reader.meta()["generation"],
        embedder=embedder.name,
        tokens=tokens.version(),
        dimension=embedder.dimension,
        articles=len(parts[0].rows),
        others=len(parts[1].rows),
        provisions=len(provisions),
        headings=len(headings),
        links=len(links.documents),
        between=len(links.articles),
        known=len(known),
    )
    manifest.save(folder)
    _verify(folder, manifest)
    return manifest


def _former(folder: Path | None, name: str, embedder: Embedder) -> Collection | None:
    """The same collection of the former index, unless another model or other tokens made it."""
    if folder is None:
        return None
    try:
        manifest = Manifest.load(folder)
        if manifest.embedder != embedder.name or manifest.tokens != tokens.version():
            return None
        return Collection.open(folder / name, manifest.articles if name == ARTICLES else manifest.others)
    except RenvoiError:
        return None  # A former index that cannot be read is no loss: everything is made anew.


def _part(name: str, former: Collection | None, folder: Path) -> _Part:
    (folder / name).mkdir()
    return _Part(name, former, [], [], [])


def _collect(reader: Reader, parts: Sequence[_Part], provision: Numbering) -> tuple[tuple[str, ...], Names]:
    """Fill the parts with every passage of the store; the headings found and all names."""
    heading, code, document = Numbering(), Numbering(), Numbering()
    known = [set(p.former.table.key.tolist()) if p.former else set() for p in parts]
    for passage in reader.indexed_passages():
        which = 0 if passage.provision else 1
        path = ". ".join(passage.heading)
        slug = parse_id(passage.provision).text if passage.provision else ""
        row = PassageEntry(
            key=passage.key,
            provision=provision(passage.provision) if passage.provision else NONE,
            code=code(slug),
            heading=heading(path),
            document=document(passage.document),
            question=NONE if passage.question is None else passage.question,
            start=passage.start.toordinal() if passage.start else 0,
            end=passage.end.toordinal() if passage.end else _FOREVER,
            record=int(passage.kind == PassageKind.RECORD),
        )
        parts[which].rows.append(row)
        if passage.key not in known[which]:
            _add_fresh(parts[which], passage, path, slug)
    return heading.names(), Names(provision.names(), code.names(), document.names())


def _add_fresh(part: _Part, passage: IndexedPassage, path: str, slug: str) -> None:
    # The nearest heading says what the article is about: dense nDCG@10 on public questions 0.180 → 0.229 with it.
    part.fresh.append((passage.key, "\n".join((*passage.heading[-1:], passage.text))))
    start = passage.start.toordinal() if passage.start else 0
    end = passage.end.toordinal() if passage.end else _FOREVER
    part.documents.append(LexicalDocument(passage.key, passage.text, path, slug, start, end))


def _write_part(part: _Part, folder: Path, embedder: Embedder, progress: Progress) -> None:
    table = PassageTable.from_rows(part.rows)
    table.save(folder / TABLE)
    fresh = {key for key, _ in part.fresh}
    unchanged = np.array([key for key in table.key.tolist() if key not in fresh], dtype=np.int64)
    vectors = _encode(
        [text for _, text in part.fresh], embedder, progress, f"Vecteurs ({_LABELS[part.name]})"
    )
    if part.former is None:
        index = VectorIndex.build(vectors)
    else:
        # New passages always have higher keys than kept ones: kept rows first keeps the order of the columns.
        index = VectorIndex.build(vectors, part.former.vectors.codes(part.former.table.rows_of(unchanged)))
    index.save(folder / VECTORS)
    _write_words(part, folder / WORDS, set(unchanged.tolist()), progress)


def _write_words(part: _Part, folder: Path, unchanged: set[int], progress: Progress) -> None:
    if part.former is not None:
        shutil.copytree(part.former.words.folder, folder)
    writer = LexicalWriter(folder)
    if part.former is not None:
        writer.remove(key for key in part.former.table.key.tolist() if key not in unchanged)
    label = f"Mots ({_LABELS[part.name]})"
    for i, document in enumerate(part.documents):
        writer.add(document)
        if i % _BATCH == 0:
            progress(label, i, len(part.documents))
    writer.commit()
    progress(label, len(part.documents), len(part.documents))


def _write_headings(headings: Sequence[str], folder: Path, embedder: Embedder, progress: Progress) -> None:
    vectors = _encode([h or "sans titre" for h in headings], embedder, progress, "Vecteurs des titres")
    VectorIndex.build(vectors).save(folder / HEADINGS)


def _encode(texts: Sequence[str], embedder: Embedder, progress: Progress, label: str) -> Vectors:
    vectors = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        chunk = texts[start : start + _BATCH]
        vectors[start : start + len(chunk)] = embedder.encode(chunk)
        progress(label, start + len(chunk), len(texts))
    return vectors


def _links(reader: Reader, others: PassageTable, provision: Numbering, count: int) -> Links:
    row_of = {key: row for row, key in enumerate(others.key.tolist())}
    documents: dict[tuple[int, int], float] = {}
    between: dict[tuple[int, int], float] = {}
    cited, by_articles = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for link in reader.indexed_links():
        target, weight = provision(link.provision), link.confidence / link.size**0.5
        row = row_of.get(link.passage) if link.passage is not None else None
        if row is None:
            by_articles[target] += 1
            if link.citing:
                _strengthen(between, (provision(link.citing), target), weight)
            continue
        if not others.record[row]:  # what a record says again must not count twice
            cited[target] += 1
        _strengthen(documents, (row, target), weight)
    return Links(WeightedEdges.of(documents), WeightedEdges.of(between), cited, by_articles)


def _strengthen(weights: dict[tuple[int, int], float], pair: tuple[int, int], weight: float) -> None:
    weights[pair] = max(weights.get(pair, 0.0), weight)


def _verify(folder: Path, manifest: Manifest) -> None:
    """Open what was written as a server would, and compare every count. Raises BuildFailed."""
    try:
        Collection.open(folder / ARTICLES, manifest.articles)
        Collection.open(folder / OTHERS, manifest.others)
        headings, links, names = VectorIndex.open(folder / HEADINGS), Links.load(folder), Names.load(folder)
        known = FaqIndex.open(folder)
    except (GenerationMismatch, *UNREADABLE) as error:
        raise BuildFailed(
            f"L'index écrit ne se relit pas : {error}",
            hint="Vérifiez l'espace disque ; l'ancien index reste en service.",
        ) from error
    written = {
        "headings": len(headings),
        "links": len(links.documents),
        "between": len(links.articles),
        "known": len(known),
        "provisions": len(names.provisions),
    }
    if written != {name: getattr(manifest, name) for name in written}:
        raise BuildFailed(
            f"L'index écrit ne correspond pas à la base : {written}.",
            hint="L'ancien index reste en service ; relancez renvoi build.",
        )
