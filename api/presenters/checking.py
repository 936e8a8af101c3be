"""The check of a text as the API answers it."""

from __future__ import annotations

from api.addresses import provision_url
from api.schemas.answers import TextSpan
from api.schemas.checking import (
    ChangeOut,
    CheckedCitationOut,
    CheckResponse,
    FindingOut,
    MatchOut,
    QuotationOut,
)
from kb.checking.findings import Finding
from kb.french_citation import cite_id
from service.check import CheckedCitation, CheckedQuotation, CheckedText, Match


def present_check(checked: CheckedText) -> CheckResponse:
    """The whole answer, in the order of the text."""
    return CheckResponse(
        as_of=checked.as_of,
        generation=checked.generation,
        total=checked.total,
        unchecked=checked.unchecked,
        by_status=checked.by_status,
        by_severity={severity.value: count for severity, count in checked.by_severity.items()},
        uncompared=[TextSpan(start=start, end=end) for start, end in checked.uncompared],
        results=[_citation(result) for result in checked.results],
    )


def _citation(result: CheckedCitation) -> CheckedCitationOut:
    citation = result.citation
    return CheckedCitationOut(
        citation=" ".join(citation.raw.split()),
        start=citation.start,
        end=citation.end,
        spans=[TextSpan(start=s.start, end=s.end) for s in citation.spans],
        normalized=[cite_id(target) for target in citation.targets],
        targets=list(citation.targets),
        inherited=citation.inherited,
        status=result.status.value,
        message=result.message,
        matches=[_match(match) for match in result.matches],
        matches_total=result.matches_total,
        meant=[_match(match) for match in result.meant],
        quotations=[_quotation(quotation) for quotation in result.quotations],
        findings=[_finding(finding) for finding in result.findings],
        severity=result.severity.value if result.severity else None,
    )


def _finding(finding: Finding) -> FindingOut:
    return FindingOut(
        kind=finding.kind.value,
        certainty=finding.certainty,
        severity=finding.severity.value,
        message=finding.message,
        suggestion=finding.suggestion,
    )


def _match(match: Match) -> MatchOut:
    return MatchOut(
        id=match.id,
        citation=match.citation,
        url=provision_url(match.id),
        excerpt=match.excerpt,
        part=match.part,
        valid_from=match.valid_from,
        valid_to=match.valid_to,
        standing=match.standing.value,
        warnings=list(match.warnings),
    )


def _quotation(quotation: CheckedQuotation) -> QuotationOut:
    return QuotationOut(
        start=quotation.start,
        end=quotation.end,
        provision=quotation.provision,
        agreement=quotation.agreement.value,
        changes=[ChangeOut.model_validate({"kind": c.kind, "words": c.words}) for c in quotation.changes],
        message=quotation.message,
    )
