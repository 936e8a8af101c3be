"""A comparison of two wordings as the API answers it."""

from __future__ import annotations

from api.addresses import provision_url
from api.presenters.provisions import present_candidate
from api.schemas.reading import ComparisonOut, EditOut, MilderOut, WordingOut
from kb.checking.milder import BASIS, Weighing
from kb.french_citation import cite
from kb.wording.milder import RULE, reason_of
from kb.wording.validity import state_of, warnings_of
from service.comparison import Comparison, WordingOfDay


def present_comparison(comparison: Comparison) -> ComparisonOut:
    """Both wordings, and the words that went and came."""
    provision = comparison.provision
    return ComparisonOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        first=_wording(comparison.first),
        second=_wording(comparison.second),
        identical=comparison.identical,
        message=" ".join(comparison.notes),
        milder=_milder(comparison.weighing) if comparison.weighing else None,
        removed_words=comparison.words("removed"),
        added_words=comparison.words("added"),
        edits=[EditOut(kind=edit.kind, text=edit.text) for edit in comparison.edits],
    )


def _milder(weighing: Weighing) -> MilderOut:
    return MilderOut(verdict=weighing.severity.value, reason=reason_of(weighing), rule=RULE, basis=BASIS)


def _wording(wording: WordingOfDay) -> WordingOut:
    provision, version, law = wording.provision, wording.version, wording.law
    return WordingOut(
        asked=law.day,
        id=provision.id,
        citation=cite(provision.code, provision.number),
        standing=law.standing.value,
        ordinal=version.ordinal if version else None,
        state=state_of(law),
        valid_from=version.start if version else None,
        valid_to=version.end if version else None,
        candidates=[present_candidate(candidate) for candidate in law.candidates],
        warnings=warnings_of(law),
        url=f"{provision_url(provision.id)}?date={law.day.isoformat()}",
    )
