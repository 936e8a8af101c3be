"""What is known of a provision on a day: the day before, the day itself and the day after, for every standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Bound, State
from kb.timeline import periods
from kb.validity import (
    PRESUMED,
    LawOfDay,
    ReasonKind,
    Standing,
    Validity,
    as_last_known,
    first_possible_day,
    law_on,
)
from kb.wording.validity import (
    _SENTENCES,
    STANDINGS,
    STATES,
    first_line,
    said_of,
    state_of,
    warnings_of,
)

ONE = timedelta(days=1)
D1, D2, D3 = date(2010, 8, 11), date(2018, 3, 22), date(2026, 4, 3)
UNKNOWN = Bound.UNKNOWN


def seen(first: date, last: date, end: date | None, absent: date | None = None) -> Validity:
    """A wording that snapshots show: its bounds are days of observation."""
    state = State.IN_FORCE if end is None else State.MODIFIED
    return Validity(first, end, state, last, UNKNOWN, UNKNOWN, absent, absent)


OLD, NEW = seen(D1, D1, D2), seen(D2, D3, None, D1)
GONE = replace(seen(D1, D1, D2), state=State.REPEALED)
DATED = Validity(D2, None, State.IN_FORCE, last_seen=D3)
ENDED = Validity(D1, D2, State.REPEALED, last_seen=D2 - ONE)
BACK = replace(DATED, start=D3, absent_from=D2, absent_until=D3 - ONE, last_seen=D3)
TO_COME = Validity(date(2027, 1, 1), None, State.DEFERRED, last_seen=D3)


@pytest.mark.parametrize(
    ("wordings", "day", "before", "on", "after"),
    [
        ([OLD, NEW], D1, Standing.UNKNOWN, Standing.IN_FORCE, Standing.UNDETERMINED),
        ([OLD, NEW], D2, Standing.UNDETERMINED, Standing.IN_FORCE, Standing.IN_FORCE),
        ([NEW], D1, Standing.UNKNOWN, Standing.NOT_YET, Standing.UNDETERMINED),
        ([NEW], D2, Standing.UNDETERMINED, Standing.IN_FORCE, Standing.IN_FORCE),
        ([NEW], D3 + PRESUMED, Standing.IN_FORCE, Standing.IN_FORCE, Standing.LAST_KNOWN),
        ([GONE], D2, Standing.UNDETERMINED, Standing.REPEALED, Standing.REPEALED),
        ([ENDED], D2, Standing.IN_FORCE, Standing.REPEALED, Standing.REPEALED),
        ([replace(ENDED, state=State.MODIFIED)], D2, Standing.IN_FORCE, Standing.UNKNOWN, Standing.UNKNOWN),
        ([DATED], D2, Standing.UNKNOWN, Standing.IN_FORCE, Standing.IN_FORCE),
        ([replace(DATED, absent_from=D1)], D1, Standing.UNKNOWN, Standing.NOT_YET, Standing.NOT_YET),
        ([replace(DATED, absent_from=D1)], D2, Standing.NOT_YET, Standing.IN_FORCE, Standing.IN_FORCE),
        ([ENDED, BACK], D2, Standing.IN_FORCE, Standing.ABSENT, Standing.ABSENT),
        ([ENDED, BACK], D3, Standing.ABSENT, Standing.IN_FORCE, Standing.IN_FORCE),
        ([TO_COME], date(2027, 1, 1), Standing.NOT_YET, Standing.IN_FORCE, Standing.IN_FORCE),
        (
            [replace(DATED, state=State.UNCERTAIN)],
            D2,
            Standing.UNKNOWN,
            Standing.UNCERTAIN,
            Standing.UNCERTAIN,
        ),
        ([], D2, Standing.WITHOUT_TEXT, Standing.WITHOUT_TEXT, Standing.WITHOUT_TEXT),
    ],
)
def test_the_day_before_the_day_and_the_day_after(
    wordings: list[Validity], day: date, before: Standing, on: Standing, after: Standing
) -> None:
    assert [law_on(wordings, d).standing for d in (day - ONE, day, day + ONE)] == [before, on, after]


def test_between_two_wordings_that_differ_both_are_candidates_and_none_applies() -> None:
    law = law_on([OLD, NEW], date(2015, 6, 1))
    assert (law.wording, law.candidates, law.exists, law.text_holder) == (None, (OLD, NEW), True, None)
    assert law.reason is not None
    assert (law.reason.kind, law.reason.days) == (ReasonKind.BETWEEN, (D1, D2))
    assert state_of(law) == "INDETERMINE"
    assert "22 mars 2018" in said_of(law)


def test_an_act_that_dates_the_change_leaves_no_day_undetermined() -> None:
    turn = date(2013, 8, 7)
    old = replace(OLD, end=turn, end_bound=Bound.REFORM)
    new = replace(NEW, start=turn, start_bound=Bound.REFORM, act="loi n° 2013-711")
    assert law_on([old, new], turn - ONE).wording is old
    assert law_on([old, new], turn).wording is new
    assert first_line(law_on([old, new], D3)) == (
        "En vigueur depuis le 7 août 2013 (loi n° 2013-711) · vérifié le 3 avril 2026"
    )


def test_what_was_seen_long_ago_is_the_last_known_state_and_no_text_of_the_day() -> None:
    law = law_on([seen(D1, date(2015, 1, 1), None)], D3)
    assert (law.standing, law.wording, len(law.candidates)) == (Standing.LAST_KNOWN, None, 1)
    assert first_line(law) == "Dernier état connu"
    assert "1er janvier 2015" in said_of(law)


def test_several_wordings_at_once_are_uncertain_unless_the_source_says_one_in_force() -> None:
    twin = replace(DATED, state=State.UNCERTAIN)
    assert law_on([twin, twin], D3).standing is Standing.UNCERTAIN
    assert law_on([DATED, replace(DATED, state=State.MODIFIED)], D3).wording is DATED


def test_as_last_known_is_what_the_last_observation_shows() -> None:
    assert as_last_known([OLD, NEW]).wording is NEW
    assert as_last_known([GONE]).standing is Standing.REPEALED
    assert as_last_known([replace(DATED, end=date(2027, 1, 1)), TO_COME]).wording.start == D2  # type: ignore[union-attr]
    assert as_last_known([TO_COME]).standing is Standing.NOT_YET
    assert as_last_known([seen(D1, D1, None)]).standing is Standing.IN_FORCE


def test_an_index_looks_at_a_wording_from_the_first_day_on_which_it_may_apply() -> None:
    assert first_possible_day(NEW, (NEW,)) == D1 + ONE
    assert first_possible_day(DATED, (DATED,)) == D2


def test_every_standing_and_every_reason_has_its_words() -> None:
    assert set(STANDINGS) == set(Standing)
    assert set(_SENTENCES) == set(ReasonKind)
    assert set(State) <= set(STATES)


# Random observations of a whole text: on each day the number bears a text, or is absent (None).
Seen = dict[date, str | None]
observations = st.dictionaries(
    st.integers(0, 40).map(lambda n: D1 + timedelta(days=30 * n)),
    st.none() | st.sampled_from("ABC"),
    min_size=1,
    max_size=7,
)


def versions_of(known: Seen) -> list[tuple[str, Validity]]:
    """The versions that snapshots give, made here by their definition: one for each run of a text."""
    days = sorted(known)
    found: list[tuple[str, Validity]] = []
    for place, day in enumerate(days):
        text, before = known[day], known[days[place - 1]] if place else None
        if text is None or text == before:
            continue
        run = days[place:]
        last = next((i for i, d in enumerate(run) if known[d] != text), len(run))
        end = run[last] if last < len(run) else None
        absent = (days[0], days[place - 1]) if place else (None, None)
        remaining = any(known[d] is not None for d in run[last:])
        state = State.IN_FORCE if end is None else State.MODIFIED if remaining else State.REPEALED
        found.append((text, Validity(day, end, state, run[last - 1], UNKNOWN, UNKNOWN, *absent)))
    return found


def on(known: Seen, day: date) -> tuple[str | None, LawOfDay[Validity]]:
    pairs = versions_of(known)
    law = law_on([v for _, v in pairs], day)
    return next((text for text, v in pairs if v is law.wording), None), law


@given(known=observations, offset=st.integers(-60, 1300))
def test_exactly_one_standing_a_day_and_never_a_text_beside_candidates(known: Seen, offset: int) -> None:
    _, law = on(known, D1 + timedelta(days=offset))
    assert law.standing in set(Standing)
    assert (law.wording is not None) == (law.standing is Standing.IN_FORCE)
    assert bool(law.candidates) == (
        law.standing in (Standing.UNDETERMINED, Standing.UNCERTAIN, Standing.LAST_KNOWN)
    )
    assert bool(warnings_of(law)) == (law.standing is not Standing.IN_FORCE)


@given(known=observations)
def test_the_day_of_an_observation_has_what_was_observed(known: Seen) -> None:
    for day, text in known.items():
        shown, law = on(known, day)
        if any(known.values()):
            assert shown == text
            assert law.exists is (text is not None) or law.standing is Standing.UNKNOWN


@given(known=observations, offset=st.integers(0, 1300), text=st.none() | st.sampled_from("ABC"))
def test_one_more_observation_never_changes_a_day_that_was_observed(
    known: Seen, offset: int, text: str | None
) -> None:
    more = {D1 + timedelta(days=offset): text, **known}
    for day in known:
        before, after = on(known, day), on(more, day)
        assert before[0] == after[0]
        if known[day] is not None:
            assert before[1].standing is after[1].standing


@given(known=observations, offset=st.integers(0, 1300))
def test_a_day_between_two_texts_that_differ_is_never_decided(known: Seen, offset: int) -> None:
    day = D1 + timedelta(days=offset)
    before, after = [d for d in known if d < day], [d for d in known if d > day]
    if day in known or not before or not after or known[max(before)] == known[min(after)]:
        return
    assert on(known, day)[1].standing is Standing.UNDETERMINED


@given(known=observations, offset=st.integers(-60, 1300))
def test_the_period_of_a_day_says_what_is_known_of_that_day(known: Seen, offset: int) -> None:
    wordings = [v for _, v in versions_of(known)]
    day = D1 + timedelta(days=offset)
    holding = [p for p in periods(wordings) if (p.start or date.min) <= day < (p.end or date.max)]
    law = law_on(wordings, day)
    if not wordings:
        assert not holding
        return
    (period,) = holding
    assert (period.law.standing, period.law.candidates) == (law.standing, law.candidates)
    assert period.law.wording is law.wording


def test_a_gap_is_told_as_a_gap() -> None:
    found = periods([OLD, NEW])
    assert [(p.start, p.law.standing, p.is_gap) for p in found] == [
        (None, Standing.UNKNOWN, True),
        (D1, Standing.IN_FORCE, False),
        (D1 + ONE, Standing.UNDETERMINED, True),
        (D2, Standing.IN_FORCE, False),
        (D3 + PRESUMED + ONE, Standing.LAST_KNOWN, True),
    ]
