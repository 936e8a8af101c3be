"""References, and the base as a whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.dependencies import No, ReferenceParameters, ServiceDep, SuggestParameters
from api.presenters.corpus import present_stats, present_taxonomy
from api.presenters.provisions import present_cite
from api.presenters.suggestions import present_suggestions
from api.presenters.themes import present_theme
from api.schemas.answers import CiteResponse
from api.schemas.corpus import Stats, Taxonomy
from api.schemas.suggestions import SuggestionResponse
from api.schemas.themes import ThemeDetail
from service.suggestions import suggest
from service.themes import find_theme

router = APIRouter(prefix="/v1", tags=["Base"])


@router.get("/cite", summary="La forme canonique d'une référence")
def cite(service: ServiceDep, parameters: Annotated[ReferenceParameters, Query()]) -> CiteResponse:
    """Ou les références existantes les plus proches ; jamais une supposition."""
    return present_cite(service, parameters.reference)


@router.get("/suggest", summary="Suggestions pendant la frappe")
def suggestions(service: ServiceDep, parameters: Annotated[SuggestParameters, Query()]) -> SuggestionResponse:
    """Dispositions dont le numéro commence ainsi, codes, thèmes, fiches, questions, et la requête mieux écrite."""
    return present_suggestions(suggest(service, parameters.query, parameters.day, parameters.limit))


@router.get("/taxonomy", summary="Thèmes, codes, sortes, états, statuts, voies")
def taxonomy(service: ServiceDep, _: No) -> Taxonomy:
    """Les valeurs que prennent les paramètres et les réponses, et les codes absents de la base."""
    return present_taxonomy(service)


@router.get("/taxonomy/{theme}", summary="Un thème")
def theme(service: ServiceDep, theme: str, _: No) -> ThemeDetail:
    """Ses dispositions, les questions du questionnaire où il en est question, les décisions."""
    return present_theme(find_theme(service, theme))


@router.get("/stats", summary="La base en chiffres")
def stats(service: ServiceDep, _: No) -> Stats:
    """Documents, dispositions, passages, renvois par statut, anomalies par sorte."""
    return present_stats(service)
