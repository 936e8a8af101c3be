"""The penalties that a sentence gives an article, beside those that the article fixes, on articles of our own."""

from __future__ import annotations

import pytest

from kb.checking.findings import Finding, Severity
from kb.checking.penalties import read_penalties
from kb.checking.stated_penalties import check_penalties
from kb.checking.wordings import Wording

SIMPLE = Wording(
    "code-penal/1",
    "Code pénal, art. 1",
    "Le fait de nuire est puni de sept ans d'emprisonnement et de 150 000 euros d'amende.\n"
    "Il est puni de dix ans d'emprisonnement et de 1 500 000 € d'amende lorsqu'il est commis sur un mineur.",
    "en vigueur le 1er janvier 2026",
)
CRIME = Wording(
    "code-penal/2",
    "Code pénal, art. 2",
    "La nuisance grave est punie de vingt ans de réclusion criminelle.",
    "x",
)
PERMIT = Wording(
    "ceseda/L1-1", "CESEDA, art. L. 1-1", "Il reçoit une carte de séjour temporaire d'une durée d'un an.", "x"
)
MUTE = Wording("code-penal/3", "Code pénal, art. 3", "La bande organisée est un groupement.", "x")


def _check(sentence: str, *wordings: Wording, subdivision: str = "") -> tuple[Finding, ...]:
    return check_penalties(sentence, subdivision, wordings)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("La nuisance est punie de sept ans d'emprisonnement et de 150 000 € d'amende (art. 1).", SIMPLE),
        ("Nuire à un mineur est puni de 10 ans d'emprisonnement (art. 1).", SIMPLE),
        ("Le tribunal l'a condamné à deux ans d'emprisonnement (art. 1).", SIMPLE),
        ("Les délits punis d'au moins trois ans d'emprisonnement (art. 1) sont exclus.", SIMPLE),
        ("La nuisance grave est punie de vingt ans (art. 2).", CRIME),
        ("La carte, valable un an, est délivrée (art. L. 1-1).", PERMIT),
        ("La carte a une durée de douze mois (art. L. 1-1).", PERMIT),
        ("Elle vit en France depuis trois ans (art. L. 1-1).", PERMIT),
    ],
)
def test_what_is_right_or_is_not_said_of_the_law_accuses_nobody(sentence: str, wording: Wording) -> None:
    assert [f.message for f in _check(sentence, wording) if f.accuses] == []


@pytest.mark.parametrize(
    ("sentence", "wording", "right"),
    [
        ("La nuisance est punie de cinq ans d'emprisonnement (art. 1).", SIMPLE, "7 ans d'emprisonnement"),
        ("La nuisance est punie de dix ans (art. 1).", SIMPLE, "7 ans d'emprisonnement"),
        ("La nuisance est punie de 45 000 euros d'amende (art. 1).", SIMPLE, "150\u202f000 €"),
        ("Elle est punie de vingt ans d'emprisonnement (art. 2).", CRIME, "20 ans de réclusion criminelle"),
        (
            "Elle est punie de la réclusion criminelle à perpétuité (art. 2).",
            CRIME,
            "20 ans de réclusion criminelle",
        ),
        ("La carte est valable deux ans (art. L. 1-1).", PERMIT, "1 an"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(sentence: str, wording: Wording, right: str) -> None:
    (finding,) = _check(sentence, wording)
    assert finding.severity is Severity.ERROR
    assert right in finding.message


def test_a_penalty_of_another_part_than_the_one_cited_is_told() -> None:
    text = (
        "I. - Nuire est puni de sept ans d'emprisonnement.\n"
        "II. - Nuire à un mineur est puni de dix ans d'emprisonnement."
    )
    wording = Wording("code-penal/4", "Code pénal, art. 4", text, "x")
    sentence = "La nuisance est punie de dix ans d'emprisonnement (art. 4)."
    assert _check(sentence, wording, subdivision="I")[0].accuses
    assert _check(sentence, wording, subdivision="II") == ()


def test_a_penalty_that_one_of_several_articles_fixes_is_right() -> None:
    assert _check("Elle est punie de vingt ans de réclusion criminelle (art. 1 et 2).", SIMPLE, CRIME) == ()


def test_a_penalty_that_no_article_fixes_is_said_not_to_be_verified() -> None:
    (finding,) = _check("La bande organisée est punie de dix ans d'emprisonnement (art. 3).", MUTE)
    assert not finding.accuses
    assert "ne le fixe pas" in finding.message


def test_a_year_and_twelve_months_are_the_same_and_an_amount_is_read_whole() -> None:
    one, twelve = read_penalties("un an"), read_penalties("douze mois")
    assert one[0].agrees(twelve[0])
    assert [p.euros for p in read_penalties("3 750 € ou 1\u202f500\u202f000 euros")] == [3_750, 1_500_000]
