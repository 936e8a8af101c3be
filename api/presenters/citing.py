"""What cites a provision, as the API answers it: counts by kind of source, then the links one by one."""

from __future__ import annotations

from dataclasses import dataclass

from api.presenters.citing_groups import groups_of
from api.presenters.passages import present_links, titles_of
from api.schemas.reading import CitedByList
from kb.french_citation import cite
from kb.model import DocumentKind, Provision
from kb.store.linking import CitingPassage
from service.base import Service
from service.catalogue import catalogue_of


@dataclass(frozen=True, slots=True)
class CitingFilter:
    """Which of the links that lead to a provision, and how many at a time."""

    kind: DocumentKind | None = None
    code: str | None = None
    page: int = 0
    limit: int = 500

    def keeps(self, passage: CitingPassage) -> bool:
        """Whether this link was asked for: a code only has articles."""
        if self.code and (passage.code != self.code or passage.document_kind != DocumentKind.CODE):
            return False
        return self.kind is None or passage.document_kind == self.kind


def present_cited_by(
    service: Service, provision: Provision, criteria: CitingFilter | None = None
) -> CitedByList:
    """What cites it, in any wording: other documents first, then articles. `total` counts the links asked for."""
    wanted = criteria or CitingFilter()
    citing = service.reader.citing(provision.id)
    titles = titles_of(catalogue_of(service.reader))
    matching = sorted((p for p in citing if wanted.keeps(p)), key=_articles_last)
    on_page = [p.link for p in matching[wanted.page * wanted.limit : (wanted.page + 1) * wanted.limit]]
    links = service.reader.cited_by(provision.id, wanted.limit, only=on_page)
    passages = service.reader.passages(list({link.passage_key for link in links}))
    return CitedByList(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        total=len(matching),
        results=present_links(links, passages, titles),
        groups=[group.out() for group in groups_of(citing, titles)],
    )


def _articles_last(passage: CitingPassage) -> tuple[bool, int, int]:
    """The order of `Linking.cited_by`."""
    return passage.provision is not None, passage.key, passage.link
