"""The consolidations of one code in a history of one file a code: which article changed at which of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate

from corpus.hierarchy import SATURATED, Plan
from corpus.history.days import Order, is_undated, order_of
from corpus.history.pieces import Block, Cutter, Piece, is_hashed
from corpus.history.repository import Repository, Revision
from corpus.readers.code_markdown import CodeArticle, front_matter
from corpus.readers.code_place import is_misplaced, may_come_first
from corpus.wordings import Wording
from kb.errors import UnreadableSource
from kb.ids import DocumentId, ProvisionId
from kb.model import Document, DocumentKind
from kb.text import MappedText, Segment, Span

_FRONT_MATTER = re.compile(rb"---[^\S\n]*\n.*?\n---[^\S\n]*(?:\n|\Z)", re.DOTALL)
# Before its first commit of a day, this source writes all the wordings that it has, of all times, in one file.
_STOCK = "[bootstrap]"
# The longest silence between two reforms of one series, in the nine codes since 1970, is of 731 days (Code civil, 1982
# to 1984); the Code pénal, whose series stops in 2010, is silent for 5,706. Between: nothing.
LONGEST_SILENCE = timedelta(days=1096)


@dataclass(frozen=True, slots=True)
class Consolidation:
    """One code on one day. `linked`: no consolidation is missing between the one before and this one."""

    day: date
    document: Document
    linked: bool


@dataclass(frozen=True, slots=True)
class State:
    """The wordings of one number from the consolidation of rank `rank` on; none when the code has it no more."""

    rank: int
    wordings: tuple[Wording, ...]


@dataclass(slots=True)
class Series:
    """The consolidations of one code, in order, and for each number its states, each different from the one before.

    `announced` are the consolidations of days to come: (document, its states by number, those of the commit before it).
    `faults` are (kind, French sentence).
    """

    consolidations: list[Consolidation] = field(default_factory=list)
    states: dict[ProvisionId, list[State]] = field(default_factory=dict)
    announced: list[Announcement] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a commit dated after the others changes: for each number, its wordings before and from that day on."""

    document: Document
    changes: dict[ProvisionId, tuple[tuple[Wording, ...], tuple[Wording, ...]]]


@dataclass(frozen=True, slots=True)
class CodeFile:
    """One code in a repository: its path there, its slug, and (revision, blob) each time that it was written.

    A blob is None where the file was taken away, and "" where the commit cannot be read.
    """

    path: str
    slug: str
    text_id: str
    writings: tuple[tuple[Revision, bytes | None], ...]
    horizon: date


class SeriesReader:
    """Reads the consolidations of one code, one blob after the other; only what changed is looked at."""

    def __init__(self, repository: Repository, file: CodeFile) -> None:
        self._repository, self._file = repository, file
        self._cutter = Cutter(file.slug)
        self._series = Series()
        self._present: frozenset[Piece] = frozenset()
        self._outside: dict[Piece, CodeArticle] = {}
        self._bearers: dict[ProvisionId, list[Piece]] = defaultdict(list)
        self._layout: bool | None = None
        self._broken = False

    def read(self) -> Series:
        """The whole series. What cannot be read is a fault of it, and a gap."""
        texts = list(self._dated())
        order = order_of([day for day, _, _ in texts], self._file.horizon)
        for (day, revision, blob), place in zip(texts, order, strict=True):
            data = self._data(revision, blob)
            if data is None:
                self._broken = True
            elif place is Order.MISPLACED:
                self._fault("date_impossible", revision, f"daté du {day.isoformat()}, avant ceux qu'il suit : non lu")
            else:
                self._enter(day, revision, data, place is Order.ANNOUNCED)
        return self._series

    def _dated(self) -> Iterator[tuple[date, Revision, bytes]]:
        """The writings that are consolidations, each with its day."""
        for revision, blob in self._file.writings:
            if _STOCK in revision.message.partition("\n")[0]:
                continue
            if revision.day is None:
                self._fault("date_impossible", revision, "n'a pas de date possible : il n'est pas lu")
            elif blob is None:
                self._fault("fichier_retire", revision, "retire le fichier : ce qui suit n'est plus connu")
            else:
                day = self._day(revision, revision.day, blob)
                if day is not None:
                    yield day, revision, blob
