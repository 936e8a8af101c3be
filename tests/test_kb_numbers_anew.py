"""The numbers given to another article: what the table says, how it is made, and that it tells every one of them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from corpus.numbers_anew import Shift, all_given_anew, shifts, shifts_toml
from corpus.numbers_anew import given_anew as find_given_anew
from kb.concordance import correspondences
from kb.numbers_anew import given_anew, load_numbers_anew
from tests.git_histories import consolidations

_DAY = date(2021, 5, 1)
_CESEDA = "LEGITEXT000006070158"


@pytest.mark.parametrize("number", ["L511-1", "L561-1", "L611-1", "L744-6", "L622-4", "R311-1"])
def test_a_number_of_the_former_ceseda_names_another_article_since(number: str):
    given = given_anew("ceseda", number, date(2018, 3, 22), date(2026, 4, 3))
    assert given is not None
    assert given.day == _DAY


@pytest.mark.parametrize("number", ["L425-1", "L316-1", "L111-10", "L626-1"])
def test_a_number_that_only_began_or_only_ended_was_given_to_no_other(number: str):
    """Those that the source left in the new code, in their former words, included."""
    assert given_anew("ceseda", number) is None


def test_two_days_on_the_same_side_see_one_provision():
    assert given_anew("ceseda", "L511-1", date(2018, 1, 1), _DAY - timedelta(days=1)) is None
    assert given_anew("ceseda", "L511-1", _DAY, date(2026, 1, 1)) is None
    assert given_anew("ceseda", "L511-1", date(2018, 1, 1), _DAY) is not None


def test_in_a_broken_history_a_day_in_the_gap_may_be_on_either_side():
    given = given_anew("code-penal", "226-22-2")
    assert given is not None
    assert (given.before, given.day) == (date(2010, 8, 11), date(2026, 3, 26))
    for day in (date(2012, 1, 1), date(2020, 1, 1)):
        assert given_anew("code-penal", "226-22-2", date(2009, 1, 1), day) == given
        assert given_anew("code-penal", "226-22-2", day, date(2026, 4, 3)) == given


def test_an_act_that_gave_the_number_gives_the_day():
    given = given_anew("code-penal", "223-15-3")
    assert given is not None
    assert given.day == date(2024, 5, 12)


_LONG = (
    "Le juge statue dans les quarante-huit heures de sa saisine, les parties entendues ou dûment appelées."
)
_OTHER = (
    "Est puni de cinq ans d'emprisonnement le fait de dissoudre un mouvement, un parti ou une association."
)


def test_an_article_that_goes_to_another_number_frees_its_own():
    assert find_given_anew({"1": (_LONG,)}, {"1": (_OTHER,), "2": (_LONG + " Il motive.",)}) == ("1",)


def test_an_article_rewritten_in_its_place_keeps_its_number():
    assert find_given_anew({"1": (_LONG,)}, {"1": (_OTHER,)}) == ()
    assert find_given_anew({"1": (_LONG,), "2": (_LONG,)}, {"1": (_OTHER,), "2": (_LONG,)}) == ()
    assert find_given_anew({"1": (_LONG,)}, {"1": (_LONG + " Il motive.",), "2": (_LONG,)}) == ()


def test_on_the_day_of_a_recodification_every_number_that_bears_another_text_is_given_anew():
    before, after = {"1": (_LONG,), "2": (_OTHER,), "3": (_OTHER,)}, {"1": (_OTHER,), "2": (_OTHER + " ",)}
    assert all_given_anew(before, after) == ("1",)
    assert all_given_anew({"1": (_LONG,)}, {"1": (_LONG, _OTHER)}) == ("1",)


def test_a_consolidation_cut_short_moves_nothing():
    full = {str(n): (f"{_LONG} {n}",) for n in range(100)}
    texts = [(date(2001, 1, 1), full), (date(2001, 2, 1), {"1": (_OTHER,), "2": (full["1"][0],)})]
    assert list(shifts("code-civil", texts)) == []


def test_the_file_gives_the_eve_in_a_continuous_history_and_the_last_day_known_in_a_broken_one():
    def found(day: date) -> Shift:
        full = {str(n): (f"{n} {_OTHER[: 40 + n % 50]} {n}",) for n in range(100)} | {"a": (_LONG,)}
        (shift,) = shifts(
            "code-civil", [(date(2001, 1, 1), full), (day, full | {"a": (_OTHER,), "b": (_LONG,)})]
        )
        return shift

    assert found(date(2001, 6, 2)) == Shift("code-civil", date(2001, 6, 1), date(2001, 6, 2), ("a",))
    assert found(date(2011, 6, 2)).before == date(2001, 1, 1)
    (row,) = tomllib.loads(shifts_toml([found(date(2001, 6, 2))]))["shift"]
    assert (row["slug"], row["day"], row["numbers"]) == ("code-civil", date(2001, 6, 2), ["a"])


def test_no_number_given_anew_is_said_to_have_become_itself():
    assert not [row for row in correspondences("ceseda") if row.old == row.new and row.given_anew]
    numbers = load_numbers_anew()["ceseda"]
    assert sum(given.day == _DAY for found in numbers.values() for given in found) == 393


@pytest.mark.sources
@pytest.mark.slow
def test_every_number_whose_text_became_another_one_on_the_day_of_the_new_ceseda_is_told(sources: Path):
    history = sorted(consolidations(sources / "history" / "legalize-fr.git", _CESEDA), key=lambda s: s[0])
    before = max((sight for sight in history if sight[0] < _DAY), key=lambda sight: sight[0])[1]
    after = next(held for day, held in history if day == _DAY)
    common = [number for number in before if number in after]
    assert len(common) == 402
    for number in common:
        alike = [max(fuzz.ratio(new, old) for old in before[number]) for new in after[number]]
        assert (given_anew("ceseda", number, until=_DAY) is not None) is (min(alike) < 68), number
