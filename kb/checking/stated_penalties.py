"""The penalties and durations that a sentence says an article fixes, compared with those that the article fixes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.checking.article_parts import Part, parts_of, read_subdivision
from kb.checking.findings import CERTAIN, DOUBTFUL, LIKELY, UNVERIFIED, Finding, FindingKind
from kb.checking.near_misses import stems
from kb.checking.penalties import Stated, read_penalties
from kb.checking.wordings import Wording

# What says that the law fixes a penalty.
_FIXED = re.compile(
    r"\b(?:puni\w*|passibles?|encour\w+|réprim\w+|sanctionn\w+|port(?:ée?s?|ent?)\s+à|peines?\s+(?:est|sont|de))\b",
    re.IGNORECASE,
)
# What says that a length of time is one that the law gives.
_LASTING = re.compile(r"\b(?:dur(?:ée|ent?)s?|valables?|validité|délai)\b[^.;:]{0,40}\Z", re.IGNORECASE)
_PERMIT = re.compile(
    r"\b(?:cartes?|titres?|autorisations?|récépissés?|interdictions?|délais?|visas?|attestations?)\b",
    re.IGNORECASE,
)
# A judge's sentence, a threshold, a rule that changes the penalty: not what the article fixes.
_OTHERWISE = re.compile(
    r"\b(?:condamn\w*|requ(?:iert|is|érir)|inflig\w*|fermes?|sursis|récidiv\w*|doubl\w*|tentative|moitié|supérieure?s?"
    r"|inférieure?s?|au\s+moins|moins\s+de|plus\s+de|minim\w+\s+de\s+peine|a\s+été\s+(?:puni|sanctionn)\w*|cumul\w*)\b",
    re.IGNORECASE,
)
_PRONOUNCED = re.compile(r"(?<!peut être )(?<!peuvent être )(?<!être )\bprononc\w+", re.IGNORECASE)
# What says in which case the penalty is another one.
_CASE = re.compile(
    r"\b(?:lorsqu\w*|quand|si|s['’]il\w*|aggrav\w*|en\s+cas|circonstances?|à\s+l['’](?:égard|encontre)|en\s+bande|avec"
    r"|habituel\w*|minorité|ou\s+plus|jusqu['’]à)\b",
    re.IGNORECASE,
)


def check_penalties(sentence: str, subdivision: str, wordings: Sequence[Wording]) -> tuple[Finding, ...]:
    """What a sentence says of the penalties of the articles that it cites; `wordings` are theirs, one or several.

    A penalty is right when any of the articles fixes it. `subdivision` is that of the citation when there is one.
    """
    if _OTHERWISE.search(sentence) or _PRONOUNCED.search(sentence):
        return ()
    stated = [p for p in read_penalties(sentence) if _is_of_the_law(sentence, p)]
    return tuple(f for p in stated if (f := _check(sentence, p, subdivision, wordings)))


def _is_of_the_law(sentence: str, stated: Stated) -> bool:
    before = sentence[: stated.start]
    if stated.euros is not None or stated.is_term:
        return _FIXED.search(before) is not None
    if _FIXED.search(before[-60:]) and stated.days is None:
        return True
    return _LASTING.search(before) is not None and _PERMIT.search(before) is not None


def _check(sentence: str, stated: Stated, subdivision: str, wordings: Sequence[Wording]) -> Finding | None:
    fixed = [(wording, part, p) for wording in wordings for part, p in _fixed_by(wording, stated)]
    agreeing = [(wording, part) for wording, part, p in fixed if stated.agrees(p)]
    if agreeing:
        return _of_another_case(sentence, stated, subdivision, agreeing)
    names = ", ".join(wording.name for wording in wordings)
    if {wording.provision for wording, _, _ in fixed} != {wording.provision for wording in wordings}:
        message = f"« {stated.words} » : {names} ne le fixe pas : ce n'est pas vérifié."
        return Finding(FindingKind.PENALTY, UNVERIFIED, message)
    wording = fixed[0][0]
    right = ", ".join(dict.fromkeys(p.words for _, _, p in fixed))
    certainty = CERTAIN if wording.sure else DOUBTFUL
    message = f"« {stated.words} » : {wording.name} fixe {right} (rédaction {wording.since})."
    return Finding(
        FindingKind.PENALTY, certainty if stated.is_term or stated.euros else LIKELY, message, right
    )


def _fixed_by(wording: Wording, stated: Stated) -> list[tuple[Part, Stated]]:
    """What an article fixes of the same sort: amounts beside an amount, terms beside a term."""
    return [
        (part, p)
        for part in parts_of(wording.text)
        for p in read_penalties(part.text)
        if _comparable(stated, p)
    ]


def _comparable(stated: Stated, fixed: Stated) -> bool:
    if (stated.euros is None) != (fixed.euros is None):
        return False
    if stated.euros is not None:
        return True
    if stated.is_term:
        return fixed.is_term
    return (stated.days is None) == (fixed.days is None) or not fixed.is_term


def _of_another_case(
    sentence: str, stated: Stated, subdivision: str, agreeing: Sequence[tuple[Wording, Part]]
) -> Finding | None:
    """The penalty is in the article, but only in a part that the citation or the sentence does not speak of."""
    markers = read_subdivision(subdivision) if subdivision else None
    if markers is not None and markers.markers:
        if any(part.under(_roman(markers.markers)) for _, part in agreeing):
            return None
        wording, part = agreeing[0]
        place = part.path[0][1] if part.path else f"alinéa {part.alinea}"
        message = (
            f"« {stated.words} » : {wording.name} fixe cette peine ailleurs qu'au {subdivision} ({place})."
        )
        return Finding(FindingKind.PENALTY, LIKELY, message)
    return None if _CASE.search(sentence) else _aggravated(sentence, stated, agreeing)


def _roman(markers: dict[str, str]) -> dict[str, str]:
    return {rank: marker for rank, marker in markers.items() if rank == "roman"}


def _aggravated(sentence: str, stated: Stated, agreeing: Sequence[tuple[Wording, Part]]) -> Finding | None:
    """Only the penalty of a case is stated, in a sentence that has none of the words of that case."""
    words = stems(sentence)
    basics = [_basic(wording) for wording, _ in agreeing]
    for (_, part), basic in zip(agreeing, basics, strict=True):
        of_case = stems(part.text) - stems(basic[0].text) if basic else frozenset()
        if basic is None or part.alinea == basic[0].alinea or not stated.months or words & of_case:
            return None
    if not basics or basics[0] is None:
        return None
    (wording, part), (_, fixed) = agreeing[0], basics[0]
    message = (
        f"« {stated.words} » : {wording.name} fixe d'abord {fixed.words} ; l'autre peine est celle d'un autre cas :"
        f" « {_short(part.text)} »."
    )
    return Finding(FindingKind.PENALTY, LIKELY, message, fixed.words)


def _basic(wording: Wording) -> tuple[Part, Stated] | None:
    """The first penalty that an article fixes, and where."""
    terms = ((part, p) for part in parts_of(wording.text) for p in read_penalties(part.text) if p.is_term)
    return next(terms, None)


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + " …"
