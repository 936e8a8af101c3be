"""What the targets of a citation turn out to be, by the table of articles at a date. Extraction is another step.

Nothing is guessed: a number that the text does not have stays unknown, a number without its text is ambiguous with
every text that has it, and a range names the articles that the table has between its bounds, in the table's order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from rapidfuzz.distance import DamerauLevenshtein

from kb.citations.subdivisions import FORMER
from kb.codes import code_by_slug
from kb.french_citation import cite, cite_id, french_number, the_text
from kb.ids import Identifier, ProvisionId, parse_id
from kb.model import Citation, Resolution, Status
from kb.resolution.renumbered import renumbered
from kb.text.french_dates import french_date
from kb.validity import PRESUMED, LawOfDay, ReasonKind, Standing, Validity
from kb.wording.validity import said_of

# How far a link may be trusted, to order evidence. A number read in the table is certain; each step that was not
# written on the spot costs a tenth: a code that is inherited, the articles that "et suivants" leaves unsaid.
INHERITED = 0.9
FOLLOWING = 0.8
UNCERTAIN = 0.7
NEAREST = 3
_DOUBTFUL = (Standing.UNCERTAIN, Standing.LAST_KNOWN)
_OVER = (Standing.REPEALED, Standing.ABSENT)
_STATUSES = {
    Standing.IN_FORCE: Status.RESOLVED,
    Standing.UNCERTAIN: Status.RESOLVED,
    Standing.LAST_KNOWN: Status.RESOLVED,
    Standing.UNDETERMINED: Status.UNDETERMINED,
    Standing.NOT_YET: Status.NOT_YET_IN_FORCE,
    Standing.REPEALED: Status.REPEALED,
    Standing.ABSENT: Status.REPEALED,
    Standing.UNKNOWN: Status.NOT_IN_CORPUS,
    Standing.WITHOUT_TEXT: Status.NOT_IN_CORPUS,
}


class Lookup(Protocol):
    """The table of articles."""

    def texts(self) -> Mapping[str, date | None]:
        """The texts of which the base has articles, by slug, with the first day on which anything is known of them."""
        ...

    def last_observed(self, text: str) -> date | None:
        """The last day on which anything of a text was observed; None for a text that is not there."""
        ...

    def documents(self) -> frozenset[str]:
        """Identifiers of the documents that can be cited as a whole: decisions, circulars."""
        ...

    def numbers(self, text: str) -> Sequence[str]:
        """Canonical numbers of a text, in its order."""
        ...

    def law(self, provision: str, day: date | None) -> LawOfDay[Validity]:
        """What is known of an article on a day or, without a day, when it was last observed."""
        ...


def resolve(citation: Citation, lookup: Lookup, on: date | None = None) -> tuple[Resolution, ...]:
    """One resolution a target, in the same order, at the date `on` or, without a date, as last known.

    Example: `ceseda/L522-1..L522-5` is resolved to the five articles from L522-1 to L522-5.
    """
    if citation.unread:
        return tuple(_unread(target, citation.unread) for target in citation.targets)
    found = (_resolve(target, lookup, on) for target in citation.targets)
    if citation.subdivision and citation.subdivision.split()[-1] == FORMER:
        found = (_former(r) for r in found)
    elif len(citation.targets) == 1 and citation.subdivision:
        found = (_with_letter(r, citation.subdivision, lookup, on) for r in found)
    return tuple(_inherited(r) if citation.inherited else r for r in found)


def _unread(target: str, written: str) -> Resolution:
    """A number beside the text that could not be read to its end: that the text is known verifies nothing."""
    message = f"Le numéro « {written} » n'a pas pu être lu en entier : rien n'a été vérifié."
    return Resolution(target, Status.SUSPICIOUS, (), "number", 0.0, message)


def _former(resolution: Resolution) -> Resolution:
    """ "ancien article 1382": the article that bears this number today is not the one meant."""
    if resolution.status not in (Status.RESOLVED, Status.UNKNOWN_NUMBER):
        return resolution
    message = f"{cite_id(resolution.target)} est cité comme ancien : celui d'aujourd'hui, s'il existe, est un autre."
    return replace(resolution, status=Status.REPEALED, provisions=(), message=message)


def _with_letter(resolution: Resolution, subdivision: str, lookup: Lookup, on: date | None) -> Resolution:
    """ "article 990 I" of a tax code: the letter is of the number when only so does the article exist."""
    letter = re.match(r"[IVX]+\b", subdivision)
    if resolution.status is not Status.UNKNOWN_NUMBER or letter is None or ".." in resolution.target:
        return resolution
    found = _resolve(f"{resolution.target}-{letter[0]}", lookup, on)
    if found.status is Status.UNKNOWN_NUMBER:
        return resolution
    return replace(found, target=resolution.target, confidence=found.confidence * UNCERTAIN)


def _inherited(resolution: Resolution) -> Resolution:
    """The same, from a citation whose text was named elsewhere."""
    if resolution.status is not Status.RESOLVED:
        return resolution
    return replace(resolution, how="inherited", confidence=resolution.confidence * INHERITED)


def _resolve(target: str, lookup: Lookup, on: date | None) -> Resolution:
    identifier = parse_id(target)
    if target in lookup.documents():
        return Resolution(target, Status.RESOLVED, (), "document")
    if identifier.number is not None and not _numbers_so(identifier):
        return _misnumbered(target, identifier, lookup, on)
    if identifier.text not in lookup.texts():
        message = (
            f"{the_text(identifier.text)} n'est pas dans la base : la référence n'a pas pu être vérifiée."
        )
        return Resolution(target, Status.NOT_IN_CORPUS, (), "text", 0.0, message)
    if identifier.number is None:
        return Resolution(target, Status.RESOLVED, (), "text")
    if identifier.end is not None:
        return _range(target, identifier, lookup, on)
    if identifier.open:
        return _following(target, identifier, lookup, on)
    return _article(target, identifier, lookup, on)


def _article(target: str, identifier: Identifier, lookup: Lookup, on: date | None) -> Resolution:
    provision = ProvisionId(f"{identifier.text}/{identifier.number}")
    law = lookup.law(provision, on)
    if law.standing is Standing.WITHOUT_TEXT:
        return renumbered(target, identifier, on) or _unknown(
            target, identifier, str(identifier.number), lookup, on
        )
    if _may_be_over(law) and (moved := renumbered(target, identifier, on)):
        return moved
    status, message = _status(provision, law)
    confidence = UNCERTAIN if law.standing in _DOUBTFUL else 1.0
    return Resolution(target, status, (provision,), "table", confidence, message)


def _may_be_over(law: LawOfDay[Validity]) -> bool:
    """Whether the number may bear no article any more on that day, so that its article may have another one."""
    return law.standing in _OVER or (law.reason is not None and law.reason.kind is ReasonKind.PERHAPS_ENDED)


def _status(provision: str, law: LawOfDay[Validity]) -> tuple[Status, str]:
    """What a citation of the article is, and the sentence to show when the article is not surely in force."""
    status = _STATUSES[law.standing]
    if status is Status.UNDETERMINED and law.exists:
        status = Status.RESOLVED
    if status is Status.RESOLVED and law.standing in (Standing.IN_FORCE, Standing.UNCERTAIN):
        return status, ""
    return status, f"{cite_id(provision)} : {said_of(law)}"


def _range(target: str, identifier: Identifier, lookup: Lookup, on: date | None) -> Resolution:
    first, last = str(identifier.number), str(identifier.end)
    numbers = lookup.numbers(identifier.text)
    missing = [n for n in (first, last) if n not in numbers]
    if missing:
        return _unknown(target, identifier, missing[0], lookup, on)
    low, high = numbers.index(first), numbers.index(last)
    if low > high:
        message = f"La série va de {first} à {last}, mais {last} précède {first} dans le texte."
        return Resolution(target, Status.SUSPICIOUS, (), "range", 0.0, message)
    series = _series(first)
    found = [f"{identifier.text}/{n}" for n in numbers[low : high + 1] if _series(n) == series]
    current = [p for p in found if _in_force(p, lookup, on)]
    provisions = tuple(ProvisionId(p) for p in current or found)
    if current:
        return Resolution(target, Status.RESOLVED, provisions, "range")
    status, message = _status(found[0], lookup.law(found[0], on))
    return Resolution(target, status, provisions, "range", 1.0, message)


def _following(target: str, identifier: Identifier, lookup: Lookup, on: date | None) -> Resolution:
    """ "R. 425-1 et s.": that article and those after it that share all of its number but the last part."""
    first = _article(target, identifier, lookup, on)
    if first.status is not Status.RESOLVED:
        return first
    numbers = lookup.numbers(identifier.text)
    stem = str(identifier.number).rpartition("-")[0]
    position = numbers.index(str(identifier.number))
    after = [n for n in numbers[position + 1 :] if stem and n.rpartition("-")[0] == stem]
    following = [p for n in after if (p := f"{identifier.text}/{n}") and _in_force(p, lookup, on)]
    provisions = (*first.provisions, *(ProvisionId(p) for p in following))
    return replace(first, provisions=provisions, how="range", confidence=FOLLOWING)


def _in_force(provision: str, lookup: Lookup, on: date | None) -> bool:
    return _status(provision, lookup.law(provision, on))[0] is Status.RESOLVED


def _series(number: str) -> str:
    """The letters a number starts with: a range never goes from one series to another."""
    found = re.match(r"[A-Z]*", number)
    return found[0] if found else ""


def _numbers_so(identifier: Identifier) -> bool:
    code = code_by_slug(identifier.text)
    return code is None or code.has_number_like(str(identifier.number))


def _misnumbered(target: str, identifier: Identifier, lookup: Lookup, on: date | None) -> Resolution:
    """A number that the code cannot have: a letter too many, or too few.

    The articles that it has under the same figures are candidates: never one is taken for the other silently.
    """
    number = str(identifier.number)
    bare = re.sub(r"^[A-Z]+(?=\d)", "", number)
    numbers = frozenset(lookup.numbers(identifier.text))
    twins = [
        n
        for n in (bare, *_lettered(bare))
        if n in numbers and _in_force(f"{identifier.text}/{n}", lookup, on)
    ]
    how = f"{the_text(identifier.text)} ne numérote pas ses articles ainsi : {french_number(number)}."
    if number == bare and identifier.text not in lookup.texts():
        return Resolution(
            target, Status.NOT_IN_CORPUS, (), "number", 0.0, f"{how} Il n'est pas dans la base."
        )
    if not twins:
        return _renumbered_bare(target, identifier, bare, on) or Resolution(
            target, Status.SUSPICIOUS, (), "number", 0.0, how
        )
    provisions = tuple(ProvisionId(f"{identifier.text}/{n}") for n in twins)
    maybe = " ou ".join(cite(identifier.text, n) for n in twins)
    if number != bare:
        return Resolution(target, Status.SUSPICIOUS, provisions, "number", 0.0, f"{how} Peut-être : {maybe}.")
    only = "Seul candidat" if len(twins) == 1 else "Candidats"
    return Resolution(target, Status.AMBIGUOUS, provisions, "number", 0.0, f"{how} {only} : {maybe}.")


def _renumbered_bare(target: str, identifier: Identifier, bare: str, on: date | None) -> Resolution | None:
    """ "316-1" for the L. 316-1 of before a recodification."""
    for number in _lettered(bare):
        if found := renumbered(target, replace(identifier, number=number), on):
            return found
    return None


def _lettered(bare: str) -> tuple[str, ...]:
    return tuple(letter + bare for letter in ("L", "R", "D", "A", "LO"))


def _unknown(target: str, identifier: Identifier, number: str, lookup: Lookup, on: date | None) -> Resolution:
    """A number that the text does not have, unless it may have had it before it was first seen."""
    first = lookup.texts()[identifier.text]
    if on is not None and first and on < first:
        message = (
            f"La base ne connaît {the_text(identifier.text)} qu'à partir du {french_date(first)}, et sans "
            f"article {number} : rien ne dit ce qu'il en était au {french_date(on)}."
        )
        return Resolution(target, Status.NOT_IN_CORPUS, (), "table", 0.0, message)
    last, latest = lookup.last_observed(identifier.text), on or _latest(lookup)
    if last is not None and latest is not None and latest - PRESUMED > last:
        message = (
            f"La base ne connaît {the_text(identifier.text)} que jusqu'au {french_date(last)}, et sans article "
            f"{french_number(number)} : rien ne dit ce qu'il en est au {french_date(latest)}."
        )
        return Resolution(target, Status.NOT_IN_CORPUS, (), "table", 0.0, message)
    message = _no_such_number(identifier, number, lookup)
    return Resolution(target, Status.UNKNOWN_NUMBER, (), "table", 0.0, message)


def _latest(lookup: Lookup) -> date | None:
    """The last day on which any text was observed: what "as last known" means for a citation without a date."""
    return max((day for text in lookup.texts() if (day := lookup.last_observed(text))), default=None)


def _no_such_number(identifier: Identifier, number: str, lookup: Lookup) -> str:
    """The sentence that says so, with the numbers one slip away, which are never taken for it."""
    near = [french_number(n) for n in lookup.numbers(identifier.text) if one_slip(number, n)]
    hint = f" Numéros proches : {', '.join(near[:NEAREST])}." if near else ""
    return f"{the_text(identifier.text)} n'a pas d'article {french_number(number)} dans la base.{hint}"


def one_slip(one: str, other: str) -> bool:
    """Whether one mistake of typing makes one number of the other.

    >>> one_slip("225-4-99", "225-4-9"), one_slip("225-4-99", "225-4-1")
    (True, False)
    """
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1
