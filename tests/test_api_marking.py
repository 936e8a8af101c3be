"""What a page shows of a quotation."""

from __future__ import annotations

import pytest

from api.presenters.highlighting import quote_of
from api.schemas.answers import EvidenceOut
from kb.ids import DocumentId, PassageId
from kb.model import Passage, PassageKind
from kb.text.spans import MappedText
from service.search import title_of_words


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


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (
            "Signaler : plainte, récépissé.\nReporting : complaint.\nTextes : ceseda.\n",
            PassageKind.RECORD,
            "Signaler",
        ),
        ("Signaler. Une victime peut porter plainte.", PassageKind.RECORD, None),
        ("Signaler : plainte.\nTextes : ceseda.\n", PassageKind.ANSWER, None),
    ],
)
def test_of_the_words_of_a_record_only_its_title_is_quoted(
    text: str, kind: PassageKind, title: str | None
) -> None:
    passage = Passage(PassageId("d/1/1"), DocumentId("d"), 0, kind, (), "1", MappedText.of(text))
    place = title_of_words(passage)
    assert (text[slice(*place)] if place else None) == title
