"""What a running Renvoi is made of: the store's reader and the searcher, of one generation. The composition root of
everything that answers questions, on the command line and over HTTP."""

from __future__ import annotations

from dataclasses import dataclass

from index.artefacts.reader import IndexReader
from index.embedding.static import load_embedder
from index.retrieval.reference_lookup import ReferenceFinder
from index.retrieval.search import Searcher
from kb.resolution.article_table import ArticleTable
from kb.store import Database, Reader
from service import releases
from service.settings import Settings
from service.store_location import open_store


@dataclass(frozen=True, slots=True)
class Service:
    """One generation, opened. `articles` tells which provisions exist, and when."""

    settings: Settings
    generation: str
    database: Database
    reader: Reader
    searcher: Searcher
    articles: ArticleTable

    def close(self) -> None:
        """Give everything back."""
        self.database.close()


def open_service(settings: Settings) -> Service:
    """Open the generation in service. Raises NotBuilt, SchemaMismatch or GenerationMismatch."""
    generation = releases.current(settings.home)
    database = open_store(settings, generation)
    database.check_schema()
    reader = Reader(database)
    embedder = load_embedder(settings.embedding_model, settings.embedding_dimension)
    name = reader.meta().get("generation")
    index = IndexReader.open(generation.index, name, embedder.name)
    articles = ArticleTable.of(reader)
    searcher = Searcher(index, embedder, ReferenceFinder(articles, index.links, index.names))
    return Service(settings, str(name), database, reader, searcher, articles)
