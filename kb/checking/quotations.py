"""A quotation beside its article: the same words, or which ones differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
# What is left out, or put in by the one who quotes: "[…]", "(...)", "[comme]".
_CUT = re.compile(r"\[[^\[\]]{0,80}\]|\((?:…|\.\.\.)\)|…|\.\.\.")
# Below this share of common characters, the words are of something else. Measured on 300 passages of 8 to 25 words of
# the Code pénal: with one word in four replaced, 97 % score more; beside another article, 98 % score less.
KNOWN = 65.0
CUT = "[…]"
FEWEST = 5
"""Words of a quotation that can be looked for; shorter ones are names and labels."""


class Agreement(StrEnum):
    """Whether a quotation says what its article says."""

    EXACT = "exact"
    DIFFERENT = "different"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Change:
    """Some words in a row. `kind`: `same`; `quoted` for words of the quotation only; `official` for the article's."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found; `changes` is the whole quotation, word by word, when it differs."""

    agreement: Agreement
    changes: tuple[Change, ...] = ()


def compare(quotation: str, official: str) -> Comparison:
    """A quotation and the article it is said to be of. Case, typography and cuts ("[…]") make no difference.

    >>> compare("puni de vingt ans d'emprisonnement", "Ce fait est puni de dix ans d'emprisonnement.").changes[1:3]
    (Change(kind='quoted', words='vingt'), Change(kind='official', words='dix'))
    """
    if is_exact(quotation, official):
        return Comparison(Agreement.EXACT)
    known = list(_WORD.finditer(official))
    found, score, position = [], 0.0, 0
    for part in _parts(quotation):
        placed = _place(part, known, position)
        position = placed.first
        found.append((part, placed))
        score += placed.score * len(part)
    if not found or score < KNOWN * sum(len(part) for part, _ in found):
        return Comparison(Agreement.ABSENT)
    return Comparison(Agreement.DIFFERENT, _joined(official, known, found))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the article's words most like a part of the quotation are, and how like it, up to 100."""

    score: float
    first: int
    last: int


def _place(part: str, known: list[re.Match[str]], position: int) -> _Place:
    keys = " ".join(["", *(_key(m[0]) for m in known[position:]), ""])
    found = fuzz.partial_ratio_alignment(" ".join(_keys(part)), keys)
    if found is None:
        return _Place(0.0, position, position)
    first = keys.count(" ", 0, found.dest_start + 1) - 1
    last = keys.rstrip().count(" ", 0, found.dest_end)
    return _Place(found.score, position + max(0, first), position + last)


def _joined(official: str, known: list[re.Match[str]], found: list[tuple[str, _Place]]) -> tuple[Change, ...]:
    """The parts of a quotation one after the other, each beside the words of the article that it is most like."""
    changes: list[Change] = []
    for rank, (part, place) in enumerate(found):
        if rank:
            changes.append(Change("same", CUT))
        if place.score < KNOWN:
            changes.append(Change("quoted", " ".join(part.split())))
            continue
        reach = len(_keys(part))  # words left out of the quotation are beyond the window found
        window = known[max(0, place.first - reach) : place.last + reach]
        changes += _changes(part, official, window)
    return tuple(_merged(changes))


def _merged(changes: list[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one."""
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield Change(kind, " ".join(change.words for change in group))


def is_exact(quotation: str, official: str) -> bool:
    """Whether every part of the quotation is in the article, word for word and in order."""
    parts, keys, position = _parts(quotation), " ".join(["", *_keys(official), ""]), 0
    for part in parts:
        wanted = " ".join(["", *_keys(part), ""])
        found = keys.find(wanted, position)
        if found < 0:
            return False
        position = found + len(wanted) - 1
    return bool(parts)


def _parts(quotation: str) -> list[str]:
    return [part for part in _CUT.split(quotation) if _keys(part)]


def _changes(quotation: str, official: str, known: list[re.Match[str]]) -> tuple[Change, ...]:
    quoted = list(_WORD.finditer(quotation))
    one, other = [_key(m[0]) for m in quoted], [_key(m[0]) for m in known]
    changes: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if a < b:
            changes.append(Change("same" if tag == "equal" else "quoted", _slice(quotation, quoted, a, b)))
        if c < d and tag != "equal":
            changes.append(Change("official", _slice(official, known, c, d)))
    return _trimmed(changes)


def _trimmed(changes: list[Change]) -> tuple[Change, ...]:
    """Without the article's words on either side of the quotation, but those that its first or last words replace."""
    inner = [i for i, change in enumerate(changes) if change.kind != "official"]
    if not inner:
        return ()
    first, last = inner[0], inner[-1]
    kept = changes[first : last + 2] if changes[last].kind == "quoted" else changes[first : last + 1]
    if len(kept) > 2 and kept[0].kind == "quoted" and kept[1].kind == "official":
        kept[1] = Change("official", " ".join(kept[1].words.split()[-len(kept[0].words.split()) :]))
    if len(kept) > 2 and kept[-2].kind == "quoted" and kept[-1].kind == "official":
        kept[-1] = Change("official", " ".join(kept[-1].words.split()[: len(kept[-2].words.split())]))
    return tuple(kept)


def _slice(text: str, words: list[re.Match[str]], start: int, end: int) -> str:
    return " ".join(text[words[start].start() : words[end - 1].end()].split())


def _keys(text: str) -> list[str]:
    return [_key(word) for word in _WORD.findall(text)]


def _key(word: str) -> str:
    """Œ is oe, and case does not count; accents do."""
    return unicodedata.normalize("NFC", word).casefold().replace("œ", "oe")
