"""The check of a text: every citation looked up at a date, every quotation beside one compared with the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.checking.quotation_pairing import Quotation, quotations
from kb.checking.quotations import Agreement, Change, Comparison, compare, is_exact
from kb.checking.suspicion import Doubt, Suspecter
from kb.citations import find_citations
from kb.errors import InvalidQuery, TextTooLong
from kb.french_citation import cite
from kb.model import Citation, Provision, Resolution, Status, Version
from kb.resolution.resolve import resolve
from kb.text.french_dates import french_date
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import warnings_of
from service.base import Service
from service.law_lookup import LawLookup

# So that the longest text takes seconds: 200 000 characters of prose have some 1 500 citations and 50 quotations.
MAX_TEXT = 200_000
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
class Match:
    """A provision that a citation names, or may have meant, in its wording of the day."""

    id: str
    citation: str
    excerpt: str
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """Words in guillemets at `[start, end)`, compared with the article cited beside them."""

    start: int
    end: int
    provision: str
    agreement: Agreement
    changes: tuple[Change, ...]
    message: str


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """A citation of a text and what became of it; `meant` is what it may have meant when it is doubtful."""

    citation: Citation
    status: Status
    message: str
    matches: tuple[Match, ...]
    matches_total: int
    meant: tuple[Match, ...]
    quotations: tuple[CheckedQuotation, ...]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The check of a text: `total` citations were read, `unchecked` of them beyond the number that is checked."""

    as_of: date
    generation: str
    total: int
    unchecked: int
    results: tuple[CheckedCitation, ...]

    @property
    def by_status(self) -> dict[str, int]:
        """How many citations have each status."""
        return dict(Counter(result.status.value for result in self.results))


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
) -> CheckedText:
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
    return CheckedText(
        as_of=day,
        generation=service.generation,
        total=len(found),
        unchecked=len(found) - len(read),
        results=tuple(_checked(r, known, day) for r in read),
    )


def _read(service: Service, text: str, citations: Sequence[Citation], day: date) -> Iterator[_Read]:
    lookup = LawLookup(service)
    suspecter = Suspecter(lookup, lookup, text, day, citations)
    quoted: dict[int, list[Quotation]] = {}
    for quotation in quotations(text, citations)[:MAX_QUOTATIONS]:
        quoted.setdefault(quotation.citation, []).append(quotation)
    known: dict[tuple[object, ...], tuple[Resolution, ...]] = {}
    for rank, citation in enumerate(citations):
        key = citation.targets, citation.subdivision, citation.inherited  # all that `resolve` reads of it
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
        citation=citation,
        status=read.status,
        message=read.doubt.message if read.doubt else " ".join(dict.fromkeys(messages)),
        matches=tuple(_match(p, day) for p in named),
        matches_total=len(read.named),
        meant=tuple(_match(p, day) for p in meant),
        quotations=tuple(_quotation(q, one, day) for q in read.quotations) if one else (),
    )


def _match(provision: Provision, day: date) -> Match:
    law = law_on(provision.versions, day)
    version = law.text_holder
    text = version.text if version else ""
    return Match(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        excerpt=text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …",
        valid_from=version.start if version else None,
        valid_to=version.end if version else None,
        standing=law.standing,
        warnings=tuple(warnings_of(law)),
    )


def _quotation(quotation: Quotation, provision: Provision, day: date) -> CheckedQuotation:
    compared, message = _compared(quotation, provision, day)
    return CheckedQuotation(
        start=quotation.span.start,
        end=quotation.span.end,
        provision=provision.id,
        agreement=compared.agreement,
        changes=compared.changes,
        message=message,
    )


def _compared(quotation: Quotation, provision: Provision, day: date) -> tuple[Comparison, str]:
    """A quotation beside the wording of a day, or beside each of those that may have applied, and what is said."""
    law = law_on(provision.versions, day)
    if law.wording is None and law.candidates:
        return _among(quotation, law)
    compared = compare(quotation.words, law.shown.text if law.shown else "")
    if compared.agreement is Agreement.EXACT:
        return compared, " ".join([_AGREEMENTS[compared.agreement], *warnings_of(law)])
    return compared, _AGREEMENTS[compared.agreement] + _elsewhere(quotation, provision)


def _among(quotation: Quotation, law: LawOfDay[Version]) -> tuple[Comparison, str]:
    """The words are those of one that may have applied: they are right for it, and it may not be the law of the day."""
    exact = next((c for c in law.candidates if is_exact(quotation.words, c.text)), None)
    reason = " ".join(warnings_of(law))
    if exact is None:
        compared = compare(quotation.words, law.candidates[-1].text)
        return compared, f"{_AGREEMENTS[compared.agreement]} {reason}"
    known = french_date(exact.start)
    return Comparison(
        Agreement.EXACT
    ), f"Mot pour mot, dans la rédaction connue à partir du {known}. {reason}"


def _elsewhere(quotation: Quotation, provision: Provision) -> str:
    """Whether another wording of the article has these words: the date is then wrong, not the quotation."""
    for version in provision.versions:
        if is_exact(quotation.words, version.text):
            return f" Ils sont ceux de la rédaction observée à partir du {french_date(version.start)}."
    return ""
