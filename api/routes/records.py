"""/v1/records: our own notes."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field

from api.http.dependencies import MAX_PAGE_SIZE, NameDep, No, Parameters, ServiceDep, check_page
from api.presenters.records import list_records, present_record_detail, present_records
from api.schemas.records import RecordDetail, RecordList
from kb.records import RecordKind
from service.catalogue import catalogue_of

router = APIRouter(prefix="/v1/records", tags=["Fiches"])


class RecordParameters(Parameters):
    """Which records."""

    kind: RecordKind | None = Field(None, description="Un seul genre de fiches")
    question: int | None = Field(None, ge=1, le=42, description="Celles qui intéressent cette question")
    provision: str | None = Field(
        None,
        max_length=200,
        description="Celles qui portent sur cette disposition ou la citent",
        examples=["code-penal/225-4-1"],
    )
    page: int = Field(0, ge=0, description="La première est 0")
    page_size: int = Field(10, ge=1, le=MAX_PAGE_SIZE)


@router.get("", summary="Les fiches de Renvoi")
def records(service: ServiceDep, parameters: Annotated[RecordParameters, Query()]) -> RecordList:
    """Nos notes sur les dispositions, les réponses, les décisions, les plans et les termes : aucun texte officiel."""
    check_page(parameters.page, parameters.page_size)
    filters = parameters.model_dump(include={"kind", "question", "provision"}, exclude_none=True, mode="json")
    matches = list_records(
        catalogue_of(service.reader), parameters.kind, parameters.question, parameters.provision
    )
    address = f"/v1/records?{urlencode(filters)}" if filters else "/v1/records"
    return present_records(matches, parameters.page, parameters.page_size, address)


@router.get("/{name:path}", summary="Une fiche")
def record(service: ServiceDep, name: NameDep, _: No) -> RecordDetail:
    """`reponse/21`, `cass/23-85.798`, `plan/teh-2024-2027/axe-2`, `terme/ocrteh`, `code-penal/225-4-1`."""
    return present_record_detail(service, name)
