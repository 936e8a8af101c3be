"""The documents and the base as a whole, as the API answers them."""

from __future__ import annotations

from typing import Any

from api.addresses import answer_url, document_url, official_url, record_url
from api.catalogue import Catalogue, catalogue_of
from api.corpus_schemas import (
    AnomalyOut,
    CodeOut,
    DocumentDetail,
    DocumentList,
    DocumentOut,
    QuestionOut,
    Stats,
    Taxonomy,
)
from api.coverage import missing_texts
from api.presenting_passages import present_passage, titles_of
from api.schemas import PassageOut
from api.service import Service
from api.theming import present_themes
from index.answer import Method
from kb.model import Document, DocumentKind, Passage, PassageKind, State, Status
from kb.records import RECORD_PREFIX


def present_documents(service: Service) -> DocumentList:
    """Every document, by kind then title."""
    catalogue = catalogue_of(service.reader)
    found = [DocumentOut(**_document_fields(d, catalogue)) for d in catalogue.documents]
    return DocumentList(total=len(found), results=found)


def present_document(service: Service, document_id: str) -> DocumentDetail:
    """One document; the passages of a code are its provisions and are not listed. Raises UnknownDocument."""
    document = service.reader.document(document_id)
    catalogue = catalogue_of(service.reader)
    passages = () if document.kind is DocumentKind.CODE else service.reader.passages_of(document_id)
    titles = titles_of(catalogue)
    return DocumentDetail(
        **_document_fields(document, catalogue),
        sha256=document.sha256,
        questions=_questions([passage for _, passage in passages]),
        other_passages=[present_passage(p, titles) for _, p in passages if p.question is None],
        anomaly_list=[AnomalyOut(kind=k, message=m) for k, m in service.reader.anomalies(document_id)],
    )


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
        themes=present_themes(service),
    )


def present_stats(service: Service) -> Stats:
    """The base in figures."""
    reader = service.reader
    return Stats(
        generation=service.generation,
        counts=reader.counts(),
        links_by_status=reader.grouped("link", "status"),
        anomalies_by_kind=reader.grouped("anomaly", "kind"),
        passages_by_kind=reader.grouped("passage", "kind"),
        last_observed=catalogue_of(reader).last_day,
    )


def present_question_passages(service: Service, document_id: str, question: int) -> list[PassageOut]:
    """The passages of one question of a questionnaire, in order."""
    titles = titles_of(catalogue_of(service.reader))
    found = service.reader.passages_of(document_id, question=question)
    return [present_passage(passage, titles) for _, passage in found]


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
