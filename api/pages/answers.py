"""The page of an answer: the question, what was answered, footnotes in place, citations as links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse

from api.addresses import answer_url, passage_anchor
from api.http.dependencies import ServiceDep
from api.pages.records import shown_sections
from api.pages.rendering import page
from api.presenters.highlighting import Block, blocks, placed_links
from api.presenters.passages import present_links, titles_of
from api.presenters.previews import previews_of
from api.presenters.records import present_record_detail
from api.presenters.statistics import family_url
from api.presenters.themes import theme_links
from api.schemas.answers import LinkOut
from kb.errors import UnknownDocument
from kb.model import Passage, PassageKind
from kb.taxonomy import themes_of_answer
from service.base import Service
from service.catalogue import answer_record, catalogue_of
from service.reference_lookup import checked_name
from service.statistics import statistics_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage ready to be shown, with the footnotes called from it."""

    id: str
    anchor: str
    kind: str
    place: str
    blocks: tuple[Block, ...]
    urls: tuple[str, ...]
    notes: tuple[ShownPassage, ...] = ()


def _document(document: Annotated[str, Path()]) -> str:
    return checked_name(document)


@router.get("/reponses/{document}/{question}")
def answer(
    request: Request,
    service: ServiceDep,
    document: Annotated[str, Depends(_document)],
    question: Annotated[int, Path(ge=0, le=9_999)],
) -> HTMLResponse:
    """One question of a questionnaire and its answer."""
    passages = dict(service.reader.passages_of(document, question=question))
    if not passages:
        raise UnknownDocument(f"Aucune réponse à la question {question} dans « {document[:100]} ».")
    titles = titles_of(catalogue_of(service.reader))
    links = present_links(service.reader.cites(tuple(passages)), passages, titles)
    ordered = tuple(passages.values())
    passages_shown = shown_passages(ordered, links, previews_of(service, links))
    record = answer_record(catalogue_of(service.reader), document, question)
    detail = present_record_detail(service, record.record.id) if record else None
    others = service.reader.questions(document)
    return page(
        request,
        "answer.html",
        {
            "number": question,
            "document": document,
            "title": titles.get(document, document),
            "heading": ordered[0].heading[0] if ordered[0].heading else "",
            "sections": [
                (place, list(same)) for place, same in groupby(passages_shown, key=lambda p: p.place)
            ],
            "cited": list({link.citation: link for link in links}.values()),
            "previous": _neighbour(document, [n for n in others if n < question][-1:]),
            "next": _neighbour(document, [n for n in others if n > question][:1]),
            "theme_list": theme_links(themes_of_answer(document, question)),
            "record": detail,
            "record_sections": shown_sections(detail) if detail else [],
            "families": _families(service, document, question),
            "api_url": f"/v1/passages/{ordered[0].id}",
        },
    )


def _families(service: Service, document: str, question: int) -> list[tuple[str, str]]:
    """The families of figures that this answer prints: their names and addresses."""
    known, figures = statistics_of(service.database)
    mine = {figure.family for figure in figures if figure.question == question}
    return [(f.title.fr, family_url(f.id)) for f in known.families if f.id in mine and f.document == document]


def shown_passages(
    passages: Sequence[Passage], links: Sequence[LinkOut], previews: Mapping[str, str]
) -> tuple[ShownPassage, ...]:
    """Passages in order, each with its footnotes; a footnote whose call was not found stands by itself."""
    known = {p.id for p in passages}
    notes = [p for p in passages if p.kind is PassageKind.FOOTNOTE and p.parent in known]
    return tuple(
        _shown(p, links, previews, tuple(_shown(n, links, previews) for n in notes if n.parent == p.id))
        for p in passages
        if p not in notes
    )


def _shown(
    passage: Passage,
    links: Sequence[LinkOut],
    previews: Mapping[str, str],
    notes: tuple[ShownPassage, ...] = (),
) -> ShownPassage:
    anchor = passage_anchor(passage)
    own = placed_links((link for link in links if link.passage == passage.id), 0, previews, f"v-{anchor}")
    return ShownPassage(
        passage.id,
        anchor,
        passage.kind.value,
        passage.place,
        tuple(blocks(passage.text, own)),
        passage.urls,
        notes,
    )


def _neighbour(document: str, numbers: Sequence[int]) -> tuple[int, str] | None:
    return (numbers[0], answer_url(document, numbers[0])) if numbers else None
