"""Edits of a dossier as they are asked, turned into a change of its content and a line of its history."""

from __future__ import annotations

from api.dossier_desk import Desk, ordered, span_of
from api.schemas.dossiers import DossierPatch, ItemPatch, NewItem
from kb.errors import InvalidDossier
from workplace.dossiers import changes
from workplace.dossiers.model import Content, Dossier, Item, ItemKind

_NAMED = 120


def add_item(desk: Desk, dossier: str, new_item: NewItem, expected: int | None = None) -> Dossier:
    """One item more. Raises InvalidDossier unless exactly one thing is asked to be added, and what the base raises."""
    item = _item(desk, new_item)
    action = f"Ajouté : {name_of(item)}"
    return desk.change(
        dossier, lambda content: changes.added(content, item, new_item.place), desk.edit(action, expected)
    )


def patch_dossier(desk: Desk, dossier: str, patch: DossierPatch, expected: int | None) -> Dossier:
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


def patch_item(desk: Desk, dossier: str, item_id: str, patch: ItemPatch, expected: int | None) -> Dossier:
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


def remove_item(desk: Desk, dossier: str, item_id: str, expected: int | None) -> Dossier:
    """One item less. Raises UnknownItem."""
    name = name_of(changes.find(desk.get(dossier).content, item_id))
    edit = desk.edit(f"Retiré : {name}", expected)
    return desk.change(dossier, lambda content: changes.removed(content, item_id), edit)


def raise_item(desk: Desk, dossier: str, item_id: str, steps: int, expected: int | None) -> Dossier:
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


def _item(desk: Desk, item: NewItem) -> Item:
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


def _done(patch: ItemPatch) -> str:
    sentences = {
        "Rédaction du jour gardée": patch.renew,
        "Annoté": patch.note is not None,
        "Renommé": patch.title is not None,
        "Citation choisie": patch.quotation is not None,
        "Déplacé": patch.place is not None,
    }
    return ", ".join(name for name, done in sentences.items() if done) or "Sans changement"
