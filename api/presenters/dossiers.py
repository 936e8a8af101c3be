"""Dossiers as the API and the pages answer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.addresses import dossier_url, source_url
from api.schemas.dossiers import (
    DossierContent,
    DossierOut,
    DossierSummary,
    FreshnessOut,
    History,
    ItemOut,
    KeptQuotationOut,
    RevisionOut,
    ShareOut,
    SourceOut,
)
from api.schemas.reading import EditOut
from service.dossiers import JudgedDossier
from workplace.dossiers.freshness import LABELS, Verdict
from workplace.dossiers.model import Dossier, Item, ItemKind, Revision, Share, Source, Summary


def present_dossier(judged: JudgedDossier) -> DossierOut:
    """A dossier with the freshness of its items."""
    fields = _fields(judged.dossier, judged.verdicts)
    return DossierOut(**fields, as_of=judged.day, generation=judged.generation)


def present_content(dossier: Dossier) -> DossierContent:
    """A dossier without what the base says of it."""
    return DossierContent(**_fields(dossier, {}))


def present_summary(summary: Summary) -> DossierSummary:
    """A dossier of a list."""
    fields = {name: getattr(summary, name) for name in Summary.__slots__}
    return DossierSummary(**fields, url=dossier_url(summary.id))


def present_history(dossier: str, revisions: Iterable[Revision]) -> History:
    """Every state of a dossier."""
    revisions_out = [
        RevisionOut(
            version=r.version,
            author=r.author,
            at=r.at,
            action=r.action,
            url=f"/v1/dossiers/{dossier}/history/{r.version}",
        )
        for r in revisions
    ]
    return History(id=dossier, total=len(revisions_out), results=revisions_out)


def present_share(share: Share) -> ShareOut:
    """A link, without its secret."""
    return ShareOut(id=share.id, label=share.label, created=share.created)


def present_item(item: Item, verdict: Verdict | None) -> ItemOut:
    """One item."""
    span = item.quotation
    return ItemOut(
        id=item.id,
        kind=item.kind,
        title=item.title,
        note=item.note,
        source=_source(item.kind, item.source) if item.source else None,
        quotation=KeptQuotationOut(start=span.start, end=span.end, text=item.quoted) if span else None,
        freshness=_freshness(verdict) if verdict else None,
    )


def _fields(dossier: Dossier, verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "version": dossier.version,
        "title": dossier.content.title,
        "note": dossier.content.note,
        "created": dossier.created,
        "changed": dossier.changed,
        "deleted": dossier.deleted,
        "items": [present_item(item, verdicts.get(item.id)) for item in dossier.content.items],
        "url": dossier_url(dossier.id),
    }


def _source(kind: ItemKind, source: Source) -> SourceOut:
    return SourceOut(
        id=source.id,
        citation=source.citation,
        text=source.text,
        document=source.document,
        document_title=source.document_title,
        heading=list(source.heading),
        as_of=source.day,
        kept=source.kept,
        generation=source.generation,
        valid_from=source.start,
        valid_to=source.end,
        last_seen=source.seen,
        warnings=list(source.warnings),
        url=source_url(kind, source),
    )


def _freshness(verdict: Verdict) -> FreshnessOut:
    return FreshnessOut(
        status=verdict.freshness.value,
        label=LABELS[verdict.freshness],
        message=verdict.message,
        successor=verdict.successor,
        edits=[EditOut(kind=edit.kind, text=edit.text) for edit in verdict.edits],
    )
