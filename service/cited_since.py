"""What became of each citation of a reused passage since the passage was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.dated import NO_TEXT, is_valid, version_on, warnings
from kb.french_citation import cite_id
from kb.model import Passage, Provision, State, Status, Version
from kb.store.reading import CitedTarget
from kb.text.french_dates import french_date
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
    found: dict[int, dict[tuple[str, str], CitedSince]] = {}
    for link in links:
        doubt = doubts[link.passage_key].get(link.start)
        told = _told(link, known, period) if doubt is None else _answer(link, "suspicious", doubt)
        found.setdefault(link.passage_key, {}).setdefault((told.reference, told.status), told)
    return {key: list(citations.values()) for key, citations in found.items()}


def _doubts(service: Service, passage: Passage, period: Period) -> dict[int, str]:
    """Why a citation is doubtful, by where it begins."""
    results = check_text(service, passage.text, period.today).results
    return {r.citation.start: r.message for r in results if r.status is Status.SUSPICIOUS}


def _told(link: CitedTarget, known: Mapping[str, Provision], period: Period) -> CitedSince:
    status = Status(link.status)
    if status is not Status.RESOLVED:
        return _answer(link, _STATUSES[status], link.message)
    provision = known.get(str(link.provision))
    if provision is None:
        return _answer(link, "not_covered", "La base tient le document cité, mais pas ses rédactions.")
    return _resolved(link, provision, period)


def _resolved(link: CitedTarget, provision: Provision, period: Period) -> CitedSince:
    version, since = version_on(provision, period.today), period.since
    if version is None:
        return _answer(link, "not_covered", NO_TEXT)
    if version.start > period.today:
        return _answer(link, "not_yet_in_force", f"Connu à partir du {french_date(version.start)}.")
    if version.state is State.REPEALED or not is_valid(version, period.today):
        end = f" au plus tard le {french_date(version.end)}" if version.end else ""
        return _answer(link, "repealed", f"N'est plus en vigueur{end}.")
    if since is None:
        known = f"La rédaction d'aujourd'hui est connue depuis le {french_date(version.start)}"
        return _answer(
            link, "undated", f"{known} ; donnez la date de la réponse pour savoir si elle a changé."
        )
    return _compared(link, provision, version, (since, period.today))


def _compared(
    link: CitedTarget, provision: Provision, version: Version, days: tuple[date, date]
) -> CitedSince:
    former = version_on(provision, days[0])
    said = f"le {french_date(days[0])}"
    if former is None or former.start > days[0]:
        return _answer(link, "uncertain", f"La base ne connaît pas la rédaction d'alors, {said}.")
    if former.text.split() == version.text.split():
        unseen = version.last_seen < days[1]
        until = f", observée jusqu'au {french_date(version.last_seen)}" if unseen else ""
        return _answer(link, "unchanged", f"Même rédaction que {said}{until}.")
    if days[0] > former.last_seen:
        return _answer(link, "uncertain", " ".join(warnings(former, days[0])), days)
    return _answer(link, "changed", f"Ce n'est plus la rédaction qui s'appliquait {said}.", days)


def _answer(
    link: CitedTarget, status: str, message: str, days: tuple[date, date] | None = None
) -> CitedSince:
    reference = cite_id(str(link.provision or link.target))
    provision = str(link.provision) if link.provision else None
    return CitedSince(" ".join(link.raw.split()), reference, status, message, provision, days)
