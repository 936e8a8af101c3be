"""A question as typed, checked and taken apart before any leg sees it."""

from __future__ import annotations

import re
import unicodedata

from kb.errors import InvalidQuery

# The longest question of the GRETA questionnaire has under 1,500 characters; beyond this it is a pasted document.
MAX_CHARACTERS = 4_000
# Lone surrogates are what is left of bytes that were no UTF-8.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def checked(text: str) -> str:
    """The question without outer spaces, its accents composed. Raises InvalidQuery, with what to do instead.

    >>> checked("  traite ? ")
    'traite ?'
    """
    question = unicodedata.normalize("NFC", text.strip())
    if not question:
        raise InvalidQuery(
            "La question est vide.", hint="Exemple : quelle peine pour la traite en bande organisée ?"
        )
    if len(question) > MAX_CHARACTERS:
        raise InvalidQuery(
            f"La question compte {len(question)} caractères ; la limite est de {MAX_CHARACTERS}.",
            hint="Posez une question courte, ou faites relever les références d'un texte : renvoi citations FICHIER.",
        )
    if _CONTROL.search(question):
        raise InvalidQuery(
            "La question contient des caractères de contrôle.", hint="Collez-la en texte simple."
        )
    if not re.search(r"\w", question):
        raise InvalidQuery("La question ne contient aucun mot.")
    return question
