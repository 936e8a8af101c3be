"""The two entries: the citations of a text, and the bare numbers of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.containers import container
from kb.citations.inherit import Bound, Surroundings, bind
from kb.citations.mentions import mentions
from kb.citations.model import Mention, Named, Naming
from kb.citations.numbers import NUMBER, canonical
from kb.citations.signs import unified
from kb.citations.view import Stream, streams
from kb.model import Citation
from kb.text.spans import MappedText, Span

# Neither an amount ("75 000 €", "40 %"), nor the number of a directive, nor a decimal.
_BARE = re.compile(rf"(?<![\w.,/-])(?<!\d\s)(?:{NUMBER})(?![\w/]|\s?[%€]|\s\d{{3}}(?!\d)|[-.,]\d)")
CUT = " […] "


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text before reading it.

    `code` is the one whose article it is, that bare numbers mean; `numbers` are those of its articles, when they are
    known: a number that it lacks may be of a text named beside it.
    """

    code: str | None = None
    numbers: frozenset[str] | None = None


def find_citations(text: str, *, context: Context | None = None) -> tuple[Citation, ...]:
    """The citations of `text`, in order, never overlapping, spans in characters of `text` as given.

    >>> [c.targets for c in find_citations("aux articles L.522-1 à L.522-\\n5 du CESEDA6 et 225-4-1 CP")]
    [('ceseda/L522-1..L522-5',), ('code-penal/225-4-1',)]
    """
    plain = unified(text)
    read = [
        (stream, list(mentions(stream.content.text))) for stream in streams(plain.text if plain else text)
    ]
    around = _surroundings(context or Context(), read)
    citations = [
        _citation(text, plain, stream, bound)
        for stream, stream_mentions in read
        for bound in bind(stream.content.text, stream_mentions, around)
    ]
    return tuple(sorted(citations, key=lambda c: c.start)) if len(read) > 1 else tuple(citations)


def bare_numbers(text: str) -> tuple[tuple[Span, str], ...]:
    """The numbers of `text` that may be articles, in their one spelling: "225-4-1", "L425-1", "119".

    >>> bare_numbers("que dit L. 425-1 ?")
    ((Span(start=8, end=16), 'L425-1'),)
    """
    return tuple(
        (Span(m.start(), m.end()), canonical(m[0]))
        for m in _BARE.finditer(text)
        if not _of_another_text(text, m.end())
    )


def _of_another_text(text: str, end: int) -> bool:
    """Whether a number is said to be of a text that is not known: "225-4-1 du code pénal suisse"."""
    holder = container(text, end)
    return holder is not None and holder.naming is Naming.OTHER


def _citation(text: str, plain: MappedText | None, stream: Stream, bound: Bound) -> Citation:
    spans = stream.content.spans(bound.start, bound.end)
    if plain is not None:
        spans = tuple(_whole(plain, span) for span in spans)
    raw = CUT.join(text[s.start : s.end] for s in spans)
    return Citation(
        spans, raw, bound.targets, bound.kind, bound.subdivision or None, bound.inherited, bound.unread
    )


def _whole(plain: MappedText, span: Span) -> Span:
    """The raw stretch that a stretch of the plain signs is read from, with the signs that were left out within."""
    places = plain.spans(span.start, span.end)
    return Span(places[0].start, places[-1].end)


def _surroundings(context: Context, read: list[tuple[Stream, list[Mention]]]) -> Surroundings:
    names: dict[str, Named] = {}
    notes: dict[str, Named] = {}
    decisions: dict[str, Named] = {}
    for stream, stream_mentions in read:
        texts = [(m, m.text) for m in stream_mentions if m.text and m.text.naming is Naming.NAMED]
        names |= {named.noun: named for mention, named in texts if mention.defines}
        decisions |= {named.year: named for _, named in texts if named.noun == "decision" and named.year}
        if stream.note and texts:
            notes[stream.note] = texts[0][1]
    return Surroundings(context.code, context.numbers, names, notes, decisions)
