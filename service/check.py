"""The check of a text: every citation looked up at a date, and all that the text says of it compared with the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kb.checking.same_code import with_same_code
from kb.citations import find_citations
from kb.errors import InvalidQuery, TextTooLong
from kb.french_citation import cite
from kb.model import Citation, Provision
from kb.validity import law_on
from kb.wording.validity import warnings_of
from service.base import Service
from service.checked_text import CheckedCitation, CheckedQuotation, CheckedText, Match
from service.citation_check import SHOWN, CitationCheck, Draft, Reading
from service.law_lookup import LawLookup

__all__ = ["CheckedCitation", "CheckedQuotation", "CheckedText", "Match", "check_text"]

# So that the longest text takes seconds: 200 000 characters of prose have some 1 500 citations.
MAX_TEXT = 200_000
MAX_CITATIONS = 2_000
EXCERPT = 600


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
    citations = with_same_code(text, find_citations(text))
    draft = Draft.of(text, citations[:MAX_CITATIONS], day)
    check = CitationCheck.of(LawLookup(service), draft)
    readings = [check.read(rank) for rank in range(len(draft.citations))]
    meant = service.reader.provisions({r.meant for r in readings if r.meant})
    known = {**check.provisions, **{str(i): p for i, p in meant.items()}}
    return CheckedText(
        as_of=day,
        generation=service.generation,
        total=len(citations),
        unchecked=len(citations) - len(draft.citations),
        results=tuple(_checked(c, r, known, day) for c, r in zip(draft.citations, readings, strict=True)),
        uncompared=draft.uncompared,
    )


def _checked(
    citation: Citation, reading: Reading, known: Mapping[str, Provision], day: date
) -> CheckedCitation:
    meant = [reading.meant] if reading.meant else []
    matches = _matches(reading.named, known, day, reading.part)
    return CheckedCitation(
        citation=citation,
        status=reading.status,
        message=reading.message,
        matches=matches,
        matches_total=len(reading.named),
        meant=_matches(meant, known, day),
        quotations=reading.quotations,
        findings=reading.findings,
    )


def _matches(
    named: Sequence[str], known: Mapping[str, Provision], day: date, part: str = ""
) -> tuple[Match, ...]:
    return tuple(_match(known[p], day, part) for p in named[:SHOWN] if p in known)


def _match(provision: Provision, day: date, part: str) -> Match:
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
        part=part,
    )
