"""What tells provisions apart: the state on a day is that of the wording shown, and nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dated import is_valid, version_on
from kb.facet_values import (
    DAY_STATES,
    NUMBER_KINDS,
    DayState,
    NumberKind,
    applied,
    day_state,
    is_period,
    period_of,
)
from kb.ids import DocumentId, ProvisionId
from kb.model import Provision, State, Version
from kb.resolution.article_table import Validity

HERE = ProvisionId("code-penal/225-4-1")
DAY = date(2020, 1, 1)


def state_of(day: date, *wordings: tuple[int, int | None, State]) -> DayState:
    validities = [
        Validity(date(start, 1, 1), date(end, 1, 1) if end else None, state) for start, end, state in wordings
    ]
    return day_state(applied(validities, day), day)


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        ([], DayState.WITHOUT_TEXT),
        ([(2010, None, State.IN_FORCE)], DayState.IN_FORCE),
        ([(2010, 2022, State.MODIFIED), (2022, None, State.IN_FORCE)], DayState.IN_FORCE),
        ([(2010, 2022, State.REPEALED)], DayState.IN_FORCE),
        ([(2010, 2018, State.REPEALED)], DayState.REPEALED),
        ([(2010, 2018, State.MODIFIED)], DayState.UNKNOWN),
        ([(2010, None, State.UNCERTAIN)], DayState.UNCERTAIN),
        ([(2010, None, State.MODIFIED)], DayState.UNCERTAIN),
        ([(2010, None, State.DEFERRED)], DayState.DEFERRED),
        ([(2025, None, State.DEFERRED)], DayState.NOT_YET),
        ([(2025, None, State.IN_FORCE)], DayState.UNKNOWN),
    ],
)
def test_the_state_of_a_day(wordings: list[tuple[int, int | None, State]], expected: DayState) -> None:
    assert state_of(DAY, *wordings) == expected


def _version(ordinal: int, validity: Validity) -> Version:
    return Version(
        HERE,
        ordinal,
        validity.start,
        validity.end,
        validity.start,
        validity.start,
        validity.state,
        "",
        DocumentId("code-penal@2026-04-03"),
        (),
        (),
    )


@st.composite
def validities(draw: st.DrawFn) -> list[Validity]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        start = DAY + timedelta(days=draw(st.integers(-40, 40)))
        length = draw(st.none() | st.integers(1, 40))
        end = start + timedelta(days=length) if length else None
        found.append(Validity(start, end, draw(st.sampled_from(State))))
    return found


@given(known=validities())
def test_the_wording_told_of_is_the_one_that_is_shown(known: list[Validity]) -> None:
    provision = Provision(
        HERE, "code-penal", "", "", 0, (), tuple(_version(*pair) for pair in enumerate(known))
    )
    shown, told = version_on(provision, DAY), applied(known, DAY)
    if shown is None:
        assert told is None
        return
    assert told is not None
    assert (told.start, told.end, told.state) == (shown.start, shown.end, shown.state)
    in_force = day_state(told, DAY) is DayState.IN_FORCE
    assert not in_force or is_valid(shown, DAY)


def test_every_value_has_a_name_in_french() -> None:
    assert set(DAY_STATES) == set(DayState)
    assert set(NUMBER_KINDS) == set(NumberKind)


@given(st.integers(1, 9999))
def test_a_year_is_in_the_period_that_is_given_for_it(year: int) -> None:
    first, _, last = period_of(year).partition("-")
    assert int(first) <= year <= int(last)
    assert is_period(period_of(year))
