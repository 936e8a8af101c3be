"""One provision as the API answers it: its wordings, its links in both directions, its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.addresses import official_url, provision_url
from api.presenters.passages import present_links, present_record, titles_of
from api.schemas.answers import (
    CiteResponse,
    LinkList,
    LinkOut,
    ProvisionDetail,
    RelatedList,
    RelatedProvision,
    TextSpan,
    VersionList,
    VersionOut,
)
from api.schemas.versions import CandidateOut, PeriodOut, TimelineOut
from kb.errors import UnknownProvision
from kb.french_citation import cite
from kb.ids import PassageId
from kb.model import Passage, Provision, Version
from kb.store.linking import CitingPassage
from kb.timeline import Period, periods
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import STANDINGS, first_line, said_of, state_of, warnings_of
from service.base import Service
from service.catalogue import catalogue_of
from service.reference_lookup import locate

NEIGHBOUR, MUTUAL = "voisin", "renvois-mutuels"


def provision_fields(provision: Provision, law: LawOfDay[Version], record: Passage | None) -> dict[str, Any]:
    """The fields that every form of a provision shares, as it stands on a day."""
    version = law.text_holder
    return {
        "id": provision.id,
        "text_id": provision.text_id,
        "legiarti": version.legiarti if version else None,
        "code": provision.code,
        "number": provision.number,
        "citation": cite(provision.code, provision.number),
        "title_path": list(law.shown.heading if law.shown else provision.heading),
        "standing": law.standing.value,
        "state": state_of(law),
        "since": first_line(law),
        "act": version.act if version else None,
        "valid_from_bound": version.start_bound.value if version else None,
        "valid_to_bound": version.end_bound.value if version and version.end else None,
        "candidates": [present_candidate(c) for c in law.candidates],
        "valid_from": version.start if version else None,
        "valid_to": version.end if version else None,
        "last_seen": version.last_seen if version else None,
        "warnings": warnings_of(law),
        "text": _text(law),
        "record": present_record(record) if _has_record(law) else None,
        "url": provision_url(provision.id),
        "source_url": official_url(provision.text_id),
    }


def _text(law: LawOfDay[Version]) -> str | None:
    if law.standing is Standing.UNDETERMINED:
        return None
    return law.shown.text if law.shown else ""


def _has_record(law: LawOfDay[Version]) -> bool:
    """A record tells of the present wording: beside a former one it would tell the wrong penalty."""
    return law.shown is None or (law.text_holder is not None and law.text_holder.end is None)


def present_candidate(version: Version) -> CandidateOut:
    """A wording that may have applied, with how each of its bounds is known."""
    return CandidateOut(
        ordinal=version.ordinal,
        text=version.text,
        valid_from=version.start,
        valid_from_bound=version.start_bound.value,
        valid_to=version.end,
        valid_to_bound=version.end_bound.value if version.end else None,
        last_seen=version.last_seen,
        act=version.act,
        source=version.document,
    )


def present_provision(
    service: Service, provision: Provision, as_of: date | None = None, cited_by: int | None = None
) -> ProvisionDetail:
    """One provision in the wording of a day, today by default, and what this wording cites.

    `cited_by` counts the links that lead to it, for a caller that has read them already.
    """
    day = as_of or date.today()
    law = law_on(provision.versions, day)
    version = law.text_holder
    record = catalogue_of(service.reader).notes.get(provision.id)
    return ProvisionDetail(
        **provision_fields(provision, law, record),
        as_of=day,
        version=version.ordinal if version else None,
        versions=len(provision.versions),
        cites=_cites(service, provision, version),
        cited_by_total=service.reader.count_cited_by(provision.id) if cited_by is None else cited_by,
    )


def present_versions(provision: Provision) -> VersionList:
    """Its wordings, oldest first."""
    ordered = sorted(provision.versions, key=lambda v: (v.start, v.ordinal))
    return VersionList(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        total=len(ordered),
        results=[_version(v) for v in ordered],
    )


def present_timeline(provision: Provision) -> TimelineOut:
    """What is known of it from one day to another, oldest first, the gaps as gaps."""
    return TimelineOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        periods=[_period(provision, period) for period in periods(provision.versions)],
    )


def _period(provision: Provision, period: Period[Version]) -> PeriodOut:
    law = period.law
    day = period.start or law.day
    return PeriodOut(
        start=period.start,
        end=period.end,
        standing=law.standing.value,
        gap=period.is_gap,
        label=STANDINGS[law.standing],
        message=said_of(law),
        version=law.wording.ordinal if law.wording else None,
        candidates=[version.ordinal for version in law.candidates],
        act=law.wording.act if law.wording else None,
        url=f"{provision_url(provision.id)}?date={day.isoformat()}",
    )


def present_cites(service: Service, provision: Provision, as_of: date | None = None) -> LinkList:
    """What the wording of a day cites."""
    links = _cites(service, provision, law_on(provision.versions, as_of or date.today()).text_holder)
    return LinkList(
        id=provision.id, citation=cite(provision.code, provision.number), total=len(links), results=links
    )


def present_related(
    service: Service, provision: Provision, citing: Iterable[CitingPassage] | None = None
) -> RelatedList:
    """Its neighbours in the same section, then the articles that it cites and that cite it.

    `citing` is what cites it, for a caller that has read it already.
    """
    reader = service.reader
    near = reader.neighbours(provision)
    beside = {p.id: p for p in near if provision.heading and p.heading == provision.heading}
    links = reader.citing(provision.id) if citing is None else citing
    mutuals = reader.cited_provisions(provision.id) & {link.provision for link in links}
    others = reader.bare_provisions(mutuals - {provision.id, *beside})
    related = [
        *(_related(p, NEIGHBOUR) for p in beside.values()),
        *(_related(p, MUTUAL) for _, p in sorted(others.items())),
    ]
    return RelatedList(
        id=provision.id, citation=cite(provision.code, provision.number), total=len(related), results=related
    )


def present_candidates(service: Service, ids: Iterable[str]) -> list[RelatedProvision]:
    """Provisions proposed in place of one that does not exist, in the order given."""
    wanted = list(ids)
    known = {str(i): p for i, p in service.reader.provisions(wanted).items()}
    return [_related(known[i], "proche") for i in wanted if i in known]


def present_cite(service: Service, reference: str) -> CiteResponse:
    """The canonical form of one reference, or the nearest ones that exist."""
    try:
        provision, message = locate(service, reference)
    except UnknownProvision as error:
        return CiteResponse(
            reference=reference,
            found=False,
            provision=None,
            citation=None,
            url=None,
            message=error.message,
            candidates=present_candidates(service, error.candidates),
        )
    return CiteResponse(
        reference=reference,
        found=True,
        provision=provision.id,
        citation=cite(provision.code, provision.number),
        url=provision_url(provision.id),
        message=message,
        candidates=[],
    )


def _cites(service: Service, provision: Provision, version: Version | None) -> list[LinkOut]:
    """The links of one wording, placed in its whole text rather than in the passages that it was cut into."""
    if version is None:
        return []
    about = service.reader.passages_about(provision.id)
    passages = {key: passage for key, passage in about.items() if passage.version == version.ordinal}
    links = service.reader.cites(tuple(passages))
    titles = titles_of(catalogue_of(service.reader))
    shifts = {p.id: version.text.find(p.text) for p in passages.values()}
    return [
        link.model_copy(update={"start": link.start + shift, "end": link.end + shift})
        for link in present_links(links, passages, titles)
        if (shift := shifts[PassageId(link.passage)]) >= 0
    ]


def _version(version: Version) -> VersionOut:
    return VersionOut(
        ordinal=version.ordinal,
        valid_from=version.start,
        valid_to=version.end,
        valid_from_bound=version.start_bound.value,
        valid_to_bound=version.end_bound.value if version.end else None,
        act=version.act,
        first_seen=version.first_seen,
        last_seen=version.last_seen,
        state=version.state.value,
        concurrent=version.concurrent,
        document=version.document,
        title_path=list(version.heading),
        text=version.text,
        spans=[TextSpan(start=s.start, end=s.end) for s in version.spans],
    )


def _related(provision: Provision, relation: str) -> RelatedProvision:
    return RelatedProvision(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        title_path=list(provision.heading),
        relation=relation,
        url=provision_url(provision.id),
    )
