"""What the LEGI data say of one wording of one article, whatever the file that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.errors import InvalidIdentifier
from kb.ids import DocumentId, ProvisionId, provision_id
from kb.model import Anomaly, State
from kb.text.spans import MappedText

FOREVER = date(2999, 1, 1)
"""The day by which the LEGI data mean that no end, or no beginning, is known."""

# The states of the LEGI data by ours. An article that will be repealed, or replaced, is in force until its end.
_STATES = {
    "VIGUEUR": State.IN_FORCE,
    "ABROGE_DIFF": State.IN_FORCE,
    "VIGUEUR_DIFF": State.DEFERRED,
    "MODIFIE": State.MODIFIED,
    "ABROGE": State.REPEALED,
    "ANNULE": State.REPEALED,
    "DISJOINT": State.REPEALED,
    "PERIME": State.REPEALED,
    "SUBSTITUE": State.REPEALED,
    "TRANSFERE": State.REPEALED,
}
STILLBORN = "MODIFIE_MORT_NE"
"""A wording that was replaced before the day on which it would have come into force: it never was the law."""


@dataclass(frozen=True, slots=True)
class LegiWording:
    """One wording: `[start, end)`, its text, the headings above it; `order` is its place in the file."""

    legiarti: str
    provision: ProvisionId
    number: str
    state: State
    start: date
    end: date | None
    heading: tuple[str, ...]
    content: MappedText
    order: int = 0


@dataclass(frozen=True, slots=True)
class LegiReading:
    """The wordings that one file gives of one code, and the date of its data, where the file tells it."""

    title: str
    wordings: tuple[LegiWording, ...]
    day: date | None = None
    faults: tuple[tuple[str, str], ...] = ()
    """(kind, message) of each anomaly."""

    def anomalies(self, document: DocumentId) -> tuple[Anomaly, ...]:
        """The faults, as those of a document."""
        return tuple(Anomaly(document, kind, message) for kind, message in self.faults)


def state_of(written: str) -> State | None:
    """Our state for one of the LEGI data; None for one that was never the law.

    >>> state_of("ABROGE_DIFF"), state_of("MODIFIE_MORT_NE"), state_of("")
    (<State.IN_FORCE: 'VIGUEUR'>, None, <State.UNCERTAIN: 'INCERTAIN'>)
    """
    return None if written == STILLBORN else _STATES.get(written, State.UNCERTAIN)


def faults_of(wording: LegiWording, written: str) -> tuple[tuple[str, str], ...]:
    """(kind, message) of what is wrong in a wording whose state is `written` so."""
    name = f"{wording.provision} ({wording.legiarti})"
    links = []
    if not wording.content.text:
        links.append(("article_vide", f"L'article {name} n'a pas de texte."))
    if wording.state is State.UNCERTAIN:
        links.append(("etat_inconnu", f"L'état « {written[:40]} » de {name} n'est pas de ceux de LEGI."))
    return tuple(links)


def named(code: str, number: str) -> ProvisionId | None:
    """The identifier of an article; None when its number cannot be one."""
    try:
        return provision_id(code, number)
    except InvalidIdentifier:
        return None
