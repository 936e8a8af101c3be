"""What looking a citation up tells of it: a number that is not, or not any more, or of something that is not held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.checking.findings import CERTAIN, LIKELY, UNVERIFIED, Finding, FindingKind
from kb.french_citation import cite_id
from kb.model import Resolution, Status

_KINDS = {
    Status.UNKNOWN_NUMBER: (FindingKind.NUMBER, CERTAIN),
    Status.SUSPICIOUS: (FindingKind.NUMBER, LIKELY),
    Status.RENUMBERED: (FindingKind.TIME, CERTAIN),
    Status.REPEALED: (FindingKind.TIME, CERTAIN),
    Status.NOT_YET_IN_FORCE: (FindingKind.TIME, CERTAIN),
    Status.UNDETERMINED: (FindingKind.TIME, UNVERIFIED),
    Status.AMBIGUOUS: (FindingKind.IDENTITY, UNVERIFIED),
    Status.NOT_IN_CORPUS: (FindingKind.IDENTITY, UNVERIFIED),
}
# A number that was not read to its end: a note call glued to it, a sign that is not a hyphen.
_UNREAD = re.compile(
    r"\b(?:articles?|art\.)\s+(?P<number>(?:[LRDA]\.?\s?)?\d[^\s,;()]*)\s+(?:du|de\s+la|de\s+l['’])\s*\Z"
)
_DOUBT = 0.5


def standing_findings(resolutions: Sequence[Resolution], before: str) -> Iterator[Finding]:
    """One finding for each target that is not simply there.

    `before` is what stands before the name of a code that is cited alone, "" for any other citation: a number written
    there was not read.
    """
    unread = _UNREAD.search(before) if before else None
    if unread:
        message = (
            f"Le numéro écrit juste avant, « {unread['number']} », n'a pas été lu : rien n'en est vérifié."
        )
        yield Finding(FindingKind.NUMBER, _DOUBT, message)
    for resolution in resolutions:
        if resolution.status in _KINDS:
            kind, certainty = _KINDS[resolution.status]
            suggestion = ", ".join(cite_id(p) for p in resolution.provisions[:3])
            renumbered = resolution.status is Status.RENUMBERED
            yield Finding(kind, certainty, resolution.message, suggestion if renumbered else "")
