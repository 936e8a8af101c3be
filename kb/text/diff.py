"""What changed from one wording of an article to another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["same", "removed", "added"]
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
# Words in a row that two changes must have between them to stay two changes: with fewer, "ou de" left standing
# alone in a rewritten sentence makes it unreadable (looked at on the articles that changed between two snapshots).
_FEWEST_KEPT = 3
# Beyond this product of the numbers of words, lines are compared whole: the table of the comparison would hold as
# many bits (25 MB), and only annexes of tables are that long.
_MOST = 200_000_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of text that stayed (`same`), went (`removed`) or came (`added`), blanks included."""

    kind: Kind
    text: str


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """From the old text to the new: what is not `added` makes the old one, what is not `removed` the new one.

    >>> [(e.kind, e.text) for e in edits("puni de dix ans de prison", "puni de vingt ans de prison")]
    [('same', 'puni de '), ('removed', 'dix'), ('added', 'vingt'), ('same', ' ans de prison')]
    """
    changes: list[Edit] = []
    for same, gone, come in _hunks(_LINE.findall(old), _LINE.findall(new)):
        if same:
            changes.append(Edit("same", "".join(same)))
        changes += _reworded("".join(gone), "".join(come))
    return tuple(_merged(changes))


def _reworded(old: str, new: str) -> list[Edit]:
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(one) * len(other) > _MOST:
        return _replaced(old, new)
    changes: list[Edit] = []
    for same, gone, come in _absorbed(list(_hunks(one, other))):
        if same:
            changes.append(Edit("same", "".join(same)))
        changes += _replaced("".join(gone), "".join(come))
    return changes


def _replaced(old: str, new: str) -> list[Edit]:
    return [*([Edit("removed", old)] if old else []), *([Edit("added", new)] if new else [])]


_Hunk = tuple[list[str], list[str], list[str]]


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Hunk]:
    """(kept, then removed, then added) in order; the first and the last may lack one part."""
    same: list[str] = []
    gone: list[str] = []
    come: list[str] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            if gone or come:
                yield same, gone, come
                same, gone, come = [], [], []
            same = [*same, *old[code.src_start : code.src_end]]
        gone += old[code.src_start : code.src_end] if code.tag == "delete" else []
        come += new[code.dest_start : code.dest_end] if code.tag == "insert" else []
    if same or gone or come:
        yield same, gone, come


def _absorbed(hunks: list[_Hunk]) -> list[_Hunk]:
    """With what two changes have between them counted as changed where it is too short to be read by itself."""
    hunk_list: list[_Hunk] = []
    for same, gone, come in hunks:
        short = sum(1 for token in same if _WORD.match(token)) < _FEWEST_KEPT
        if hunk_list and short and (gone or come):
            before, went, came = hunk_list[-1]
            hunk_list[-1] = (before, [*went, *same, *gone], [*came, *same, *come])
        else:
            hunk_list.append((same, gone, come))
    return hunk_list


def _merged(edits: list[Edit]) -> Iterator[Edit]:
    """Neighbours of one kind as one."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and last.kind == edit.kind:
            last = Edit(last.kind, last.text + edit.text)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last
