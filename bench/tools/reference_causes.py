"""Why a reference of one article to another leads nowhere, told from the base alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.french_citation import text_name
from kb.ids import parse_id
from kb.model import Status
from kb.resolution.article_table import ArticleTable

# A code of which so many references, at least, lead nowhere was replaced by another and is cited as it once was.
_REPLACED = 0.2


@dataclass(frozen=True, slots=True)
class Reference:
    """One target of one citation of an article: who cites, what, and what became of it."""

    source: str
    target: str
    status: Status
    inherited: bool

    @property
    def text(self) -> str:
        """The text cited."""
        return parse_id(self.target).text


@cache
def _read_by_hand() -> dict[str, str]:
    """By target, what was found by reading the articles that cite it."""
    causes: dict[str, str] = tomllib.loads(
        (Path(__file__).parent / "references.toml").read_text(encoding="utf-8")
    )["pourquoi"]
    return causes


@dataclass(frozen=True, slots=True)
class Causes:
    """Explains the targets that lead nowhere: which codes are cited as they once were, what each article names."""

    articles: ArticleTable
    replaced: frozenset[str]

    @classmethod
    def of(cls, references: Sequence[Reference], articles: ArticleTable) -> Causes:
        """From all the references of the base."""
        within = [r for r in references if r.text == parse_id(r.source).text]
        total = Counter(r.text for r in within)
        lost = Counter(r.text for r in within if r.status is Status.UNKNOWN_NUMBER)
        return cls(articles, frozenset(t for t in total if lost[t] >= _REPLACED * total[t]))

    def of_text(self, text: str) -> str:
        """Why a whole text is not found, and what would be needed."""
        if "/" not in text:
            return "Code absent des sources : à ajouter au dossier des codes."
        return (
            "Texte qui n'est pas un code : demande un lecteur des textes non codifiés (LEGI, JORF, EUR-Lex)."
        )

    def of_number(self, target: str, sources: Sequence[str], inherited: bool) -> str:
        """Why a number is not found, the likeliest cause first."""
        if target in _read_by_hand():
            return _read_by_hand()[target]
        identifier = parse_id(target)
        own = all(parse_id(source).text == identifier.text for source in sources)
        elsewhere = [
            i for i in self.articles.with_number(str(identifier.number)) if self.articles.validities(i)
        ]
        if identifier.end or identifier.open:
            return "Série dont une borne n'est plus dans le texte : il faudrait la consolidation de sa date."
        if len(set(sources)) == 1 and own and inherited and elsewhere:
            others = " ou ".join(text_name(parse_id(i).text) for i in elsewhere[:2])
            return (
                f"Un seul article le cite, sans nommer de code ; d'autres ont ce numéro ({others}) : à lire."
            )
        if identifier.text in self.replaced:
            return "Code refondu : les articles restants en citent d'abrogés : demande une consolidation d'époque."
        if own:
            return "Sans doute abrogé, et encore cité par d'autres du même code : demande sa dernière consolidation."
        return (
            "Autre code, sans doute cité dans un état passé : demande cette consolidation et sa concordance."
        )
