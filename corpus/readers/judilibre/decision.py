"""One decision: from its JSON object to a document and its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.passages import cut
from corpus.readers.code_body import read_body
from corpus.readers.judilibre.courts import (
    chamber_name,
    court_name,
    decision_id,
    jurisdiction_name,
    publication_name,
)
from corpus.readers.judilibre.zones import NAMES, Zoning, read_zones
from corpus.readers.strict_json import checked, entry, items, refused, text
from kb.errors import InvalidIdentifier
from kb.ids import DocumentId, PassageId
from kb.model import Anomaly, Document, DocumentKind, Passage, PassageKind
from kb.text.french_dates import french_date
from kb.text.spans import MappedText, Span

_PAGE = "https://www.courdecassation.fr/decision/"
_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}\Z")
_LINK = re.compile(r"href=[\"'](https?://[^\"'\s<>]{1,500})[\"']")


@dataclass(frozen=True, slots=True)
class DecisionReading:
    """One decision, read.

    `raw` is its text, in which the zones of Judilibre count their characters, followed by its notice (themes,
    summaries, visa, one a line), which starts at `notice`. `judilibre` is its key in the Judilibre database.
    """

    document: Document
    raw: str
    notice: int
    passages: tuple[Passage, ...]
    anomalies: tuple[Anomaly, ...]
    judilibre: str


def read_decision(found: dict[str, Any], digest: str, path: str) -> DecisionReading:
    """One decision of the file `path`, whose bytes have this digest. Raises UnreadableSource."""
    body = text(found, "text", path)
    document = _document(found, digest, path)
    raw, notice = _raw(found, body, path)
    zoning = read_zones(found.get("zones"), len(body), path)
    passages = tuple(_passages(document, raw, zoning, notice))
    faults = [Anomaly(document.id, "zones_fautives", "Les zones de la décision se chevauchent ou débordent.")]
    return DecisionReading(
        document, raw, len(body), passages, tuple(faults if zoning.faulty else ()), text(found, "id", path)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the notice: what it is, where it stands in `raw`."""

    kind: PassageKind
    span: Span


def _raw(found: dict[str, Any], body: str, path: str) -> tuple[str, list[list[_Line]]]:
    """The raw source, and the lines of each passage of its notice."""
    themes = " ; ".join(checked(t, "themes", path) for t in items(found, "themes", path))
    summaries = [text(found, "summary", path)]
    for more in items(found, "titlesAndSummaries", path):
        summaries.append(text(entry(more, path), "summary", path))
    visas = [text(entry(v, path), "title", path) for v in items(found, "visa", path)]
    unique = list(dict.fromkeys(" ".join(s.split()) for s in summaries if s.strip()))
    groups = [(PassageKind.SUMMARY, [s]) for s in (unique or [""])]
    if themes:
        groups[0][1].insert(0, themes)
    groups.append((PassageKind.VISA, visas))
    parts, placed, length = [body], [], len(body)
    for kind, values in groups:
        lines = []
        for value in (" ".join(v.split()) for v in values if v.strip()):
            parts.append(f"\n{value}")
            lines.append(_Line(kind, Span(length + 1, length + 1 + len(value))))
            length += 1 + len(value)
        placed.append(lines)
    return "".join(parts), [lines for lines in placed if lines]


def _passages(document: Document, raw: str, zoning: Zoning, notice: list[list[_Line]]) -> Iterator[Passage]:
    """What the court publishes about the decision first, then its zones."""
    counts: dict[str, int] = {}
    contents: list[tuple[PassageKind, str, str, MappedText]] = []
    for lines in notice:
        kind = lines[0].kind
        span = Span(lines[0].span.start, lines[-1].span.end)
        contents.append((kind, kind.value, kind.value.capitalize(), read_body(raw, *span)))
    for zone in zoning.zones:
        contents.append((PassageKind.TEXT, zone.name, NAMES[zone.name], read_body(raw, *zone.span)))
    ordinal = 0
    for kind, place, name, content in contents:
        for piece in cut(content):
            counts[place] = counts.get(place, 0) + 1
            yield Passage(
                id=PassageId(f"{document.id}/{place}/{counts[place]}"),
                document=document.id,
                ordinal=ordinal,
                kind=kind,
                heading=(document.title, name),
                place=place,
                content=piece,
                urls=tuple(dict.fromkeys(_links(raw, piece))),
            )
            ordinal += 1


def _links(raw: str, piece: MappedText) -> Iterator[str]:
    """The links that the markup of a piece holds: the visas of Judilibre lead to Légifrance."""
    if piece.segments:
        last = piece.segments[-1]
        for found in _LINK.finditer(raw, piece.segments[0].raw, last.raw + last.length):
            yield found[1]


def _document(found: dict[str, Any], digest: str, path: str) -> Document:
    court = court_name(text(found, "jurisdiction", path), text(found, "location", path))
    numbers = _numbers(found, path)
    day = _day(found, path)
    if not court or not numbers:
        raise refused(path, "une décision n'y a ni juridiction ni numéro")
    try:
        identifier = decision_id(court, numbers[0])
    except InvalidIdentifier as error:
        raise refused(path, error.message.rstrip(".")) from error
    chamber = chamber_name(text(found, "chamber", path))
    parts = [court, chamber, french_date(day), f"n° {numbers[0]}"]
    key = text(found, "id", path)
    return Document(
        id=identifier,
        kind=DocumentKind.DECISION,
        title=", ".join(part for part in parts if part),
        path=path,
        sha256=digest,
        day=day,
        text_id=text(found, "ecli", path) or None,
        url=_PAGE + key if _KEY.match(key) else None,
        facts=tuple((name, value) for name, value in _facts(found, court, numbers, path) if value),
    )


def _facts(found: dict[str, Any], court: str, numbers: list[str], path: str) -> Iterator[tuple[str, str]]:
    yield "juridiction", court
    yield "chambre", chamber_name(text(found, "chamber", path))
    yield "formation", text(found, "formation", path)
    yield from (("numéro", number) for number in numbers)
    yield "ecli", text(found, "ecli", path)
    yield "nature", text(found, "type", path)
    yield "solution", text(found, "solution", path)
    for value in items(found, "publication", path):
        yield "publication", publication_name(checked(value, "publication", path))
    for value in items(found, "themes", path):
        yield "thème", checked(value, "themes", path)
    contested = entry(found.get("contested") or {}, path)
    if contested:
        title = " ".join(text(contested, "title", path).split()) or jurisdiction_name(
            text(contested, "jurisdiction", path)
        )
        yield "décision attaquée", ", ".join(v for v in (title, text(contested, "date", path)) if v)
    for value in items(found, "rapprochements", path):
        yield "rapprochement", text(entry(value, path), "title", path)
    yield "mise à jour", text(found, "update_date", path)


def _numbers(found: dict[str, Any], path: str) -> list[str]:
    """All the numbers of a decision that joins several appeals, the main one first."""
    first = found.get("number")
    given = [*(first if isinstance(first, list) else [first]), *items(found, "numbers", path)]
    numbers = (checked(n, "number", path).strip() for n in given if n is not None)
    return list(dict.fromkeys(n for n in numbers if n))


def _day(found: dict[str, Any], path: str) -> date:
    written = text(found, "decision_date", path)
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise refused(path, f"« decision_date » n'est pas une date : « {written[:40]} »") from error


def renamed(reading: DecisionReading, identifier: DocumentId) -> DecisionReading:
    """The same decision under another identifier, where two share one number."""
    document = replace(reading.document, id=identifier)
    passages = tuple(
        replace(p, id=PassageId(f"{identifier}{p.id.removeprefix(reading.document.id)}"), document=identifier)
        for p in reading.passages
    )
    anomalies = tuple(replace(a, document=identifier) for a in reading.anomalies)
    return replace(reading, document=document, passages=passages, anomalies=anomalies)
