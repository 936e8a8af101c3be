"""/v1/documents: the sources."""

from __future__ import annotations

from fastapi import APIRouter

from api.corpus_schemas import DocumentDetail, DocumentList
from api.deps import NameDep, No, ServiceDep
from api.presenting_corpus import present_document, present_documents

router = APIRouter(prefix="/v1/documents", tags=["Documents"])


@router.get("", summary="Tous les documents")
def documents(service: ServiceDep, _: No) -> DocumentList:
    """Codes, questionnaires, fiches, avec leurs dates et leurs comptes."""
    return present_documents(service)


@router.get("/{name:path}", summary="Un document")
def document(service: ServiceDep, name: NameDep, _: No) -> DocumentDetail:
    """Ses questions, ses passages hors question, les défauts signalés par son lecteur."""
    return present_document(service, name)
