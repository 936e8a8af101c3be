"""Citations of a source, each in the passage where it stands, with its exact places."""

from __future__ import annotations

import pytest

from corpus.citing import cite_document, cite_passages
from corpus.readers.questionnaire import read_questionnaire
from kb.ids import DocumentId, PassageId
from kb.model import Passage, PassageKind
from kb.store import PlacedCitation
from kb.text.spans import MappedText, Span

WRAPPED = """1. Quelles mesures ?

La victime obtient un titre (article L. 425-
1 du CESEDA) et un délai.

Les faits sont punis (article 225-4-1
du code pénal).

2. Quelles peines ?

Voir l'article 706-73 du code de procédure pénale.
"""


def passage(name: str, content: MappedText) -> Passage:
    return Passage(PassageId(f"essai/{name}/1"), DocumentId("essai"), 0, PassageKind.TEXT, (), name, content)


def raw_of(raw: str, placed: PlacedCitation) -> str:
    return "".join(raw[s.start : s.end] for s in placed.citation.spans)


@pytest.fixture(scope="module")
def placed() -> dict[str, tuple[PlacedCitation, Passage]]:
    reading = read_questionnaire(WRAPPED.encode(), "reponse.txt")
    passages = {p.id: p for p in reading.passages}
    assert reading.raw == WRAPPED
    found = cite_document(reading.raw, reading.passages)
    return {c.citation.targets[0]: (c, passages[c.passage]) for c in found}


def test_every_citation_of_a_document_is_found(placed: dict[str, tuple[PlacedCitation, Passage]]) -> None:
    assert set(placed) == {"ceseda/L425-1", "code-penal/225-4-1", "cpp/706-73"}


@pytest.mark.parametrize(
    ("target", "question", "readable"),
    [
        ("ceseda/L425-1", 1, "article L. 425-1 du CESEDA"),
        ("code-penal/225-4-1", 1, "article 225-4-1 du code pénal"),
        ("cpp/706-73", 2, "article 706-73 du code de procédure pénale"),
    ],
)
def test_a_citation_stands_in_its_passage_at_its_exact_place(
    placed: dict[str, tuple[PlacedCitation, Passage]], target: str, question: int, readable: str
) -> None:
    citation, where = placed[target]
    assert where.question == question
    assert where.text[citation.text_start : citation.text_end] == readable
    raw = raw_of(WRAPPED, citation)
    assert "".join(raw.split()) == "".join(readable.split())


def test_a_citation_outside_any_passage_is_left_out() -> None:
    raw = "En-tête : article 225-4-1 du code pénal. Corps : article 225-4-2 du code pénal."
    body = passage("corps", MappedText.of(raw, raw.index("Corps")))
    (found,) = cite_document(raw, [body])
    assert found.citation.targets == ("code-penal/225-4-2",)
    assert body.text[found.text_start : found.text_end] == "article 225-4-2 du code pénal"


def test_the_passages_may_come_in_any_order() -> None:
    raw = "Un : article 225-4-1 du code pénal. Deux : article 225-4-2 du code pénal."
    cut = raw.index("Deux")
    one, two = passage("un", MappedText.of(raw, 0, cut)), passage("deux", MappedText.of(raw, cut))
    found = {c.citation.targets[0]: c.passage for c in cite_document(raw, [two, one])}
    assert found == {"code-penal/225-4-1": one.id, "code-penal/225-4-2": two.id}


def test_a_citation_cut_by_the_end_of_its_passage_ends_with_it() -> None:
    raw = "Voir l'article 225-4-1 du code pénal."
    short = passage("court", MappedText.of(raw, 0, raw.index(" du code")))
    (found,) = cite_document(raw, [short])
    assert short.text[found.text_start : found.text_end] == "article 225-4-1"


def test_no_passage_no_citation() -> None:
    assert list(cite_document("article 225-4-1 du code pénal", [])) == []


def test_citations_of_a_passage_are_given_in_characters_of_the_source() -> None:
    raw = "x" * 100 + "à l'article 225-4-1 du code pénal"
    (found,) = cite_passages([passage("p", MappedText.of(raw, 100))], None)
    assert found.citation.spans == (Span(104, len(raw)),)
    assert (found.text_start, found.text_end) == (4, len(raw) - 100)


def test_a_citation_mended_from_two_lines_has_two_places_in_the_source() -> None:
    raw = "article 225-4-\n1 du code pénal"
    content = MappedText.join(raw, [Span(0, 14), Span(15, len(raw))])
    (found,) = cite_passages([passage("p", content)], None)
    assert found.citation.targets == ("code-penal/225-4-1",)
    assert found.citation.spans == (Span(0, 14), Span(15, len(raw)))


def test_bare_numbers_of_a_code_are_its_own_articles() -> None:
    text = MappedText.of("L'infraction prévue à l'article 225-4-1 est punie.")
    (found,) = cite_passages([passage("p", text)], "code-penal")
    assert found.citation.targets == ("code-penal/225-4-1",)
    assert found.citation.inherited
