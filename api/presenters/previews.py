"""What a reader sees of a cited article without leaving the page: its reference, our title for it, its first words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.schemas.answers import LinkOut
from kb.french_citation import cite_id
from service.base import Service
from service.catalogue import catalogue_of

# Characters of the article: two lines of the preview, which must not hide the paragraph that it is read with.
OPENING = 200
# Articles of which a page shows a preview: each weighs some 400 bytes, at every place that cites it.
MOST = 80


def previews_of(service: Service, links: Iterable[LinkOut]) -> Mapping[str, str]:
    """By provision, for those that these links lead to."""
    wanted = list(dict.fromkeys(link.provision for link in links if link.provision))[:MOST]
    records = catalogue_of(service.reader).records
    openings = service.reader.openings(wanted, OPENING)
    return {
        provision: _preview(
            cite_id(provision),
            records[provision].record.title if provision in records else "",
            openings.get(provision, ""),
        )
        for provision in wanted
    }


def _preview(citation: str, title: str, opening: str) -> str:
    """
    >>> _preview("Code pénal, art. 1", "La loi", "Nul n'est puni")
    "Code pénal, art. 1. La loi. Nul n'est puni"
    """
    return ". ".join(
        part.rstrip(".") if part is not opening else part for part in (citation, title, opening) if part
    )
