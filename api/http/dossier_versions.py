"""Which version an edit is made from: the ETag of a dossier, given back in If-Match."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header, Response
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema

from api.schemas.dossiers import DossierOut
from kb.errors import VersionRequired

_VERSION = re.compile(r'"?([0-9]{1,9})(?:-[A-Za-z0-9_.-]*)?"?')
# What the OpenAPI document says of the header.
_SCHEMA: JsonDict = {"pattern": r'^("?[0-9]{1,9}(-[A-Za-z0-9_.-]*)?"?|\*)$'}


def tagged(response: Response, dossier: DossierOut) -> DossierOut:
    """The dossier, its ETag in the answer's headers: its version, the base and the day that it was compared with."""
    response.headers["ETag"] = f'"{dossier.version}-{dossier.generation}-{dossier.as_of.isoformat()}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return dossier


def given_version(
    if_match: Annotated[
        str | SkipJsonSchema[None],
        Header(
            description="L'ETag de la copie modifiée, ou sa version entre guillemets ; `*` pour n'importe laquelle",
            examples=['"3"'],
            json_schema_extra=_SCHEMA,
        ),
    ] = None,
) -> int | None:
    """The version that an edit is made from, None for any. Raises VersionRequired."""
    if if_match is None:
        raise VersionRequired(
            "Dites de quelle version part cette modification.",
            hint="Donnez l'ETag du dossier dans l'en-tête If-Match, par exemple If-Match: \"3\".",
        )
    if if_match.strip() == "*":
        return None
    match = _VERSION.fullmatch(if_match.strip())
    if match is None:
        raise VersionRequired(
            "L'en-tête If-Match n'est pas l'ETag d'un dossier.", hint='Par exemple If-Match: "3".'
        )
    return int(match[1])


VersionDep = Annotated[int | None, Depends(given_version)]
