"""Links in both directions: what passages cite, and what cites a provision, by kind of source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select, union
from sqlmodel import col

from kb.ids import ProvisionId
from kb.model import DocumentKind, Status
from kb.store.overview import Overview
from kb.store.tables import CitationRow, DocumentRow, LinkRow, PassageRow, ProvisionRow, VersionRow


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
        return self._links(_link_query().where(col(CitationRow.passage).in_(list(keys))))

    def cited_provisions(self, provision_id: str) -> frozenset[str]:
        """The provisions that an article cites, in any of its wordings, or our note on it."""
        query = (
            select(col(LinkRow.provision))
            .join(CitationRow, col(CitationRow.id) == col(LinkRow.citation))
            .join(PassageRow, col(PassageRow.key) == col(CitationRow.passage))
            .where(col(PassageRow.provision) == provision_id, col(LinkRow.provision).is_not(None))
        )
        return frozenset(row["provision"] for row in self._rows(query.distinct()))

    def places(
        self, keys: Sequence[int], provisions: Sequence[str]
    ) -> dict[tuple[int, str], tuple[int, int]]:
        """Where each of these passages first cites each of these provisions, in characters of its text."""
        columns = [
            col(CitationRow.passage),
            col(LinkRow.provision),
            col(CitationRow.text_start),
            col(CitationRow.text_end),
        ]
        # By passage alone: some provisions have a thousand links, no passage has many.
        query = (
            select(*columns)
            .join(LinkRow, col(LinkRow.citation) == col(CitationRow.id))
            .where(col(CitationRow.passage).in_(list(keys)))
            .order_by(col(CitationRow.text_start).desc())
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
        query = _link_query().where(_leads_to(provision_id))
        if only is not None:
            query = query.where(col(LinkRow.id).in_(list(only)))
        order = (
            col(CitationRow.from_provision).is_not(None),
            col(CitationRow.passage),
            col(CitationRow.text_start),
            col(LinkRow.id),
        )
        return self._links(query.order_by(None).order_by(*order).limit(limit))

    def count_cited_by(self, provision_id: str) -> int:
        """How many links lead to a provision."""
        query = select(func.count().label("n")).where(_leads_to(provision_id))
        return int(self._rows(query)[0]["n"])

    def openings(self, provisions: Sequence[str], length: int) -> dict[str, str]:
        """The first characters of the last wording of each of these provisions, on one line, cut at a word."""
        columns = [
            col(VersionRow.provision),
            func.substr(col(VersionRow.text), 1, length + 1).label("opening"),
        ]
        query = select(*columns).where(col(VersionRow.provision).in_(list(provisions)))
        rows = self._rows(query.order_by(col(VersionRow.start), col(VersionRow.ordinal).desc()))
        return {row["provision"]: _cut(row["opening"], length) for row in rows}

    def cited_targets(self, prefix: str) -> frozenset[str]:
        """What is cited under identifiers that start so, in the base or not: `cass/` for the Cour de cassation's."""
        target = col(LinkRow.target)
        query = select(target).where(target.startswith(prefix, autoescape=True)).distinct()
        return frozenset(row["target"] for row in self._rows(query))

    def citing(self, target: str, *, whole: bool = False) -> tuple[CitingPassage, ...]:
        """Every link to a provision, or to a document when `whole`, by code and place of the articles that make it."""
        columns = [
            col(PassageRow.key),
            col(PassageRow.document),
            col(PassageRow.provision),
            col(PassageRow.question),
            col(PassageRow.ordinal),
        ]
        query = (
            select(
                *columns,
                col(DocumentRow.kind),
                col(ProvisionRow.code),
                col(CitationRow.raw),
                col(LinkRow.status),
                col(LinkRow.id),
            )
            .select_from(LinkRow)
            .join(CitationRow, col(CitationRow.id) == col(LinkRow.citation))
            .join(PassageRow, col(PassageRow.key) == col(CitationRow.passage))
            .join(DocumentRow, col(DocumentRow.id) == col(PassageRow.document))
            .outerjoin(ProvisionRow, col(ProvisionRow.id) == col(PassageRow.provision))
            .where(col(LinkRow.target) == target if whole else _leads_to(target))
            .order_by(
                col(ProvisionRow.code),
                col(ProvisionRow.position),
                col(PassageRow.key),
                col(CitationRow.text_start),
                col(LinkRow.id),
            )
        )
        return tuple(_citing_passage(row) for row in self._rows(query))

    def speakers(self) -> dict[str, tuple[str, ...]]:
        """The kinds of documents, codes left out, that cite each provision or are our record on it."""
        other_kinds = col(DocumentRow.kind) != DocumentKind.CODE.value
        citing = (
            select(col(LinkRow.provision), col(DocumentRow.kind))
            .join(CitationRow, col(CitationRow.id) == col(LinkRow.citation))
            .join(PassageRow, col(PassageRow.key) == col(CitationRow.passage))
            .join(DocumentRow, col(DocumentRow.id) == col(PassageRow.document))
            .where(
                other_kinds, col(LinkRow.provision).is_not(None), col(LinkRow.status) == Status.RESOLVED.value
            )
        )
        noted = (
            select(col(PassageRow.provision), col(DocumentRow.kind))
            .join(DocumentRow, col(DocumentRow.id) == col(PassageRow.document))
            .where(other_kinds, col(PassageRow.provision).is_not(None))
        )
        both = union(citing, noted).subquery()
        kinds: dict[str, tuple[str, ...]] = {}
        for row in self._rows(select(both).order_by(both.c.provision, both.c.kind)):
            kinds[row["provision"]] = (*kinds.get(row["provision"], ()), row["kind"])
        return kinds

    def _links(self, query: Select[*tuple[Any, ...]]) -> tuple[CitedTarget, ...]:
        return tuple(_cited_target(row) for row in self._rows(query))


def _leads_to(provision_id: str) -> ColumnElement[bool]:
    """The links found to be of a provision, and those that name it when the base has its record and not its text."""
    by_target = and_(col(LinkRow.target) == provision_id, col(LinkRow.provision).is_(None))
    return or_(col(LinkRow.provision) == provision_id, by_target)


def _cut(text: str, length: int) -> str:
    """
    >>> _cut("Le fait de recruter", 12)
    'Le fait de…'
    """
    line = " ".join(text.split())
    return line if len(text) <= length else line[:length].rsplit(" ", 1)[0] + "…"


def _link_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *map(col, _CITATION_COLUMNS),
            *[col(column).label(f"link_{name}") for name, column in _LINK_COLUMNS.items()],
        )
        .join(LinkRow, col(LinkRow.citation) == col(CitationRow.id))
        .order_by(col(CitationRow.passage), col(CitationRow.text_start), col(LinkRow.id))
    )


_CITATION_COLUMNS = (
    CitationRow.passage,
    CitationRow.raw,
    CitationRow.text_start,
    CitationRow.text_end,
    CitationRow.subdivision,
    CitationRow.inherited,
)
_LINK_COLUMNS = {
    "target": LinkRow.target,
    "status": LinkRow.status,
    "provision": LinkRow.provision,
    "how": LinkRow.how,
    "confidence": LinkRow.confidence,
    "message": LinkRow.message,
}


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
