"""Our own search as one of the tools measured apart: opened from its base, asked about some codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.tools.articles import Article
from kb.ids import ProvisionId
from kb.progress import Progress
from service.settings import Settings

if TYPE_CHECKING:  # its libraries are loaded where it is measured
    from index.retrieval.search import Searcher

NAME = "Renvoi"


@dataclass(frozen=True, slots=True)
class OpenOurs:
    """How it is opened, for a process that has only this."""

    settings: Settings
    day: date
    codes: tuple[str, ...] = ()

    def __call__(self, articles: Sequence[Article], cache: Path, progress: Progress) -> Ours:
        """The articles are those of its base. Raises NotBuilt."""
        from service.base import open_service

        return Ours(open_service(self.settings).searcher, self.day, self.codes)


@dataclass(frozen=True, slots=True)
class Ours:
    """The search, as the law stood on a day."""

    searcher: Searcher
    day: date
    codes: tuple[str, ...]

    def rank(self, text: str, k: int) -> tuple[ProvisionId, ...]:
        """At most `k` provisions, best first."""
        from index.retrieval.model import Question

        return tuple(
            hit.provision for hit in self.searcher.rank(Question(text, self.day, k, self.codes)).hits
        )
