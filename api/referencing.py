"""From a reference as typed to the one provision it names; never a guess."""

from __future__ import annotations

from rapidfuzz import process

from api.service import Service
from kb.codes import code_by_slug, find_code
from kb.errors import InvalidIdentifier, UnknownProvision
from kb.ids import MAX_LENGTH, parse_id, provision_id
from kb.model import Provision

NEAREST = 5


def find_provision(service: Service, reference: str) -> Provision:
    """The provision of an identifier or of a citation in any spelling. Raises UnknownProvision, nearest ones in it."""
    checked_name(reference)
    by_id = service.reader.provision(_as_id(reference) or reference)
    if by_id is not None:
        return by_id
    references = service.searcher.references(reference)
    named = tuple(provision for provision, _ in references.provisions)
    if len(named) == 1:
        found = service.reader.provision(named[0])
        if found is not None:
            return found
    if named:
        raise UnknownProvision(
            f"« {_short(reference)} » désigne plusieurs dispositions.",
            candidates=named,
            hint="Précisez le code.",
        )
    lost = [r for r in references.resolutions if r.message]
    target = lost[0].target if lost else _as_id(reference) or reference
    raise UnknownProvision(
        lost[0].message if lost else f"Aucune disposition ne répond à « {_short(reference)} ».",
        candidates=nearest(service, target),
        hint="Vérifiez le numéro et le code.",
    )


def checked_name(name: str) -> str:
    """A name given from outside, before the base sees it. Raises InvalidIdentifier."""
    if not name.strip() or len(name) > MAX_LENGTH or not name.isprintable():
        raise InvalidIdentifier(
            f"« {_short(''.join(c for c in name if c.isprintable()))} » ne peut pas désigner une disposition, un "
            "passage ni un document.",
            hint="Exemples : code-penal/225-4-1, « art. L. 425-1 du CESEDA ».",
        )
    return name


def checked_code(name: str) -> str:
    """The slug of a code of the registry, from its slug or any of its names. Raises InvalidIdentifier."""
    code = code_by_slug(name) or (find_code(name) if name.strip() and len(name) <= MAX_LENGTH else None)
    if code is None:
        raise InvalidIdentifier(
            f"« {_short(name)} » n'est pas un code connu.", hint="La liste des codes : /v1/taxonomy."
        )
    return code.slug


def _as_id(reference: str) -> str | None:
    """`ceseda/L. 425-1` → `ceseda/L425-1`; None when it has not this shape."""
    text, slash, number = reference.partition("/")
    code = find_code(text) if slash else None
    try:
        return provision_id(code.slug if code else text, number) if slash and number else None
    except InvalidIdentifier:
        return None


def nearest(service: Service, target: str) -> tuple[str, ...]:
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
