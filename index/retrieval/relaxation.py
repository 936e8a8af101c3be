"""How a question was loosened to be answered, in French; never silently."""

from __future__ import annotations

from collections.abc import Mapping

from index.retrieval.language import FRENCH, FRENCH_NAMES, UNDERSTOOD
from index.retrieval.references import References
from kb.french_citation import cite_id


def relaxed(references: References, cited: bool, mended: Mapping[str, str], tongue: str = FRENCH) -> str:
    """One sentence a loosening, empty when there was none.

    `cited`: whether the answers begin with provisions that the question cites. `mended`: the terms that no text
    holds, each with the one that was searched instead. `tongue`: the language of the question.

    >>> relaxed(References(), False, {"victm": "victim"})
    'Mot inconnu, lu autrement : victm → victim.'
    """
    sentences = (_lost(references, cited), _outside(references, cited), _read(mended), _unread(tongue))
    return " ".join(sentence for sentence in sentences if sentence)


def _lost(references: References, cited: bool) -> str:
    lost = ", ".join(cite_id(r.target) for r in references.resolutions if not r.provisions and r.message)
    if not lost:
        return ""
    return f"Référence introuvable ({lost})" + ("." if cited else " : recherche par les mots de la question.")


def _outside(references: References, cited: bool) -> str:
    if cited or not references.provisions:
        return ""
    return "La référence n'est pas dans les codes choisis : recherche par les mots de la question."


def _read(mended: Mapping[str, str]) -> str:
    if not mended:
        return ""
    pairs = ", ".join(f"{unknown} → {known}" for unknown, known in mended.items())
    return f"{'Mots inconnus, lus' if len(mended) > 1 else 'Mot inconnu, lu'} autrement : {pairs}."


def _unread(tongue: str) -> str:
    if tongue in UNDERSTOOD:
        return ""
    name = FRENCH_NAMES[tongue]
    return f"La question semble écrite en {name} : seuls le français et l'anglais sont compris."
