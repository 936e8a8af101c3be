"""What a running Renvoi is made of: the store's reader and the searcher, of one generation. The composition root of
everything that answers questions, on the command line and over HTTP."""

from __future__ import annotations

from dataclasses import dataclass

from index.artefacts.reader import IndexReader
from index.embedding.static import load_embedder
from index.retrieval.reference_lookup import ReferenceFinder
from index.retrieval.search import Searcher
from kb.errors import NotBuilt
from kb.resolution.article_table import ArticleTable
from kb.store import Database, Reader
from service import releases
from service.leases import Lease, take_lease
from service.settings import Settings
from service.store_location import open_store

# A build may land between the reading of a name and the taking of its lease.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Service:
    """One generation, opened. `articles` tells which provisions exist, and when."""

    settings: Settings
    generation: str
    database: Database
    reader: Reader
    searcher: Searcher
    articles: ArticleTable
    lease: Lease | None = None

    def check(self) -> None:
        """Read the store and the index. Raises NotBuilt, SchemaMismatch or GenerationMismatch."""
        self.database.check_schema()
        self.searcher.check()

    def close(self) -> None:
        """Give everything back."""
        self.database.close()
        if self.lease is not None:
            self.lease.release()


def open_service(settings: Settings) -> Service:
    """Open the generation in service. Raises NotBuilt, SchemaMismatch or GenerationMismatch."""
    lease = _lease_current(settings)
    database = open_store(settings, lease.generation)
    try:
        return _open(settings, lease, database)
    except BaseException:
        database.close()
        lease.release()
        raise


def _lease_current(settings: Settings) -> Lease:
    """The generation in service, held; one that is replaced meanwhile is asked for anew."""
    for _ in range(_ATTEMPTS):
        generation = releases.current(settings.home)
        try:
            return take_lease(generation)
        except NotBuilt:
            continue
    return take_lease(releases.current(settings.home))


def _open(settings: Settings, lease: Lease, database: Database) -> Service:
    database.check_schema()
    reader = Reader(database)
    embedder = load_embedder(settings.embedding_model, settings.embedding_dimension)
    name = reader.meta().get("generation")
    index = IndexReader.open(lease.generation.index, name, embedder.name)
    articles = ArticleTable.of(reader)
    searcher = Searcher(index, embedder, ReferenceFinder(articles, index.links, index.names))
    return Service(settings, str(name), database, reader, searcher, articles, lease)
