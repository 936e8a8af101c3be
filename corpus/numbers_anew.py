"""The numbers that were given to another article: what they named went elsewhere, or the whole text was numbered anew.

    python -m corpus.numbers_anew       writes kb/numbers_anew.toml from the histories of RENVOI_SOURCES

Told by the texts alone. On the day of a recodification: every number of before that bears another text. On any other
day: a number whose former text stands, nearly word for word, under another number that did not bear it the day before,
while its new text is another one. A text rewritten in its place is no number given anew, however much it changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz

from corpus.histories_of_codes import consolidations
from kb.codes import code_by_slug
from kb.concordance import recodified

# On the CESEDA of 1 May 2021, of the 402 numbers of both sides the old text left in its place is alike from 90 up, the
# one that kept its number (Saint-Martin) is at 81, and the articles that share nothing but their number stay below 54.
LEFTOVER = 68
# Read by hand on eight histories: 310 numbers given anew. An article moved is alike from 80 up; one that was rewritten
# in its place stays above 60 of its own former text, or has gone nowhere else.
MOVED, OTHER = 80, 60
_SHORTEST = 60
_FEWEST, _HALF = 50, 0.5
# Days between two consolidations beyond which a history is broken: the Code pénal has none from 2010 to 2026. The
# longest within a continuous one is under two years.
_BROKEN = 1_100
SLUGS = (
    "ceseda",
    "code-civil",
    "code-de-l-action-sociale-et-des-familles",
    "code-de-l-organisation-judiciaire",
    "code-de-la-justice-penale-des-mineurs",
    "code-de-la-securite-interieure",
    "code-penal",
    "code-penitentiaire",
    "cpp",
)
FIRST, LAST = date(1994, 3, 2), date(2026, 4, 3)
"""The days read: before, the histories hold articles of any date; after, wordings still to come."""
TARGET = Path(__file__).parent.parent / "kb" / "numbers_anew.toml"
_HEAD = """\
# Numbers given to another article: until `before`, at least, each named another one than from `day` on, at the latest.
# Written by `python -m corpus.numbers_anew`; change the program, not this file.
"""

Texts = Mapping[str, Sequence[str]]
"""By number, the texts that one consolidation has under it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The numbers of a text given anew; `before` is the eve of `day`, or the last day known in a broken history."""

    slug: str
    before: date
    day: date
    numbers: tuple[str, ...]


def is_leftover(text: str, former: Iterable[str]) -> bool:
    """Whether a text is one of those of before, left where it was."""
    return any(fuzz.ratio(" ".join(text.split()), " ".join(old.split())) >= LEFTOVER for old in former)


def all_given_anew(before: Texts, after: Texts) -> tuple[str, ...]:
    """Every number of before that bears another text, in the order of before: the whole text was numbered anew."""
    return tuple(
        number
        for number, former in before.items()
        if any(not is_leftover(text, former) for text in after.get(number, ()))
    )


def given_anew(before: Texts, after: Texts) -> tuple[str, ...]:
    """The numbers whose article went to another number and that name another one, in the order of before."""
    fresh = {n: texts for n, texts in after.items() if not set(texts) & set(before.get(n, ()))}
    changed = (n for n in before if n in fresh and before[n])
    return tuple(number for number in changed if _went_elsewhere(number, before[number], fresh))


def _went_elsewhere(number: str, former: Sequence[str], fresh: Texts) -> bool:
    old = max(former, key=len)
    if len(old) < _SHORTEST or any(fuzz.ratio(o, new) >= OTHER for o in former for new in fresh[number]):
        return False
    others = (text for other, texts in fresh.items() if other != number for text in texts)
    return any(fuzz.ratio(old, text, score_cutoff=MOVED) >= MOVED for text in others)


def shifts(slug: str, texts: Iterable[tuple[date, Texts]]) -> Iterator[Shift]:
    """The shifts of a text through its consolidations, in the order of time, past what was cut short."""
    whole = recodified(slug)
    for (first, before), (day, after) in pairwise(_full(texts)):
        find = all_given_anew if day == whole else given_anew
        if numbers := find(before, after):
            eve = day - timedelta(days=1)
            yield Shift(slug, eve if (day - first).days <= _BROKEN else first, day, numbers)


def _full(texts: Iterable[tuple[date, Texts]]) -> Iterator[tuple[date, Texts]]:
    size = 0
    for day, held in texts:
        if len(held) >= max(_FEWEST, _HALF * size):
            size = len(held)
            yield day, held


def shifts_toml(found: Iterable[Shift]) -> str:
    """The file: one table a day."""
    parts = [_HEAD]
    for shift in found:
        numbers = "".join(f'  "{number}",\n' for number in shift.numbers)
        days = f"before = {shift.before}\nday = {shift.day}\n"
        parts.append(f'\n[[shift]]\nslug = "{shift.slug}"\n{days}numbers = [\n{numbers}]\n')
    return "".join(parts)


def read_shifts(folder: Path) -> Iterator[Shift]:
    """Those of every code that the histories of a folder keep. Raises MissingSources."""
    for slug in SLUGS:
        code = code_by_slug(slug)
        if code is not None:
            read = consolidations(folder, code.legitext, FIRST, LAST)
            yield from shifts(slug, ((one.day, one.texts()) for one in read))


def main() -> None:
    """Write the table anew, from the folder given or that of the environment."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("RENVOI_SOURCES", "sources"))
    TARGET.write_text(shifts_toml(read_shifts(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
