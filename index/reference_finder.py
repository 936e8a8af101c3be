"""Reads the citations of a question and looks them up, numbers without a code included."""

from __future__ import annotations

from dataclasses import dataclass

from index.links import Links
from index.names import Names
from index.references import References
from index.tokens import terms
from kb.article_table import ArticleTable
from kb.citations import bare_numbers, find_citations
from kb.ids import ProvisionId
from kb.model import Resolution, Status
from kb.resolve import resolve
from kb.text import Span

# What people write around a reference without asking anything more of it.
_AROUND = frozenset(
    terms("article articles art code numéro n° dit dire prévoit texte contenu montre affiche que")
)


# Confidence in a number without a code that one article of the base bears: another text, not there, may bear it too.
SOLE_BEARER = 0.9


@dataclass(frozen=True, slots=True)
class ReferenceFinder:
    """Called with a question. Links tell which of several homonymous numbers is the likeliest."""

    articles: ArticleTable
    links: Links
    names: Names

    def __call__(self, text: str) -> References:
        """The provisions that the question names: those of its citations, then those of its bare numbers."""
        citations = find_citations(text)
        resolutions = [r for c in citations for r in resolve(c, self.articles)]
        spans = [span for c in citations for span in c.spans]
        for span, number in bare_numbers(text):
            if any(span.start < other.end and other.start < span.end for other in spans):
                continue
            spans.append(span)
            found = self._likeliest_first(self.articles.with_number(number))
            resolutions.append(_bare(number, found))
        named: dict[ProvisionId, float] = {}
        for resolution in resolutions:
            for provision in resolution.provisions:
                named.setdefault(provision, resolution.confidence)
        return References(tuple(named.items()), tuple(resolutions), _without(text, spans))

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


def _bare(number: str, found: tuple[ProvisionId, ...]) -> Resolution:
    """A number without its code is never guessed: every code that has it is shown."""
    if len(found) == 1:
        return Resolution(number, Status.RESOLVED, found, "numéro seul", SOLE_BEARER)
    if found:
        message = f"Le numéro {number} existe dans {len(found)} textes : précisez le code."
        return Resolution(number, Status.AMBIGUOUS, found, "numéro seul", 1 / len(found), message)
    return Resolution(
        number, Status.UNKNOWN_NUMBER, (), "numéro seul", 0.0, f"Aucun article ne porte le numéro {number}."
    )


def _without(text: str, spans: list[Span]) -> str:
    """The question without its citations and the words around them; empty when it asked for nothing else."""
    kept, position = [], 0
    for span in sorted(spans):
        kept.append(text[position : span.start])
        position = max(position, span.end)
    rest = " ".join([*kept, text[position:]])
    return rest if set(terms(rest)) - _AROUND else ""
