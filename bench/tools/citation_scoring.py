"""Citations found in a text against those that a hand-made list says are there.

A prediction is right when it overlaps an expected citation and names one of its targets. Expected citations outside
of what is counted (other kinds, other forms) are neutral: predictions over them are neither right nor wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import UnreadableSource

Found = tuple[int, int, tuple[str, ...]]
"""One prediction: `[start, end)` in characters of the text, and its targets."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One citation of the list: its spans, targets, kind (code, eu, traite…) and form (full, bare, url, anaphora…)."""

    spans: tuple[tuple[int, int], ...]
    targets: tuple[str, ...]
    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class Score:
    """Targets expected, found among them, and predicted wrongly."""

    expected: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        """Share of the expected targets that were found."""
        return self.found / self.expected if self.expected else 0.0

    @property
    def precision(self) -> float | None:
        """Share of the predicted targets that are right; None when nothing was predicted."""
        predicted = self.found + self.wrong
        return self.found / predicted if predicted else None


def read_expected(path: Path) -> tuple[Expected, ...]:
    """The list, one JSON object a line. Raises UnreadableSource."""
    return tuple(
        Expected(tuple((s, e) for s, e in row["spans"]), tuple(row["targets"]), row["kind"], row["form"])
        for row in read_lines(path)
    )


def read_lines(path: Path) -> tuple[dict[str, Any], ...]:
    """The objects of a JSONL file. Raises UnreadableSource."""
    try:
        return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise UnreadableSource(f"{path.name} est illisible : {error}.") from error


def score(
    predictions: Sequence[Found], expected: Sequence[Expected], forms: Iterable[str], kinds: Iterable[str]
) -> Score:
    """Count over the expected citations of these forms and kinds; no kind named means all of them.

    >>> gold = [Expected(((0, 9),), ("code-penal/225-4-1",), "code", "full")]
    >>> score([(2, 9, ("code-penal/225-4-1",)), (20, 25, ("code-civil/5",))], gold, ["full"], [])
    Score(expected=1, found=1, wrong=1)
    """
    wanted_forms, wanted_kinds = frozenset(forms), frozenset(kinds)
    on = [e for e in expected if e.form in wanted_forms and (not wanted_kinds or e.kind in wanted_kinds)]
    off = [e for e in expected if e not in on]
    targets = [(e, target) for e in on for target in _ends(e.targets)]
    used: set[tuple[int, str]] = set()
    for entry, target in targets:
        match = next(
            (i for i, p in enumerate(predictions) if (i, target) not in used and _right(p, entry, target)),
            None,
        )
        if match is not None:
            used.add((match, target))
    wrong = sum(
        _wrong(p, t, on, off) for i, p in enumerate(predictions) for t in _ends(p[2]) if (i, t) not in used
    )
    return Score(len(targets), len(used), wrong)


def _right(prediction: Found, entry: Expected, target: str) -> bool:
    return _overlap(prediction, entry) and target in _ends(prediction[2])


def _wrong(prediction: Found, target: str, on: Sequence[Expected], off: Sequence[Expected]) -> bool:
    """Neither a repetition of a right answer nor over something neutral."""
    repeated = any(_right(prediction, entry, target) for entry in on if target in _ends(entry.targets))
    return not repeated and not any(_overlap(prediction, entry) for entry in off)


def _overlap(prediction: Found, entry: Expected) -> bool:
    start, end, _ = prediction
    return any(start < other_end and other_start < end for other_start, other_end in entry.spans)


def _ends(targets: Iterable[str]) -> tuple[str, ...]:
    """A range counts as its two ends, an open one as its beginning.

    >>> _ends(["ceseda/L522-1..L522-5", "ceseda/R425-1.."])
    ('ceseda/L522-1', 'ceseda/L522-5', 'ceseda/R425-1')
    """
    matches: list[str] = []
    for target in targets:
        first, _, last = target.partition("..")
        matches.append(first)
        if last:
            matches.append(f"{first.rpartition('/')[0]}/{last}")
    return tuple(matches)


def look_alikes(text: str, rows: Iterable[dict[str, Any]], predictions: Sequence[Found]) -> tuple[int, int]:
    """How many look-alikes there are in the text, and how many of them were taken for citations.

    Each row has the `line` (from 1) where its `raw` text begins.
    """
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places = [(text.find(row["raw"], starts[row["line"] - 1]), len(row["raw"])) for row in rows]
    if any(start < 0 for start, _ in places):
        raise UnreadableSource(
            "Un faux ami de la liste n'est pas à sa ligne : le texte n'est pas celui de la liste."
        )
    taken = sum(any(p[0] < start + length and start < p[1] for p in predictions) for start, length in places)
    return len(places), taken
