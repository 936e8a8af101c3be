"""The table of reforms: how it is read, and what bounds it gives to the versions of a provision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.errors import InvalidInput
from kb.ids import DocumentId, ProvisionId
from kb.model import Bound, State, Version
from kb.reforms import Change, EffectKind, Support, changes_of, load_reforms, narrow_versions, read_reforms
from kb.validity import Standing, law_on

_LAST = date(2026, 4, 3)
_TABLE = """
[[reform]]
act = "loi/2020-1"
name = "loi n° 2020-1 du 1er janvier 2020"
day = 2020-01-03
day_source = "x"
[[reform.effect]]
kind = "created"
text = "code-penal"
numbers = ["225-4-1"]
support = "stated"
source = "x"
"""


def test_a_table_is_read_with_what_each_act_did():
    (reform,) = read_reforms(_TABLE)
    assert (reform.act, reform.day) == ("loi/2020-1", date(2020, 1, 3))
    (change,) = changes_of("code-penal/225-4-1", (reform,))
    assert (change.kind, change.support, change.is_certain) == (EffectKind.CREATED, Support.STATED, True)
    assert changes_of("code-penal/225-4-2", (reform,)) == ()


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ('numbers = ["225-4-1"]', ""),
        ('kind = "created"', 'kind = "moved"'),
        ('support = "stated"', ""),
        ('support = "stated"', 'support = "stated"\nweight = 3'),
        ("day = 2020-01-03", 'day = "2020"'),
    ],
)
def test_a_table_that_lacks_a_word_or_has_one_too_many_is_refused(line: str, other: str):
    with pytest.raises(InvalidInput):
        read_reforms(_TABLE.replace(line, other))


def test_a_text_numbered_anew_changes_every_number_unless_one_is_named():
    (unnamed,) = (c for c in changes_of("ceseda/R1-1") if c.day == date(2021, 5, 1))
    assert (unnamed.kind, unnamed.whole) == (EffectKind.RENUMBERED, True)
    (named,) = (c for c in changes_of("ceseda/L425-1") if c.day == date(2021, 5, 1))
    assert (named.kind, named.whole) == (EffectKind.CREATED, False)


A, B, C, D = (date(year, 1, 1) for year in (2000, 2005, 2010, 2015))
CREATED, REWROTE, REPEALED = EffectKind.CREATED, EffectKind.REWROTE, EffectKind.REPEALED


def version(ordinal: int, start: date, last: date, end: date | None, **known: object) -> Version:
    bare = Version(
        ProvisionId("code-penal/1"),
        ordinal,
        start,
        end,
        first_seen=start,
        last_seen=last,
        state=State.MODIFIED if end else State.IN_FORCE,
        text=f"Texte {ordinal}.",
        document=DocumentId("code-penal@2000-01-01"),
        spans=(),
        heading=(),
    )
    return replace(bare, **known)  # type: ignore[arg-type]


def change(day: date, kind: EffectKind = REWROTE, support: Support = Support.OBSERVED) -> Change:
    return Change(day, kind, "loi/x", f"loi de {day.year}", support, "x")


def bounds(versions: tuple[Version, ...]) -> list[tuple[date, Bound, date | None, Bound]]:
    return [(v.start, v.start_bound, v.end, v.end_bound) for v in versions]


GAP = (version(0, A, B, D), version(1, D, D, None))
Y2003, Y2007, Y2009 = date(2003, 1, 1), date(2007, 1, 1), date(2009, 1, 1)
MADE = change(date(1999, 1, 1), CREATED)


def test_one_act_in_a_gap_ends_the_one_wording_and_begins_the_other():
    one, other = narrow_versions(GAP, [MADE, change(Y2007)])
    assert bounds((one, other)) == [
        (MADE.day, Bound.REFORM, Y2007, Bound.REFORM),
        (Y2007, Bound.REFORM, None, Bound.UNKNOWN),
    ]
    assert (one.act, other.act) == ("loi de 1999", "loi de 2007")
    assert (one.first_seen, one.last_seen, other.first_seen) == (A, B, D)


def test_of_two_acts_in_a_gap_the_wording_between_them_stays_unknown():
    assert bounds(narrow_versions(GAP, [MADE, change(Y2007), change(Y2009)])) == [
        (MADE.day, Bound.REFORM, Y2007, Bound.REFORM),
        (Y2009, Bound.REFORM, None, Bound.UNKNOWN),
    ]


def test_on_a_day_between_two_acts_the_article_exists_and_its_wording_is_not_known():
    narrowed = narrow_versions(GAP, [MADE, change(Y2007), change(Y2009)])
    for day in (Y2007, date(2008, 12, 31)):
        law = law_on(narrowed, day)
        assert (law.standing, law.wording, law.exists) == (Standing.UNKNOWN, None, True)
    assert law_on(narrowed, date(2006, 12, 31)).wording == narrowed[0]
    assert law_on(narrowed, Y2009).wording == narrowed[1]


def test_between_a_repeal_and_a_new_creation_the_article_is_absent():
    narrowed = narrow_versions(GAP, [MADE, change(Y2007, REPEALED), change(Y2009, CREATED)])
    law = law_on(narrowed, date(2008, 1, 1))
    assert (law.standing, law.exists) == (Standing.ABSENT, False)


def test_an_article_rewritten_then_repealed_out_of_sight_is_not_repealed_from_the_first_act():
    gone = version(0, A, B, D, state=State.REPEALED)
    (ended,) = narrow_versions([gone], [MADE, change(Y2007), change(Y2009, REPEALED)])
    assert (ended.end, ended.state) == (Y2007, State.MODIFIED)


def test_an_article_not_followed_before_the_gap_may_have_changed_before_the_act():
    assert bounds(narrow_versions(GAP, [change(Y2007)])) == [
        (A, Bound.UNKNOWN, Y2007, Bound.UNKNOWN),
        (Y2007, Bound.REFORM, None, Bound.UNKNOWN),
    ]


def test_what_is_only_generally_known_gives_no_bound_and_takes_away_those_across_it():
    doubtful = change(Y2007, support=Support.UNVERIFIED)
    assert narrow_versions(GAP, [doubtful]) == GAP
    last_doubtful = [MADE, change(date(2006, 1, 1)), doubtful]
    assert bounds(narrow_versions(GAP, last_doubtful)) == [
        (MADE.day, Bound.REFORM, date(2006, 1, 1), Bound.REFORM),
        (D, Bound.UNKNOWN, None, Bound.UNKNOWN),
    ]
    first_doubtful = [MADE, doubtful, change(Y2009)]
    assert bounds(narrow_versions(GAP, first_doubtful)) == [
        (MADE.day, Bound.REFORM, Y2009, Bound.UNKNOWN),
        (Y2009, Bound.REFORM, None, Bound.UNKNOWN),
    ]


def test_a_creation_begins_a_wording_unless_the_text_was_seen_without_it_after():
    (only,) = narrow_versions([version(0, D, D, None)], [change(Y2007, CREATED)], observed=[A, D])
    assert (only.start, only.start_bound) == (Y2007, Bound.REFORM)
    (absent,) = narrow_versions([version(0, D, D, None)], [change(Y2007, CREATED)], observed=[C, D])
    assert (absent.start, absent.start_bound) == (D, Bound.UNKNOWN)


def test_a_repeal_ends_the_last_wording():
    gone = version(0, A, B, D, state=State.REPEALED)
    (ended,) = narrow_versions([gone], [MADE, change(Y2007, REPEALED)])
    assert (ended.end, ended.end_bound, ended.state) == (Y2007, Bound.REFORM, State.REPEALED)


def test_an_act_after_the_last_observation_ends_what_was_then_known():
    (ended,) = narrow_versions([version(0, A, B, None)], [MADE, change(Y2007)])
    assert (ended.end, ended.end_bound, ended.state) == (Y2007, Bound.REFORM, State.MODIFIED)


def test_a_bound_that_the_source_gives_stays_and_learns_its_act():
    known = version(0, Y2003, B, Y2007, start_bound=Bound.SOURCE, end_bound=Bound.SOURCE)
    (same,) = narrow_versions([known], [change(Y2003), change(date(2006, 1, 1))])
    assert same == replace(known, act="loi de 2003")


def test_wordings_that_stand_side_by_side_are_left_as_they_are():
    twins = tuple(replace(v, concurrent=1) for v in GAP)
    assert narrow_versions(twins, [MADE, change(Y2007)]) == twins


def test_versions_keep_their_order():
    reverse = (GAP[1], GAP[0])
    assert [v.ordinal for v in narrow_versions(reverse, [MADE, change(Y2007)])] == [1, 0]


@pytest.mark.parametrize(
    ("provision", "day", "act"),
    [
        ("code-penal/225-4-1", date(2013, 8, 7), "loi n° 2013-711 du 5 août 2013"),
        ("code-penal/611-1", date(2016, 4, 15), "loi n° 2016-444 du 13 avril 2016"),
        ("ceseda/L425-1", date(2021, 5, 1), "ordonnance n° 2020-1733 du 16 décembre 2020"),
        ("code-penal/225-4-9", date(2025, 6, 15), "loi n° 2025-532 du 13 juin 2025"),
    ],
)
def test_the_wording_of_today_is_dated_by_the_act_that_made_it(provision: str, day: date, act: str):
    (today,) = narrow_versions([version(0, _LAST, _LAST, None)], changes_of(provision), [_LAST])
    assert (today.start, today.start_bound, today.act) == (day, Bound.REFORM, act)


def _named(text: str = "") -> list[str]:
    """Every provision that the table names."""
    effects = (effect for reform in load_reforms() for effect in reform.effects)
    return sorted({f"{e.text}/{n}" for e in effects if not text or e.text == text for n in e.numbers})
