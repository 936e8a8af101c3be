"""What a quotation turns out to be, beside the article that it is said to be of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.checking.findings import CERTAIN, DOUBTFUL, UNVERIFIED, Finding, FindingKind
from kb.checking.quotation_pairing import Quotation
from kb.checking.quotations import Agreement, Comparison, compare, is_exact
from kb.model import Provision, Version
from kb.text.french_dates import french_date
from kb.text.phrases import phrase_key
from kb.validity import law_on

EXACT = "Mot pour mot."
DIFFERENT = "Les mots ne sont pas tous ceux de l'article."
ABSENT = "Ces mots ne se trouvent pas dans l'article."
REORDERED = "Les mêmes mots, à l'ordre ou aux articles près : ce n'est pas une citation littérale."
NOT_COMPARED = "Citation littérale non comparée"
# Words whose change alone changes no rule: articles and what links a noun to another.
_LINKING = frozenset("de d du des la le l les un une au aux a".split())  # noqa: SIM905
# Of an unquoted block, a paraphrase is no quotation: only nearly the same words are held against the article.
_FEW_CHANGES = 0.2
_SAYS = re.compile(
    r"\b(?:dispos\w+|termes|selon|prévoi\w+|puni\w*|défini\w*|incrimin\w+|réprim\w+|énonc\w+|vis\w+|précis\w+)\b",
    re.IGNORECASE,
)


_COLON = re.compile(r":\s*[«“\"]?\s*\Z")
_BRACKET = re.compile(r"\A\s*[»”\"]?\s*\(")


@dataclass(frozen=True, slots=True)
class Wordings:
    """The texts that may be those of the day, the likeliest first, and every dated wording of the article.

    `warning` is what must be said of the day, "" when its text is sure.
    """

    of_day: tuple[str, ...]
    dated: tuple[tuple[date, str], ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A comparison, what is said of it, and the finding that it makes, if any."""

    comparison: Comparison
    message: str
    finding: Finding | None = None


def judge(quotation: Quotation, wordings: Wordings, before: str, after: str) -> Verdict | None:
    """None when there is nothing to say: a paraphrase, a label. `before` and `after` stand around the quotation."""
    texts = wordings.of_day or ("",)
    if quotation.is_short:
        return None
    if any(is_exact(quotation.words, text) for text in texts):
        return Verdict(Comparison(Agreement.EXACT), " ".join(filter(None, (EXACT, wordings.warning))))
    comparison = compare(quotation.words, texts[0])
    if not quotation.quoted and not _nearly(comparison):
        return None
    if comparison.agreement is Agreement.DIFFERENT and _reordered(comparison):
        return Verdict(comparison, REORDERED, Finding(FindingKind.QUOTATION, UNVERIFIED, REORDERED))
    message = DIFFERENT if comparison.agreement is Agreement.DIFFERENT else ABSENT
    return _faulty(comparison, message + _elsewhere(quotation, wordings), says=_is_said(before, after))


def _is_said(before: str, after: str) -> bool:
    """Whether the words around a quotation say that it is what the article says."""
    return any(
        pattern.search(text) for pattern, text in ((_SAYS, before), (_COLON, before), (_BRACKET, after))
    )


def _faulty(comparison: Comparison, message: str, *, says: bool) -> Verdict:
    certainty = CERTAIN
    if comparison.agreement is Agreement.ABSENT:
        certainty = DOUBTFUL if says else UNVERIFIED
    right = " ".join(c.words for c in comparison.changes if c.kind != "quoted")
    return Verdict(comparison, message, Finding(FindingKind.QUOTATION, certainty, message, right))


def _nearly(comparison: Comparison) -> bool:
    if comparison.agreement is not Agreement.DIFFERENT:
        return False
    sizes = Counter[str]()
    for change in comparison.changes:
        sizes[change.kind] += len(change.words.split())
    return max(sizes["quoted"], sizes["official"]) <= _FEW_CHANGES * sizes["same"]


def _reordered(comparison: Comparison) -> bool:
    return _telling(comparison, "quoted") == _telling(comparison, "official")


def _telling(comparison: Comparison, kind: str) -> Counter[str]:
    words = phrase_key(" ".join(c.words for c in comparison.changes if c.kind == kind)).split()
    return Counter(word for word in words if word not in _LINKING)


def _elsewhere(quotation: Quotation, wordings: Wordings) -> str:
    """Whether another wording of the article has these words: the date is then wrong, not the quotation."""
    for start, text in wordings.dated:
        if is_exact(quotation.words, text):
            return f" Ils sont ceux de la rédaction observée à partir du {french_date(start)}."
    return ""


def not_compared(quotation: Quotation, why: str) -> Finding:
    """That a quotation beside a citation was compared with nothing."""
    return Finding(FindingKind.QUOTATION, UNVERIFIED, f"{NOT_COMPARED} : {why}.")


def enclosing(quotations: Sequence[Quotation], place: int) -> Quotation | None:
    """The quotation in guillemets that holds a place of the text."""
    rank = bisect_right(quotations, place, key=lambda q: q.span.start) - 1
    for quotation in quotations[max(0, rank - 1) : rank + 1]:
        if quotation.quoted and quotation.span.start <= place < quotation.span.end:
            return quotation
    return None


def texts_of_day(article: Provision, day: date) -> tuple[str, ...]:
    """The texts that may be those of an article on a day, the likeliest first; the nearest one when none may."""
    law = law_on(article.versions, day)
    likely: tuple[Version, ...] = (law.wording,) if law.wording else tuple(reversed(law.candidates))
    return tuple(version.text for version in likely) or tuple(v.text for v in filter(None, [law.shown]))
