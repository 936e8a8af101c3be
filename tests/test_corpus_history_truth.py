"""What the base says of an article on a day, set beside what a reader made apart finds in the real histories."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from corpus.source_reading import read_source
from corpus.sources import SourceKind, discover
from kb.ids import provision_id
from kb.model import Bound, Version
from tests.history_reader import Commit, articles, bare, commits, git, on_day

pytestmark = [pytest.mark.sources, pytest.mark.slow]
SOURCES = Path(os.environ.get("RENVOI_SOURCES", "sources"))
REPOSITORY = SOURCES / "history" / "legalize-fr.git"
PAIRS, SEED = 1_000, 20260403
# The codes, the first day drawn (git dates none before 1970, and these say little before), and their last linked one.
CODES = {
    "LEGITEXT000006070158": ("ceseda", date(2005, 3, 1), date(2026, 1, 1)),
    "LEGITEXT000006070719": ("code-penal", date(1994, 3, 1), date(2010, 8, 11)),
    "LEGITEXT000006070721": ("code-civil", date(1975, 1, 1), date(2026, 1, 1)),
    "LEGITEXT000006071154": ("cpp", date(1975, 1, 1), date(2010, 4, 4)),
    "LEGITEXT000039086952": ("code-de-la-justice-penale-des-mineurs", date(2021, 10, 1), date(2025, 12, 1)),
}


@cache
def _versions(text_id: str) -> dict[str, tuple[Version, ...]]:
    (source,) = [s for s in discover(SOURCES) if s.kind is SourceKind.CODE and s.text_id == text_id]
    return {str(p.id): p.versions for p in read_source(source).provisions}


def _standing(versions: tuple[Version, ...], day: date) -> list[Version] | None:
    """The versions of a day; None when it is undetermined."""
    if any(v.last_seen < day < v.end for v in versions if v.end and v.end_bound is Bound.UNKNOWN):
        return None
    return [v for v in versions if v.start <= day and (v.end is None or day < v.end)]


def _pairs(text_id: str, count: int, draw: random.Random) -> list[tuple[date, Commit]]:
    _, first, last = CODES[text_id]
    known = [c for c in commits(REPOSITORY, f"fr/{text_id}.md") if c.day <= last]
    ordered = sorted(known, key=lambda commit: commit.day)
    days = [first + timedelta(days=draw.randrange((last - first).days)) for _ in range(count)]
    return [(day, commit) for day in days if (commit := on_day(ordered, day))]


@pytest.mark.parametrize("text_id", list(CODES))
def test_the_text_of_the_day_is_the_one_that_git_shows(text_id: str) -> None:
    slug, draw = CODES[text_id][0], random.Random(f"{SEED} {text_id}")
    outcome: Counter[str] = Counter()
    wrong: list[str] = []
    for day, commit in _pairs(text_id, PAIRS // len(CODES), draw):
        texts = articles(git(REPOSITORY, "show", f"{commit.id}:fr/{text_id}.md"))
        number = draw.choice(sorted(n for n in texts if len(texts[n]) == 1))
        standing = _standing(_versions(text_id).get(provision_id(slug, number), ()), day)
        if standing is None:
            outcome["undetermined"] += 1
        elif any(texts[number][0].startswith(bare(v.text)) and bare(v.text) for v in standing):
            outcome["right"] += 1
        else:
            outcome["wrong"] += 1
            wrong.append(f"{number} {day} {commit.id[:8]}")
    assert not wrong, (outcome, wrong)
    assert outcome["right"] >= 0.995 * outcome.total(), outcome
