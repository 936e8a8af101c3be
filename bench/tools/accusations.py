"""What the check says against official sentences that are right: each accusation is to be defended, or removed.

Three forms of each sentence of an article: in guillemets, introduced by "dispose que", and followed by its citation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.checking.findings import Finding
from kb.french_citation import cite
from kb.model import Provision
from kb.validity import law_on
from service.base import Service
from service.check import check_text

_SEED = 20260403
_SHORTEST, _LONGEST = 60, 600
_END = re.compile(r"(?<=[.;])\s+|\n+")
# Quotations within, references to what another sentence names, sentences cut at an abbreviation.
_UNCLEAR = re.compile(r"[«»\"]|\b(?:même|dudit|ledit|présent)\b|\b[LRD]\Z")
_FORMS = (
    "Aux termes de l'article {number} du {code}, « {sentence} ».",
    "L'article {number} du {code} dispose que « {sentence} ».",
    "{sentence} ({citation}).",
)


@dataclass(frozen=True, slots=True)
class Accusation:
    """A text that is right, and what is said against it."""

    text: str
    finding: Finding


def accusations(service: Service, texts: Iterable[str], day: date) -> Iterator[Accusation]:
    """All that the check holds against these texts."""
    for text in texts:
        for result in check_text(service, text, day).results:
            yield from (Accusation(text, finding) for finding in result.findings if finding.accuses)


def right_sentences(service: Service, code: str, day: date, count: int) -> list[str]:
    """So many sentences of the articles of a code in force on a day, with their right citation, drawn by a seed."""
    chosen = random.Random(_SEED)
    numbers = list(service.articles.numbers(code))
    chosen.shuffle(numbers)
    sentences: list[str] = []
    for start in range(0, len(numbers), 200):
        articles = service.reader.provisions(f"{code}/{n}" for n in numbers[start : start + 200]).values()
        for article in articles:
            sentences += (form for form in _of(article, day, chosen))
        if len(sentences) >= count:
            break
    return sentences[:count]


def _of(article: Provision, day: date, chosen: random.Random) -> Iterator[str]:
    law = law_on(article.versions, day)
    if law.wording is None:
        return
    sentences = [s.strip() for s in _END.split(law.wording.text) if _SHORTEST <= len(s.strip()) <= _LONGEST]
    citation = cite(article.code, article.number)
    code, _, number = citation.partition(", art. ")
    for sentence in sentences:
        if not number or _UNCLEAR.search(sentence) or not sentence[0].isupper():
            continue
        form = chosen.choice(_FORMS)
        words = sentence.rstrip(".;: ")
        yield form.format(number=number, code=code[0].lower() + code[1:], sentence=words, citation=citation)
