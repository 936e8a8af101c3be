"""From a reference as typed to the one provision it names; never a guess."""

from __future__ import annotations

from rapidfuzz import process

from api.service import Service
from kb.errors import InvalidIdentifier, UnknownProvision
from kb.ids import parse_id, provision_id
from kb.model import Provision

NEAREST = 5


def find_provision(service: Service, reference: str) -> Provision:
    """The provision of an identifier or of a citation in any spelling. Raises UnknownProvision with the nearest ones."""
    by_id = service.reader.provision(_as_id(reference) or reference)
    if by_id is not None:
        return by_id
    references = service.searcher.references(reference)
    if len(references.provisions) == 1:
        found = service.reader.provision(references.provisions[0])
        if found is not None:
            return found
    if references.provisions:
        raise UnknownProvision(
            f"« {_short(reference)} » désigne plusieurs dispositions.",
            candidates=tuple(references.provisions),
            hint="Précisez le code.",
        )
    lost = [r for r in references.resolutions if r.message]
    raise UnknownProvision(
        lost[0].message if lost else f"Aucune disposition ne répond à « {_short(reference)} ».",
        candidates=_nearest(service, lost[0].target if lost else reference),
        hint="Vérifiez le numéro et le code.",
    )


def _as_id(reference: str) -> str | None:
    """`ceseda/L. 425-1` → `ceseda/L425-1`; None when it has not this shape."""
    text, slash, number = reference.partition("/")
    try:
        return provision_id(text, number) if slash and number else None
    except InvalidIdentifier:
        return None


def _nearest(service: Service, target: str) -> tuple[str, ...]:
    """Existing identifiers that look most like the one asked for, in the same code."""
    try:
        identifier = parse_id(target)
    except InvalidIdentifier:
        return ()
    numbers = service.articles.numbers(identifier.text)
    found = process.extract(identifier.number or "", numbers, limit=NEAREST)
    return tuple(f"{identifier.text}/{number}" for number, _, _ in found)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
