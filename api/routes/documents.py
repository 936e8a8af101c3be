"""/v1/documents: the sources."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.dependencies import NameDep, No, ServiceDep
from api.presenters.corpus import present_document, present_documents
from api.schemas.corpus import DocumentDetail, DocumentList

router = APIRouter(prefix="/v1/documents", tags=["Documents"])


@router.get("", summary="Tous les documents")
def documents(service: ServiceDep, _: No) -> DocumentList:
    """Codes, questionnaires, fiches, avec leurs dates et leurs comptes."""
    return present_documents(service)


@router.get("/{name:path}", summary="Un document")
def document(service: ServiceDep, name: NameDep, _: No) -> DocumentDetail:
    """Ses questions, ses passages hors question, les défauts signalés par son lecteur."""
    return present_document(service, name)
