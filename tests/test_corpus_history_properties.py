"""Random histories, with insertions, rewritings, absences, returns and announcements, against what commits held."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.history.consolidations import LONGEST_SILENCE, Announcement, Consolidation, State
from corpus.history.pieces import text_key
from corpus.readers.code_markdown import CodeArticle
from corpus.versions.concurrent import Wording
from corpus.versions.continuous import LONGEST_HOLE, continuous_versions
from corpus.versions.timeline import Timeline
from kb.ids import DocumentId, ProvisionId
from kb.model import Bound, Document, DocumentKind, Version
from kb.text.spans import MappedText, Span
from kb.validity import LawOfDay, Standing, law_on

NUMBER = ProvisionId("code-penal/1")
TEXTS = ("", "Un.", "Deux.", "Trois.")
STEPS = st.lists(
    st.tuples(st.integers(1, 900).map(lambda n: n * n // 300 + 1), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=9,
)


def wording(text: str) -> tuple[Wording, ...]:
    article = CodeArticle(NUMBER, "1", (), MappedText.of(text), 0, False, Span(0, len(text)))
    return (Wording(text_key(text), article),) if text else ()


def document(day: date) -> Document:
    return Document(DocumentId(f"code-penal@{day}"), DocumentKind.CODE, "Code pénal", "x", "0" * 64, day)


def observations(steps: list[tuple[int, str]]) -> list[tuple[date, str]]:
    day, found = date(2000, 1, 1), []
    for wait, text in steps:
        day += timedelta(days=wait)
        found.append((day, text))
    return found


def timeline(seen: list[tuple[date, str]]) -> Timeline:
    days = [day for day, _ in seen]
    linked = [
        False,
        *(after - before <= LONGEST_SILENCE for before, after in itertools.pairwise(days)),
    ]
    consolidations = tuple(Consolidation(d, document(d), near) for d, near in zip(days, linked, strict=True))
    states = [
        State(rank, wording(text))
        for rank, (_, text) in enumerate(seen)
        if text != (seen[rank - 1][1] if rank else "")
    ]
    return Timeline(consolidations, {NUMBER: tuple(states)}, {}, ())


def versions(seen: list[tuple[date, str]], *announced: Announcement) -> tuple[Version, ...]:
    return tuple(d.version for d in continuous_versions(timeline(seen), NUMBER, announced))


def applied(law: LawOfDay[Version]) -> str | None:
    """The text in force, if there is one."""
    return law.shown.text if law.standing is Standing.IN_FORCE and law.shown else None


def in_hole(seen: list[tuple[date, str]], rank: int) -> bool:
    """Whether an absence is one of those too short to be believed."""
    start = rank
    while start and not seen[start - 1][1]:
        start -= 1
    after = next((later for later in range(rank, len(seen)) if seen[later][1]), None)
    if not start or after is None:
        return False
    days = [day for day, _ in seen]
    linked = all(days[edge] - days[edge - 1] <= LONGEST_SILENCE for edge in (start, after))
    return linked and days[after] - days[start] <= LONGEST_HOLE


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_on_the_day_of_a_commit_its_text_is_the_law_and_between_linked_ones_it_still_is(
    steps: list[tuple[int, str]],
) -> None:
    seen = observations(steps)
    for rank, (day, text) in enumerate(seen):
        following = seen[rank + 1][0] if rank + 1 < len(seen) else day + timedelta(days=1)
        eve = following - timedelta(days=1) if following - day <= LONGEST_SILENCE else day
        for moment in {day, day + (eve - day) // 2, eve}:
            law = law_on(versions(seen), moment)
            if text:
                assert law.standing is Standing.IN_FORCE
                assert law.shown is not None
                assert law.shown.text == text
            elif not in_hole(seen, rank):
                assert law.standing not in (Standing.IN_FORCE, Standing.UNDETERMINED)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_in_a_gap_nothing_is_chosen_between_texts_that_differ_and_equal_ones_are_one(
    steps: list[tuple[int, str]],
) -> None:
    seen = observations(steps)
    for (before, old), (after, new) in itertools.pairwise(seen):
        if after - before > LONGEST_SILENCE and (old or new):
            law = law_on(versions(seen), before + (after - before) // 2)
            assert (law.standing is Standing.UNDETERMINED) == (old != new)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_the_days_of_versions_are_in_order_and_never_overlap(steps: list[tuple[int, str]]) -> None:
    found = versions(observations(steps))
    for version in found:
        assert version.start <= version.last_seen
        assert version.end is None or version.last_seen < version.end
        assert version.absent_until is None or version.absent_until < version.start
    for one, other in itertools.pairwise(found):
        assert one.end is not None
        assert one.end <= other.start


@settings(max_examples=300, deadline=None)
@given(STEPS, st.sampled_from(TEXTS))
def test_what_is_announced_changes_nothing_before_its_day(steps: list[tuple[int, str]], text: str) -> None:
    seen = observations(steps)
    last, old = seen[-1]
    day = last + timedelta(days=100)
    announcement = Announcement(document(day), {NUMBER: (wording(old), wording(text))} if old != text else {})
    plain, told = versions(seen), versions(seen, announcement)
    for moment in (seen[0][0], last, day - timedelta(days=1)):
        was, now = law_on(plain, moment), law_on(told, moment)
        assert applied(was) == applied(now)
    if old != text:
        assert text == "" or told[-1].start == day
        assert all(v.end_bound is Bound.SOURCE for v in told if v.end == day)
