"""Passages and links of the store as the API answers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.addresses import document_url, passage_url, provision_url, record_url
from api.presenters.scores import present_parts, text_spans
from api.presenters.search_scope import coverage_of
from api.schemas.answers import (
    LinkOut,
    PassageDetail,
    PassageOut,
    PassageResult,
    PassageSearchResponse,
    RecordOut,
    TextSpan,
)
from kb.french_citation import cite_id
from kb.model import Passage, PassageKind
from kb.records import RECORD_PREFIX
from kb.store.reading import CitedTarget
from service.base import Service
from service.catalogue import Catalogue, catalogue_of
from service.search import PassageAnswer, highlights, question_terms


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """Title of each document."""
    return catalogue.titles


def spans_of(passage: Passage, start: int = 0, end: int | None = None) -> list[TextSpan]:
    """The place in the raw source of a part of a passage."""
    return [TextSpan(start=s.start, end=s.end) for s in passage.content.spans(start, end)]


def present_passage(passage: Passage, titles: Mapping[str, str]) -> PassageOut:
    """One passage, in full."""
    return PassageOut(**passage_fields(passage, titles))


def passage_fields(passage: Passage, titles: Mapping[str, str]) -> dict[str, Any]:
    """The fields that every form of a passage shares."""
    return {
        "id": passage.id,
        "document": passage.document,
        "document_title": titles.get(passage.document, passage.document),
        "kind": passage.kind.value,
        "heading": list(passage.heading),
        "place": passage.place,
        "question": passage.question,
        "provision": passage.provision,
        "text": passage.text,
        "spans": spans_of(passage),
        "urls": list(passage.urls),
        "url": passage_url(passage),
    }


def present_passage_detail(service: Service, passage_id: str) -> PassageDetail:
    """One passage and what it cites. Raises UnknownPassage."""
    passage = service.reader.passage(passage_id)
    key = service.reader.passage_key(passage_id)
    titles = titles_of(catalogue_of(service.reader))
    links = present_links(service.reader.cites([key]), {key: passage}, titles)
    return PassageDetail(**passage_fields(passage, titles), cites=links)


def present_passages(answer: PassageAnswer) -> PassageSearchResponse:
    """Passages that answer on their own."""
    titles, terms = titles_of(answer.catalogue), question_terms(answer.question.text)
    return PassageSearchResponse(
        query=answer.question.text,
        total=len(answer.passages),
        took=round(answer.milliseconds, 2),
        coverage=coverage_of(answer.catalogue, answer.question),
        results=[
            PassageResult(
                **passage_fields(passage, titles),
                score=round(hit.score, 4),
                parts=present_parts(hit.parts),
                highlights=text_spans(highlights(passage.text, terms)),
            )
            for hit, passage in answer.passages
        ],
    )


def present_record(passage: Passage | None) -> RecordOut | None:
    """Our note on a provision: its title, then its text."""
    if passage is None:
        return None
    title, _, text = passage.text.partition(".\n\n")
    return RecordOut(passage=passage.id, title=title, text=" ".join(text.split()))


def present_links(
    links: Iterable[CitedTarget], passages: Mapping[int, Passage], titles: Mapping[str, str]
) -> list[LinkOut]:
    """Links, each with the passage it stands in; a link of a passage that is not given is left out."""
    return [_link(link, passages[link.passage_key], titles) for link in links if link.passage_key in passages]


def _link(link: CitedTarget, passage: Passage, titles: Mapping[str, str]) -> LinkOut:
    name = link.provision or link.target
    whole = link.provision is None and name in titles  # a decision or a circular of the base
    return LinkOut(
        raw=link.raw,
        start=link.start,
        end=link.end,
        target=link.target,
        citation=titles[name] if whole else cite_id(name),
        status=link.status,
        message=link.message,
        provision=link.provision,
        url=_target_url(link, titles),
        subdivision=link.subdivision,
        inherited=link.inherited,
        how=link.how,
        confidence=link.confidence,
        passage=passage.id,
        document=passage.document,
        document_title=titles.get(passage.document, passage.document),
        kind=passage.kind.value,
        place=passage.place,
        question=passage.question,
        from_provision=passage.provision,
        from_citation=_from(passage, titles),
        from_url=passage_url(passage),
    )


def _target_url(link: CitedTarget, titles: Mapping[str, str]) -> str | None:
    """The page of the provision, else of the decision or circular itself, else of our record of what is cited."""
    if link.provision:
        return provision_url(link.provision)
    if link.target in titles:
        return document_url(link.target)
    return record_url(link.target) if f"{RECORD_PREFIX}{link.target}" in titles else None


def _from(passage: Passage, titles: Mapping[str, str]) -> str:
    """How the place of a link is named."""
    if passage.provision:
        return cite_id(passage.provision)
    title = titles.get(passage.document, passage.document)
    if passage.kind is PassageKind.RECORD:
        return f"Fiche : {title}"
    if passage.question is not None:
        return f"{title}, question {passage.place}"
    return f"{title}, {passage.place}" if passage.place.startswith("p. ") else title
