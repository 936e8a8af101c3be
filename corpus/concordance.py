"""Which article of a recodified code took the place of which: matched by their texts, kept only where it is plain.

    python -m corpus.concordance        writes kb/concordance.toml from the histories of RENVOI_SOURCES

A recodification renumbers a whole code at once and rewrites a part of it. An old article is matched with the new one
whose words are nearest to its own, the numbers that it cites left out (they changed too). The match is kept when each
is the other's nearest and nothing else comes close. An article that was split, merged or dropped has none;
the new ones that hold a part of an old one are told apart (`corpus.split_articles`).
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from corpus.histories_of_codes import around
from corpus.numbers_anew import is_leftover
from corpus.readers.code_markdown import read_code
from corpus.split_articles import Part, book, divide, drawn, read_by_hand
from kb.codes import code_by_legitext
from kb.errors import MissingSources
from kb.text.phrases import phrase_key

# Measured on the CESEDA of 2018 and of 2026 against the references that matched articles make at the same place,
# which tell old and new numbers independently of their words: 106 of 121 matches so checked agree with rivals up to
# 0.6, 110 of 126 up to 0.7; most of the others are articles that were split, the reference being to the other half.
# The lowest true match read by hand is L313-14 (admission exceptionnelle au séjour), rewritten as L435-1: 0.45; the
# one whose rival is nearest is L316-1, now L425-1: 0.65 and 0.40.
LEAST = 0.42
RIVAL = 0.65
LENGTHS = 0.5
# A match this near stands whatever its rival, which is the same sentence said of another case, if it is as far and if
# the book of the new article draws from that of the old one: detention and the waiting zone share many sentences.
# Of the 50 such matches of 2021, read by hand, the five wrong ones join books that have 6 and 7 % of their matches in
# common; all the others, 10 % or more.
NEAR, APART, TWIN_DRAWN = 0.85, 0.04, 0.1
_HEADING_WEIGHT = 0.5
_REFERENCE = re.compile(r"\b(?:L\.?\s?O|[LRDA])\.?\s?\*?\.?\s?\d[\d-]*(?:\s(?:bis|ter))?")
_NUMBERED = re.compile(r"[LRD]\d")
RECODIFICATIONS = (("LEGITEXT000006070158", date(2021, 5, 1)),)
"""(code, day on which its numbers changed): ordonnance n° 2020-1733 du 16 décembre 2020 for the CESEDA."""
TARGET = Path(__file__).parent.parent / "kb" / "concordance.toml"
_HEAD = """\
# Old and new numbers of recodified codes: our own table, matched by the words of the articles. `parts`: new articles
# that hold a part of an old one, and the share of their words that stand in it. `merged`: old articles whose words a
# new one holds among others, and the share of them that stand there.
# Written by `python -m corpus.concordance`; change the program, not this file.
"""

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Wording:
    """An article as it is compared: its number, its text, its last headings."""

    number: str
    text: str
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The article `old` became `new`; `similarity` is the cosine of their weighted words, in [0, 1]."""

    old: str
    new: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Table:
    """What became of the articles of a code on the day of its recodification.

    `parts` are the new articles that hold a part of an old one; `merged` the old articles, without a match or a part,
    of which a new one holds the words among others.
    """

    code: str
    day: date
    matches: tuple[Match, ...]
    parts: tuple[Part, ...] = ()
    merged: tuple[Part, ...] = ()


def match_articles(before: Sequence[Wording], after: Sequence[Wording]) -> tuple[Match, ...]:
    """The one-to-one matches that are plain, in the order of `before`; numbers that did not change included."""
    bags = [_bag(article) for article in (*before, *after)]
    frequency = Counter(word for bag in bags for word in bag)
    vectors = [_vector(bag, frequency, len(bags)) for bag in bags]
    old = dict(zip((a.number for a in before), vectors[: len(before)], strict=True))
    new = dict(zip((a.number for a in after), vectors[len(before) :], strict=True))
    forward, backward = _nearest(old, new), _nearest(new, old)
    lengths = {side: {a.number: len(a.text) for a in each} for side, each in enumerate((before, after))}
    found = [
        (Match(number, near[0][0], round(near[0][1], 3)), _is_alone(near))
        for number in old
        if (near := forward[number])
        and _is_plain(near)
        and backward[near[0][0]][0][0] == number
        and _as_long(lengths[0][number], lengths[1][near[0][0]])
    ]
    books = drawn(((match.old, match.new) for match, _ in found), TWIN_DRAWN)
    return tuple(match for match, alone in found if alone or book(match.old) in books[book(match.new)])


def _is_plain(near: Sequence[tuple[str, float]]) -> bool:
    best, rival = near[0][1], near[1][1] if len(near) > 1 else 0.0
    return best >= LEAST and (_is_alone(near) or (best >= NEAR and rival <= best - APART))


def _is_alone(near: Sequence[tuple[str, float]]) -> bool:
    """Whether nothing comes close to the nearest: otherwise the same sentence is said of another case."""
    return len(near) < 2 or near[1][1] <= RIVAL * near[0][1]


def _as_long(one: int, other: int) -> bool:
    """A new article of half the length is a part of the old one."""
    return min(one, other) >= LENGTHS * max(one, other)


def _bag(article: Wording) -> Counter[str]:
    """Words and pairs of words; those of the headings count for half."""
    words = phrase_key(_REFERENCE.sub(" ", article.text)).split()
    found: Counter[str] = Counter((*words, *(f"{a} {b}" for a, b in pairwise(words))))
    found.update(f"# {word}" for word in phrase_key(" ".join(article.heading[-2:])).split())
    return found


def _vector(bag: Mapping[str, int], frequency: Mapping[str, int], total: int) -> Vector:
    weights = {
        word: (1 + math.log(count)) * math.log(total / frequency[word]) * _weight(word)
        for word, count in bag.items()
    }
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _weight(word: str) -> float:
    return _HEADING_WEIGHT if word.startswith("#") else 1.0


def _nearest(these: Mapping[str, Vector], others: Mapping[str, Vector]) -> dict[str, list[tuple[str, float]]]:
    """The two nearest of `others`, within the same series (L, R, D), for each of `these`."""
    bearers: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, vector in others.items():
        for word, weight in vector.items():
            bearers[word].append((number, weight))
    found = {}
    for number, vector in these.items():
        scores: Counter[str] = Counter()
        for word, weight in vector.items():
            for other, its in bearers[word]:
                scores[other] += weight * its  # type: ignore[assignment]
        same = ((other, float(s)) for other, s in scores.items() if other[0] == number[0])
        found[number] = sorted(same, key=lambda pair: -pair[1])[:2]
    return found


def concordance_toml(tables: Iterable[Table]) -> str:
    """The file: one table a code, one line a number that changed, a part of an article, an article merged."""
    parts = [_HEAD]
    for table in tables:
        changed = (m for m in table.matches if m.old != m.new)
        parts.append(f'\n[[text]]\nslug = "{table.code}"\ndate = {table.day}\nmatches = [\n')
        parts += [f'  ["{m.old}", "{m.new}", {m.similarity:.3f}],\n' for m in changed]
        parts.append("]\nparts = [\n")
        parts += [f'  ["{p.old}", "{p.new}", {p.share:.3f}],\n' for p in table.parts]
        parts.append("]\nmerged = [\n")
        parts += [f'  ["{p.old}", "{p.new}", {p.share:.3f}],\n' for p in table.merged]
        parts.append("]\n")
    return "".join(parts)


def recodified(folder: Path) -> Iterator[Table]:
    """What became of each recodified code of a folder of sources, by its history. Raises MissingSources."""
    for text_id, day in RECODIFICATIONS:
        code = code_by_legitext(text_id)
        if code is None:
            raise MissingSources(f"{text_id} : ce code n'est pas connu.")
        before, after = around(folder, text_id, day)
        old = _wordings(before.data, text_id, code.slug)
        yield table_of(code.slug, day, old, _wordings(after.data, text_id, code.slug, before.texts()))


def table_of(code: str, day: date, before: Sequence[Wording], after: Sequence[Wording]) -> Table:
    """The articles of a code before and after its recodification, put side by side."""
    matches = match_articles(before, after)
    pairs = [(m.old, m.new) for m in matches]
    parts = divide(_bare(before), _bare(after), pairs, read_by_hand(code))
    taken = {old for old, _ in pairs} | {part.old for part in parts}
    merged = divide(_bare(after), _bare(before), [(new, old) for old, new in pairs])
    kept = tuple(Part(part.new, part.old, part.share) for part in merged if part.new not in taken)
    return Table(code, day, matches, parts, kept)


def _bare(articles: Sequence[Wording]) -> dict[str, str]:
    """Texts by number, what they cite left out."""
    return {article.number: _REFERENCE.sub(" ", article.text) for article in articles}


def _wordings(
    data: bytes, path: str, code: str, former: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[Wording]:
    """One wording a number, that of the plan; annexes bear no number that could change.

    Without those that stand under the same number in `former`: the source leaves some old articles in the new code.
    """
    found: dict[str, Wording] = {}
    reading = read_code(data, path, date.min, code)
    for article in sorted(reading.articles, key=lambda a: a.outside_plan):
        number, text = article.id.partition("/")[2], article.content.text
        if _NUMBERED.match(number) and text and not is_leftover(text, former.get(number, ())):
            found.setdefault(number, Wording(number, text, article.heading))
    return list(found.values())


def main() -> None:
    """Write the table anew, from the folder given or that of the environment."""
    import os

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("RENVOI_SOURCES", "sources"))
    TARGET.write_text(concordance_toml(recodified(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
