"""What targets turn out to be, on a small table of articles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kb.citations import find_citations
from kb.ids import ProvisionId
from kb.model import Bound, Citation, CitationKind, Resolution, State, Status
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from kb.text.spans import Span
from kb.validity import Validity

_OLD, _NEW = date(2018, 3, 22), date(2026, 4, 3)
_CURRENT = [Validity(_NEW, None, State.IN_FORCE)]


def _table() -> ArticleTable:
    ceseda = [
        "L425-1",
        "L425-2",
        "L425-4",
        "L522-1",
        "L522-2",
        "L522-3",
        "L523-1",
        "R425-1",
        "R425-2",
        "R425-10",
        "R426-1",
    ]
    penal = ["225-4-1", "225-4-2", "225-4-2-1", "225-4-3", "R610-5"]
    rows = [(f"ceseda/{n}", _CURRENT) for n in ceseda] + [(f"code-penal/{n}", _CURRENT) for n in penal]
    rows += [
        ("code-civil/515-13", [Validity(_OLD, _NEW, State.MODIFIED), Validity(_NEW, None, State.IN_FORCE)]),
        ("code-civil/515-14", [Validity(_OLD, _NEW, State.REPEALED)]),
        ("code-civil/515-15", [Validity(_NEW, None, State.DEFERRED, last_seen=_OLD)]),
        ("code-civil/515-16", [Validity(_NEW, None, State.UNCERTAIN)]),
        ("code-de-la-route/L425-1", _CURRENT),
    ]
    return ArticleTable((ProvisionId(p), validities) for p, validities in rows)


def _resolve(target: str, on: date | None = None, *, inherited: bool = False) -> Resolution:
    citation = Citation((Span(0, 1),), "x", (target,), CitationKind.CODE, inherited=inherited)
    (found,) = resolve(citation, _table(), on)
    assert bool(found.message) is (found.status is not Status.RESOLVED)
    return found


def test_an_article_of_the_table_is_resolved() -> None:
    found = _resolve("ceseda/L425-1")
    assert (found.status, found.provisions, found.how, found.confidence) == (
        Status.RESOLVED,
        ("ceseda/L425-1",),
        "table",
        1.0,
    )


def test_an_inherited_text_is_told_and_lowers_the_confidence() -> None:
    found = _resolve("ceseda/L425-1", inherited=True)
    assert (found.status, found.how, found.confidence) == (Status.RESOLVED, "inherited", 0.9)


def test_an_unknown_number_is_never_resolved_and_its_neighbours_are_only_told() -> None:
    found = _resolve("ceseda/L425-11")
    assert (found.status, found.provisions) == (Status.UNKNOWN_NUMBER, ())
    assert "L. 425-1" in found.message


def test_a_number_without_its_letter_has_candidates_and_is_never_taken_for_one() -> None:
    several, one = _resolve("ceseda/425-1"), _resolve("ceseda/426-1")
    assert (several.status, several.provisions) == (Status.AMBIGUOUS, ("ceseda/L425-1", "ceseda/R425-1"))
    assert (one.status, one.provisions) == (Status.AMBIGUOUS, ("ceseda/R426-1",))
    assert "Seul candidat : CESEDA, art. R. 426-1" in one.message
    assert _resolve("ceseda/999-1").status is Status.SUSPICIOUS


def test_a_number_without_the_letter_of_before_a_recodification_is_renumbered() -> None:
    found = _resolve("ceseda/316-1")
    assert (found.status, found.provisions) == (Status.RENUMBERED, ("ceseda/L425-1",))


def test_a_letter_too_many_is_suspicious_and_the_article_without_it_is_told() -> None:
    found = _resolve("code-penal/L225-4-1")
    assert (found.status, found.provisions) == (Status.SUSPICIOUS, ("code-penal/225-4-1",))
    assert "Peut-être : Code pénal, art. 225-4-1" in found.message
    assert _resolve("cpp/L706-3").status is Status.SUSPICIOUS
    assert _resolve("code-travail/8211-1").status is Status.NOT_IN_CORPUS


def test_a_former_article_is_not_the_one_that_bears_its_number_today() -> None:
    (citation,) = find_citations("l'ancien article 515-13 du code civil")
    (found,) = resolve(citation, _table())
    assert (found.status, found.provisions) == (Status.REPEALED, ())
    assert "ancien" in found.message


def test_a_text_that_is_not_in_the_base_is_said_so() -> None:
    found = _resolve("cpp/706-73")
    assert found.status is Status.NOT_IN_CORPUS
    assert "Code de procédure pénale" in found.message
    assert _resolve("loi/2016-444").status is Status.NOT_IN_CORPUS


def test_a_whole_text_of_the_base_is_resolved_to_no_article() -> None:
    assert _resolve("code-penal").provisions == ()
    assert _resolve("code-penal").status is Status.RESOLVED


def test_a_range_holds_what_the_table_has_between_its_bounds() -> None:
    assert _resolve("ceseda/L522-1..L523-1").provisions == (
        "ceseda/L522-1",
        "ceseda/L522-2",
        "ceseda/L522-3",
        "ceseda/L523-1",
    )
    assert _resolve("code-penal/225-4-1..225-4-3").provisions[2] == "code-penal/225-4-2-1"


def test_a_range_without_one_of_its_bounds_is_not_guessed() -> None:
    found = _resolve("ceseda/L522-1..L522-5")
    assert (found.status, found.provisions) == (Status.UNKNOWN_NUMBER, ())
    assert "L. 522-5" in found.message


def test_a_range_that_goes_backwards_is_suspicious() -> None:
    assert _resolve("ceseda/L522-3..L522-1").status is Status.SUSPICIOUS


def test_a_range_stays_in_its_series() -> None:
    found = _resolve("ceseda/L523-1..R426-1")
    assert found.provisions == ("ceseda/L523-1",)


def test_an_open_range_holds_the_following_articles_of_the_same_stem() -> None:
    found = _resolve("ceseda/R425-1..")
    assert found.provisions == ("ceseda/R425-1", "ceseda/R425-2", "ceseda/R425-10")
    assert found.how == "range"


@pytest.mark.parametrize(
    ("target", "on", "status"),
    [
        ("code-civil/515-13", None, Status.RESOLVED),
        ("code-civil/515-13", date(2020, 1, 1), Status.RESOLVED),
        ("code-civil/515-13", date(2010, 1, 1), Status.NOT_IN_CORPUS),
        ("code-civil/515-14", None, Status.REPEALED),
        ("code-civil/515-14", date(2027, 1, 1), Status.REPEALED),
        ("code-civil/515-15", None, Status.NOT_YET_IN_FORCE),
        ("code-civil/515-16", None, Status.RESOLVED),
    ],
)
def test_the_state_is_that_of_the_date(target: str, on: date | None, status: Status) -> None:
    found = _resolve(target, on)
    assert (found.status, found.provisions) == (status, (target,))


def test_an_uncertain_wording_lowers_the_confidence() -> None:
    assert _resolve("code-civil/515-16").confidence < 1


def test_a_citation_in_words_is_found_then_resolved() -> None:
    (citation,) = find_citations("les articles L.522-1 à L.522-\n3 et L. 425-1 du CESEDA")
    found = resolve(citation, _table())
    assert [len(r.provisions) for r in found] == [3, 1]


@pytest.mark.parametrize(
    ("old", "new"), [("L316-1", "L425-1"), ("L316-1-1", "L425-4"), ("R316-1", "R425-1"), ("R316-2", "R425-2")]
)
def test_a_number_of_before_a_recodification_leads_to_the_new_one_and_says_so(old: str, new: str) -> None:
    found = _resolve(f"ceseda/{old}")
    assert (found.status, found.provisions, found.how) == (
        Status.RENUMBERED,
        (f"ceseda/{new}",),
        "concordance",
    )
    assert "1er mai 2021" in found.message
    assert _resolve(f"ceseda/{old}", date(2020, 1, 1)).status is Status.UNKNOWN_NUMBER


def test_a_number_renumbered_in_the_main_says_where_its_other_part_went() -> None:
    assert "Une partie en est reprise à L. 425-3." in _resolve("ceseda/L316-1").message


def test_a_number_whose_article_was_joined_to_others_leads_to_the_one_that_holds_it() -> None:
    found = _resolve("ceseda/L213-8", date(2024, 1, 1))
    assert (found.status, found.provisions) == (Status.RENUMBERED, ("ceseda/L333-3",))
    assert "a été réuni à d'autres" in found.message
    assert _resolve("ceseda/L213-8", date(2020, 1, 1)).status is Status.UNKNOWN_NUMBER


def test_a_number_whose_article_was_cut_leads_to_each_part_after_the_change_only() -> None:
    found = _resolve("ceseda/L711-2", date(2024, 1, 1))
    parts = tuple(f"ceseda/L511-{n}" for n in (2, 3, 4, 5))
    assert (found.status, found.provisions, found.how) == (Status.RENUMBERED, parts, "concordance")
    assert "a été réparti" in found.message
    assert "L. 511-2, L. 511-3" in found.message
    assert _resolve("ceseda/L711-2", date(2020, 1, 1)).status is Status.UNKNOWN_NUMBER


def test_a_repealed_number_that_changed_is_renumbered_after_the_change_and_good_before() -> None:
    table = ArticleTable([(ProvisionId("ceseda/L313-14"), [Validity(_OLD, _NEW, State.REPEALED)])])
    citation = Citation((Span(0, 1),), "x", ("ceseda/L313-14",), CitationKind.CODE)
    assert resolve(citation, table, date(2019, 1, 1))[0].status is Status.RESOLVED
    assert resolve(citation, table)[0].provisions == ("ceseda/L435-1",)
    assert resolve(citation, table, date(2026, 5, 1))[0].status is Status.RENUMBERED


def test_a_number_that_the_text_still_has_means_the_article_that_bears_it_now() -> None:
    table = ArticleTable([(ProvisionId("ceseda/L311-1"), _CURRENT)])
    citation = Citation((Span(0, 1),), "x", ("ceseda/L311-1",), CitationKind.CODE)
    assert resolve(citation, table)[0].provisions == ("ceseda/L311-1",)


def _observed() -> ArticleTable:
    """Two snapshots of one code, one of another, and a text whose versions are dated by their source."""

    def seen(first: date, absent: date | None = None) -> list[Validity]:
        return [
            Validity(
                first,
                None,
                State.IN_FORCE,
                last_seen=_NEW,
                start_bound=Bound.UNKNOWN,
                absent_from=absent,
                absent_until=absent,
            )
        ]

    since = date(2021, 5, 1)
    recodified = Validity(
        since, None, State.IN_FORCE, absent_from=_OLD, absent_until=since - timedelta(days=1)
    )
    rows = [
        ("code-penal/225-4-1", seen(_OLD)),
        ("code-penal/611-1", seen(_NEW, _OLD)),
        ("code-civil/1240", seen(_NEW)),
        ("ceseda/L111-1", seen(_OLD)),
        ("ceseda/L425-1", [recodified]),
        ("code-de-la-route/L325-1", [Validity(_NEW, None, State.IN_FORCE)]),
    ]
    return ArticleTable((ProvisionId(p), validities) for p, validities in rows)


@pytest.mark.parametrize(
    ("target", "on", "status"),
    [
        ("code-penal/611-1", _OLD, Status.NOT_YET_IN_FORCE),  # a snapshot of that day lacks it
        ("code-penal/611-1", date(2024, 1, 1), Status.UNDETERMINED),  # it came some day between the two
        ("code-penal/611-1", date(2010, 1, 1), Status.NOT_IN_CORPUS),
        ("code-penal/225-4-1", date(2024, 1, 1), Status.RESOLVED),
        ("code-civil/1240", date(2020, 1, 1), Status.NOT_IN_CORPUS),
        ("code-civil/1384", date(2010, 1, 1), Status.NOT_IN_CORPUS),  # it may have been there then
        ("code-civil/1384", _NEW, Status.UNKNOWN_NUMBER),
        ("code-civil/1240..1241", date(2010, 1, 1), Status.NOT_IN_CORPUS),
        ("code-civil/1240..", date(2010, 1, 1), Status.NOT_IN_CORPUS),
        ("ceseda/L425-1", date(2020, 1, 1), Status.NOT_YET_IN_FORCE),  # before its recodification
        ("ceseda/L425-1", date(2022, 1, 1), Status.RESOLVED),
        (
            "code-de-la-route/L325-1",
            date(2020, 1, 1),
            Status.NOT_IN_CORPUS,
        ),  # an older wording may be missing
    ],
)
def test_a_day_before_the_first_known_wording_is_judged_by_what_shows_it(
    target: str, on: date, status: Status
) -> None:
    citation = Citation((Span(0, 1),), "x", (target,), CitationKind.CODE)
    (found,) = resolve(citation, _observed(), on)
    assert found.status is status, found.message
    assert bool(found.message) is (status is not Status.RESOLVED)


def test_a_text_beside_a_number_that_was_not_read_is_not_told_as_resolved() -> None:
    (citation,) = find_citations("l'article L. 425÷1 du CESEDA")
    (resolution,) = resolve(citation, _table())
    assert resolution.status is Status.SUSPICIOUS
    assert "L. 425÷1" in resolution.message or "425÷1" in resolution.message


def test_a_number_that_a_text_lacks_is_only_unknown_where_the_text_was_still_observed() -> None:
    """A code last seen in 2015 says nothing of an article that may have been made since."""
    seen = Validity(date(2010, 1, 1), None, State.IN_FORCE, last_seen=date(2015, 4, 1))
    today = Validity(date(2010, 1, 1), None, State.IN_FORCE, last_seen=date(2026, 4, 3))
    table = ArticleTable([(ProvisionId("cpp/230-1"), (seen,)), (ProvisionId("code-penal/225-4-1"), (today,))])
    (citation,) = find_citations("article 230-46 du code de procédure pénale")

    def status(on: date | None) -> Status:
        return resolve(citation, table, on)[0].status

    last = date(2015, 4, 1)
    assert status(last) is Status.UNKNOWN_NUMBER
    assert status(last + timedelta(days=366)) is Status.UNKNOWN_NUMBER
    assert status(last + timedelta(days=367)) is Status.NOT_IN_CORPUS
    assert status(None) is Status.NOT_IN_CORPUS
