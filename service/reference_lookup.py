"""From a reference as typed to the one provision it names; never a guess."""

from __future__ import annotations

import re

from index.retrieval.model import PROPOSED
from kb.checking.nearest import nearest
from kb.codes import code_by_slug, find_code
from kb.errors import InvalidIdentifier, UnknownProvision
from kb.french_citation import cite_id
from kb.ids import MAX_LENGTH, ProvisionId, provision_id
from kb.model import Citation, CitationKind, Provision, Resolution
from kb.resolution.resolve import resolve
from kb.text.spans import Span
from service.base import Service
from service.catalogue import catalogue_of, meant_by_record

# No text has them, and PostgreSQL refuses the first.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def find_provision(service: Service, reference: str) -> Provision:
    """The provision of an identifier or of a citation in any spelling. Raises UnknownProvision, nearest ones in it."""
    return locate(service, reference)[0]


def locate(service: Service, reference: str) -> tuple[Provision, str]:
    """The same, with the sentence to show beside it: renumbered, no more in force… Raises UnknownProvision."""
    checked_name(reference)
    identifier = _as_id(reference)
    if identifier is not None:
        resolutions = resolve(_citation(identifier), service.articles)
        names: tuple[str, ...] = (identifier,)
    else:
        references = service.searcher.references(reference)
        resolutions = references.resolutions
        proposed = {p for r in resolutions if r.how == PROPOSED for p in r.provisions}
        names = tuple(provision for provision, _ in references.provisions if provision not in proposed)
    target = service.reader.provision(names[0]) if len(names) == 1 else None
    if target is None:
        raise _unknown(service, reference, resolutions, names)
    notice = next((r.message for r in resolutions if r.message and target.id in r.provisions), "")
    meant = meant_by_record(catalogue_of(service.reader), target.id)
    slip = f"Notre fiche le tient pour une coquille : {cite_id(meant)} est sans doute visé." if meant else ""
    return target, " ".join(filter(None, (notice, slip)))


def _unknown(
    service: Service, reference: str, resolutions: tuple[Resolution, ...], names: tuple[str, ...]
) -> UnknownProvision:
    if len(names) > 1:
        return UnknownProvision(
            f"« {_short(reference)} » désigne plusieurs dispositions.",
            candidates=names,
            hint="Précisez le code.",
        )
    lost = next((r for r in resolutions if r.message), None)
    return UnknownProvision(
        lost.message if lost else f"Aucune disposition ne répond à « {_short(reference)} ».",
        candidates=(lost.provisions or nearest(service.articles, lost.target)) if lost else (),
        hint="Vérifiez le numéro et le code.",
    )


def _citation(identifier: ProvisionId) -> Citation:
    """An identifier, as a text that cites it would have it."""
    return Citation((Span(0, len(identifier)),), identifier, (identifier,), CitationKind.CODE)


def checked_name(name: str) -> str:
    """A name given from outside, before the base sees it. Raises InvalidIdentifier."""
    if not name.strip() or len(name) > MAX_LENGTH or _CONTROL.search(name):
        raise InvalidIdentifier(
            f"« {_short(_CONTROL.sub('', name))} » ne peut pas désigner une disposition, un passage ni un document.",
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


def _as_id(reference: str) -> ProvisionId | None:
    """`ceseda/L. 425-1` or `Code pénal/225-4-1` as an identifier; None when it has not this shape."""
    text, slash, number = reference.rpartition("/")
    code = find_code(text) if slash else None
    if code is None and not text.islower():
        return None  # "CM/Rec(2022)21" is no identifier: those are in small letters
    try:
        return provision_id(code.slug if code else text, number) if slash and number else None
    except InvalidIdentifier:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
