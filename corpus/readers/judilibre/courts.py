"""Which court gave a decision, and how the decision is named: its identifier, its title."""

from __future__ import annotations

import re

from kb.errors import InvalidIdentifier
from kb.ids import DocumentId, parse_id, slug

# Judilibre writes the values of its lists in full or by their keys, as the caller asked (`resolve_references`).
_JURISDICTIONS = {
    "cc": "Cour de cassation",
    "ca": "Cour d'appel",
    "tj": "Tribunal judiciaire",
    "tcom": "Tribunal de commerce",
}
_CHAMBERS = {
    "pl": "assemblée plénière",
    "mi": "chambre mixte",
    "civ1": "première chambre civile",
    "civ2": "deuxième chambre civile",
    "civ3": "troisième chambre civile",
    "comm": "chambre commerciale financière et économique",
    "soc": "chambre sociale",
    "cr": "chambre criminelle",
    "creun": "chambres réunies",
    "ordo": "ordonnance du premier président",
}
_PUBLICATIONS = {
    "b": "Publié au Bulletin",
    "r": "Publié au Rapport",
    "l": "Publié aux Lettres de chambre",
    "c": "Communiqué",
    "n": "Non publié",
}
_FAMILIES = tuple((name, family) for family, name in _JURISDICTIONS.items())
_POURVOI = re.compile(r"(\d{2})[-‑](\d{2})\.?(\d{3})\Z")
_SEAT = re.compile(r"\b(?:du |des |de |d['’])(?P<seat>.+)", re.IGNORECASE)


def jurisdiction_name(value: str) -> str:
    """
    >>> jurisdiction_name("cc"), jurisdiction_name("Tribunal judiciaire de Bordeaux")
    ('Cour de cassation', 'Tribunal judiciaire de Bordeaux')
    """
    return _JURISDICTIONS.get(value, value)


def chamber_name(value: str) -> str:
    """The chamber in full, with a small letter, as it stands within a reference."""
    return _CHAMBERS.get(value, value[:1].lower() + value[1:])


def publication_name(value: str) -> str:
    """Where the court published the decision."""
    return _PUBLICATIONS.get(value, value)


def court_name(jurisdiction: str, location: str) -> str:
    """The court with its seat, as far as it is known.

    >>> court_name("Cour d'appel", "Cour d'appel de Chambéry")
    "Cour d'appel de Chambéry"
    >>> court_name("Tribunal judiciaire de Bordeaux", "Cour d'appel de Chambéry")
    'Tribunal judiciaire de Bordeaux'
    """
    name = jurisdiction_name(jurisdiction)
    return location if location.startswith(name) else name


def decision_id(court: str, number: str) -> DocumentId:
    """The identifier: the number alone for the Cour de cassation, the seat too for courts that share their numbers.

    >>> decision_id("Cour de cassation", "23-85798"), decision_id("Cour d'appel de Chambéry", "20/00804")
    ('cass/23-85.798', 'ca/chambery/20-00804')
    >>> decision_id("Tribunal de commerce de La Roche-sur-Yon", "2022004346")
    'tcom/la-roche-sur-yon/2022004346'

    Raises InvalidIdentifier when the number gives none.
    """
    family = next((family for name, family in _FAMILIES if court.startswith(name)), "")
    if family == "cc":
        found = _POURVOI.match(number.strip())
        if found is None:
            raise InvalidIdentifier(
                f"« {number[:40]} » n'est pas un numéro de pourvoi (exemple : 23-85.798)."
            )
        return DocumentId(f"cass/{found[1]}-{found[2]}.{found[3]}")
    seat = _SEAT.search(court.removeprefix(_JURISDICTIONS.get(family, "")))
    place = slug(seat["seat"] if seat and family else court)
    value = f"{family or 'juridiction'}/{place}/{slug(number)}"
    parse_id(value)
    return DocumentId(value)
