"""What routes ask for: the open service, and their parameters, checked and converted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.filter_parameters import RefinementParameters
from api.http.leasing import BASE
from api.presenters.bibliography import Format
from kb.codes import load_codes
from kb.errors import InvalidDate, PageTooFar, RenvoiError
from kb.ids import MAX_LENGTH
from kb.model import DocumentKind, PassageKind, Provision
from kb.text.iso_dates import iso_date as iso_date
from service.base import Service
from service.facet_filter import Refinement
from service.reference_lookup import checked_code, checked_name, find_provision
from service.search import Method, PassageRequest, Question, SearchRequest

MAX_PAGE_SIZE = 50
# No result is served beyond this rank; Judilibre has the same limit.
LAST_RANK = 10_000
_MAX_CODES = 100
# What is longer is a question that has been asked, or a pasted text: nothing begins so.
MAX_TYPED = 200
# What the OpenAPI document says of names, questions and codes; the checking is done further in, in French.
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_NAME_SCHEMA: JsonDict = {
    "minLength": 1,
    "maxLength": MAX_LENGTH,
    "pattern": rf"^[^{_CONTROL}]*[^{_CONTROL}\s][^{_CONTROL}]*$",
}
# ECMA-262, which JSON Schema follows, has no accented letter in \w.
WORD_PATTERN = r"[\p{L}\p{N}_]"
_QUERY_SCHEMA: JsonDict = {"minLength": 1, "pattern": rf"^[^{_CONTROL}]*{WORD_PATTERN}[^{_CONTROL}]*$"}
CODE_SCHEMA: JsonDict = {"enum": [code.slug for code in load_codes()]}


class Parameters(BaseModel):
    """Query parameters; any other is refused."""

    model_config = ConfigDict(extra="forbid")


class NoParameters(Parameters):
    """For routes without any."""


class DayParameters(Parameters):
    """For what depends on the date of the law."""

    as_of: Annotated[date | None, BeforeValidator(iso_date)] = Field(
        None, description="Droit applicable à cette date ; aujourd'hui par défaut"
    )

    @property
    def day(self) -> date:
        """The day asked for, or today."""
        return self.as_of or date.today()


class SearchParameters(RefinementParameters, DayParameters):
    """A question about provisions."""

    query: str = Field(
        description="La question, ou une référence",
        examples=["traite en bande organisée"],
        json_schema_extra=_QUERY_SCHEMA,
    )
    method: Method = Field(Method.HYBRID, description="Voies de recherche")
    code: list[Annotated[str, Field(json_schema_extra=CODE_SCHEMA)]] = Field(
        [],
        max_length=_MAX_CODES,
        description=(
            "Ne chercher que dans ces codes, par leur identifiant ou leur nom (répétable) ; in_code, lui, filtre "
            "ce qui a été trouvé partout"
        ),
    )
    page: int = Field(0, ge=0, description="La première est 0")
    page_size: int = Field(10, ge=1, le=MAX_PAGE_SIZE)
    explain: bool = Field(False, description="Dire pourquoi, en français")
    facets: bool = Field(
        False, description="Compter les réponses par code, thème, état, lettre, source, période"
    )

    def refinement(self, service: Service) -> Refinement:
        """What is kept of the answers. Raises InvalidIdentifier or InvalidDate."""
        return replace(super().refinement(service), counted=self.facets)

    def request(self, service: Service) -> SearchRequest:
        """What the use case is asked. Raises InvalidIdentifier, InvalidDate, PageTooFar."""
        return SearchRequest(self.question(), self.page, self.page_size, self.refinement(service))

    def question(self) -> Question:
        """The question for the index. Raises InvalidIdentifier for an unknown code, PageTooFar."""
        check_page(self.page, self.page_size)
        codes = tuple(dict.fromkeys(checked_code(name) for name in self.code))
        return Question(self.query, self.day, (self.page + 1) * self.page_size, codes, self.method)


class PassageParameters(DayParameters):
    """A question about passages."""

    query: str = Field(
        description="La question", examples=["formation des magistrats"], json_schema_extra=_QUERY_SCHEMA
    )
    kind: list[PassageKind] = Field([], max_length=_MAX_CODES, description="Sortes de passages (répétable)")
    document: Annotated[str, Field(json_schema_extra=_NAME_SCHEMA)] | None = Field(
        None, description="Ne chercher que dans ce document"
    )
    method: Method = Field(Method.HYBRID, description="Voies de recherche")
    page_size: int = Field(10, ge=1, le=MAX_PAGE_SIZE)

    def request(self) -> PassageRequest:
        """What the use case is asked."""
        question = Question(self.query, self.day, method=self.method)
        return PassageRequest(question, tuple(self.kind), self.document, self.page_size)


class SuggestParameters(DayParameters):
    """What is being typed."""

    query: str = Field(
        max_length=MAX_TYPED,
        description="Ce qui est écrit jusque-là",
        examples=["art. 225-4-1 cp"],
        json_schema_extra=_QUERY_SCHEMA,
    )
    limit: int = Field(8, ge=1, le=20, description="Nombre de suggestions au plus")


class LinkParameters(Parameters):
    """How many links, and from which sources."""

    limit: int = Field(500, ge=1, le=500, description="Nombre de renvois au plus")
    page: int = Field(0, ge=0, le=LAST_RANK, description="La première est 0")
    kind: DocumentKind | None = Field(None, description="Seulement cette sorte de source")
    code: str | None = Field(
        None, description="Seulement les articles de ce code", json_schema_extra=CODE_SCHEMA
    )


class CompareParameters(Parameters):
    """Two days."""

    from_: Annotated[date, BeforeValidator(iso_date)] = Field(
        alias="from", description="Première date", examples=["2010-09-01"]
    )
    to: Annotated[date, BeforeValidator(iso_date)] = Field(
        description="Seconde date", examples=["2026-04-03"]
    )


class CiteParameters(DayParameters):
    """In which form a provision is cited."""

    format: Format = Field(Format.TEXT, description="Forme de la référence")


class ReferenceParameters(Parameters):
    """A reference in any spelling."""

    reference: str = Field(
        description="La référence", examples=["art. L. 425-1 du CESEDA"], json_schema_extra=_NAME_SCHEMA
    )


def check_page(page: int, page_size: int) -> None:
    """Raises PageTooFar."""
    if page * page_size > LAST_RANK:
        raise PageTooFar(
            f"Les résultats ne sont pas servis au-delà du rang {LAST_RANK}.", hint="Précisez la question."
        )


def day_of(text: str) -> date | None:
    """The date of a page's form, None when left empty. Raises InvalidDate."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidDate(
            f"« {text[:40]} » n'est pas une date.", hint="Donnez-la sous la forme AAAA-MM-JJ."
        ) from error


def get_service(request: Request) -> Service:
    """The base that this request reads. Raises what keeps it from opening."""
    base = request.scope[BASE]
    if isinstance(base, RenvoiError):
        raise base
    assert isinstance(base, Service)
    return base


ServiceDep = Annotated[Service, Depends(get_service)]
No = Annotated[NoParameters, Query()]


def get_provision(
    service: ServiceDep,
    reference: Annotated[
        str,
        Path(
            description="Identifiant ou référence, dans toute graphie",
            examples=["code-penal/225-4-1"],
            json_schema_extra=_NAME_SCHEMA,
        ),
    ],
) -> Provision:
    """The provision of the address. Raises UnknownProvision."""
    return find_provision(service, reference)


def get_name(
    name: Annotated[str, Path(description="Identifiant", json_schema_extra=_NAME_SCHEMA)],
) -> str:
    """An identifier of the address, before the base sees it. Raises InvalidIdentifier."""
    return checked_name(name)


ProvisionDep = Annotated[Provision, Depends(get_provision)]
NameDep = Annotated[str, Depends(get_name)]
