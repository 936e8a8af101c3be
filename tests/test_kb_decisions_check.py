"""A decision as it is cited, beside those that are held."""

from __future__ import annotations

from datetime import date

import pytest

from kb.checking.decisions import HeldDecision, check_decision, lead_of
from kb.checking.findings import FindingKind, Severity

HELD = {
    d.id: d
    for d in (
        HeldDecision("cass/22-15.457", "Cour de cassation", "deuxième chambre civile", date(2024, 4, 4)),
        HeldDecision("cedh/25965-04", "CEDH", "", date(2010, 1, 7)),
    )
}


@pytest.mark.parametrize(
    "written",
    [
        "Cass. 2e civ., 4 avril 2024, n° 22-15.457",
        "Cour de cassation, deuxième chambre civile, 4 avril 2024, n° 22-15.457",
        "n° 22-15.457",
        "Civ. 2e, 4 avr. 2024, n° 22-15.457",
    ],
)
def test_a_decision_held_is_right_under_every_form(written: str) -> None:
    assert check_decision(written, "cass/22-15.457", HELD) == ()


def test_a_wrong_date_and_a_wrong_chamber_are_told_with_the_right_ones() -> None:
    day, chamber = check_decision("Cass. crim., 4 mai 2024, n° 22-15.457", "cass/22-15.457", HELD)
    assert (day.suggestion, chamber.suggestion) == ("4 avril 2024", "deuxième chambre civile")
    assert {day.severity, chamber.severity} == {Severity.ERROR}


def test_a_number_one_slip_away_on_the_same_day_is_told() -> None:
    (finding,) = check_decision("Cass. 2e civ., 4 avril 2024, n° 22-15.547", "cass/22-15.547", HELD)
    assert (finding.kind, finding.suggestion) == (FindingKind.DECISION, "22-15.457")


def test_a_decision_that_is_not_held_is_not_verifiable_and_nothing_is_said_of_it() -> None:
    (finding,) = check_decision("Cass. crim., 14 mars 2023, n° 22-81.999", "cass/22-81.999", HELD)
    assert (finding.kind, finding.severity) == (FindingKind.IDENTITY, Severity.NOTICE)
    assert "Non vérifiable ici" in finding.message


def test_the_words_before_a_citation_give_its_date_and_stop_at_a_bracket() -> None:
    text = "Depuis le 3 mai 2022 (CEDH, 7 janvier 2010, Rantsev c. Chypre"
    assert lead_of(text, text.index("Rantsev")) == "CEDH, 7 janvier 2010, "
