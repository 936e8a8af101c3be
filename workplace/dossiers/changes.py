"""What can be done to the content of a dossier. Each change gives a new content; the limits are checked by all."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from kb.errors import InvalidDossier, UnknownItem
from kb.text.spans import Span
from workplace.dossiers.limits import checked
from workplace.dossiers.model import Content, Item, ItemKind, Source


def new_item(kind: ItemKind, *, title: str = "", note: str = "", source: Source | None = None) -> Item:
    """An item with an identifier of its own."""
    return Item(uuid4().hex[:12], kind, title, note, source)


def find(content: Content, item_id: str) -> Item:
    """Raises UnknownItem."""
    return content.items[_rank(content, item_id)]


def added(content: Content, item: Item, place: int | None = None) -> Content:
    """With one item more, at this place or at the end."""
    rank = len(content.items) if place is None else max(0, min(place, len(content.items)))
    return checked(replace(content, items=(*content.items[:rank], item, *content.items[rank:])))


def removed(content: Content, item_id: str) -> Content:
    """Without an item. Raises UnknownItem."""
    rank = _rank(content, item_id)
    return replace(content, items=content.items[:rank] + content.items[rank + 1 :])


def moved(content: Content, item_id: str, place: int) -> Content:
    """With an item at another place; beyond the ends is the end. Raises UnknownItem."""
    return added(removed(content, item_id), find(content, item_id), place)


def raised(content: Content, item_id: str, steps: int = 1) -> Content:
    """With an item `steps` places higher, or lower when negative. Raises UnknownItem."""
    return moved(content, item_id, max(0, _rank(content, item_id) - steps))


def retitled(content: Content, title: str, note: str) -> Content:
    """With another title and note."""
    return checked(replace(content, title=title, note=note))


def annotated(content: Content, item_id: str, note: str) -> Content:
    """With another note beside an item, or in place of a note. Raises UnknownItem."""
    return checked(_with(content, replace(find(content, item_id), note=note)))


def renamed(content: Content, item_id: str, title: str) -> Content:
    """With another title on a heading. Raises UnknownItem, InvalidDossier."""
    item = find(content, item_id)
    if not item.heads:
        raise InvalidDossier("Seul un titre de rubrique peut être renommé.", hint="Annotez l'extrait.")
    return checked(_with(content, replace(item, title=title)))


def quoting(content: Content, item_id: str, span: Span | None) -> Content:
    """With this part of the wording to be quoted, None for all of it. Raises UnknownItem, InvalidDossier."""
    item = find(content, item_id)
    length = len(item.source.text) if item.source else 0
    if span is not None and not 0 <= span.start < span.end <= length:
        raise InvalidDossier(
            f"La citation va de {span.start} à {span.end}, hors du texte gardé, qui a {length} caractères.",
            hint="Choisissez-la dans le texte de l'extrait.",
        )
    return _with(content, replace(item, quotation=span))


def renewed(content: Content, item_id: str, source: Source) -> Content:
    """With the wording of the day in place of the one kept; a quotation that it still has stays chosen.

    Raises UnknownItem.
    """
    item = find(content, item_id)
    start = source.text.find(item.quoted) if item.quotation else -1
    span = Span(start, start + len(item.quoted)) if start >= 0 else None
    return checked(_with(content, replace(item, source=source, quotation=span)))


def _with(content: Content, item: Item) -> Content:
    rank = _rank(content, item.id)
    return replace(content, items=(*content.items[:rank], item, *content.items[rank + 1 :]))


def _rank(content: Content, item_id: str) -> int:
    for rank, item in enumerate(content.items):
        if item.id == item_id:
            return rank
    raise UnknownItem(
        "Cet élément n'est pas, ou n'est plus, dans le dossier.",
        hint="Rouvrez le dossier pour voir son état.",
    )
