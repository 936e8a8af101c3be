"""Which paragraphs of a document are headings, and the path of headings above each of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# Headings told by their words alone stand below those told by the format: levels 1 to 9 are the format's.
_WORDED = 10
_MAX_HEADING = 160
# Of the national plans: axes, objectives, measures, actions; of reports: parts, chapters, sections; then plain numbers.
_PATTERNS = (
    re.compile(r"(?:partie|axe|titre|livre|annexe)\s+(?:\d{1,2}|[IVX]{1,5}|[A-Z])\b", re.IGNORECASE),
    re.compile(r"(?:chapitre|objectif|priorité|orientation)\s+(?:\d{1,3}|[IVX]{1,5})\b", re.IGNORECASE),
    re.compile(
        r"(?:mesure|section|chantier|recommandation)\s+(?:n°\s*)?(?:\d{1,3}|[IVX]{1,5})\b", re.IGNORECASE
    ),
    re.compile(r"(?:action|fiche|sous-section)\s+(?:n°\s*)?\d{1,3}(?:\.\d{1,2})*\b", re.IGNORECASE),
    re.compile(r"[IVX]{1,5}\s?[.)–—-]\s*[A-ZÀ-Þ«]"),
    re.compile(r"[A-H]\s?[.)]\s+[A-ZÀ-Þ«]"),
    re.compile(r"\d{1,2}\s?[.)–—-]\s+[A-ZÀ-Þ«]"),
    re.compile(r"\d{1,2}\.\d{1,2}\.?\s+[A-ZÀ-Þ«]"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+[A-ZÀ-Þ«]"),
)
_MARKS = re.compile(r"^#+\s*|\s*#+$")
_ENDS = (".", ";", ",", ":", "?", "!")


def heading_level(text: str, known: int | None) -> int:
    """The level of a heading, 0 for a paragraph; `known` is what the format says of it.

    >>> heading_level("Axe 2 – Mieux protéger", None), heading_level("Mesure 12 : Former", None)
    (10, 12)
    >>> heading_level("Mesure 12 : elle a formé 200 magistrats en 2024.", None)
    0
    """
    shown = text.strip()
    if known:
        return known if len(shown) <= _MAX_HEADING and not shown.endswith((";", ",")) else 0
    if len(shown) > _MAX_HEADING or shown.endswith(_ENDS):
        return 0
    for position, pattern in enumerate(_PATTERNS):
        if pattern.match(shown):
            return _WORDED + position
    return 0


@dataclass(slots=True)
class Path:
    """The headings above the present place."""

    _open: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, title: str) -> None:
        """Go under a heading: it closes those of its level and below."""
        self._open = [*(h for h in self._open if h[0] < level), (level, _MARKS.sub("", title).strip())]

    def titles(self) -> tuple[str, ...]:
        """From the highest."""
        return tuple(title for _, title in self._open)


def document_title(texts: Sequence[tuple[str, int]]) -> str:
    """The first of the highest headings that the format gives; empty when it gives none."""
    known = [(level, text) for text, level in texts if 0 < level < _WORDED]
    top = min((level for level, _ in known), default=0)
    return next((_MARKS.sub("", text).strip() for level, text in known if level == top), "")
