"""The desk of whoever asks, by dependency: to read, to write through the API, to send a form."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Path

from api.http.authentication import SignedInDep
from api.http.dependencies import ServiceDep
from api.http.forms import FormDep, WriterDep
from api.http.workplace import UsersDep
from kb.errors import UnknownDossier
from service.dossiers import AccountDossiers

_ID = re.compile(r"[0-9a-f]{1,40}")


def reading_desk(service: ServiceDep, database: UsersDep, account: SignedInDep) -> AccountDossiers:
    """Raises SignInRequired."""
    return AccountDossiers(service, database, account, datetime.now(UTC))


def writing_desk(service: ServiceDep, database: UsersDep, account: WriterDep) -> AccountDossiers:
    """Raises SignInRequired, NotAllowed, StaleForm."""
    return AccountDossiers(service, database, account, datetime.now(UTC))


def form_desk(desk: Annotated[AccountDossiers, Depends(reading_desk)], form: FormDep) -> AccountDossiers:
    """For a form whose token is right: only a browser sends one, never a key. Raises SignInRequired, StaleForm."""
    return desk


def checked_id(identifier: str) -> str:
    """An identifier of ours, before the database sees it. Raises UnknownDossier: nothing has any other."""
    if not _ID.fullmatch(identifier):
        raise UnknownDossier(
            "Aucun dossier à vous n'a cette adresse.", hint="La liste des vôtres : /dossiers."
        )
    return identifier


def dossier_id(dossier: Annotated[str, Path(description="Identifiant du dossier")]) -> str:
    """That of the address."""
    return checked_id(dossier)


def share_id(share: Annotated[str, Path(description="Identifiant du lien")]) -> str:
    """That of the address."""
    return checked_id(share)


DossierDep = Annotated[str, Depends(dossier_id)]
ShareDep = Annotated[str, Depends(share_id)]
VersionPath = Annotated[int, Path(ge=1, le=999_999_999, description="Une version du dossier")]
DeskDep = Annotated[AccountDossiers, Depends(reading_desk)]
FormDeskDep = Annotated[AccountDossiers, Depends(form_desk)]
WritingDeskDep = Annotated[AccountDossiers, Depends(writing_desk)]
