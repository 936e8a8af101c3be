"""Which of two laws is the milder one: never said where something is not known, or goes both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checking.milder import Ground, Penalties, Severity, Term, Weighing, weigh, weigh_texts
from kb.wording.milder import reason_of

terms = st.builds(Term, st.integers(0, 3), st.integers(0, 3), st.booleans())
penalties = st.dictionaries(st.sampled_from(["", "en bande organisée"]), terms, min_size=1)


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ({"": Term(84)}, {"": Term(85)}, Severity.HARSHER),
        ({"": Term(84)}, {"": Term(84)}, Severity.TO_WEIGH),
        ({"": Term(84)}, {"": Term(83)}, Severity.MILDER),
        ({"": Term(84, 100)}, {"": Term(85, 99)}, Severity.TO_WEIGH),
        ({"": Term(84)}, {"": Term(84), "mineur": Term(120)}, Severity.TO_WEIGH),
        ({"": Term(360)}, {"": Term(life=True)}, Severity.HARSHER),
        ({"": Term(life=True)}, {"": Term(360)}, Severity.MILDER),
        (None, {"": Term(84)}, Severity.TO_WEIGH),
        ({"": Term(84)}, {}, Severity.TO_WEIGH),
    ],
)
def test_a_law_is_milder_or_harsher_only_when_all_that_changes_goes_one_way(
    old: Penalties | None, new: Penalties | None, severity: Severity
) -> None:
    assert weigh(old, new).severity is severity


@given(old=penalties, new=penalties)
def test_what_is_harsher_one_way_is_milder_the_other(old: dict[str, Term], new: dict[str, Term]) -> None:
    turned = {Severity.MILDER: Severity.HARSHER, Severity.HARSHER: Severity.MILDER}
    severity = weigh(old, new).severity
    assert weigh(new, old).severity is turned.get(severity, severity)


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("puni de sept ans d'emprisonnement", "puni de six ans d'emprisonnement", Severity.MILDER),
        ("puni de sept ans d'emprisonnement", "puni  de sept ans d'emprisonnement", Severity.SAME),
        (
            "puni de sept ans d'emprisonnement et de 100 000 euros d'amende",
            "puni de huit ans d'emprisonnement et de 75 000 euros d'amende",
            Severity.TO_WEIGH,
        ),
        ("puni de dix ans d'emprisonnement", "puni de dix ans de réclusion criminelle", None),
        (
            "un mineur de quinze ans : dix ans d'emprisonnement",
            "un mineur de dix ans : dix ans d'emprisonnement",
            None,
        ),
        (
            "un gain de 500 euros : un an d'emprisonnement",
            "un gain de 900 euros : un an d'emprisonnement",
            None,
        ),
        ("puni de dix ans d'emprisonnement", "également puni de dix ans d'emprisonnement", None),
    ],
)
def test_two_texts_are_weighed_only_when_nothing_but_figures_of_penalties_changes(
    old: str, new: str, severity: Severity | None
) -> None:
    weighing = weigh_texts(old, new)
    assert (weighing and weighing.severity) == severity


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_has_its_sentence(ground: Ground) -> None:
    assert reason_of(Weighing(Severity.TO_WEIGH, ground)).endswith(".")
