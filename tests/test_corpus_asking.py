"""New questionnaires: their questions, sub-questions and headings, found in any text; nothing of it is lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.questionnaires.files import MAX_CHARACTERS, read_questionnaire_file, read_questionnaire_text
from corpus.questionnaires.recognise import recognise
from corpus.readers.questionnaire.reader import read_questionnaire
from kb.errors import InvalidQuestionnaire, TextTooLong
from kb.model import PassageKind
from kb.questionnaire import Questionnaire
from kb.text.spans import MappedText

FRENCH = """Questionnaire du cinquième cycle

Partie I – Prévention

1. Quelles mesures prenez-vous en matière :
a. de recherche ;
b. de formation.
2. Budget consacré à la prévention
3. Veuillez décrire les évolutions suivantes :
• les lois ;
• les décisions.
Veuillez joindre les textes.

Partie II – Protection

4. Comment les victimes sont-elles informées ?
"""
ENGLISH = """Part I - Access to justice and effective remedies

1. Right to information (Articles 12 and 15)
1.1 How, at what stage, by whom and in what language are
victims informed of their rights?
1.2 Statistics on interpreters.
2. Legal assistance (Article 15)
2.1 How is legal assistance provided? Please specify:
- the conditions;
- the number of lawyers.
"""


def _shape(found: Questionnaire) -> list[tuple[str, list[str]]]:
    return [(q.label, [part.label for part in q.parts]) for q in found.questions]


def test_a_french_questionnaire_gives_its_questions_with_their_parts_and_headings() -> None:
    found = recognise(FRENCH)
    assert _shape(found) == [("1", ["a", "b"]), ("2", []), ("3", ["", "", ""]), ("4", [])]
    assert [q.heading for q in found.questions][-1] == ("Partie II – Protection",)
    assert [text.text for text in found.others] == ["Questionnaire du cinquième cycle"]


def test_a_question_that_only_its_number_tells_is_marked_as_such() -> None:
    assert [(q.label, q.sure) for q in recognise(FRENCH).questions] == [
        ("1", True),
        ("2", False),
        ("3", True),
        ("4", True),
    ]


def test_an_english_questionnaire_in_decimal_numbers_keeps_its_sections_as_headings() -> None:
    found = recognise(ENGLISH)
    assert _shape(found) == [("1.1", []), ("1.2", []), ("2.1", ["", ""])]
    assert found.questions[0].heading[-1] == "1. Right to information (Articles 12 and 15)"
    assert found.questions[0].content.text.endswith("are victims informed of their rights?")
    assert found.missing == ()


@pytest.mark.parametrize(
    "text",
    [
        "Question 1 – Quelles mesures ?\nQuestion 2 – Décrire le budget\nQuestion 3 : Quel rôle ?",
        "1) Quelles mesures ?\n2) Le budget\n3) Quel rôle ?",
        "Q1. Quelles mesures ?\n\nQ2. Le budget\n\nQ3. Quel rôle ?",
        "Quelles mesures ?\nQuel budget ?\nQuel rôle ?",
        "1° Quelles mesures ?\n2/ Quel budget ?\n(3) Quel rôle ?",
        "1 - Quelles mesures ?\n\n2 | Quel budget ?\n\nn° 3 Quel rôle ?",
        "I. Quelles mesures ?\nII. Quel budget ?\nIII. Quel rôle ?",
        "Question n° 1\nQuelles mesures ?\nQuestion n° 2\nLe budget\nQuestion n° 3\nQuel rôle ?",
        "1.\nQuelles mesures ?\n2.\nQuel budget ?\n3.\nQuel rôle ?",
    ],
)
def test_questions_are_recognised_however_they_are_numbered(text: str) -> None:
    assert len(recognise(text).questions) == 3


def test_a_number_is_kept_as_the_text_writes_it() -> None:
    found = recognise("1. Quelles mesures ?\nII. Quel budget ?\nQuestion n° 3\nQuel rôle ?")
    assert [(q.label, q.content.text) for q in found.questions] == [
        ("1", "1. Quelles mesures ?"),
        ("II", "II. Quel budget ?"),
        ("3", "Question n° 3 Quel rôle ?"),
    ]


def test_what_only_looks_like_a_number_opens_no_question() -> None:
    found = recognise("1. Comment ?\n24/7 en ligne ?\n3-4 personnes ?\n2. Qui ?")
    assert [q.label for q in found.questions] == ["1", "2"]


def test_questions_without_numbers_under_a_heading_are_questions_of_their_own() -> None:
    found = recognise(
        "Partie I – Prévention\n1. Quelles mesures ?\nPartie II – Aide\n• Quel délai ?\n• Quel titre ?\n"
        "Partie III – Peines\n4. Quelles peines ?\n• lesquelles ?"
    )
    assert [(q.label, q.name, q.heading[-1]) for q in found.questions] == [
        ("1", "Question 1", "Partie I – Prévention"),
        ("", "Question 2", "Partie II – Aide"),
        ("", "Question 3", "Partie II – Aide"),
        ("4", "Question 4", "Partie III – Peines"),
    ]
    assert [len(q.parts) for q in found.questions] == [0, 0, 0, 1]
    assert found.missing == ()


def test_a_word_file_whose_lists_are_numbered_by_word_gives_every_question() -> None:
    document = docx.Document()
    document.add_heading("Prévention", 1)
    document.add_paragraph("Quelles mesures ?", "List Number")
    document.add_paragraph("Quelle formation :", "List Number")
    for part in ("les magistrats ;", "les enquêteurs."):
        document.add_paragraph(part, "List Bullet")
    document.add_paragraph("Quel rôle ?", "List Number")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "4", "Quelles peines ?"
    data = io.BytesIO()
    document.save(data)
    found = read_questionnaire_file(data.getvalue(), "questionnaire.docx")
    assert _shape(found) == [("1", []), ("2", ["", ""]), ("3", []), ("4", [])]


def test_a_part_may_number_its_questions_from_one_again() -> None:
    found = recognise("A. Prévention\n1) Quelles mesures ?\n2) Quel budget ?\nB. Aide\n1) Quel hébergement ?")
    assert [(q.heading, q.label) for q in found.questions] == [
        (("A. Prévention",), "1"),
        (("A. Prévention",), "2"),
        (("B. Aide",), "1"),
    ]


def test_a_number_that_is_skipped_is_said() -> None:
    assert recognise("1. Pourquoi ?\n2. Comment ?\n5. Combien ?").missing == (3, 4)


def test_a_numbered_list_inside_an_answer_is_no_question() -> None:
    found = recognise(
        "1. Quelles mesures ?\n\nLa France agit :\n\n1. Par la loi.\n\n2. Par les fonds.\n\n2. Quel budget ?"
    )
    assert [q.content.text for q in found.questions] == ["1. Quelles mesures ?", "2. Quel budget ?"]
    assert len(found.others) == 3


@pytest.mark.parametrize("text", ["Aucune question ici.", "12", "?", "§ ¶ •", "<script>alert(1)</script>"])
def test_a_text_without_any_question_is_shown_as_it_is(text: str) -> None:
    found = recognise(text)
    everything = [q.content for q in found.questions] + [*found.headings, *found.others]
    assert "".join(t.text for t in everything).strip("• ") in text


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "", " ", "1. Quelles mesures ?", "2. Budget", "2.1 Comment ?", "a. le droit ;", "b) la loi",
                "• les lois ;", "- les faits", "Partie I – Prévention", "I. PROTECTION", " " * 30, "Question 4",
                "Veuillez préciser.", "et la suite de la phrase qui court encore sur cette ligne-",
                "https://exemple.org/a", "12", "_" * 20, "\f1. Quoi ?", "ii. un point", "\x00\u202e?",
            ]
        ),
        st.text(max_size=200),
    ),
    max_size=25,
)  # fmt: skip


@given(_LINES)
def test_nothing_of_a_text_is_lost_nor_found_twice_and_every_span_is_its_own(lines: list[str]) -> None:
    raw = "\n".join(lines)
    found = recognise(raw)
    texts = [t for q in found.questions for t in (q.content, *(part.content for part in q.parts))]
    texts += [*found.headings, *found.others]
    covered = [0] * len(raw)
    for text in texts:
        _check_segments(text, raw)
        for span in text.spans():
            for position in range(*span):
                covered[position] += 1
    assert max(covered, default=0) <= 1
    lost = {c for c, n in zip(raw, covered, strict=True) if not n and not c.isspace()}
    assert lost <= set("-–—•·▪◦●○■□‣➢➤✓*o") | {chr(c) for c in range(0xF000, 0xF100)}


def _check_segments(text: MappedText, raw: str) -> None:
    for segment in text.segments:
        assert (
            raw[segment.raw : segment.raw + segment.length]
            == (text.text[segment.start : segment.start + segment.length])
        )


def test_a_word_file_gives_its_headings_and_questions() -> None:
    document = docx.Document()
    document.add_heading("Accès à la justice", 1)
    document.add_paragraph("1. Comment les victimes sont-elles informées ?")
    document.add_paragraph("2. Veuillez décrire l'aide juridique.")
    data = io.BytesIO()
    document.save(data)
    found = read_questionnaire_file(data.getvalue(), "questionnaire.docx")
    assert [(q.label, q.heading) for q in found.questions] == [
        ("1", ("Accès à la justice",)),
        ("2", ("Accès à la justice",)),
    ]


def test_the_items_of_a_list_numbered_by_the_word_processor_are_parts_of_its_question() -> None:
    text = (
        "Quelles mesures prenez-vous :\n\nla recherche ;\n\nla formation ;\n\nles fonds.\n\nLe contexte suit."
    )
    found = recognise("1. " + text)
    assert [part.content.text for part in found.questions[0].parts] == [
        "la recherche ;",
        "la formation ;",
        "les fonds.",
    ]
    assert [other.text for other in found.others] == ["Le contexte suit."]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "vide.txt"),
        (b"   \n", "blanc.txt"),
        (b"\xff\xfe1\x00", "utf16.txt"),
        (b"%PDF-1.7 rien", "faux.pdf"),
        (b"PK\x03\x04 rien", "faux.docx"),
        (b"MZ", "programme.exe"),
    ],
)
def test_what_cannot_be_read_is_refused_in_french(data: bytes, name: str) -> None:
    with pytest.raises(InvalidQuestionnaire, match=r"Le |n'est"):
        read_questionnaire_file(data, name)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(InvalidQuestionnaire, match="se déplie"):
        read_questionnaire_file(data.getvalue(), "bombe.docx")


def test_a_text_that_is_too_long_is_refused_with_its_measure() -> None:
    with pytest.raises(TextTooLong, match=str(MAX_CHARACTERS + 1)):
        read_questionnaire_text("a" * (MAX_CHARACTERS + 1))


def test_a_text_of_a_single_endless_line_is_read_in_seconds() -> None:
    assert recognise("1. " * (MAX_CHARACTERS // 3)).questions == ()


@pytest.mark.sources
def test_the_42_questions_of_the_fourth_round_are_recognised_from_the_reply_and_alone(sources: Path) -> None:
    reply = (sources / "questionnaire" / "reponse-france-greta-4.txt").read_bytes()
    passages = [
        p
        for p in read_questionnaire(reply, "reponse-france-greta-4.txt").passages
        if p.kind is PassageKind.QUESTION
    ]
    parts: dict[int | None, int] = {}
    for passage in passages:
        parts[passage.question] = parts.get(passage.question, -1) + 1
    headings = list(dict.fromkeys(h for p in passages for h in p.heading[:-1] if "." not in p.place))
    lines = []
    for passage in passages:
        lines += [h for h in passage.heading[:2] if h in headings]
        headings = [h for h in headings if h not in passage.heading]
        lines.append(passage.text)
    for raw in (reply.decode(), "\n".join(lines), "\n\n".join(lines)):
        found = recognise(raw)
        assert [q.label for q in found.questions] == [str(n) for n in range(1, 43)]
        assert {int(q.label): len(q.parts) for q in found.questions} == parts
        assert all(q.heading and q.sure for q in found.questions)
        assert found.missing == ()
    assert found.others == ()
