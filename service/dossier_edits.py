"""Edits of a dossier as they are asked, turned into a change of its content and a line of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.errors import InvalidDossier
from kb.text.spans import Span
from service.dossiers import AccountDossiers, ordered
from workplace.dossiers import changes
from workplace.dossiers.model import Content, Dossier, Item, ItemKind
from workplace.dossiers.quotation import find_quotation

_NAMED = 120


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is to be added: exactly one of a provision (in any spelling), a passage and a heading, or a note alone.

    `as_of` is the day of the law, today by default; `place` counts from 0, at the end by default.
    """

    provision: str | None = None
    passage: str | None = None
    title: str | None = None
    note: str = ""
    as_of: date | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class DossierChange:
    """What changes of a dossier, None for what stays; `order` names each item once."""

    title: str | None = None
    note: str | None = None
    order: list[str] | None = None


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """The part of a text to be quoted: its words, or its place in characters; all of it without either."""

    words: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What changes of an item, None for what stays; `renew` takes the wording of today."""

    note: str | None = None
    title: str | None = None
    quotation: QuotedPart | None = None
    place: int | None = None
    renew: bool = False


def add_item(desk: AccountDossiers, dossier: str, new_item: NewItem, expected: int | None = None) -> Dossier:
    """One item more. Raises InvalidDossier unless exactly one thing is asked to be added, and what the base raises."""
    item = _item(desk, new_item)
    action = f"Ajouté : {name_of(item)}"
    return desk.change(
        dossier, lambda content: changes.added(content, item, new_item.place), desk.edit(action, expected)
    )


def patch_dossier(desk: AccountDossiers, dossier: str, patch: DossierChange, expected: int | None) -> Dossier:
    """Another title, note or order."""
    done = []
    if patch.title is not None or patch.note is not None:
        done.append("Titre ou note modifiés")
    if patch.order is not None:
        done.append("Ordre modifié")

    def change(content: Content) -> Content:
        title = content.title if patch.title is None else patch.title
        note = content.note if patch.note is None else patch.note
        edited = changes.retitled(content, title, note)
        return edited if patch.order is None else ordered(edited, patch.order)

    return desk.change(dossier, change, desk.edit(" ; ".join(done) or "Sans changement", expected))


def patch_item(
    desk: AccountDossiers, dossier: str, item_id: str, patch: ItemChange, expected: int | None
) -> Dossier:
    """Another note, quotation, place or wording of an item. Raises UnknownItem, InvalidDossier."""
    before = changes.find(desk.get(dossier).content, item_id)
    source = desk.renewal(before) if patch.renew else None

    def change(content: Content) -> Content:
        edited = changes.renewed(content, item_id, source) if source else content
        if patch.note is not None:
            edited = changes.annotated(edited, item_id, patch.note)
        if patch.title is not None:
            edited = changes.renamed(edited, item_id, patch.title)
        if patch.quotation is not None:
            edited = changes.quoting(edited, item_id, span_of(patch.quotation, changes.find(edited, item_id)))
        return edited if patch.place is None else changes.moved(edited, item_id, patch.place)

    return desk.change(dossier, change, desk.edit(f"{_done(patch)} : {name_of(before)}", expected))


def remove_item(desk: AccountDossiers, dossier: str, item_id: str, expected: int | None) -> Dossier:
    """One item less. Raises UnknownItem."""
    name = name_of(changes.find(desk.get(dossier).content, item_id))
    edit = desk.edit(f"Retiré : {name}", expected)
    return desk.change(dossier, lambda content: changes.removed(content, item_id), edit)


def raise_item(
    desk: AccountDossiers, dossier: str, item_id: str, steps: int, expected: int | None
) -> Dossier:
    """An item higher, or lower when `steps` is negative. Raises UnknownItem."""
    name = name_of(changes.find(desk.get(dossier).content, item_id))
    edit = desk.edit(f"{'Monté' if steps > 0 else 'Descendu'} : {name}", expected)
    return desk.change(dossier, lambda content: changes.raised(content, item_id, steps), edit)


def name_of(item: Item) -> str:
    """An item in a line of the history.

    >>> name_of(Item("a", ItemKind.NOTE, note="À revoir.\\nPlus tard."))
    'note « À revoir. »'
    """
    if item.source is not None:
        return item.source.citation
    words = (item.title or item.note).partition("\n")[0]
    short = words if len(words) <= _NAMED else words[: _NAMED - 1] + "…"
    return f"{'rubrique' if item.heads else 'note'} « {short} »"


def _item(desk: AccountDossiers, item: NewItem) -> Item:
    sources = [name for name in (item.provision, item.passage, item.title) if name is not None]
    if len(sources) > 1 or not (sources or item.note.strip()):
        raise InvalidDossier(
            "Un élément est une disposition, un passage, un titre ou une note.",
            hint="Donnez un seul de provision, passage et title, ou note seule.",
        )
    if item.title is not None:
        return changes.new_item(ItemKind.HEADING, title=item.title, note=item.note)
    if not sources:
        return changes.new_item(ItemKind.NOTE, note=item.note)
    kind, source = desk.source(provision=item.provision or "", passage=item.passage or "", day=item.as_of)
    return changes.new_item(kind, note=item.note, source=source)


def _done(patch: ItemChange) -> str:
    sentences = {
        "Rédaction du jour gardée": patch.renew,
        "Annoté": patch.note is not None,
        "Renommé": patch.title is not None,
        "Citation choisie": patch.quotation is not None,
        "Déplacé": patch.place is not None,
    }
    return ", ".join(name for name, done in sentences.items() if done) or "Sans changement"


def span_of(quotation: QuotedPart, item: Item) -> Span | None:
    """The part of an item that is asked to be quoted: None for all of it. Raises InvalidDossier."""
    if quotation.words is not None:
        return find_quotation(quotation.words, item.source.text if item.source else "")
    if quotation.start is None and quotation.end is None:
        return None
    if quotation.start is None or quotation.end is None:
        raise InvalidDossier("Une citation a un début et une fin.", hint="Donnez start et end, ou words.")
    return Span(quotation.start, quotation.end)
