"""Whether the part of an article that a citation names exists, and what it says."""

from __future__ import annotations

from kb.checking.article_parts import REPEALED, Subdivision, named_part, parts_of, read_subdivision, siblings
from kb.checking.findings import CERTAIN, UNVERIFIED, Finding, FindingKind
from kb.checking.wordings import Wording


def check_subdivision(written: str, wording: Wording) -> tuple[str, Finding | None]:
    """The text of the part named, "" when there is none, and what must be said of it.

    Absence is judged only where the text of the day is surely known, and whole.
    """
    subdivision = read_subdivision(written)
    if subdivision is None:
        return "", _unread(written)
    parts = parts_of(wording.text)
    text = named_part(parts, subdivision)
    if text is None:
        if not wording.sure:
            return "", Finding(FindingKind.SUBDIVISION, UNVERIFIED, f"« {written} » : {wording.reservation}")
        return "", _absent(subdivision, wording)
    if REPEALED.search(text) and len(text) < 40:
        return text, Finding(
            FindingKind.SUBDIVISION, CERTAIN, f"Cette partie de {wording.name} est abrogée ({wording.since})."
        )
    return text, None


def _unread(written: str) -> Finding | None:
    message = f"La partie citée, « {written} », n'a pas été comparée à l'article."
    return Finding(FindingKind.SUBDIVISION, UNVERIFIED, message)


def _absent(subdivision: Subdivision, wording: Wording) -> Finding:
    has = siblings(parts_of(wording.text), subdivision)
    message = (
        f"{wording.name} n'a pas {_in_words(subdivision)} dans la rédaction {wording.since} ; il a : {has}."
    )
    return Finding(FindingKind.SUBDIVISION, CERTAIN, message)


def _in_words(subdivision: Subdivision) -> str:
    """ "de 9° au I", "d'alinéa 4"."""
    markers = list(subdivision.markers.items())
    alinea = subdivision.alinea
    names = [f"{marker})" if rank == "letter" else marker for rank, marker in markers]
    if alinea is not None:
        names.append("dernier alinéa" if alinea < 0 else f"alinéa {alinea}")
    last, *above = reversed(names)
    return f"d'{last}" + _place(above) if last[0] in "aI" else f"de {last}" + _place(above)


def _place(above: list[str]) -> str:
    return f" au {' du '.join(above)}" if above else ""
