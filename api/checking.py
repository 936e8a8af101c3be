"""The check of a text: every citation looked up at a date, every quotation beside one compared with the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.addresses import provision_url
from api.schemas.answers import TextSpan
from api.schemas.checking import (
    MAX_TEXT,
    ChangeOut,
    CheckedCitation,
    CheckResponse,
    MatchOut,
    QuotationOut,
)
from kb.checking.quotation_pairing import Quotation, quotations
from kb.checking.quotations import Agreement, Comparison, compare, is_exact
from kb.citations import find_citations
from kb.dated import perhaps_since, version_on, warnings
from kb.errors import InvalidQuery, TextTooLong
from kb.french_citation import cite, cite_id
from kb.model import Citation, Provision, Resolution, Status
from kb.resolution.resolve import resolve
from kb.text.french_dates import french_date
from service.base import Service
from service.near_misses import Doubt, Suspecter

# So that the longest text takes seconds: 200 000 characters of prose have some 1 500 citations and 50 quotations.
MAX_CITATIONS = 2_000
MAX_QUOTATIONS = 50
SHOWN = 5
"""Articles shown of one citation, of a range for example."""
EXCERPT = 600
_AGREEMENTS = {
    Agreement.EXACT: "Mot pour mot.",
    Agreement.DIFFERENT: "Les mots ne sont pas tous ceux de l'article.",
    Agreement.ABSENT: "Ces mots ne se trouvent pas dans l'article.",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """One citation looked up, with the doubt about it and the quotations beside it."""

    citation: Citation
    resolutions: tuple[Resolution, ...]
    doubt: Doubt | None
    quotations: tuple[Quotation, ...]

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p for r in self.resolutions for p in r.provisions))

    @property
    def status(self) -> Status:
        if self.doubt is not None:
            return Status.SUSPICIOUS
        faulty = [r.status for r in self.resolutions if r.status is not Status.RESOLVED]
        return faulty[0] if faulty else Status.RESOLVED


def check_text(
    service: Service, text: str, as_of: date | None = None, *, longest: int = MAX_TEXT
) -> CheckResponse:
    """Every citation of a text, at a date (today by default). Raises InvalidQuery when empty, TextTooLong."""
    if not text.strip():
        raise InvalidQuery("Le texte est vide.", hint="Collez le texte à vérifier.")
    if len(text) > longest:
        raise TextTooLong(
            f"Le texte a {len(text)} caractères, plus que les {longest} vérifiés à la fois.",
            hint="Donnez-le en plusieurs parties.",
        )
    day = as_of or date.today()
    found = find_citations(text)
    read = tuple(_read(service, text, found[:MAX_CITATIONS], day))
    shown = {p for r in read for p in (*r.named[:SHOWN], *([r.doubt.meant] if r.doubt else []))}
    known = {str(i): p for i, p in service.reader.provisions(shown).items()}
    return CheckResponse(
        as_of=day,
        generation=service.generation,
        total=len(found),
        unchecked=len(found) - len(read),
        by_status=dict(Counter(r.status.value for r in read)),
        results=[_checked(r, known, day) for r in read],
    )


def _read(service: Service, text: str, citations: Sequence[Citation], day: date) -> Iterator[_Read]:
    targets = {target for citation in citations for target in citation.targets}
    suspecter = Suspecter(service, text, day, frozenset(targets), citations)
    quoted: dict[int, list[Quotation]] = {}
    for quotation in quotations(text, citations)[:MAX_QUOTATIONS]:
        quoted.setdefault(quotation.citation, []).append(quotation)
    known: dict[tuple[tuple[str, ...], bool], tuple[Resolution, ...]] = {}
    for rank, citation in enumerate(citations):
        key = citation.targets, citation.inherited
        if key not in known:
            known[key] = resolve(citation, service.articles, day)
        doubt = suspecter.doubt(citation, known[key])
        yield _Read(citation, known[key], doubt, tuple(quoted.get(rank, ())))


def _checked(read: _Read, known: Mapping[str, Provision], day: date) -> CheckedCitation:
    citation = read.citation
    messages = [r.message for r in read.resolutions if r.message]
    named = [known[p] for p in read.named[:SHOWN] if p in known]
    meant = [known[read.doubt.meant]] if read.doubt and read.doubt.meant in known else []
    one = named[0] if len(read.named) == len(named) == 1 else None
    return CheckedCitation(
        citation=" ".join(citation.raw.split()),
        start=citation.start,
        end=citation.end,
        spans=[TextSpan(start=s.start, end=s.end) for s in citation.spans],
        normalized=[cite_id(target) for target in citation.targets],
        targets=list(citation.targets),
        inherited=citation.inherited,
        status=read.status.value,
        message=read.doubt.message if read.doubt else " ".join(dict.fromkeys(messages)),
        matches=[_match(p, day) for p in named],
        matches_total=len(read.named),
        meant=[_match(p, day) for p in meant],
        quotations=[_quotation(q, one, day) for q in read.quotations] if one else [],
    )


def _match(provision: Provision, day: date) -> MatchOut:
    version = version_on(provision, day)
    text = version.text if version else ""
    return MatchOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        url=provision_url(provision.id),
        excerpt=text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …",
        valid_from=version.start if version else None,
        valid_to=version.end if version else None,
        warnings=warnings(version, day),
    )


def _quotation(quotation: Quotation, provision: Provision, day: date) -> QuotationOut:
    compared, message = _compared(quotation, provision, day)
    return QuotationOut(
        start=quotation.span.start,
        end=quotation.span.end,
        provision=provision.id,
        agreement=compared.agreement.value,
        changes=[ChangeOut.model_validate({"kind": c.kind, "words": c.words}) for c in compared.changes],
        message=message,
    )


def _compared(quotation: Quotation, provision: Provision, day: date) -> tuple[Comparison, str]:
    """A quotation beside the wording of a day, and what is said of it."""
    version, later = version_on(provision, day), perhaps_since(provision, day)
    compared = compare(quotation.words, version.text if version else "")
    if compared.agreement is Agreement.EXACT:
        return compared, _AGREEMENTS[compared.agreement]
    if later and is_exact(quotation.words, later.text):
        known = french_date(later.start)
        return Comparison(Agreement.EXACT), (
            f"Mot pour mot, dans la rédaction observée à partir du {known} : le jour où elle a remplacé la précédente "
            "n'est pas connu."
        )
    return compared, _AGREEMENTS[compared.agreement] + _elsewhere(quotation, provision)


def _elsewhere(quotation: Quotation, provision: Provision) -> str:
    """Whether another wording of the article has these words: the date is then wrong, not the quotation."""
    for version in provision.versions:
        if is_exact(quotation.words, version.text):
            return f" Ils sont ceux de la rédaction observée à partir du {french_date(version.start)}."
    return ""
