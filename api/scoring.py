"""Why an answer is one: the parts of its score, in figures and in French."""

from __future__ import annotations

from collections.abc import Iterable

from api.schemas import Parts as PartsOut
from api.schemas import TextSpan
from index.answer import Hit, Parts

# From this on, a part is worth a sentence: half of what the best answer of a question can have.
_NOTABLE = 0.5


def present_parts(parts: Parts) -> PartsOut:
    """The parts, rounded for reading."""
    return PartsOut(
        citation=round(parts.citation, 4),
        lexical=round(parts.lexical, 4),
        dense=round(parts.dense, 4),
        heading=round(parts.heading, 4),
        agreement=round(parts.agreement, 4),
        evidence=round(parts.evidence, 4),
        links=round(parts.links, 4),
    )


def explanation(hit: Hit) -> list[str]:
    """The reasons that count, strongest kind first."""
    parts, found = hit.parts, []
    if parts.citation:
        found.append("La question cite cette disposition.")
    if parts.lexical >= _NOTABLE:
        found.append("Son texte contient les mots de la question.")
    if parts.dense >= _NOTABLE:
        found.append("Son texte a un sens proche de la question.")
    if parts.heading >= _NOTABLE:
        found.append("Les intitulés sous lesquels elle se trouve répondent à la question.")
    if hit.evidence:
        count = len(hit.evidence)
        found.append(
            f"{count} passage{'s' if count > 1 else ''} d'autres documents la cite{'nt' * (count > 1)}."
        )
    return found


def text_spans(places: Iterable[tuple[int, int]]) -> list[TextSpan]:
    """Places in a text."""
    return [TextSpan(start=start, end=end) for start, end in places]
