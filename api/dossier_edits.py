"""Edits of a dossier as they are asked, turned into a change of its content and a line of its history."""

from __future__ import annotations

from api.dossier_desk import Desk, ordered, span_of
from api.schemas.dossiers import DossierPatch, ItemPatch, NewItem
from kb.errors import InvalidDossier
from workplace.dossiers import changes
from workplace.dossiers.model import Content, Dossier, Item, ItemKind

_NAMED = 120


def add_item(desk: Desk, dossier: str, asked: NewItem, expected: int | None = None) -> Dossier:
    """One item more. Raises InvalidDossier unless exactly one thing is asked to be added, and what the base raises."""
    item = _item(desk, asked)
    action = f"Ajouté : {name_of(item)}"
    return desk.change(
        dossier, lambda content: changes.added(content, item, asked.place), desk.edit(action, expected)
    )


def patch_dossier(desk: Desk, dossier: str, asked: DossierPatch, expected: int | None) -> Dossier:
    """Another title, note or order."""
    done = []
    if asked.title is not None or asked.note is not None:
        done.append("Titre ou note modifiés")
    if asked.order is not None:
        done.append("Ordre modifié")

    def change(content: Content) -> Content:
        title = content.title if asked.title is None else asked.title
        note = content.note if asked.note is None else asked.note
        found = changes.retitled(content, title, note)
        return found if asked.order is None else ordered(found, asked.order)

    return desk.change(dossier, change, desk.edit(" ; ".join(done) or "Sans changement", expected))


def patch_item(desk: Desk, dossier: str, item_id: str, asked: ItemPatch, expected: int | None) -> Dossier:
    """Another note, quotation, place or wording of an item. Raises UnknownItem, InvalidDossier."""
    before = changes.find(desk.get(dossier).content, item_id)
    source = desk.renewal(before) if asked.renew else None

    def change(content: Content) -> Content:
        found = changes.renewed(content, item_id, source) if source else content
        if asked.note is not None:
            found = changes.annotated(found, item_id, asked.note)
        if asked.title is not None:
            found = changes.renamed(found, item_id, asked.title)
        if asked.quotation is not None:
            found = changes.quoting(found, item_id, span_of(asked.quotation, changes.find(found, item_id)))
        return found if asked.place is None else changes.moved(found, item_id, asked.place)

    return desk.change(dossier, change, desk.edit(f"{_done(asked)} : {name_of(before)}", expected))


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


def _item(desk: Desk, asked: NewItem) -> Item:
    sources = [name for name in (asked.provision, asked.passage, asked.title) if name is not None]
    if len(sources) > 1 or not (sources or asked.note.strip()):
        raise InvalidDossier(
            "Un élément est une disposition, un passage, un titre ou une note.",
            hint="Donnez un seul de provision, passage et title, ou note seule.",
        )
    if asked.title is not None:
        return changes.new_item(ItemKind.HEADING, title=asked.title, note=asked.note)
    if not sources:
        return changes.new_item(ItemKind.NOTE, note=asked.note)
    kind, source = desk.source(provision=asked.provision or "", passage=asked.passage or "", day=asked.as_of)
    return changes.new_item(kind, note=asked.note, source=source)


def _done(asked: ItemPatch) -> str:
    said = {
        "Rédaction du jour gardée": asked.renew,
        "Annoté": asked.note is not None,
        "Renommé": asked.title is not None,
        "Citation choisie": asked.quotation is not None,
        "Déplacé": asked.place is not None,
    }
    return ", ".join(name for name, done in said.items() if done) or "Sans changement"
