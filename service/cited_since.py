"""What became of each citation of a reused passage since the passage was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.checking.findings import FindingKind
from kb.french_citation import cite_id, french_number
from kb.lives import successors, turn_between
from kb.model import Passage, Provision, Status, Version
from kb.store.reading import CitedTarget
from kb.text.french_dates import french_date
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import first_line, said_of
from service.base import Service
from service.catalogue import catalogue_of
from service.check import check_text

LABELS = {
    "unchanged": "inchangé",
    "changed": "modifié depuis",
    "uncertain": "à vérifier",
    "undated": "en vigueur",
    "renumbered": "renuméroté",
    "repealed": "abrogé",
    "not_yet_in_force": "pas encore en vigueur",
    "suspicious": "douteux",
    "not_covered": "hors de la base",
    "unclear": "à préciser",
}
_STATUSES = {
    Status.RENUMBERED: "renumbered",
    Status.REPEALED: "repealed",
    Status.NOT_YET_IN_FORCE: "not_yet_in_force",
    Status.UNDETERMINED: "uncertain",
    Status.SUSPICIOUS: "suspicious",
    Status.NOT_IN_CORPUS: "not_covered",
    Status.UNKNOWN_NUMBER: "unclear",
    Status.AMBIGUOUS: "unclear",
}


@dataclass(frozen=True, slots=True)
class Period:
    """`since` is the day of the reply, None when nobody said it; `today` the day of the comparison."""

    today: date
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CitedSince:
    """One citation of a passage: what became of it, in a word and in a sentence.

    `provision` is the one that it leads to, None for what the base has not; `days` those between which its wordings
    are worth comparing.
    """

    citation: str
    reference: str
    status: str
    message: str
    provision: str | None = None
    days: tuple[date, date] | None = None

    @property
    def label(self) -> str:
        """The word that is shown for the status."""
        return LABELS[self.status]


def cited_since(
    service: Service, passages: Mapping[int, Passage], period: Period
) -> dict[int, list[CitedSince]]:
    """By passage, each of its citations once; a code of the base that is named as a whole is left out."""
    codes = {code.slug for code in catalogue_of(service.reader).codes}
    links = [link for link in service.reader.cites(tuple(passages)) if link.target not in codes]
    ids = {str(link.provision) for link in links if link.provision}
    known = {str(name): p for name, p in service.reader.provisions(ids).items()}
    doubts = {key: _doubts(service, passages[key], period) for key in {link.passage_key for link in links}}
    by_passage: dict[int, dict[tuple[str, str], CitedSince]] = {}
    for link in links:
        doubt = doubts[link.passage_key].get(link.start)
        citation = _told(link, known, period) if doubt is None else _answer(link, "suspicious", doubt)
        by_passage.setdefault(link.passage_key, {}).setdefault(
            (citation.reference, citation.status), citation
        )
    return {key: list(citations.values()) for key, citations in by_passage.items()}


def _doubts(service: Service, passage: Passage, period: Period) -> dict[int, str]:
    """Why the article that a citation names is doubtful, by where it begins; not what is said of the article."""
    results = check_text(service, passage.text, period.today).results
    return {
        result.citation.start: finding.message
        for result in results
        if result.status is Status.SUSPICIOUS
        for finding in result.findings
        if finding.accuses and finding.kind is FindingKind.NUMBER
    }


def _told(link: CitedTarget, known: Mapping[str, Provision], period: Period) -> CitedSince:
    status = Status(link.status)
    if status is not Status.RESOLVED:
        return _answer(link, _STATUSES[status], link.message)
    provision = known.get(str(link.provision))
    if provision is None:
        return _answer(link, "not_covered", "La base tient le document cité, mais pas ses rédactions.")
    return _resolved(link, provision, period)


_ENDED = {
    Standing.NOT_YET: "not_yet_in_force",
    Standing.REPEALED: "repealed",
    Standing.ABSENT: "repealed",
    Standing.WITHOUT_TEXT: "not_covered",
    Standing.UNKNOWN: "uncertain",
    Standing.UNDETERMINED: "uncertain",
    Standing.LAST_KNOWN: "uncertain",
}
"""What is said of a provision that is not surely in force today."""


def _resolved(link: CitedTarget, provision: Provision, period: Period) -> CitedSince:
    law, since = law_on(provision.versions, period.today), period.since
    if law.standing in _ENDED:
        return _answer(link, _ENDED[law.standing], said_of(law))
    if since is None:
        message = f"{first_line(law)} ; donnez la date de la réponse pour savoir si elle a changé."
        return _answer(link, "undated", message)
    return _compared(link, provision, law, since)


def _compared(link: CitedTarget, provision: Provision, law: LawOfDay[Version], since: date) -> CitedSince:
    former, then = law_on(provision.versions, since), f"le {french_date(since)}"
    days = (since, law.day)
    turn = turn_between(provision.id, since, law.day)
    if turn is not None:
        return _given_anew(link, provision, turn.day)
    if former.candidates:
        return _answer(link, "uncertain", said_of(former), days)
    if former.wording is None or law.wording is None:
        return _answer(link, "uncertain", f"La base ne connaît pas la rédaction d'alors, {then}.")
    if former.wording.text.split() == law.wording.text.split():
        checked = french_date(law.wording.last_seen)
        return _answer(link, "unchanged", f"Même rédaction que {then}, vérifiée le {checked}.")
    return _answer(link, "changed", f"Ce n'est plus la rédaction qui s'appliquait {then}.", days)


def _given_anew(link: CitedTarget, provision: Provision, turn: date) -> CitedSince:
    """The number names another article by now: what became of the one that was cited, as far as it is known."""
    went = ", ".join(french_number(number) for number in successors(provision.id, turn))
    message = f"Ce numéro désigne un autre article depuis le {french_date(turn)}"
    return _answer(
        link, "renumbered", f"{message} ; l'article cité est repris à : {went}." if went else f"{message}."
    )


def _answer(
    link: CitedTarget, status: str, message: str, days: tuple[date, date] | None = None
) -> CitedSince:
    reference = cite_id(str(link.provision or link.target))
    provision = str(link.provision) if link.provision else None
    return CitedSince(" ".join(link.raw.split()), reference, status, message, provision, days)
