"""The citations of a question, looked up before any vector is touched."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ids import ProvisionId
from kb.model import Resolution


@dataclass(frozen=True, slots=True)
class References:
    """What a question cites.

    `provisions` are the exact answers, likeliest first, each with its confidence in (0, 1]. `resolutions` tell what
    became of each citation, unknown numbers included. `rest` is the question without its citations, empty when it
    asked for nothing else.
    """

    provisions: tuple[tuple[ProvisionId, float], ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    rest: str = ""
