"""Protocols to treaties, by the treaty and the number, rank or subject that tells one: "protocole n° 4 à la CEDH".

A protocol is never read as the treaty whose name it bears; one that nothing tells is left unread, and its articles too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from kb.citations.lexicon import Act, load_acts, name_at
from kb.citations.model import Named, Naming
from kb.citations.patterns import plain, reading
from kb.text.phrases import any_of, phrase_key

_RANKS = {
    "1": ("premier", "1er", "first"),
    "2": ("deuxième", "second", "2nd", "2e", "2ème"),
    "3": ("troisième", "3e", "3ème"),
}
_RANK = any_of(word for words in _RANKS.values() for word in words)
PROTOCOL = rf"(?:{_RANK} )?(?:protocoles?|protocol)(?!\w)"
_HEAD = reading(
    rf"(?:(?P<rank>{_RANK}) )?(?:protocoles?|protocol)(?!\w)"
    r"(?:~,?~(?:additionnels?|facultatifs?|interprétatif|final|optional|additional))*"
    r"(?: (?:n~[°ºo]|no\.?)~(?P<number>\d{1,2})(?: bis)?(?!\d))?(?: (?:additionnel|facultatif))?"
)
# Between the protocol and its treaty: "de 2014 relatif à la", "fait à… le…, à la", "sur la traite… additionnel à la".
_TO_TREATY = reading(
    r"(?:à|de|d'|au|du|to|se rapportant au|relatif (?:à|au))(?: (?:la|le|the))?(?: |(?<=['’]))(?:l')?"
)
_NEAREST = 160
_END = reading(r"[;«»]|\.(?= |\Z)|\n\s*\n|(?<!\w)art(?:icles?|\.)")
_TAIL = 220

Reader = Callable[[str, int], Named | None]


def protocol_at(text: str, position: int, convention_at: Reader) -> Named | None:
    """The protocol named exactly at `position`, of naming OTHER when nothing tells which it is; None for no treaty.

    `convention_at` reads a convention cited by its number alone.
    """
    head = _HEAD.match(text, position)
    if head is None:
        return None
    treaty = _treaty(text, head.end(), convention_at)
    if treaty is None:
        return None
    end, tail = treaty.end, _ended(text, treaty.end, _TAIL)
    number = head["number"] or _rank(head["rank"])
    known = _told(treaty, number, phrase_key(text[head.end() : tail]))
    if known is None:
        return Named(position, end, Naming.OTHER, "protocole")
    return Named(
        position,
        max(end, _subject_end(text, end, tail, known)),
        Naming.NAMED,
        "protocole",
        (known.id,),
        known.kind,
    )


def _treaty(text: str, position: int, convention_at: Reader) -> Named | None:
    """The treaty that the words after the protocol name, no sentence ended between."""
    limit = _ended(text, position, _NEAREST)
    for joint in _TO_TREATY.finditer(text, position, limit):
        found = name_at(text, joint.end()) or convention_at(text, joint.end())
        if found is not None and found.naming is Naming.NAMED:
            return found if any(act.treaty in found.ids for act in _protocols()) else None
    return None


def _told(treaty: Named, number: str, words: str) -> Act | None:
    """The one protocol of the treaty that the number or the words tell, or the only one that it has."""
    of_treaty = [act for act in _protocols() if act.treaty in treaty.ids]
    if number:
        return _only(act for act in of_treaty if number in act.numbers)
    by_subject = _only(a for a in of_treaty if any(phrase_key(subject) in words for subject in a.subjects))
    if by_subject or len(of_treaty) > 1:
        return by_subject
    return of_treaty[0]


def _subject_end(text: str, start: int, end: int, act: Act) -> int:
    """Where the words that tell the protocol end, when they follow the name of its treaty."""
    if not act.subjects:
        return start
    subject = list(re.finditer(any_of(act.subjects), text[start:end], re.IGNORECASE))
    return start + subject[-1].end() if subject else start


def _only(acts: Iterable[Act]) -> Act | None:
    each = list(acts)
    return each[0] if len(each) == 1 else None


def _rank(written: str | None) -> str:
    word = plain(written or "")
    return next((n for n, words in _RANKS.items() if word in map(plain, words)), "")


def _ended(text: str, position: int, reach: int) -> int:
    end = _END.search(text, position, position + reach)
    return end.start() if end else min(len(text), position + reach)


@cache
def _protocols() -> tuple[Act, ...]:
    return tuple(act for act in load_acts() if act.treaty)
