"""A place in the plan of a code: what is below it, and its own articles, by pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.addresses import provision_url, section_url
from api.schemas.sections import SectionArticle, SectionDetail, SectionLink
from kb.errors import UnknownSection
from kb.french_citation import cite_id
from kb.memo import remembered
from kb.model import Provision
from kb.outline import Section, outline
from kb.store import Reader
from kb.validity import law_on
from kb.wording.validity import state_of
from service.base import Service
from service.catalogue import catalogue_of

# Characters of the first words of an article in a list: one line of a screen.
_OPENING = 110


@remembered()
def outline_of(reader: Reader, code: str) -> Section:
    """The plan of a code of the base. Raises UnknownSection."""
    known = {c.slug: c.title for c in catalogue_of(reader).codes}
    if code not in known:
        raise UnknownSection(
            f"Le code « {code[:100]} » n'est pas dans la base.", hint="La liste : /v1/taxonomy."
        )
    return outline(known[code], reader.headings(code))


def present_section(service: Service, code: str, path: str, page: int, size: int) -> SectionDetail:
    """One place of the plan. Raises UnknownSection."""
    tree = outline_of(service.reader, code)
    trail = tree.walk(path)
    if trail is None:
        raise UnknownSection(
            f"Le plan de « {tree.title} » n'a pas de division « {path[:100]} ».",
            hint=f"Voyez {section_url(code)}.",
        )
    here, first = trail[-1], page * size
    articles = here.articles[first : first + size]
    address = f"/v1/codes/{code}/plan" + (f"/{here.path}" if here.path else "")
    return SectionDetail(
        code=code,
        code_title=tree.title,
        trail=[_link(code, section) for section in trail],
        sections=[_link(code, section) for section in here.sections.values()],
        inner=[[_link(code, s) for s in section.sections.values()] for section in here.sections.values()],
        page=page,
        page_size=size,
        total=len(here.articles),
        previous_page=f"{address}?page={page - 1}&page_size={size}" if page else None,
        next_page=f"{address}?page={page + 1}&page_size={size}"
        if first + size < len(here.articles)
        else None,
        results=_articles(service, articles),
    )


def section_links(service: Service, provision: Provision) -> list[SectionLink]:
    """From the code down to the section of an article: the trail at the top of its page; empty without a place."""
    if provision.code not in {c.slug for c in catalogue_of(service.reader).codes}:
        return []
    tree = outline_of(service.reader, provision.code)
    here, path = tree, [tree]
    for heading in provision.heading:
        if heading not in here.sections:
            return [_link(provision.code, tree)]
        here = here.sections[heading]
        path.append(here)
    return [_link(provision.code, section) for section in path]


def beside(service: Service, provision: Provision) -> tuple[str | None, str | None]:
    """The articles just before and after in the code, whatever their section."""
    ids, places = _in_order(service.reader, provision.code)
    place = places.get(provision.id)
    if place is None:
        return None, None
    return ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None


@remembered()
def _in_order(reader: Reader, code: str) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The articles of a code in the order of its plan, and the place of each."""
    ids = tuple(i for section in outline_of(reader, code).every() for i in section.articles)
    return ids, {article: place for place, article in enumerate(ids)}


def _link(code: str, section: Section) -> SectionLink:
    return SectionLink(
        title=section.title, path=section.path, provisions=section.total, url=section_url(code, section.path)
    )


def _articles(service: Service, ids: list[str]) -> list[SectionArticle]:
    known = {str(i): p for i, p in service.reader.provisions(ids).items()}
    records = catalogue_of(service.reader).records
    articles = []
    for article in ids:
        law = law_on(known[article].versions, date.today())
        text = " ".join((law.shown.text if law.shown else "").split())
        articles.append(
            SectionArticle(
                id=article,
                citation=cite_id(article),
                state=state_of(law),
                title=records[article].record.title if article in records else "",
                opening=text if len(text) <= _OPENING else text[:_OPENING].rsplit(" ", 1)[0] + "…",
                url=provision_url(article),
            )
        )
    return articles
