"""Identifiers of records that are not of a provision: reponse/21, plan/teh-2024-2027/axe-1, terme/ocrteh, decision/…"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.records.common import each_once, target

COURTS = ("cass", "ce", "cc", "cedh", "cjue", "cnda")
"""Families of decisions that have a number of their own; the others are `decision/<court>-<date>`."""
_ID = re.compile(
    r"(?:reponse/[1-9]\d*|plan(?:/[a-z0-9]+(?:-[a-z0-9]+)*){1,3}|(?:terme|decision)/[a-z0-9]+(?:-[a-z0-9]+)*)\Z"
)


def record_id(value: str) -> str:
    """An identifier of a record of any kind but those of provisions."""
    if value.partition("/")[0] in COURTS:
        return target(value)
    if not _ID.match(value):
        raise ValueError(
            f"« {value} » n'est pas l'identifiant d'une fiche, tel que reponse/21, plan/teh-2024-2027 ou terme/ocrteh"
        )
    return value


RecordId = Annotated[str, AfterValidator(record_id)]
RecordIds = Annotated[tuple[RecordId, ...], Field(strict=False), AfterValidator(each_once)]
