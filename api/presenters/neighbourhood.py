"""What surrounds a provision: who cites it, what it cites, its themes; chosen so as to show every kind of source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from api.presenters.citing_groups import groups_of
from api.presenters.passages import titles_of
from api.presenters.provisions import present_provision
from api.presenters.themes import theme_links
from api.schemas.reading import NeighbourhoodOut, NodeOut
from kb.french_citation import cite
from kb.model import DocumentKind, Provision
from kb.taxonomy import themes_of_provision
from service.base import Service
from service.catalogue import catalogue_of

# Nodes of one side of the picture: what a screen shows without scrolling.
MOST = 12


@dataclass(frozen=True, slots=True)
class _Side:
    """The nodes kept of one side, and how many there are in all."""

    nodes: list[NodeOut]
    total: int


def neighbourhood_of(service: Service, provision: Provision) -> NeighbourhoodOut:
    """Up to `MOST` nodes a side: of what cites it, one of each kind of source in turn; of what it cites, the first."""
    citing, cited = _citing(service, provision), _cited(service, provision)
    themes = theme_links(themes_of_provision(provision.id))
    return NeighbourhoodOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        cited_by=citing.nodes,
        cited_by_total=citing.total,
        cites=cited.nodes,
        cites_total=cited.total,
        themes=[NodeOut(label=theme.fr, kind="theme", url=theme.url) for theme in themes],
    )


def _citing(service: Service, provision: Provision) -> _Side:
    groups = groups_of(service.reader.citing(provision.id), titles_of(catalogue_of(service.reader)))
    sources = [
        [NodeOut(label=source.label, kind=group.kind.value, url=source.url) for source in group.sources]
        for group in groups
    ]
    return _Side(_in_turn(sources)[:MOST], sum(len(same) for same in sources))


def _cited(service: Service, provision: Provision) -> _Side:
    targets = {
        link.citation: NodeOut(label=link.citation, kind=DocumentKind.CODE.value, url=link.url)
        for link in reversed(present_provision(service, provision).cites)
    }
    nodes = list(targets.values())[::-1]
    return _Side(nodes[:MOST], len(nodes))


def _in_turn(lists: Iterable[Sequence[NodeOut]]) -> list[NodeOut]:
    """The first of each, then the second of each, and so on."""
    return [node for node in chain.from_iterable(zip_longest(*lists)) if node is not None]
