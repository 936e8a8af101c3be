"""How much a dossier holds. What is beyond is refused with its measure, never cut."""

from __future__ import annotations

from kb.errors import InvalidDossier
from kb.text.characters import one_line, printable
from workplace.dossiers.model import Content, Item, ItemKind

MAX_TITLE = 200
MAX_NOTE = 20_000
MAX_ITEMS = 500
# The longest wording of the 68 codes, a table of pensions, has 147 000 characters.
MAX_WORDING = 400_000
# Of a whole dossier: three thousand pages.
MAX_CHARACTERS = 6_000_000
MAX_DOSSIERS = 1_000
MAX_SHARES = 20
MAX_FILE = 25_000_000
"""Bytes of an imported file: the longest dossier, in UTF-8 and escaped."""


def checked_title(title: str) -> str:
    """A title on one line. Raises InvalidDossier when empty or too long."""
    clean = one_line(title)
    if not clean:
        raise InvalidDossier("Le titre est vide.", hint="Donnez un titre au dossier.")
    return _within("Le titre", clean, MAX_TITLE)


def checked_note(note: str) -> str:
    """A note without what no document can hold. Raises InvalidDossier when too long."""
    return _within("La note", printable(note).strip(), MAX_NOTE)


def checked_label(label: str) -> str:
    """For whom a link is: on one line, may be empty. Raises InvalidDossier when too long."""
    return _within("Le nom du lien", one_line(label), MAX_TITLE)


def checked(content: Content) -> Content:
    """The content, cleaned. Raises InvalidDossier."""
    if len(content.items) > MAX_ITEMS:
        raise InvalidDossier(
            f"Le dossier aurait {len(content.items)} éléments, plus que les {MAX_ITEMS} permis.",
            hint="Partagez-le en plusieurs dossiers.",
        )
    total = sum(len(i.note) + (len(i.source.text) if i.source else 0) for i in content.items)
    if total > MAX_CHARACTERS:
        raise InvalidDossier(
            f"Le dossier aurait {total} caractères, plus que les {MAX_CHARACTERS} permis.",
            hint="Partagez-le en plusieurs dossiers.",
        )
    items = tuple(_checked_item(item) for item in content.items)
    return Content(checked_title(content.title), checked_note(content.note), items)


def _checked_item(item: Item) -> Item:
    title = checked_title(item.title) if item.heads else ""
    if item.source is not None:
        _within("Le texte", item.source.text, MAX_WORDING)
    if item.kind is ItemKind.NOTE and not item.note.strip():
        raise InvalidDossier("La note est vide.", hint="Écrivez-la, ou supprimez-la.")
    return Item(item.id, item.kind, title, checked_note(item.note), item.source, item.quotation)


def _within(what: str, text: str, most: int) -> str:
    if len(text) > most:
        raise InvalidDossier(
            f"{what} a {len(text)} caractères, plus que les {most} permis.", hint="Raccourcissez."
        )
    return text
