"""The reader of the reply to the questionnaire of GRETA."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reader_result import Reading
from corpus.readers.questionnaire import read_questionnaire
from kb.errors import UnreadableSource
from kb.ids import parse_id
from kb.model import DocumentKind, Passage, PassageKind

RULE = " " * 59
QUESTION = "1. Quelles mesures sont prises ?"


def read(*lines: str, path: str = "reponse-france-greta-4.txt") -> Reading:
    return read_questionnaire("\n".join(lines).encode(), path)


def texts(reading: Reading, kind: PassageKind) -> list[str]:
    return [p.text for p in reading.passages if p.kind is kind]


def kinds(reading: Reading) -> list[str]:
    return [anomaly.kind for anomaly in reading.anomalies]


def lost(reading: Reading) -> str:
    """Non-blank raw characters that are neither in a passage nor dropped on purpose."""
    held = {i for p in reading.passages for s in p.content.spans() for i in range(*s)}
    held |= {i for item in reading.dropped for i in range(*item.span)}
    return "".join(c for i, c in enumerate(reading.raw) if i not in held and not c.isspace())


def check_spans(reading: Reading) -> None:
    for passage in reading.passages:
        for s in passage.content.segments:
            assert passage.text[s.start : s.start + s.length] == reading.raw[s.raw : s.raw + s.length]


TEMPLATE = (
    " Introduction  ",
    " ",
    "Le GRETA évalue la mise en œuvre de la Convention.",
    " Partie 1 – Tenir compte des vulnérabilités ",
    " ",
    "I. PRÉVENTION (articles 5, 6 ",
    "et 7)",
    " ",
    "1. Quelles mesures sont prises ? Si ",
    "oui, lesquelles ?",
    " ",
    "Plusieurs mesures.",
    " ",
    "2. Veuillez fournir des informations sur : ",
    "",
    "a. recherche ;",
    "",
    "Une thèse est financée.",
    "",
    "b. formation adaptée aux personnes handicapées.Des stages sont organisés.",
    " Partie II – Questions adaptées à chaque pays ",
    " ",
    "3. Veuillez donner des informations sur :",
    " ",
    "\uf0d8 les nouvelles tendances ;",
    " ",
    "On note un changement :",
    "\uf0d8 Une prise d'ampleur des réseaux.",
    " ",
    "\uf0d8 les lois et textes ;",
    " ",
    "Une loi a été votée.",
)


def by_place(reading: Reading) -> dict[tuple[str, str], Passage]:
    return {(p.place, p.kind.value): p for p in reading.passages}


def test_each_block_stands_at_its_place() -> None:
    assert list(by_place(read(*TEMPLATE))) == [
        ("introduction", "texte"),
        ("1", "question"),
        ("1", "reponse"),
        ("2", "question"),
        ("2.a", "question"),
        ("2.a", "reponse"),
        ("2.b", "question"),
        ("2.b", "reponse"),
        ("3", "question"),
        ("3.1", "question"),
        ("3.1", "reponse"),
        ("3.2", "question"),
        ("3.2", "reponse"),
    ]


def test_the_heading_path_goes_from_part_to_sub_question() -> None:
    passages = by_place(read(*TEMPLATE))
    assert passages["2.a", "reponse"].heading == (
        "Partie 1 – Tenir compte des vulnérabilités",
        "I. PRÉVENTION",
        "Question 2",
        "a",
    )
    assert passages["introduction", "texte"].heading == ("Introduction",)
    assert passages["3.2", "reponse"].heading[0] == "Partie II – Questions adaptées à chaque pays"


def test_passages_know_the_number_of_their_question() -> None:
    passages = by_place(read(*TEMPLATE))
    assert passages["introduction", "texte"].question is None
    assert passages["3.2", "reponse"].question == 3


def test_an_answer_typed_against_its_sub_question_is_set_apart() -> None:
    passages = by_place(read(*TEMPLATE))
    assert passages["2.b", "question"].text == "b. formation adaptée aux personnes handicapées."
    assert passages["2.b", "reponse"].text == "Des stages sont organisés."


def test_a_bullet_of_the_answer_is_no_sub_question() -> None:
    assert "• Une prise d'ampleur des réseaux." in by_place(read(*TEMPLATE))["3.1", "reponse"].text


def test_a_numbered_item_of_an_answer_is_no_question() -> None:
    reading = read(
        QUESTION, " ", "Deux temps.", "", "2. En premier lieu, la loi.", " ", "2. Comment faites-vous ?"
    )
    assert [p.text for p in reading.passages if p.kind is PassageKind.QUESTION] == [
        QUESTION,
        "2. Comment faites-vous ?",
    ]


def test_a_number_alone_on_its_line_is_no_question() -> None:
    reading = read(QUESTION, " ", "Voir les réponses aux questions 21 et ", "", "26. ", " 2. Comment ?")
    assert [p.question for p in reading.passages if p.kind is PassageKind.QUESTION] == [1, 2]
    assert "questions 21 et 26." in texts(reading, PassageKind.ANSWER)[0]


def test_a_question_that_is_not_there_is_told() -> None:
    reading = read(QUESTION, " ", "Oui.", " ", "3. Comment faites-vous ?")
    assert [a.message for a in reading.anomalies] == ["La question 2 n'a pas été trouvée entre ses voisines."]


def test_a_long_paragraph_is_cut_at_a_sentence_end_and_never_after_an_abbreviation() -> None:
    sentence = "La loi prévoit ce titre de plein droit (art. L. 425-1 du CESEDA, C. trav., art. L. 5224-4). "
    parts = texts(read(QUESTION, " ", sentence * 30), PassageKind.ANSWER)
    assert len(parts) > 1
    assert all(300 <= len(part) <= 1500 and part.endswith("5224-4).") for part in parts)


def test_short_paragraphs_are_joined_under_the_same_heading_only() -> None:
    reading = read(QUESTION, " ", "Un.", " ", "Deux.", " ", "2. Comment ?", " ", "Trois.")
    assert texts(reading, PassageKind.ANSWER) == ["Un.\nDeux.", "Trois."]


def test_identifiers_outlast_a_change_in_another_question() -> None:
    longer = [*TEMPLATE[:12], " ", "Une phrase ajoutée à la première réponse. " * 60, *TEMPLATE[12:]]
    before, after = read(*TEMPLATE), read(*longer)
    kept = {p.id: p.text for p in after.passages}
    assert all(kept[p.id] == p.text for p in before.passages if p.place != "1")


def test_identifiers_are_unique_and_well_formed() -> None:
    reading = read(*TEMPLATE)
    assert len({p.id for p in reading.passages}) == len(reading.passages)
    assert all(parse_id(p.id) for p in reading.passages)
    assert reading.passages[1].id == "reponse-france-greta-4/1/1"


WORDS = st.sampled_from(
    [
        *(
            "La loi",
            "225-4-",
            "1",
            "traite.",
            "or-",
            "donne",
            "CESEDA6",
            "1. Quoi ?",
            "a. droit ;",
            "\uf0d8 item",
        ),
        *("", " ", RULE, "6 Note.", "https://a.fr/b", " Page", "_" * 12, "3  GRETA_rep", "Partie 2 – Suite"),
        *("Citizenship Sex", "France Male 1 2 3", "Source : X.", ": =", "Total 2021 2022", "II. ENQUÊTES"),
    ]
)


@given(st.lists(WORDS, max_size=40))
def test_no_character_is_lost_and_every_span_is_exact(lines: list[str]) -> None:
    reading = read(QUESTION, *lines)
    check_spans(reading)
    assert not lost(reading)
    assert len({p.id for p in reading.passages}) == len(reading.passages)
    assert [p.ordinal for p in reading.passages] == list(range(len(reading.passages)))


def test_the_document_is_named_after_its_file() -> None:
    document = read(QUESTION, path="questionnaire/reponse-france-greta-4.txt").document
    assert (document.id, document.kind, document.day) == (
        "reponse-france-greta-4",
        DocumentKind.QUESTIONNAIRE,
        None,
    )
    assert document.title == "Réponse au questionnaire du GRETA : France, cycle d'évaluation n° 4"
    assert re.fullmatch("[0-9a-f]{64}", document.sha256)


def test_a_byte_order_mark_is_no_character() -> None:
    assert read_questionnaire(b"\xef\xbb\xbf" + QUESTION.encode(), "r.txt").raw == QUESTION


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \n ", "vide"),
        ("1. Où ? é".encode()[:-1], "tronqué"),
        ("1. Où ?\n".encode("latin-1"), "UTF-8"),
        ("1. Où ?".encode("utf-16"), "UTF-8"),
        (b"1. Quoi ?\x00\x01", "pas un texte"),
        (b"Une lettre.\nSans question.", "aucune question"),
    ],
)
def test_bad_input_is_refused_with_its_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as caught:
        read_questionnaire(data, "reponse.txt")
    assert "reponse.txt" in caught.value.message
    assert caught.value.hint
