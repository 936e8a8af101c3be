"""The citations of a question, looked up before any vector is touched."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ids import ProvisionId
from kb.model import Resolution

_CERTAIN = 0.5


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

    @property
    def certain(self) -> bool:
        """Whether some provision is named so that it can hardly be another: "article 54" alone is borne by many."""
        return any(sure >= _CERTAIN for _, sure in self.provisions)
