"""The facets of an answer: each value with its count, its name in French, and the address that keeps it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from api.addresses import search_url
from api.schemas.facets import FacetOut, FacetValue
from kb.facet_values import NUMBER_KINDS, NumberKind
from kb.french_citation import text_name
from kb.model import DocumentKind
from kb.taxonomy import load_themes
from kb.validity import Standing
from kb.wording.validity import STANDINGS
from service.facet_filter import Facet, Refinement
from service.search import Question

LABELS = {
    Facet.CODE: "Code ou texte",
    Facet.THEME: "Thème",
    Facet.STATE: "État à la date du droit",
    Facet.KIND: "Lettre du numéro",
    Facet.SOURCE: "Ce qui en parle",
    Facet.PERIOD: "Rédaction connue depuis",
}
SOURCES = {
    DocumentKind.CODE: "texte officiel",
    DocumentKind.QUESTIONNAIRE: "réponse au GRETA",
    DocumentKind.DECISION: "décision",
    DocumentKind.CIRCULAR: "circulaire",
    DocumentKind.PLAN: "plan",
    DocumentKind.REPORT: "rapport",
    DocumentKind.RECORD: "fiche de Renvoi",
}
# Facets whose values have an order of their own; the others go from the most frequent on.
_ORDERED: Mapping[Facet, Sequence[str]] = {
    Facet.STATE: [state.value for state in Standing],
    Facet.KIND: [kind.value for kind in NumberKind],
    Facet.SOURCE: [kind.value for kind in SOURCES],
}


def label_of(facet: Facet, value: str) -> str:
    """
    >>> label_of(Facet.CODE, "ceseda"), label_of(Facet.STATE, "pas-encore"), label_of(Facet.PERIOD, "2015-2019")
    ('CESEDA', 'pas encore en vigueur', '2015-2019')
    """
    if facet is Facet.CODE:
        return text_name(value)
    if facet is Facet.THEME:
        return load_themes()[value].fr
    if facet is Facet.STATE:
        return STANDINGS[Standing(value)]
    if facet is Facet.KIND:
        return NUMBER_KINDS[NumberKind(value)]
    return SOURCES[DocumentKind(value)] if facet is Facet.SOURCE else value


def present_facets(
    question: Question, page_size: int, refinement: Refinement, counts: Mapping[Facet, Counter[str]]
) -> list[FacetOut]:
    """Every facet that has a value to show."""

    facets = []
    for facet, counter in counts.items():
        chosen = refinement.values.get(facet, ())
        others = replace(refinement, values=refinement.without(facet)).parameters()
        base = search_url(question, 0, page_size, others)
        values = [
            FacetValue(
                value=value,
                label=label_of(facet, value),
                count=counter[value],
                selected=value in chosen,
                url=base + _more(facet, [v for v in chosen if v != value] if value in chosen else [value]),
            )
            for value in _ordered(facet, {*counter, *chosen}, counter)
        ]
        if values:
            facets.append(FacetOut(name=facet.value, label=LABELS[facet], values=values))
    return facets


def _more(facet: Facet, values: Sequence[str]) -> str:
    return "".join(f"&{facet.value}={quote_plus(value)}" for value in values)


def _ordered(facet: Facet, values: Iterable[str], counts: Counter[str]) -> list[str]:
    if facet is Facet.PERIOD:
        return sorted(values, reverse=True)
    own = _ORDERED.get(facet)
    if own:
        return sorted(values, key=own.index)
    return sorted(values, key=lambda value: (-counts[value], label_of(facet, value)))
