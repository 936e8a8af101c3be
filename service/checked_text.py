"""What the check of a text answers: plain values, in the order of the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kb.checking.findings import Finding, Severity, worst
from kb.checking.quotations import Agreement, Change
from kb.model import Citation, Status
from kb.validity import Standing


@dataclass(frozen=True, slots=True)
class Match:
    """A provision that a citation names, or may have meant, in its wording of the day.

    `part` is the text of the subdivision that the citation names, "" when it names none or it does not exist.
    """

    id: str
    citation: str
    excerpt: str
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    warnings: tuple[str, ...]
    part: str = ""


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
    """A citation of a text and what became of it; `meant` is what it may have meant when it is doubtful.

    Without findings and resolved, all that the text says of the citation was compared and is right.
    """

    citation: Citation
    status: Status
    message: str
    matches: tuple[Match, ...]
    matches_total: int
    meant: tuple[Match, ...]
    quotations: tuple[CheckedQuotation, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """That of its worst finding; None when all is right."""
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The check of a text: `total` citations were read, `unchecked` of them beyond the number that is checked.

    `uncompared` are the places of the quotations that no citation is beside, or beyond the number that is compared.
    """

    as_of: date
    generation: str
    total: int
    unchecked: int
    results: tuple[CheckedCitation, ...]
    uncompared: tuple[tuple[int, int], ...] = ()

    @property
    def by_status(self) -> dict[str, int]:
        """How many citations have each status."""
        return dict(Counter(result.status.value for result in self.results))

    @property
    def by_severity(self) -> dict[Severity, int]:
        """How many citations have a finding of each severity as their worst, the worst first."""
        counts = Counter(result.severity for result in self.results)
        return {severity: counts[severity] for severity in Severity if counts[severity]}

    @property
    def by_urgency(self) -> tuple[CheckedCitation, ...]:
        """The results, what is to be corrected first, then in the order of the text."""
        order = {severity: rank for rank, severity in enumerate(Severity)}
        return tuple(
            sorted(self.results, key=lambda r: order[r.severity] if r.severity is not None else len(order))
        )
