"""The documents and the base as a whole, as the API answers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.addresses import answer_url, document_url, official_url, record_url
from api.presenters.citing_groups import groups_of
from api.presenters.passages import present_links, present_passage, titles_of
from api.presenters.search_scope import missing_texts
from api.presenters.themes import present_themes
from api.schemas.answers import LinkOut
from api.schemas.corpus import (
    AnomalyOut,
    CitingSource,
    CodeOut,
    DocumentDetail,
    DocumentList,
    DocumentOut,
    FactOut,
    QuestionOut,
    Stats,
    Taxonomy,
    UnreadFile,
)
from kb.model import Document, DocumentKind, Passage, PassageKind, State, Status
from kb.records import RECORD_PREFIX
from kb.resolution.article_table import CITABLE
from service.base import Service
from service.catalogue import Catalogue, catalogue_of
from service.search import Method
from service.themes import every_theme

_APPLIES = (PassageKind.VISA, PassageKind.SUMMARY)
_GROUNDS = ("motivations", "dispositif")


def present_documents(service: Service) -> DocumentList:
    """Every document, by kind then title."""
    catalogue = catalogue_of(service.reader)
    documents = [DocumentOut(**_document_fields(d, catalogue)) for d in catalogue.documents]
    unread = [UnreadFile(path=path, message=message) for path, message in service.reader.unreadable_files()]
    return DocumentList(total=len(documents), results=documents, unread=unread)


def present_document(service: Service, document_id: str) -> DocumentDetail:
    """One document; the passages of a code are its provisions and are not listed. Raises UnknownDocument."""
    document = service.reader.document(document_id)
    catalogue = catalogue_of(service.reader)
    passages = () if document.kind is DocumentKind.CODE else service.reader.passages_of(document_id)
    titles = titles_of(catalogue)
    return DocumentDetail(
        **_document_fields(document, catalogue),
        sha256=document.sha256,
        facts=[FactOut(name=name, value=value) for name, value in document.facts],
        applies=present_applied(service, document, passages),
        cited_by=_citing(service, document, titles),
        record_url=record_url(document_id) if f"{RECORD_PREFIX}{document_id}" in titles else None,
        questions=_questions([passage for _, passage in passages]),
        other_passages=[present_passage(p, titles) for _, p in passages if p.question is None],
        anomaly_list=[AnomalyOut(kind=k, message=m) for k, m in service.reader.anomalies(document_id)],
    )


def present_applied(
    service: Service, document: Document, passages: Sequence[tuple[int, Passage]]
) -> list[LinkOut]:
    """What a decision applies, as far as its visa, its summary and its grounds tell: the surest first, each once."""
    if document.kind is not DocumentKind.DECISION:
        return []
    telling = {key: p for key, p in passages if p.kind in _APPLIES or p.place in _GROUNDS}
    titles = titles_of(catalogue_of(service.reader))
    links = present_links(service.reader.cites(tuple(telling)), telling, titles)
    order = [*(kind.value for kind in _APPLIES), PassageKind.TEXT.value]
    surest = sorted(links, key=lambda link: (order.index(link.kind), -link.confidence))
    return list({link.citation: link for link in reversed(surest)}.values())[::-1]


def _citing(service: Service, document: Document, titles: dict[str, str]) -> list[CitingSource]:
    """What cites a decision or a circular as a whole."""
    if document.kind not in CITABLE:
        return []
    groups = groups_of(service.reader.citing(document.id, whole=True), titles)
    return [
        CitingSource(kind=group.kind.value, label=source.label, url=source.url, quotes=list(source.quotes))
        for group in groups
        for source in group.sources
        if source.url != document_url(document.id)
    ]


def present_taxonomy(service: Service) -> Taxonomy:
    """The values that parameters and answers can take."""
    catalogue = catalogue_of(service.reader)
    return Taxonomy(
        codes=[
            CodeOut(
                id=code.slug,
                title=code.title,
                text_id=code.text_id,
                provisions=code.provisions,
                observed=list(code.days),
                first_known=code.first,
            )
            for code in catalogue.codes
        ],
        missing=missing_texts(catalogue),
        document_kinds=[kind.value for kind in DocumentKind],
        passage_kinds=[kind.value for kind in PassageKind],
        states=[state.value for state in State],
        statuses=[status.value for status in Status],
        methods=[method.value for method in Method],
        themes=present_themes(every_theme(service)),
    )


def present_stats(service: Service) -> Stats:
    """The base in figures."""
    reader = service.reader
    return Stats(
        generation=service.generation,
        counts=reader.counts(),
        links_by_status=reader.links_by_status(),
        anomalies_by_kind=reader.anomalies_by_kind(),
        passages_by_kind=reader.passages_by_kind(),
        last_observed=catalogue_of(reader).last_day,
    )


def _document_fields(document: Document, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "day": document.day,
        "text_id": document.text_id,
        "passages": catalogue.passages.get(document.id, 0),
        "anomalies": catalogue.anomalies.get(document.id, 0),
        "url": _url(document),
        "source_url": document.url or official_url(document.text_id),
    }


def _url(document: Document) -> str:
    if document.kind is DocumentKind.RECORD:
        return record_url(document.id.removeprefix(RECORD_PREFIX))
    return document_url(document.id)


def _questions(passages: list[Passage]) -> list[QuestionOut]:
    """Each question with its own text, or the first that answers it."""
    texts: dict[int, str] = {}
    for passage in sorted(passages, key=lambda p: p.kind is not PassageKind.QUESTION):
        if passage.question is not None:
            texts.setdefault(passage.question, passage.text)
    return [
        QuestionOut(number=n, text=text, url=answer_url(passages[0].document, n))
        for n, text in sorted(texts.items())
    ]
