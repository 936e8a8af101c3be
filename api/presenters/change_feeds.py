"""What changed, as the entries of feeds: wordings of the base, and what became of what a dossier keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from api.presenters.feeds import FeedEntry
from kb.concordance import renumbering
from kb.french_citation import cite_id
from kb.ids import parse_id
from kb.lives import turn_between
from kb.model import Bound, Change
from kb.text.french_dates import french_date
from workplace.dossiers.freshness import LABELS, Freshness, Verdict
from workplace.dossiers.model import Dossier, Item

_EXCERPT = 500


def change_entry(change: Change, page: str) -> FeedEntry:
    """A wording that appeared, or that is gone; `page` is the absolute address of its provision."""
    latest = " au plus tard" if change.bound is Bound.UNKNOWN else ""
    day = f"Le {french_date(change.start)}{latest}."
    return FeedEntry(
        key=f"{'fin' if change.gone else 'version'}:{change.provision}:{change.start}",
        title=f"{cite_id(change.provision)} : {_what(change)}",
        url=page if change.gone else f"{page}?date={change.start}",
        day=change.start,
        summary=day if change.gone else f"{day} {change.text[:_EXCERPT]}",
    )


def dossier_entries(dossier: Dossier, judged: Mapping[str, Verdict], page: str) -> list[FeedEntry]:
    """What is no more as it was kept, latest first, after the last day on which the dossier was edited.

    Its history is for its owner: nothing is told here of what was in it and is no more, nor of who edits it.
    """
    changed = [
        _kept_entry(dossier, item, judged[item.id], page)
        for item in dossier.content.items
        if item.id in judged and judged[item.id].freshness is not Freshness.UNCHANGED
    ]
    edited = FeedEntry(
        key=f"dossier:{dossier.id}:{dossier.changed:%Y-%m-%d}",
        title=f"{dossier.content.title} : dossier modifié le {french_date(dossier.changed.date())}",
        url=page,
        day=dossier.changed,
        summary=f"Version {dossier.version} : {_count(dossier.content.items)}.",
    )
    return [edited, *sorted(changed, key=lambda entry: entry.day, reverse=True)]


def _what(change: Change) -> str:
    if not change.gone:
        anew = turn_between(change.provision, change.start - timedelta(days=1), change.start)
        if anew is not None and not change.first:
            return "numéro donné à un autre article"
        return "article nouveau" if change.first else "nouvelle rédaction"
    identifier = parse_id(change.provision)
    moved = renumbering(identifier.text, identifier.number or "", change.start)
    return f"devenu {cite_id(f'{identifier.text}/{moved.new}')}" if moved else "n'est plus en vigueur"


def _kept_entry(dossier: Dossier, item: Item, verdict: Verdict, page: str) -> FeedEntry:
    assert item.source is not None  # only what has a source has a verdict
    day = verdict.day or item.source.kept
    return FeedEntry(
        key=f"dossier:{dossier.id}:{item.id}:{verdict.freshness}:{day}",
        title=f"{item.source.citation} : {LABELS[verdict.freshness]}",
        url=f"{page}?element={item.id}#e-{item.id}",
        day=day,
        summary=f"{verdict.message} Gardé le {french_date(item.source.kept)}.",
    )


def _count(items: Iterable[Item]) -> str:
    sourced = sum(item.source is not None for item in items)
    return f"{sourced} extrait{'s' if sourced > 1 else ''}"
