"""What the check of a citation has to say: of what kind, how surely, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What a finding is about."""

    NUMBER = "number"
    """The article itself: a number that does not exist, or that is of something else."""
    SUBDIVISION = "subdivision"
    PENALTY = "penalty"
    """A penalty or a duration written beside the citation."""
    QUOTATION = "quotation"
    TIME = "time"
    """The article did not apply on the day, or its number is another's by now."""
    DECISION = "decision"
    """The date, the chamber or the number of a decision."""
    IDENTITY = "identity"
    """What is cited cannot be compared with anything: it is not in the base, or several things bear that name."""


class Severity(StrEnum):
    """In which order findings are to be read."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTICE = "notice"


# Chosen, not measured: what is read in the official text is nearly sure, what is told from words is a doubt, and what
# could not be verified accuses nobody.
CERTAIN, LIKELY, DOUBTFUL, UNVERIFIED = 0.95, 0.8, 0.6, 0.2
_ERROR, _DOUBT = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """`certainty` in [0, 1] that the text is wrong; `suggestion` is what may be meant, "" when nothing is known."""

    kind: FindingKind
    certainty: float
    message: str
    suggestion: str = ""

    @property
    def severity(self) -> Severity:
        """To correct, to look at, or only to know."""
        if self.certainty >= _ERROR:
            return Severity.ERROR
        return Severity.DOUBT if self.certainty >= _DOUBT else Severity.NOTICE

    @property
    def accuses(self) -> bool:
        """Whether it says that the text is wrong, be it with a doubt."""
        return self.severity is not Severity.NOTICE


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The severity that comes first; None when there is no finding."""
    severities = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in severities), None)
