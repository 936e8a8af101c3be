"""Cutting a text into passages: pieces that end where the text pauses, small enough to embed and to quote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.versions.snapshots import DatedProvision
from kb.ids import DocumentId, PassageId
from kb.model import Passage, PassageKind, State, Version
from kb.text.spans import MappedText, Span

PASSAGE_LIMIT = 1500
"""Characters. On the codes read, 1,500 are 306 tokens on average and at most 417 for 99 passages in a hundred."""

_ALINEA = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r".*?(?:[;.](?=\s)|\Z)", re.DOTALL)
_STATE_ORDER = {State.IN_FORCE: 0, State.UNCERTAIN: 1}


def cut(content: MappedText, limit: int = PASSAGE_LIMIT) -> tuple[MappedText, ...]:
    """Pieces of at most `limit` characters that end with an alinéa or a list item, of about equal length.

    An alinéa longer than `limit` is cut after "; " or ". ", a longer sentence at a space, a longer word anywhere.
    The pieces hold the whole text but the white space between them.

    >>> [piece.text for piece in cut(MappedText.of("Est puni :\\n1° Le vol ;\\n2° Le recel."), 24)]
    ['Est puni :\\n1° Le vol ;', '2° Le recel.']
    """
    units = list(_units(content.text, limit))
    return tuple(content.slice(*span) for span in _pack(units, limit))


def code_passages(provisions: Iterable[DatedProvision]) -> tuple[Passage, ...]:
    """The passages of all the versions of a code's articles, numbered in order within each document."""
    ordinals: defaultdict[DocumentId, int] = defaultdict(int)
    passages: list[Passage] = []
    for dated in provisions:
        for version, content, place in _places(dated):
            pieces = _version_passages(version, content, place, ordinals[version.document])
            ordinals[version.document] += len(pieces)
            passages.extend(pieces)
    return tuple(passages)


def article_passages(dated: DatedProvision) -> tuple[Passage, ...]:
    """The passages of all the versions of one article: `code-penal@2026-04-03/225-4-1/2`.

    A second wording of the same number in the same snapshot has `~2` after the number.
    """
    return code_passages([dated])


def _places(dated: DatedProvision) -> Iterator[tuple[Version, MappedText, str]]:
    """Each version with its place in its document: the number, then `~2` for the second likeliest wording there."""
    number = dated.provision.id.split("/", 1)[1]
    counts: defaultdict[DocumentId, int] = defaultdict(int)
    pairs = zip(dated.provision.versions, dated.contents, strict=True)
    for version, content in sorted(
        pairs, key=lambda pair: (pair[0].document, _STATE_ORDER.get(pair[0].state, 2))
    ):
        counts[version.document] += 1
        rank = counts[version.document]
        yield version, content, number if rank == 1 else f"{number}~{rank}"


def _version_passages(version: Version, content: MappedText, place: str, first: int) -> list[Passage]:
    return [
        Passage(
            id=PassageId(f"{version.document}/{place}/{index + 1}"),
            document=version.document,
            ordinal=first + index,
            kind=PassageKind.ARTICLE,
            heading=version.heading,
            place=place.partition("~")[0],
            content=piece,
            provision=version.provision,
            version=version.ordinal,
        )
        for index, piece in enumerate(cut(content))
    ]


def _units(text: str, limit: int) -> Iterator[Span]:
    """The alinéas, those that are too long in sentences, those that are still too long in runs of words."""
    for alinea in _ALINEA.finditer(text):
        start, end = _trim(text, *alinea.span())
        if end - start <= limit:
            if end > start:
                yield Span(start, end)
            continue
        for sentence in _SENTENCE.finditer(text, start, end):
            yield from _words(text, *_trim(text, *sentence.span()), limit)


def _words(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    while end - start > limit:
        space = text.rfind(" ", start + 1, start + limit + 1)
        stop = space if space > start else start + limit
        yield Span(start, stop)
        start, end = _trim(text, stop, end)
    if end > start:
        yield Span(start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _pack(units: Sequence[Span], limit: int) -> list[Span]:
    """Neighbouring units joined into pieces: as few as the limit allows, and about equal, so that no tail is left."""
    if not units:
        return []
    total = units[-1].end - units[0].start
    target = total / -(-total // limit)
    pieces = [units[0]]
    for unit in units[1:]:
        last = pieces[-1]
        reach = unit.end - last.start
        # Take the unit when it fits and brings the piece nearer to its share.
        if reach <= limit and (reach <= target or reach - target <= target - (last.end - last.start)):
            pieces[-1] = Span(last.start, unit.end)
        else:
            pieces.append(unit)
    return _merge_small(pieces, limit)


def _merge_small(pieces: list[Span], limit: int) -> list[Span]:
    """Neighbours that fit together joined."""
    merged = [pieces[0]]
    for piece in pieces[1:]:
        last = merged[-1]
        if piece.end - last.start <= limit:
            merged[-1] = Span(last.start, piece.end)
        else:
            merged.append(piece)
    return merged
