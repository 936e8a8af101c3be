"""An index as served: every part opened, checked against the store's generation and the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import tokens
from index.artefacts.build import ARTICLES, HEADINGS, OTHERS
from index.artefacts.collection import UNREADABLE, Collection
from index.artefacts.faq_index import FaqIndex
from index.artefacts.id_maps import Names
from index.artefacts.links import Links
from index.artefacts.manifest import Manifest
from index.artefacts.passage_table import NONE, PassageTable
from index.engines.faiss_vectors import VectorIndex
from index.retrieval.law_classifier import A_CODE
from index.retrieval.popularity import familiarity
from index.retrieval.recodifications import Recodification, recodifications
from kb.errors import GenerationMismatch


@dataclass(frozen=True, slots=True)
class IndexReader:
    """All parts of an index.

    By row of a provision, `renown` is how often it is cited and `familiarity` how often plain-language pages speak of
    it, both in [0, 1]; `sections` the row of its headings. `article_rows` are the rows of the articles sorted by
    provision, `article_starts` where each provision begins in them: the passages of provision p are
    `article_rows[starts[p]:starts[p + 1]]`. `whole_codes` are those whose articles it has, not our records alone.
    `rows_by_provision` gives the row of a provision by its identifier, `recodifications` what became of them, and
    `last_days` the ordinal of the end of all that is held of a provision.
    """

    manifest: Manifest
    articles: Collection
    others: Collection
    headings: VectorIndex
    links: Links
    known: FaqIndex
    names: Names
    renown: NDArray[np.float32]
    familiarity: NDArray[np.float32]
    sections: NDArray[np.int64]
    article_rows: NDArray[np.int64]
    article_starts: NDArray[np.int64]
    whole_codes: tuple[str, ...]
    rows_by_provision: Mapping[str, int]
    recodifications: tuple[Recodification, ...]
    last_days: NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path, generation: str | None, embedder_name: str) -> IndexReader:
        """Raises NotBuilt or GenerationMismatch."""
        manifest = Manifest.load(folder)
        manifest.check_generation(generation)
        manifest.check_embedder(embedder_name)
        manifest.check_tokens(tokens.version())
        articles = Collection.open(folder / ARTICLES, manifest.articles)
        provision = articles.table.provision
        order = np.argsort(provision, kind="stable")
        starts = np.searchsorted(provision[order], np.arange(manifest.provisions + 1))
        others = Collection.open(folder / OTHERS, manifest.others)
        headings = VectorIndex.open(folder / HEADINGS)
        links, known, names = _tables(folder)
        counts = np.bincount(articles.table.code, minlength=len(names.codes)).tolist()
        whole = tuple(code for code, count in zip(names.codes, counts, strict=False) if count >= A_CODE)
        rows_by_provision = {name: row for row, name in enumerate(names.provisions)}
        return cls(
            manifest,
            articles,
            others,
            headings,
            links,
            known,
            names,
            links.renown(),
            familiarity(names.provisions, set(provision[articles.table.record > 0].tolist())),
            _sections(articles.table, len(names.provisions)),
            order,
            starts,
            whole,
            rows_by_provision,
            recodifications(rows_by_provision),
            _last_days(articles.table, len(names.provisions)),
        )

    def check(self) -> None:
        """Read one row of every part. Raises GenerationMismatch when a part is gone or shorter than was said."""
        try:
            for collection, count in (
                (self.articles, self.manifest.articles),
                (self.others, self.manifest.others),
            ):
                if count:
                    collection.vectors.vectors(np.array([count - 1], dtype=np.int64))
                    collection.words.frequency("article")
        except UNREADABLE as error:
            raise GenerationMismatch(
                "L'index en service ne se lit plus.", hint="Reconstruisez : renvoi build --force."
            ) from error

    def rows_of_provision(self, provision: int) -> NDArray[np.int64]:
        """Rows of the passages of one provision, all versions together."""
        return self.article_rows[self.article_starts[provision] : self.article_starts[provision + 1]]


def _sections(table: PassageTable, count: int) -> NDArray[np.int64]:
    """The headings of each provision: those of its article rather than of our record, of the last version."""
    order = np.argsort(-table.record, kind="stable")
    headings = np.full(count, NONE, dtype=np.int64)
    headings[table.provision[order]] = table.heading[order]
    return headings


def _last_days(table: PassageTable, count: int) -> NDArray[np.int64]:
    days = np.zeros(count, dtype=np.int64)
    np.maximum.at(days, table.provision, table.end)
    return days


def _tables(folder: Path) -> tuple[Links, FaqIndex, Names]:
    try:
        return Links.load(folder), FaqIndex.open(folder), Names.load(folder)
    except UNREADABLE as error:
        raise GenerationMismatch(
            "Les renvois, les questions connues ou les noms de l'index sont illisibles.",
            hint="Reconstruisez : renvoi build --force.",
        ) from error
