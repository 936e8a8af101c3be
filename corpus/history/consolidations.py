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
from corpus.versions.concurrent import Wording
from kb.errors import UnreadableSource
from kb.ids import DocumentId, ProvisionId
from kb.model import Document, DocumentKind
from kb.text.spans import MappedText, Segment, Span

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
        self._articles: dict[Piece, CodeArticle] = {}
        self._present: frozenset[Piece] = frozenset()
        self._latest: frozenset[Piece] = frozenset()
        self._layout: bool | None = None
        self._unreadable: dict[str, None] = {}
        self._broken = False

    def read(self) -> Series:
        """The whole series. What cannot be read is a fault of it, and a gap."""
        texts = list(self._dated())
        order = order_of([text.day for text in texts], self._file.horizon)
        for rank, (text, place) in enumerate(zip(texts, order, strict=True)):
            if place is Order.MISPLACED:
                message = f"daté du {text.day.isoformat()}, avant des commits qu'il suit : il n'est pas lu"
                self._fault("date_impossible", text.revision, message)
            elif not _superseded(rank, texts, order):
                self._enter(text, place)
        self._series.faults += [("article_sans_numero", message) for message in self._unreadable]
        return self._series

    def _dated(self) -> Iterator[_Text]:
        """The writings that are consolidations, each with its day."""
        for revision, blob in self._file.writings:
            if _STOCK in revision.message.partition("\n")[0]:
                continue
            if revision.day is None:
                self._fault("date_impossible", revision, "n'a pas de date possible : il n'est pas lu")
                continue
            day = self._true_day(blob) if blob and is_undated(revision.day) else revision.day
            if day is None:
                self._fault("date_impossible", revision, "ne dit pas son jour : il n'est pas lu")
            else:
                yield _Text(day, revision, blob)

    def _true_day(self, blob: bytes) -> date | None:
        """Of a consolidation of before 1970, the day that its front matter tells."""
        try:
            return date.fromisoformat(front_matter(self._repository.read(blob)).get("last_updated", ""))
        except (UnreadableSource, ValueError):
            return None

    def _fault(self, kind: str, revision: Revision, message: str) -> None:
        name = f"{self._repository.name}, {self._file.path}"
        self._series.faults.append((kind, f"{name} : le commit {revision.id[:12]} {message}."))

    def _enter(self, text: _Text, place: Order) -> None:
        """Take one consolidation in. One that cannot be read leaves a gap."""
        try:
            data = self._repository.read(text.blob) if text.blob else b""
            front = _FRONT_MATTER.match(data)
            if front is None:
                raise UnreadableSource("n'y met pas un code en Markdown")
            body = data[front.end() :]
            blocks = self._cutter.cut(body)
        except (UnreadableSource, UnicodeDecodeError) as error:
            reason = error.message if isinstance(error, UnreadableSource) else "le texte n'est pas en UTF-8"
            self._fault("fichier_illisible", text.revision, f"n'est pas repris ({reason.rstrip('.')})")
            self._broken = True
            return
        articles = frozenset(p for block in blocks for p in block.pieces if p.provision)
        self._place(blocks, articles, len(front[0].decode("utf-8", "replace")))
        changes = self._changes(self._latest if place is Order.ANNOUNCED else self._present, articles)
        document = self._document(text, data)
        if place is Order.ANNOUNCED:
            self._series.announced.append(Announcement(document, changes))
        else:
            self._append(document, changes, is_hashed(body))
            self._present = articles
        self._latest = articles

    def _append(self, document: Document, changes: _Changes, layout: bool) -> None:
        series = self._series
        rank, day = len(series.consolidations), document.day or date.min
        last = series.consolidations[-1].day if series.consolidations else date.min
        linked = rank > 0 and not self._broken and layout == self._layout and day - last <= LONGEST_SILENCE
        series.consolidations.append(Consolidation(day, document, linked))
        for provision, (_, wordings) in changes.items():
            series.states.setdefault(provision, []).append(State(rank, wordings))
        self._broken, self._layout = False, layout

    def _place(self, blocks: Sequence[Block], articles: frozenset[Piece], start: int) -> None:
        """Give each article that is new its place: its headings, and its characters in the file."""
        missing = sum(piece not in self._articles for piece in articles)
        plan, opening, position = Plan(), _opening(blocks), 0
        for rank, (block, offset) in enumerate(zip(blocks, _offsets(blocks, start), strict=True)):
            if not missing:
                return
            for piece in block.pieces:
                if piece.provision:
                    if piece not in self._articles:
                        missing -= 1
                        heading = () if rank < opening else plan.path()
                        self._articles[piece] = _article(piece, heading, position, offset, rank < opening)
                    position += 1
                elif piece.fault:
                    self._unreadable.setdefault(f"{self._file.path} : {piece.fault}")
                for title, level in piece.headings:
                    plan.push(title, level)

    def _changes(self, before: frozenset[Piece], after: frozenset[Piece]) -> _Changes:
        """The numbers whose wordings are not the same, each with those before and those after."""
        touched = {piece.provision for piece in before ^ after}
        old, new = self._wordings(before, touched), self._wordings(after, touched)
        return {
            number: (old.get(number, ()), new.get(number, ()))
            for number in {*old, *new}
            if _signs(old.get(number, ())) != _signs(new.get(number, ()))
        }

    def _wordings(
        self, pieces: Iterable[Piece], numbers: set[ProvisionId | None]
    ) -> dict[ProvisionId, tuple[Wording, ...]]:
        """The distinct wordings of these numbers, in the order of the file; of two equal ones, that of the plan."""
        found: dict[ProvisionId, dict[str, Wording]] = defaultdict(dict)
        bearers = [(self._articles[piece], piece.key) for piece in pieces if piece.provision in numbers]
        for article, key in sorted(bearers, key=lambda pair: (pair[0].outside_plan, pair[0].position)):
            found[article.id].setdefault(key, Wording(key, article))
        return {number: tuple(by_key.values()) for number, by_key in found.items()}

    def _document(self, text: _Text, data: bytes) -> Document:
        file, front = self._file, _FRONT_MATTER.match(data)
        return Document(
            DocumentId(f"{file.slug}@{text.day.isoformat()}"),
            DocumentKind.CODE,
            front_matter(front[0]).get("title", file.slug) if front else file.slug,
            f"{self._repository.name}!{file.path}@{text.revision.id[:12]}",
            sha256(data).hexdigest(),
            text.day,
            file.text_id,
            f"https://www.legifrance.gouv.fr/codes/texte_lc/{file.text_id}",
        )


_Changes = dict[ProvisionId, tuple[tuple[Wording, ...], tuple[Wording, ...]]]


@dataclass(frozen=True, slots=True)
class _Text:
    """A writing of the file and its day; `blob` is None where the file was taken away or cannot be reached."""

    day: date
    revision: Revision
    blob: bytes | None


def _superseded(rank: int, texts: Sequence[_Text], order: Sequence[Order]) -> bool:
    """Whether a later commit of the same day takes its place."""
    return any(
        texts[later].day == texts[rank].day and order[later] is order[rank]
        for later in range(rank + 1, min(rank + 50, len(texts)))
    )


def _signs(wordings: Sequence[Wording]) -> set[tuple[str, bool]]:
    return {(wording.key, wording.article.outside_plan) for wording in wordings}


def _offsets(blocks: Sequence[Block], start: int) -> Iterator[int]:
    """Where each block begins, in characters of the file: a line break stands between two of them."""
    return accumulate((block.length + 1 for block in blocks[:-1]), initial=start)


def _opening(blocks: Sequence[Block]) -> int:
    """The rank of the block where the plan begins (see `corpus.readers.code_place.plan_start`)."""
    top = min([SATURATED, *(block.top for block in blocks)])
    first = next((rank for rank, block in enumerate(blocks) if block.top == top), None)
    if first is None:
        return 0
    before = (p.number for block in blocks[: first + 1] for p in block.pieces if p.provision)
    return 0 if may_come_first(before) else first + 1


def _article(piece: Piece, heading: tuple[str, ...], position: int, offset: int, stray: bool) -> CodeArticle:
    provision = piece.provision
    assert provision is not None
    segments = tuple(Segment(s.start, s.raw + offset, s.length) for s in piece.content.segments)
    outside = stray or is_misplaced(provision, heading)
    content = MappedText(piece.content.text, segments)
    span = Span(piece.start + offset, piece.end + offset)
    return CodeArticle(provision, piece.number, heading, content, position, outside, span)
