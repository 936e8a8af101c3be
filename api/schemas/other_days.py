"""The days beside that of an answer, as the API says them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.strict_model import Model


class OtherDayOut(Model):
    """Une disposition qui répondrait, mais un autre jour : pas encore née, ou abrogée."""

    provision: str
    citation: str
    standing: str
    message: str
    as_of: date = Field(description="Un jour où elle existait")


class DateProposedOut(Model):
    """Une date que la question écrit, proposée comme date des faits ; elle n'est jamais appliquée d'office."""

    words: str
    as_of: date
    message: str
