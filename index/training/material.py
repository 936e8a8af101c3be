"""Everything that training reads, gathered from two folders, and the pairs made of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.artefacts.known_questions import known_questions
from index.training.alignment import aligned_pairs
from index.training.articles import Article, Library, read_archive, read_codes
from index.training.known import known_article_pairs, known_question_pairs
from index.training.pairs import (
    Pair,
    citing_pairs,
    fiche_article_pairs,
    fiche_paragraph_pairs,
    halves_pairs,
    heading_pairs,
    neighbour_pairs,
)
from index.training.records import RECORDS, record_pairs
from index.training.reply import reply_pairs
from index.training.service_public import Fiche, read_fiches
from index.training.spelling import misspelt_pairs, written_as_heard_pairs
from index.training.terms import english_pairs, everyday_pairs
from kb.errors import MissingSources

FICHES_FILE = "service_public_train.jsonl.xz"
ARCHIVE_FILE = "codes_archive_2015.jsonl.xz"
REPLY_PATTERN = "questionnaire/*.txt"
# When the pages were collected: their references are to the numbers of about that day (the CESEDA has changed since).
PAGES_DAY = date(2020, 7, 1)
FIELD_CODES = ("code-penal", "code-de-l-entree-et-du-sejour-des-etrangers-et-du-droit-d-asile")
_SEED = 7


@dataclass(frozen=True, slots=True)
class Material:
    """`current` is the codes of the latest date; `libraries` all the codes, the likeliest for a page first."""

    current: Library
    libraries: tuple[Library, ...]
    fiches: tuple[Fiche, ...]
    reply: str

    def articles(self) -> list[Article]:
        """The articles of every date, each wording once."""
        every = (a for library in self.libraries for a in library.articles.values())
        return list({a.text: a for a in every}.values())

    def split(self, share: float) -> tuple[Material, Material]:
        """The material without a share of the pages, and with these alone; the same ones every time."""
        fiches = sorted(self.fiches, key=lambda f: f.id)
        random.Random(_SEED).shuffle(fiches)
        count = round(len(fiches) * share)
        return replace(self, fiches=tuple(fiches[count:])), replace(self, fiches=tuple(fiches[:count]))


def read_material(sources: Path, training: Path) -> Material:
    """Read both folders; raises MissingSources when one of them lacks something."""
    for needed in (sources / "codes", training / FICHES_FILE, training / ARCHIVE_FILE):
        if not needed.exists():
            raise MissingSources(
                f"{needed} est introuvable.", hint="Indiquez les dossiers avec --sources et --training."
            )
    dated = {date.fromisoformat(f.name): Library(read_codes(f)) for f in (sources / "codes").iterdir()}
    nearest = [dated[day] for day in sorted(dated, key=lambda day: abs(day - PAGES_DAY))]
    libraries = (*nearest, Library(read_archive(training / ARCHIVE_FILE)))
    reply = "\n\n".join(f.read_text(encoding="utf-8") for f in sorted(sources.glob(REPLY_PATTERN)))
    fiches = tuple(read_fiches(training / FICHES_FILE, libraries))
    return Material(dated[max(dated)], libraries, fiches, reply)


def all_pairs(material: Material) -> dict[str, list[Pair]]:
    """The pairs of every kind, under the names that the recipe gives shares to."""
    articles, current = material.articles(), material.current.articles
    pairs = {
        "fiche_article": list(fiche_article_pairs(material.fiches)),
        "fiche_paragraph": list(fiche_paragraph_pairs(material.fiches)),
        "aligned": list(aligned_pairs(material.fiches, list(current.values()))),
        "heading": list(heading_pairs(articles)),
        "halves": list(halves_pairs(articles)),
        "citing": list(citing_pairs(current)),
        "neighbour": list(neighbour_pairs(current.values())),
        "field": list(_field_pairs(material.current)),
        "reply": list(reply_pairs(material.reply, (material.current, *material.libraries))),
        "english": list(english_pairs()),
        "everyday": list(everyday_pairs()),
        "records": list(record_pairs(RECORDS, current)),
        "known_article": list(known_article_pairs(known_questions(), current)),
        "known_question": list(known_question_pairs(known_questions())),
    }
    known = [question.text for question in known_questions()]
    return pairs | {
        "spelling": list(misspelt_pairs(_phrases(material, pairs), _SEED)),
        "heard": list(
            written_as_heard_pairs([*known * 6, *(fiche.title for fiche in material.fiches)], _SEED)
        ),
    }


def _field_pairs(current: Library) -> Iterator[Pair]:
    """Headings, sentences and citations of the codes that our questions are about, seen more often than the others."""
    articles = {key: a for key, a in current.articles.items() if a.code in FIELD_CODES}
    yield from heading_pairs(articles.values())
    yield from halves_pairs(articles.values())
    yield from citing_pairs(articles)


def vocabulary_texts(material: Material) -> Iterator[str]:
    """What the vocabulary is learnt from: everything, the words of questions counted several times."""
    for fiche in material.fiches:
        yield from (fiche.title, fiche.description) * 3
        yield from fiche.paragraphs
    yield from (material.reply,) * 3
    for pair in (*english_pairs(), *everyday_pairs()):
        yield from pair * 4
    for pair in record_pairs(RECORDS, {}):
        yield from pair
    for question in known_questions():
        yield from (question.text,) * 3
    yield from (article.text for article in material.articles())


def _phrases(material: Material, pairs: dict[str, list[Pair]]) -> Iterator[str]:
    """Short texts to misspell: titles of pages, headings, and the words of our own tables."""
    for _ in range(4):
        yield from (fiche.title for fiche in material.fiches)
    yield from (pair.query for pair in pairs["heading"][::4])
    yield from (pair.query for pair in pairs["everyday"])
    for pair in (*pairs["everyday"][::8], *pairs["english"][::8]):
        yield from (pair.passage,) * 20
