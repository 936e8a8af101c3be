"""What a page shows of a quotation."""

from __future__ import annotations

import pytest

from api.marking import quote_of
from api.schemas import EvidenceOut
from kb.model import PassageKind


def quotation(text: str, kind: PassageKind) -> str:
    """As a page shows it."""
    evidence = EvidenceOut.model_construct(quote=text, kind=kind.value, highlights=[])
    return "".join(piece.text for piece in quote_of(evidence))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (PassageKind.RECORD, "Peines de la traite."),
        (PassageKind.ANSWER, "Peines de la traite. Textes : ceseda, cpp/306."),
    ],
)
def test_the_identifiers_that_end_a_record_are_left_to_programs(kind: PassageKind, shown: str) -> None:
    assert quotation("Peines de la traite. Textes : ceseda, cpp/306.", kind) == shown
    assert quotation("Textes : ceseda.", PassageKind.RECORD) == ""
