"""Reads the citations of a question and looks them up, numbers without a code included."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.artefacts.id_maps import Names
from index.artefacts.links import Links
from index.retrieval.model import PROPOSED
from index.retrieval.references import References
from index.tokens import terms
from kb.citations import bare_numbers, find_citations
from kb.french_citation import cite_id
from kb.ids import ProvisionId, canonical_number, parse_id
from kb.model import Resolution, Status
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from kb.text.spans import Span

# What people write around a reference without asking anything more of it.
_AROUND = frozenset(
    terms("article articles art code numéro n° dit dire prévoit texte contenu montre affiche que")
)
_ANNOUNCED = re.compile(r"\b(?:art(?:icle)?s?|n°|num[ée]ro)\.?\s*\Z", re.IGNORECASE)
_MEASURED = re.compile(r"\s*(?:ans?|années?|mois|jours?|heures?|euros?)\b", re.IGNORECASE)
_LETTERS = "LRDA"
# A number whose hyphens were typed as blanks or full stops.
_SPLIT = re.compile(
    r"\b(?P<letter>[LRDA]?)(?P<between>\.? ?)(?P<digits>\d{3,4}(?:[ .]\d{1,2}){1,2})\b(?![-.]\d)",
    re.IGNORECASE,
)

# Confidence in a number without a code that one article of the base bears: another text, not there, may bear it too.
SOLE_BEARER = 0.9
# Confidence in a provision that only our record gives: its number could not be checked in the official text.
RECORDED = 0.9
# Confidence in an article whose number was typed without its letter, shared between those that have one.
LETTER_LEFT_OUT = 0.5


@dataclass(frozen=True, slots=True)
class ReferenceFinder:
    """Called with a question. Links tell which of several homonymous numbers is the likeliest."""

    articles: ArticleTable
    links: Links
    names: Names

    def __call__(self, text: str) -> References:
        """The provisions that the question names: those of its citations, then those of its bare numbers."""
        text = self._hyphenated(text)
        citations = find_citations(text)
        resolutions = [self._or_record(r) for c in citations for r in resolve(c, self.articles)]
        spans = [span for c in citations for span in c.spans]
        for span, number in bare_numbers(text):
            if any(span.start < other.end and other.start < span.end for other in spans):
                continue
            if _is_reference(text, span, number):
                spans.append(span)
                resolutions.extend(self._bare(number))
        provisions: dict[ProvisionId, float] = {}
        for resolution in resolutions:
            for provision in resolution.provisions:
                provisions.setdefault(provision, resolution.confidence)
        return References(tuple(provisions.items()), tuple(resolutions), _without(text, spans))

    def _hyphenated(self, text: str) -> str:
        """The question with the hyphens of the numbers typed without them ("l 522 3"), where such an article exists;
        no character moves."""

        def joined(match: re.Match[str]) -> str:
            number = match["digits"].replace(" ", "-").replace(".", "-")
            known = self.articles.with_number(canonical_number(match["letter"] + number))
            return match["letter"] + match["between"] + number if known else match[0]

        return _SPLIT.sub(joined, text)

    def _or_record(self, resolution: Resolution) -> Resolution:
        """A provision whose official text is not in the base, and on which we have a record, is named all the same."""
        target = ProvisionId(resolution.target)
        number = parse_id(target).number
        if resolution.provisions or number is None or target not in self.articles.with_number(number):
            return resolution
        return replace(resolution, provisions=(target,), how="fiche", confidence=RECORDED)

    def _bare(self, number: str) -> tuple[Resolution, ...]:
        """Who bears a number given without its code; then, when it has no letter, who bears it behind one."""
        exact = self._likeliest_first(self.articles.with_number(number))
        lettered = tuple(
            p
            for letter in _LETTERS
            for p in self.articles.with_number(letter + number)
            if number[0].isdigit()
        )
        if not lettered:
            return (_exact(number, exact),)
        proposed = _proposed(number, exact, self._likeliest_first(lettered))
        return (_exact(number, exact), proposed) if exact else (proposed,)

    def _likeliest_first(self, provisions: tuple[ProvisionId, ...]) -> tuple[ProvisionId, ...]:
        """The most cited by the documents on trafficking first, then the most cited by other articles."""
        if len(provisions) < 2:
            return provisions
        row = {name: i for i, name in enumerate(self.names.provisions)}
        cited, by_articles = self.links.cited, self.links.cited_by_articles

        def likelihood(provision: ProvisionId) -> tuple[int, int, str]:
            position = row[provision]
            return -int(cited[position]), -int(by_articles[position]), provision

        return tuple(sorted(provisions, key=likelihood))


def _is_reference(text: str, span: Span, number: str) -> bool:
    """Whether a number of the question is an article's and no quantity ("mineur de 15 ans").

    A hyphen is enough; any other must be announced ("article 15") or be all that is asked: "autoroute A7" has none.
    """
    if _ANNOUNCED.search(text[: span.start]):
        return True
    if _MEASURED.match(text[span.end :]):
        return False
    return "-" in number or not _without(text, [span])


def _exact(number: str, resolutions: tuple[ProvisionId, ...]) -> Resolution:
    """A number without its code is never guessed: every code that has it is shown."""
    if len(resolutions) == 1:
        return Resolution(number, Status.RESOLVED, resolutions, "numéro seul", SOLE_BEARER)
    if resolutions:
        message = f"Le numéro {number} existe dans {len(resolutions)} textes : précisez le code."
        return Resolution(number, Status.AMBIGUOUS, resolutions, "numéro seul", 1 / len(resolutions), message)
    return Resolution(
        number, Status.UNKNOWN_NUMBER, (), "numéro seul", 0.0, f"Aucun article ne porte le numéro {number}."
    )


def _proposed(number: str, exact: tuple[ProvisionId, ...], lettered: tuple[ProvisionId, ...]) -> Resolution:
    """Articles that bear the number behind a letter, shown after those that bear it as typed."""
    first = cite_id(lettered[0])
    if exact:
        message = (
            f"Il existe aussi précédé d'une lettre ({first}…) : précisez-la si c'est ce que vous cherchez."
        )
    else:
        message = f"Aucun article ne porte le numéro {number} sans lettre. Proposé avec une lettre : {first}."
    confidence = LETTER_LEFT_OUT / (len(exact) + len(lettered) if exact else len(lettered))
    return Resolution(number, Status.AMBIGUOUS, lettered, PROPOSED, confidence, message)


def _without(text: str, spans: list[Span]) -> str:
    """The question without its citations and the words around them; empty when it asked for nothing else."""
    pieces, position = [], 0
    for span in sorted(spans):
        pieces.append(text[position : span.start])
        position = max(position, span.end)
    rest = " ".join([*pieces, text[position:]])
    return rest if set(terms(rest)) - _AROUND else ""
