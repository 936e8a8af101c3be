"""Who cites a provision, grouped by kind of source: articles by code, answers, records, decisions, plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from api.addresses import answer_url, document_url, provision_url, record_url
from api.schemas.reading import CitingGroup
from kb.french_citation import cite_id, text_name
from kb.model import DocumentKind, Status
from kb.records import RECORD_PREFIX
from kb.store.linking import CitingPassage

LABELS = {
    DocumentKind.QUESTIONNAIRE: "Réponses aux questionnaires",
    DocumentKind.DECISION: "Décisions",
    DocumentKind.CIRCULAR: "Circulaires",
    DocumentKind.PLAN: "Plans",
    DocumentKind.REPORT: "Rapports",
    DocumentKind.RECORD: "Fiches de Renvoi",
    DocumentKind.CODE: "Articles",
}
"""The kinds in the order in which they are shown."""
_ORDER = list(LABELS)


@dataclass(frozen=True, slots=True)
class Source:
    """One article, answer, record or document that cites: its name, its address, the words by which it does so.

    `doubts` are the statuses, other than resolved, of these citations."""

    label: str
    url: str
    quotes: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The sources of one kind; of one code for articles."""

    kind: DocumentKind
    code: str | None
    label: str
    sources: tuple[Source, ...]
    links: int

    def out(self) -> CitingGroup:
        """Its counts, for the API."""
        return CitingGroup(
            kind=self.kind.value,
            code=self.code,
            label=self.label,
            sources=len(self.sources),
            links=self.links,
        )


def groups_of(passages: Iterable[CitingPassage], titles: dict[str, str]) -> list[Group]:
    """Answers first, articles last, the codes that cite most first among them."""
    sorted_passages = sorted(passages, key=_group_key)  # stable: the order of the base is kept within a group
    groups = [_group(list(same), titles) for _, same in groupby(sorted_passages, key=_group_key)]
    return sorted(groups, key=lambda g: (_ORDER.index(g.kind), -len(g.sources), g.label))


def _group_key(passage: CitingPassage) -> tuple[int, str]:
    kind = DocumentKind(passage.document_kind)
    return _ORDER.index(kind), (passage.code or "") if kind is DocumentKind.CODE else ""


def _group(passages: list[CitingPassage], titles: dict[str, str]) -> Group:
    kind = DocumentKind(passages[0].document_kind)
    code = passages[0].code if kind is DocumentKind.CODE else None
    by_source: dict[tuple[str, str], list[CitingPassage]] = {}
    for passage in passages:
        by_source.setdefault(_named(passage, titles), []).append(passage)
    sources = tuple(_source(label, url, same) for (label, url), same in by_source.items())
    return Group(kind, code, text_name(code) if code else LABELS[kind], sources, len(passages))


def _named(passage: CitingPassage, titles: dict[str, str]) -> tuple[str, str]:
    """The name and address of what a passage is part of."""
    title = titles.get(passage.document, passage.document)
    record = passage.document_kind == DocumentKind.RECORD
    if passage.question is not None and not record:
        return f"{title}, question {passage.question}", answer_url(passage.document, passage.question)
    if passage.provision:
        name = cite_id(passage.provision)
        return (f"{name} : {title}" if record else name), provision_url(passage.provision)
    if record:
        return title, record_url(passage.document.removeprefix(RECORD_PREFIX))
    return title, document_url(passage.document)


def _source(label: str, url: str, passages: list[CitingPassage]) -> Source:
    quotes = tuple(dict.fromkeys(p.raw for p in passages))
    doubts = tuple(dict.fromkeys(p.status for p in passages if p.status != Status.RESOLVED))
    return Source(label, url, quotes, doubts)
