"""Which of the laws of two days is the milder one, from their texts and from what our records know of penalties."""

from __future__ import annotations

from kb.checking.milder import Ground, Penalties, Severity, Term, Weighing, weigh, weigh_texts
from kb.model import Provision, Version
from kb.records import ProvisionRecord
from kb.validity import law_on
from service.base import Service
from service.catalogue import catalogue_of

_PENAL = "code-penal"
Wording = tuple[Provision, Version | None]


def weighing_of(service: Service, old: Wording, new: Wording) -> Weighing | None:
    """The later law beside the earlier one; None for what is no penal provision."""
    if new[0].code != _PENAL:
        return None
    if old[1] is None or new[1] is None:
        return Weighing(Severity.TO_WEIGH, Ground.UNKNOWN_TEXT)
    by_texts = weigh_texts(old[1].text, new[1].text)
    return by_texts or weigh(_penalties(service, *old), _penalties(service, *new))


def _penalties(service: Service, provision: Provision, version: Version | None) -> Penalties | None:
    """Those of our record, where it was checked against this very wording; None when none was."""
    stored = catalogue_of(service.reader).records.get(provision.id)
    record = stored.record if stored else None
    if not isinstance(record, ProvisionRecord) or record.checked is None or version is None:
        return None
    if law_on(provision.versions, record.checked).wording is not version:
        return None
    terms: dict[str, Term] = {}
    for penalty in record.penalties:
        known = terms.get(penalty.case or "", Term())
        months = max(known.months, 12 * (penalty.years or 0) + (penalty.months or 0))
        life = known.life or penalty.nature == "réclusion criminelle à perpétuité"
        terms[penalty.case or ""] = Term(months, max(known.euros, penalty.amount or 0), life)
    return terms
