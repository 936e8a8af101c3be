"""What a sentence says an article is of, among a few articles of our own."""

from __future__ import annotations

import pytest

from kb.checking.given_anew import speaks_of_former
from kb.checking.near_misses import Rarity
from kb.checking.subjects import Claim, Subject, Subjects, read_claim

KNOWN = {
    s.id: s
    for s in (
        Subject("c/1", "Le vol est la soustraction frauduleuse de la chose d'autrui.", "Du vol"),
        Subject("c/2", "Le vol est puni de trois ans d'emprisonnement.", "Du vol"),
        Subject(
            "c/3", "La nuisance nocturne est le fait de crier. Elle est punie d'un an.", "De la nuisance"
        ),
        Subject("c/4", "Tout acte commis par surprise, la nuit, est une embuscade.", "Des embuscades"),
        Subject(
            "c/5", "Lorsque l'infraction est commise en réunion, la peine est doublée.", "De la nuisance"
        ),
        Subject("c/6", "Le juge ordonne les mesures utiles.", "Des mesures", ("Ordonnance de protection",)),
    )
}
SUBJECTS = Subjects(KNOWN, Rarity.of([s.text for s in KNOWN.values()]))


@pytest.mark.parametrize(
    ("before", "after", "subject"),
    [
        ("Le vol est défini par l'", "", "Le vol"),
        ("Attendu que la nuisance nocturne est prévue et réprimée par l'", "", "la nuisance nocturne"),
        (
            "La contrainte, cause d'irresponsabilité, est prévue à l'",
            "",
            "La contrainte, cause d'irresponsabilité",
        ),
        ("L'", " réprime l'embuscade.", "l'embuscade"),
    ],
)
def test_a_sentence_that_says_what_an_article_is_of_is_read(before: str, after: str, subject: str) -> None:
    claim = read_claim(before, after)
    assert claim is not None
    assert claim.subject == subject


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Il est poursuivi en application de l'", ""),
        ("Vu l'", ""),
        ("L'", " est applicable."),
        ("Le vol (", ")"),
    ],
)
def test_a_sentence_that_does_not_say_it_is_left_alone(before: str, after: str) -> None:
    assert read_claim(before, after) is None


@pytest.mark.parametrize(
    ("subject", "defines", "cited", "better"),
    [
        ("Le vol", True, "c/3", "c/1"),
        ("Le vol", True, "c/2", "c/1"),
        ("Le vol", False, "c/2", None),
        ("Le vol", True, "c/1", None),
        ("L'embuscade", False, "c/3", "c/4"),
        ("La nuisance nocturne", False, "c/5", None),
        ("L'ordonnance de protection", False, "c/3", "c/6"),
        ("L'ordonnance de protection", False, "c/6", None),
        ("Le dispositif innommé", False, "c/3", None),
    ],
)
def test_the_better_article_is_proposed_only_where_the_cited_one_is_of_something_else(
    subject: str, defines: bool, cited: str, better: str | None
) -> None:
    assert SUBJECTS.better(Claim(subject, defines), [cited]) == better


def test_several_articles_cited_together_speak_for_each_other() -> None:
    assert SUBJECTS.better(Claim("Le vol", True), ["c/3", "c/1"]) is None


def test_an_old_number_is_told_from_the_article_that_bears_it_today() -> None:
    today, former = (
        "Le tribunal peut être saisi sans délai.",
        "Faciliter le séjour irrégulier par une aide directe.",
    )
    rarity = Rarity.of([today, former, "Le maire décide.", "La commune reçoit."])
    assert speaks_of_former("l'aide au séjour irrégulier", today, former, rarity)
    assert not speaks_of_former("le tribunal, saisi d'une aide, décide", today, former, rarity)
    assert not speaks_of_former("le délit", today, former, rarity)
