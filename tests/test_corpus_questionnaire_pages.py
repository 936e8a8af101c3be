"""The reply's printed lines and pages, back to running text, footnotes and links."""

from __future__ import annotations

import pytest

from corpus.reader_result import Reading
from corpus.readers.questionnaire import read_questionnaire
from kb.model import PassageKind

RULE = " " * 59
QUESTION = "1. Quelles mesures sont prises ?"


def read(*lines: str) -> Reading:
    return read_questionnaire("\n".join(lines).encode(), "reponse-france-greta-4.txt")


def texts(reading: Reading, kind: PassageKind) -> list[str]:
    return [p.text for p in reading.passages if p.kind is kind]


def kinds(reading: Reading) -> list[str]:
    return [anomaly.kind for anomaly in reading.anomalies]


def answer(*lines: str) -> str:
    """The text of the answer to a lone question."""
    return "\n".join(texts(read(QUESTION, " ", *lines), PassageKind.ANSWER))


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("prévue à l'article 225-4-", "1 du code pénal.", "225-4-1 du code"),
        ("le plan 2024-", "2027 est en cours.", "2024-2027 est"),
        ("les articles L 1251-", "45 à 58 du code du travail.", "L 1251-45 à 58"),
        ("le jugement or-", "donne la transcription.", "jugement ordonne la"),
        ("considérées par celles-", "ci comme relevant.", "celles-ci comme"),
        ("en Île-", "de-France et ailleurs.", "Île-de-France"),
        ("des vidéos sous-", "titrées pour tous.", "sous-titrées"),
        ("le tribunal dit-", "il autre chose ?", "dit-il"),
        ("https://www.egalite-", "femmes.gouv.fr est le site.", "www.egalite-femmes.gouv.fr"),
        ("le plan (2024 -", "2027) est en cours.", "(2024 - 2027)"),
        ("la traite des êtres", "humains est punie.", "êtres humains"),
    ],
)
def test_what_a_line_end_breaks_is_mended(before: str, after: str, joined: str) -> None:
    assert joined in answer(f"Il est dit que {before}", after)


def test_a_hyphen_stays_when_the_reply_spells_the_word_with_it_elsewhere() -> None:
    text = answer("Le cyber-espace est vaste et il faut dire que le cyber-", "espace est surveillé.")
    assert "le cyber-espace est surveillé" in text


def test_a_number_cut_by_an_empty_line_in_a_widely_spaced_paragraph_is_mended() -> None:
    text = answer("L'État finance un parc d'hébergement d'environ 203 ", "", "000 places en tout.")
    assert text == "L'État finance un parc d'hébergement d'environ 203 000 places en tout."


def test_runs_of_spaces_become_one() -> None:
    assert answer("Ils  répondent   aux demandes.") == "Ils répondent aux demandes."


CUT_BY_PAGE = (
    QUESTION,
    " ",
    "Cette disposition est à l'article L.531-10 du code de l'entrée et du séjour ",
    "",
    RULE,
    "1 Une note sans rapport.",
    "",
    "https://exemple.fr/page",
    " des étrangers (CESEDA1). Ensuite, rien.",
)


def test_a_sentence_cut_by_footnotes_and_links_is_rejoined() -> None:
    reading = read(*CUT_BY_PAGE)
    (text,) = texts(reading, PassageKind.ANSWER)
    assert "du code de l'entrée et du séjour des étrangers (CESEDA1)." in text


def test_a_call_on_another_page_than_its_footnote_is_not_taken() -> None:
    reading = read(*CUT_BY_PAGE)
    (note,) = [p for p in reading.passages if p.kind is PassageKind.FOOTNOTE]
    assert note.parent is None
    assert "note_sans_appel" in kinds(reading)


def test_a_page_header_is_dropped_and_the_sentence_goes_on() -> None:
    reading = read(
        QUESTION, " ", "Les victimes sont", "", "26  GRETA(2023)11_FRA_rep", "_" * 99, " ", "protégées."
    )
    assert "GRETA" not in " ".join(p.text for p in reading.passages)
    assert [item.kind for item in reading.dropped] == ["habillage", "habillage"]


def test_form_feeds_are_page_breaks() -> None:
    reading = read(QUESTION, "", "Voir la directive1.", RULE, "1 La note.", "\fLa suite de la réponse.")
    assert texts(reading, PassageKind.FOOTNOTE) == ["La note."]
    assert "La suite de la réponse." in texts(reading, PassageKind.ANSWER)[0]


@pytest.mark.parametrize(
    ("number", "sentence", "shown"),
    [
        (6, "Selon l'article L.522-5 du CESEDA6.", "Selon l'article L.522-5 du CESEDA."),
        (15, "La directive de 201115 consacre ce droit.", "La directive de 2011 consacre ce droit."),
        (18, "Les bénéficiaires (BPI)18 ont ce droit.", "Les bénéficiaires (BPI) ont ce droit."),
        (1, "Le collectif « Ensemble »1 agit.", "Le collectif « Ensemble » agit."),
    ],
)
def test_a_footnote_is_given_to_the_passage_of_its_call(number: int, sentence: str, shown: str) -> None:
    reading = read(QUESTION, " ", sentence, "", RULE, f"{number} Voir la loi.", "")
    body, note = reading.passages[1:]
    assert (body.text, note.text) == (shown, "Voir la loi.")
    assert (note.kind, note.parent, note.place) == (PassageKind.FOOTNOTE, body.id, f"note-{number}")
    assert note.question == 1


@pytest.mark.parametrize(
    "sentence", ["L'article 1A2 et R425-2, la mesure 2 et 2024.", "Rien n'appelle la note."]
)
def test_a_number_of_the_text_is_never_taken_for_a_call(sentence: str) -> None:
    reading = read(QUESTION, " ", sentence.replace("1A2", "12"), "", RULE, "2 Voir la loi.")
    assert reading.passages[-1].parent is None
    assert kinds(reading) == ["note_sans_appel"]


def test_two_possible_calls_leave_the_footnote_alone() -> None:
    reading = read(QUESTION, " ", "La directive7 et le règlement7 le disent.", "", RULE, "7 Voir la loi.")
    assert reading.passages[-1].parent is None
    assert kinds(reading) == [
        "appel_ambigu",
        "appel_sans_note",
        "appel_sans_note",
    ] or "appel_ambigu" in kinds(reading)


def test_a_call_without_a_footnote_is_told_and_stays_in_the_text() -> None:
    reading = read(QUESTION, " ", "Le collectif « Ensemble »1 agit.")
    assert kinds(reading) == ["appel_sans_note"]
    assert "»1 agit" in reading.passages[-1].text


def test_text_under_the_rule_without_a_number_is_told_and_given_to_nobody() -> None:
    reading = read(QUESTION, " ", "La directive7.", "", RULE, "la fin d'une note.", "7 Voir la loi.")
    assert [(p.place, p.heading[-1], p.parent) for p in reading.passages[2:]] == [
        ("note", "Note", None),
        ("note-7", "Note 7", reading.passages[1].id),
    ]
    assert kinds(reading) == ["note_sans_numero"]


def test_a_year_at_the_start_of_a_line_does_not_start_a_footnote() -> None:
    reading = read(
        QUESTION, " ", "La directive1.", "", RULE, "1 Règlement du 14 mai", "2024 instituant une procédure."
    )
    assert texts(reading, PassageKind.FOOTNOTE) == ["Règlement du 14 mai 2024 instituant une procédure."]


def with_links(*links: str) -> Reading:
    return read(
        QUESTION,
        " ",
        "Le focus sur la mutilation sexuelle féminine est en ligne1.",
        "",
        RULE,
        "1 Voir http://www.ofii.fr/demande-",
        "d-asile (dépliants).",
        "",
        *links,
        " Fin.",
    )


def test_a_link_printed_in_a_footnote_is_its_own_even_broken_by_a_line() -> None:
    reading = with_links("http://www.ofii.fr/demande-d-asile", "http://www.ofii.fr/demande-d-asile")
    url = "http://www.ofii.fr/demande-d-asile"
    assert [(p.place, p.urls) for p in reading.passages if p.urls] == [("note-1", (url,))]


def test_a_link_is_given_to_the_passage_that_has_its_rare_words() -> None:
    filler = [line for n in range(60) for line in (f"{n + 2}. Comment ?", " ", "On répond.", " ")]
    reading = read(
        QUESTION, " ", "Le focus sur la mutilation sexuelle féminine est en ligne.", "",
        "https://exemple.fr/focus-mutilation-feminine.pdf", " Suite.", " ", *filler,
    )  # fmt: skip
    assert [p.place for p in reading.passages if p.urls] == ["1"]
    assert kinds(reading) == []


def test_a_link_that_cannot_be_placed_is_told() -> None:
    reading = with_links("https://exemple.fr/LEGIARTI000042776057")
    assert kinds(reading) == ["lien_non_rattache"]
    assert not any(p.urls for p in reading.passages)


def test_a_file_of_the_author_is_no_link() -> None:
    assert kinds(with_links("file:///C:/Users/nom/Plan.pdf")) == ["lien_local"]
