"""The zones of a decision: where its introduction, its grounds and its ruling stand in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.strict_json import entry, items, refused, whole
from kb.text.spans import Span

NAMES = {
    "introduction": "Introduction",
    "expose": "Exposé du litige",
    "moyens": "Moyens",
    "motivations": "Motivations",
    "dispositif": "Dispositif",
    "annexes": "Moyens annexés",
    "texte": "Texte",
}
"""By the names that Judilibre gives to the zones; `texte` is ours, for what stands in none of them."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One stretch of the text of a decision."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Zoning:
    """The zones in the order of the text, apart from each other; `faulty` when those of the source were not."""

    zones: tuple[Zone, ...]
    faulty: bool = False


def read_zones(value: Any, length: int, path: str) -> Zoning:
    """The zones of a text of `length` characters, what is in none of them included.

    A zone that runs past the end or into another one is cut there. Raises UnreadableSource.
    """
    given = sorted(_given(entry(value or {}, path), path), key=lambda z: z.span)
    zones: list[Zone] = []
    position, faulty = 0, False
    for zone in given:
        # Judilibre counts one character past the end for the last zone of many decisions: that is no fault.
        faulty |= zone.span.start < position or zone.span.end > length + 1
        start, end = max(zone.span.start, position), min(zone.span.end, length)
        if start > position:
            zones.append(Zone("texte", Span(position, min(start, length))))
        if end > start:
            zones.append(Zone(zone.name, Span(start, end)))
        position = max(position, min(end, length))
    if position < length:
        zones.append(Zone("texte", Span(position, length)))
    return Zoning(tuple(zones), faulty)


def _given(found: dict[str, Any], path: str) -> Iterator[Zone]:
    for name in found:
        if name not in NAMES:
            raise refused(path, f"la zone « {name[:40]} » n'est pas de celles de Judilibre")
        for place in items(found, name, path):
            span = entry(place, path)
            start, end = whole(span, "start", path), whole(span, "end", path)
            if not 0 <= start <= end:
                raise refused(path, f"la zone « {name} » va de {start} à {end}")
            yield Zone(name, Span(start, end))
