"""What an error becomes outside: one table from each class to a status, a title and whether to try again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field

from api.http.server_faults import SAID
from api.presenters.dossiers import present_content
from kb import errors
from workplace.dossiers.model import Dossier

CONTENT_TYPE = "application/problem+json"
log = logging.getLogger("renvoi")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Status, code (stable, for programs) and title (French, for people) of a class of errors."""

    status: int
    code: str
    title: str
    retryable: bool = False


MAPPINGS: dict[type[errors.RenvoiError], Mapping] = {
    errors.RenvoiError: Mapping(500, "erreur", "Erreur de Renvoi"),
    errors.InvalidInput: Mapping(400, "demande-invalide", "Demande invalide"),
    errors.InvalidIdentifier: Mapping(400, "identifiant-invalide", "Identifiant invalide"),
    errors.InvalidQuery: Mapping(400, "question-invalide", "Question invalide"),
    errors.InvalidDate: Mapping(400, "date-invalide", "Date invalide"),
    errors.TextTooLong: Mapping(413, "texte-trop-long", "Texte trop long"),
    errors.PageTooFar: Mapping(416, "page-trop-loin", "Page trop lointaine"),
    errors.NotFound: Mapping(404, "introuvable", "Introuvable"),
    errors.UnknownProvision: Mapping(404, "disposition-inconnue", "Disposition inconnue"),
    errors.UnknownVersion: Mapping(404, "redaction-inconnue", "Aucune rédaction à cette date"),
    errors.UnknownSection: Mapping(404, "section-inconnue", "Section inconnue"),
    errors.UnknownTheme: Mapping(404, "theme-inconnu", "Thème inconnu"),
    errors.UnknownDocument: Mapping(404, "document-inconnu", "Document inconnu"),
    errors.UnknownPassage: Mapping(404, "passage-inconnu", "Passage inconnu"),
    errors.UnknownAccount: Mapping(404, "compte-inconnu", "Compte inconnu"),
    errors.InvalidAccount: Mapping(400, "compte-invalide", "Compte invalide"),
    errors.VersionRequired: Mapping(428, "version-requise", "Version requise"),
    errors.InvalidDossier: Mapping(400, "dossier-invalide", "Dossier invalide"),
    errors.InvalidQuestionnaire: Mapping(400, "questionnaire-invalide", "Questionnaire invalide"),
    errors.UnknownDossier: Mapping(404, "dossier-inconnu", "Dossier inconnu"),
    errors.UnknownItem: Mapping(404, "element-inconnu", "Élément inconnu"),
    errors.StaleEdit: Mapping(412, "copie-perimee", "Copie périmée"),
    errors.Refused: Mapping(403, "refus", "Accès refusé"),
    errors.SignInRequired: Mapping(401, "connexion-requise", "Connexion requise"),
    errors.BadCredentials: Mapping(401, "identification-refusee", "Identification refusée"),
    errors.NotAllowed: Mapping(403, "droit-insuffisant", "Droit insuffisant"),
    errors.StaleForm: Mapping(403, "formulaire-perime", "Formulaire périmé"),
    errors.TooManyRequests: Mapping(429, "trop-de-demandes", "Trop de demandes", True),
    errors.LockedOut: Mapping(429, "connexion-suspendue", "Connexion suspendue", True),
    errors.ProviderUnavailable: Mapping(503, "fournisseur-indisponible", "Fournisseur indisponible", True),
    errors.WorkplaceUnavailable: Mapping(503, "comptes-indisponibles", "Comptes indisponibles", True),
    errors.SourceError: Mapping(500, "source", "Source en défaut"),
    errors.SyncFailed: Mapping(502, "telechargement", "Téléchargement impossible"),
    errors.UnreadableSource: Mapping(500, "source-illisible", "Source illisible"),
    errors.MissingSources: Mapping(500, "sources-absentes", "Sources absentes"),
    errors.ArtefactError: Mapping(503, "base", "Base indisponible", True),
    errors.NotBuilt: Mapping(503, "base-absente", "Base non construite", True),
    errors.SchemaMismatch: Mapping(503, "schema-different", "Base d'une autre version", True),
    errors.GenerationMismatch: Mapping(503, "generation-differente", "Index et base désaccordés", True),
    errors.BuildFailed: Mapping(503, "construction-echouee", "Construction échouée", True),
}
HTTP_MAPPINGS = {
    400: Mapping(400, "demande-invalide", "Demande invalide"),
    404: Mapping(404, "introuvable", "Page introuvable"),
    413: Mapping(413, "demande-trop-grande", "Demande trop grande"),
    405: Mapping(405, "methode-refusee", "Méthode refusée"),
    500: Mapping(500, "erreur-interne", "Erreur interne"),
}


class ParameterError(BaseModel):
    """Un paramètre en défaut (forme de Judilibre)."""

    value: str
    msg: str
    param: str
    location: str


class Problem(BaseModel):
    """Une erreur (RFC 9457), avec ce qu'il faut pour la comprendre et la signaler."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ParameterError] = []
    code: str
    retryable: bool
    hint: str = ""
    error_id: str = Field(description="À citer dans un signalement ; le même est dans le journal du serveur")
    current: dict[str, Any] | None = Field(
        None,
        description="Le dossier tel qu'il est maintenant, quand une modification part d'une copie plus ancienne",
    )
    candidates: list[str] = Field([], description="Les dispositions les plus proches, s'il y en a")


def problem(
    mapping: Mapping, detail: str, instance: str, *, hint: str = "", faults: Sequence[ParameterError] = ()
) -> Problem:
    """A problem with an identifier of its own."""
    return Problem(
        type=f"urn:renvoi:erreur:{mapping.code}",
        title=mapping.title,
        status=mapping.status,
        detail=detail,
        instance=instance,
        errors=list(faults),
        code=mapping.code,
        retryable=mapping.retryable,
        hint=hint,
        error_id=uuid4().hex,
    )


def problem_of(error: errors.RenvoiError, instance: str) -> Problem:
    """The problem that one of our errors is; the message of a fault of the server itself goes to its journal alone."""
    kind = next(kind for kind in type(error).__mro__ if kind in MAPPINGS)
    detail, hint = SAID.get(kind, (error.message, error.hint))
    described = problem(MAPPINGS[kind], detail, instance, hint=hint)
    if kind in SAID:
        log.error("error %s on %s: %s %s", described.error_id, instance, error.message, error.hint)
    candidates = list(error.candidates) if isinstance(error, errors.UnknownProvision) else []
    return described.model_copy(update={"candidates": candidates, "current": _current(error)})


def _current(error: errors.RenvoiError) -> dict[str, Any] | None:
    """The newer copy that an edit of an older one would have overwritten."""
    if isinstance(error, errors.StaleEdit) and isinstance(error.current, Dossier):
        return present_content(error.current).model_dump(mode="json")
    return None
