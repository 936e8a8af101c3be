"""Links in both directions: what passages cite, and what cites a provision, by kind of source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select, union
from sqlmodel import SQLModel

from kb.ids import ProvisionId
from kb.model import DocumentKind, Status
from kb.store.overview import Overview

_tables = SQLModel.metadata.tables


@dataclass(frozen=True, slots=True)
class CitedTarget:
    """One link as stored: where the citation stands in its passage, and what it turned out to be.

    `start` and `end` are character offsets in the passage's text.
    """

    passage_key: int
    raw: str
    start: int
    end: int
    target: str
    status: str
    provision: ProvisionId | None
    how: str
    confidence: float
    subdivision: str | None
    inherited: bool
    message: str


@dataclass(frozen=True, slots=True)
class CitingPassage:
    """One link to a provision (its number), the passage that makes it, and the words by which it does so.

    `code` and `provision` are set for a passage of an article or of a record.
    """

    link: int
    key: int
    document_kind: str
    document: str
    code: str | None
    provision: str | None
    question: int | None
    ordinal: int
    raw: str
    status: str


class Linking(Overview):
    """Questions about links. Every method opens and closes its own connection."""

    def cites(self, keys: Sequence[int]) -> tuple[CitedTarget, ...]:
        """What these passages cite, in reading order."""
        citation = _tables["citation"]
        return self._links(_link_query().where(citation.c.passage.in_(list(keys))))

    def cited_provisions(self, provision_id: str) -> frozenset[str]:
        """The provisions that an article cites, in any of its wordings, or our note on it."""
        link, citation, passage = _tables["link"], _tables["citation"], _tables["passage"]
        query = (
            select(link.c.provision)
            .join(citation, citation.c.id == link.c.citation)
            .join(passage, passage.c.key == citation.c.passage)
            .where(passage.c.provision == provision_id, link.c.provision.is_not(None))
        )
        return frozenset(row["provision"] for row in self._rows(query.distinct()))

    def places(
        self, keys: Sequence[int], provisions: Sequence[str]
    ) -> dict[tuple[int, str], tuple[int, int]]:
        """Where each of these passages first cites each of these provisions, in characters of its text."""
        link, citation = _tables["link"], _tables["citation"]
        columns = [citation.c.passage, link.c.provision, citation.c.text_start, citation.c.text_end]
        # By passage alone: some provisions have a thousand links, no passage has many.
        query = (
            select(*columns)
            .join(link, link.c.citation == citation.c.id)
            .where(citation.c.passage.in_(list(keys)))
            .order_by(citation.c.text_start.desc())
        )
        wanted = frozenset(provisions)
        return {
            (row["passage"], row["provision"]): (row["text_start"], row["text_end"])
            for row in self._rows(query)
            if row["provision"] in wanted
        }

    def cited_by(
        self, provision_id: str, limit: int = 500, *, only: Sequence[int] | None = None
    ) -> tuple[CitedTarget, ...]:
        """The links to a provision, those of articles last. `only`: these, by their numbers."""
        link, citation = _tables["link"], _tables["citation"]
        query = _link_query().where(_leads_to(provision_id))
        if only is not None:
            query = query.where(link.c.id.in_(list(only)))
        order = (citation.c.from_provision.is_not(None), citation.c.passage, citation.c.text_start, link.c.id)
        return self._links(query.order_by(None).order_by(*order).limit(limit))

    def count_cited_by(self, provision_id: str) -> int:
        """How many links lead to a provision."""
        query = select(func.count().label("n")).where(_leads_to(provision_id))
        return int(self._rows(query)[0]["n"])

    def openings(self, provisions: Sequence[str], length: int) -> dict[str, str]:
        """The first characters of the last wording of each of these provisions, on one line, cut at a word."""
        version = _tables["version"]
        columns = [version.c.provision, func.substr(version.c.text, 1, length + 1).label("opening")]
        query = select(*columns).where(version.c.provision.in_(list(provisions)))
        rows = self._rows(query.order_by(version.c.start, version.c.ordinal.desc()))
        return {row["provision"]: _cut(row["opening"], length) for row in rows}

    def cited_targets(self, prefix: str) -> frozenset[str]:
        """What is cited under identifiers that start so, in the base or not: `cass/` for the Cour de cassation's."""
        target = _tables["link"].c.target
        query = select(target).where(target.startswith(prefix, autoescape=True)).distinct()
        return frozenset(row["target"] for row in self._rows(query))

    def citing(self, target: str, *, whole: bool = False) -> tuple[CitingPassage, ...]:
        """Every link to a provision, or to a document when `whole`, by code and place of the articles that make it."""
        link, citation, passage = _tables["link"], _tables["citation"], _tables["passage"]
        document, provision = _tables["document"], _tables["provision"]
        columns = [passage.c[n] for n in ("key", "document", "provision", "question", "ordinal")]
        query = (
            select(*columns, document.c.kind, provision.c.code, citation.c.raw, link.c.status, link.c.id)
            .select_from(link)
            .join(citation, citation.c.id == link.c.citation)
            .join(passage, passage.c.key == citation.c.passage)
            .join(document, document.c.id == passage.c.document)
            .outerjoin(provision, provision.c.id == passage.c.provision)
            .where(link.c.target == target if whole else _leads_to(target))
            .order_by(provision.c.code, provision.c.position, passage.c.key, citation.c.text_start, link.c.id)
        )
        return tuple(_citing_passage(row) for row in self._rows(query))

    def speakers(self) -> dict[str, tuple[str, ...]]:
        """The kinds of documents, codes left out, that cite each provision or are our record on it."""
        link, citation = _tables["link"], _tables["citation"]
        passage, document = _tables["passage"], _tables["document"]
        spoken = document.c.kind != DocumentKind.CODE.value
        citing = (
            select(link.c.provision, document.c.kind)
            .join(citation, citation.c.id == link.c.citation)
            .join(passage, passage.c.key == citation.c.passage)
            .join(document, document.c.id == passage.c.document)
            .where(spoken, link.c.provision.is_not(None), link.c.status == Status.RESOLVED.value)
        )
        noted = (
            select(passage.c.provision, document.c.kind)
            .join(document, document.c.id == passage.c.document)
            .where(spoken, passage.c.provision.is_not(None))
        )
        both = union(citing, noted).subquery()
        found: dict[str, tuple[str, ...]] = {}
        for row in self._rows(select(both).order_by(both.c.provision, both.c.kind)):
            found[row["provision"]] = (*found.get(row["provision"], ()), row["kind"])
        return found

    def _links(self, query: Select[Any]) -> tuple[CitedTarget, ...]:
        return tuple(_cited_target(row) for row in self._rows(query))


def _leads_to(provision_id: str) -> ColumnElement[bool]:
    """The links found to be of a provision, and those that name it when the base has its record and not its text."""
    link = _tables["link"]
    named = and_(link.c.target == provision_id, link.c.provision.is_(None))
    return or_(link.c.provision == provision_id, named)


def _cut(text: str, length: int) -> str:
    """
    >>> _cut("Le fait de recruter", 12)
    'Le fait de…'
    """
    line = " ".join(text.split())
    return line if len(text) <= length else line[:length].rsplit(" ", 1)[0] + "…"


def _link_query() -> Select[Any]:
    link, citation = _tables["link"], _tables["citation"]
    return (
        select(
            *[citation.c[n] for n in _CITATION_COLUMNS],
            *[link.c[n].label(f"link_{n}") for n in _LINK_COLUMNS],
        )
        .join(link, link.c.citation == citation.c.id)
        .order_by(citation.c.passage, citation.c.text_start, link.c.id)
    )


_CITATION_COLUMNS = ("passage", "raw", "text_start", "text_end", "subdivision", "inherited")
_LINK_COLUMNS = ("target", "status", "provision", "how", "confidence", "message")


def _cited_target(row: RowMapping) -> CitedTarget:
    return CitedTarget(
        passage_key=row["passage"],
        raw=row["raw"],
        start=row["text_start"],
        end=row["text_end"],
        target=row["link_target"],
        status=row["link_status"],
        provision=row["link_provision"],
        how=row["link_how"],
        confidence=row["link_confidence"],
        subdivision=row["subdivision"],
        inherited=row["inherited"],
        message=row["link_message"],
    )


def _citing_passage(row: RowMapping) -> CitingPassage:
    return CitingPassage(
        link=row["id"],
        key=row["key"],
        document_kind=row["kind"],
        document=row["document"],
        code=row["code"],
        provision=row["provision"],
        question=row["question"],
        ordinal=row["ordinal"],
        raw=row["raw"],
        status=row["status"],
    )
