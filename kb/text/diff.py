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
    found: list[Edit] = []
    for kept, gone, come in _hunks(_LINE.findall(old), _LINE.findall(new)):
        if kept:
            found.append(Edit("same", "".join(kept)))
        found += _reworded("".join(gone), "".join(come))
    return tuple(_merged(found))


def _reworded(old: str, new: str) -> list[Edit]:
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(one) * len(other) > _MOST:
        return _replaced(old, new)
    found: list[Edit] = []
    for kept, gone, come in _absorbed(list(_hunks(one, other))):
        if kept:
            found.append(Edit("same", "".join(kept)))
        found += _replaced("".join(gone), "".join(come))
    return found


def _replaced(old: str, new: str) -> list[Edit]:
    return [*([Edit("removed", old)] if old else []), *([Edit("added", new)] if new else [])]


_Hunk = tuple[list[str], list[str], list[str]]


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Hunk]:
    """(kept, then removed, then added) in order; the first and the last may lack one part."""
    kept: list[str] = []
    gone: list[str] = []
    come: list[str] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            if gone or come:
                yield kept, gone, come
                kept, gone, come = [], [], []
            kept = [*kept, *old[code.src_start : code.src_end]]
        gone += old[code.src_start : code.src_end] if code.tag == "delete" else []
        come += new[code.dest_start : code.dest_end] if code.tag == "insert" else []
    if kept or gone or come:
        yield kept, gone, come


def _absorbed(hunks: list[_Hunk]) -> list[_Hunk]:
    """With what two changes have between them counted as changed where it is too short to be read by itself."""
    found: list[_Hunk] = []
    for kept, gone, come in hunks:
        short = sum(1 for token in kept if _WORD.match(token)) < _FEWEST_KEPT
        if found and short and (gone or come):
            before, went, came = found[-1]
            found[-1] = (before, [*went, *kept, *gone], [*came, *kept, *come])
        else:
            found.append((kept, gone, come))
    return found


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
