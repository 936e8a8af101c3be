"""The table of reforms against the texts: no observation gainsays it, in any history that the sources have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kb.ids import provision_id
from kb.reforms import Change, EffectKind, Support, changes_of, load_reforms
from tests.git_histories import Wordings, articles, consolidations, reforms_of_articles

_HISTORIES = {
    "ceseda": ("LEGITEXT000006070158", date(2005, 3, 1), date(2026, 4, 3)),
    "code-civil": ("LEGITEXT000006070721", date(2005, 1, 1), date(2026, 4, 3)),
    "code-penal": ("LEGITEXT000006070719", date(2003, 1, 1), date(2010, 8, 11)),
}
"""By text: its code, and the first and last days of its continuous history that are read here."""
_PENAL = _HISTORIES["code-penal"][0]
_PARTIAL_FROM, _LAST = date(2010, 8, 12), date(2026, 4, 3)


def test_each_effect_names_articles_that_exist_in_their_one_spelling():
    for reform in load_reforms():
        for effect in reform.effects:
            for number in effect.numbers:
                assert provision_id(effect.text, number) == f"{effect.text}/{number}"
            assert len(set(effect.numbers)) == len(effect.numbers)


def test_what_is_only_generally_known_says_so():
    for reform in load_reforms():
        for effect in reform.effects:
            assert (effect.source == "general knowledge, to verify") is (effect.support is Support.UNVERIFIED)


def test_the_effects_on_a_provision_follow_each_other_as_they_can():
    for provision in _named():
        changes = changes_of(provision)
        assert len({change.day for change in changes}) == len(changes), provision
        for before, after in pairwise(changes):
            assert (before.kind is EffectKind.REPEALED) <= (after.kind is not EffectKind.REWROTE), provision
            if after.kind is EffectKind.CREATED:
                assert before.kind in (EffectKind.REPEALED, EffectKind.RENUMBERED), provision


def _named(text: str = "") -> list[str]:
    """Every provision that the table names."""
    effects = (effect for reform in load_reforms() for effect in reform.effects)
    return sorted({f"{e.text}/{n}" for e in effects if not text or e.text == text for n in e.numbers})


@cache
def _history(repository: Path, text: str) -> list[tuple[date, Wordings]]:
    """The consolidations of the continuous history, in the order of time, and before them the first one written."""
    text_id, first, last = _HISTORIES[text]
    numbers = frozenset(provision.partition("/")[2] for provision in _named(text))
    found = consolidations(repository, text_id, numbers)
    return sorted((sight for sight in found if first <= sight[0] <= last), key=lambda sight: sight[0])


def _changes_seen(history: list[tuple[date, Wordings]], number: str) -> Iterator[tuple[date, EffectKind]]:
    sights = [(day, held.get(number, frozenset())) for day, held in history]
    for (_, before), (day, after) in pairwise(sights):
        if before != after:
            yield day, _kind(before, after)


def _kind(before: frozenset[str], after: frozenset[str]) -> EffectKind:
    if not before:
        return EffectKind.CREATED
    return EffectKind.REWROTE if after else EffectKind.REPEALED


def _as_seen(change: Change) -> EffectKind:
    """A number given to another article is seen as one rewritten."""
    return EffectKind.REWROTE if change.kind is EffectKind.RENUMBERED else change.kind


@pytest.mark.sources
@pytest.mark.slow
@pytest.mark.parametrize("text", _HISTORIES)
def test_a_continuous_history_shows_each_effect_on_its_day_and_no_other_change(sources: Path, text: str):
    history = _history(sources / "history" / "legalize-fr.git", text)
    first, last = history[0][0], history[-1][0]
    assert len(history) > 80
    for provision in _named(text):
        changes = [change for change in changes_of(provision) if not change.whole]
        told = {(change.day, _as_seen(change)) for change in changes if first < change.day <= last}
        seen = set(_changes_seen(history, provision.partition("/")[2]))
        assert told == {change for change in seen if change[0] >= changes[0].day}, provision


@pytest.mark.sources
@pytest.mark.slow
def test_the_history_by_article_shows_each_effect_that_it_is_said_to_show(sources: Path):
    reforms = reforms_of_articles(sources / "history" / "france.code-penal.git")
    last = max(day for day, *_ in reforms if day < date(2016, 1, 1))
    for provision in _named("code-penal"):
        number = provision.partition("/")[2]
        days = {day for day, other, _ in reforms if other == number}
        for change in changes_of(provision):
            if _PARTIAL_FROM <= change.day <= last:
                assert change.day in days, (provision, change)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is held of an article of the Code pénal on both sides of the years without observation.

    `published` are the wordings that the first commit of its history gathers, of any date, and nothing else holds.
    """

    before: str | None
    known: date
    after: frozenset[str]
    published: frozenset[str]


def _gaps(sources: Path) -> Iterator[tuple[str, _Gap]]:
    numbers = frozenset(provision.partition("/")[2] for provision in _named("code-penal"))
    whole = consolidations(sources / "history" / "legalize-fr.git", _PENAL, numbers)
    dated = sorted(
        (sight for sight in whole[1:] if sight[0] <= date(2010, 8, 11)), key=lambda sight: sight[0]
    )
    by_article = reforms_of_articles(sources / "history" / "france.code-penal.git")
    text = (sources / "codes" / "2026-04-03" / f"{_PENAL}.md").read_text(encoding="utf-8")
    today = articles(text, numbers)
    for number in sorted(numbers):
        rewritten = [(day, wording) for day, other, wording in by_article if other == number]
        held = {w for _, sight in dated for w in sight.get(number, ())} | {w for _, w in rewritten}
        last = dated[-1][1].get(number, frozenset())
        before = rewritten[-1] if rewritten and rewritten[-1][0] > date(2010, 8, 11) else None
        after = today.get(number, frozenset())
        wording = before[1] if before else next(iter(last), None)
        known = before[0] if before else dated[-1][0]
        yield number, _Gap(wording, known, after, whole[0][1].get(number, frozenset()) - held - after)


@pytest.mark.sources
@pytest.mark.slow
def test_the_effects_between_two_observations_of_the_penal_code_account_for_their_difference(sources: Path):
    for number, gap in _gaps(sources):
        changes = [c for c in changes_of(f"code-penal/{number}") if gap.known < c.day <= _LAST]
        rewritten = [change for change in changes if _as_seen(change) is EffectKind.REWROTE]
        if gap.before in gap.after:
            assert not changes, f"{number} : {changes[0].name} ne l'a pas changé"
            continue
        assert (gap.before is None) is (bool(changes) and changes[0].kind is EffectKind.CREATED), number
        assert (not gap.after) is (bool(changes) and changes[-1].kind is EffectKind.REPEALED), number
        if all(change.is_certain for change in changes):
            middle = len(rewritten) - (1 if gap.before and gap.after else 0)
            assert middle == len(gap.published), number
