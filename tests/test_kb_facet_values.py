"""What tells provisions apart: the letter of the number, the age of the wording."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.facet_values import NUMBER_KINDS, NumberKind, is_period, period_of


def test_every_value_has_a_name_in_french() -> None:
    assert set(NUMBER_KINDS) == set(NumberKind)


@given(st.integers(1, 9999))
def test_a_year_is_in_the_period_that_is_given_for_it(year: int) -> None:
    first, _, last = period_of(year).partition("-")
    assert int(first) <= year <= int(last)
    assert is_period(period_of(year))
