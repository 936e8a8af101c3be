"""Short texts and the law that each is about, to train the model that tells what the base does not hold."""

from __future__ import annotations

import json
import lzma
import random
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from index.artefacts.known_questions import KnownQuestion
from index.training.articles import Article, article_key
from index.training.material import FICHES_FILE
from index.training.records import RECORDS, record_pairs
from index.training.service_public import code_named
from index.training.terms import english_pairs, everyday_pairs
from index.training.uncovered import UncoveredQuestion

FIELD, PAIR, HELD, NOTHING, FOREIGN = "champ", "penal-etrangers", "droit", "hors-droit", "etranger"
# The two codes of the field, by the slugs of their titles.
_PAIR = frozenset(article_key(f"{code}/1")[0] for code in ("code-penal", "ceseda"))
# The codes that the sources lack, by the slug of their title, and the law that stands for each.
LAWS = {
    "code-du-travail": "code-du-travail",
    "code-du-travail-applicable-a-mayotte": "code-du-travail",
    "code-rural-et-de-la-peche-maritime": "code-rural",
    "code-de-commerce": "code-de-commerce",
    "code-general-des-collectivites-territoriales": "collectivites",
    "code-de-l-environnement": "environnement",
    "code-de-l-education": "education",
    "code-monetaire-et-financier": "monetaire",
    "code-de-l-action-sociale-et-des-familles": "action-sociale",
    "code-des-transports": "transports",
    "code-de-procedure-penale": "procedure-penale",
    "code-general-des-impots": "impots",
    "code-de-la-construction-et-de-l-habitation": "construction",
    "code-de-la-securite-sociale": "securite-sociale",
    "code-de-la-sante-publique": "sante",
}
# The law of a question that nothing covers, by its kind.
_UNCOVERED = {"foreign": FOREIGN, "not-law": NOTHING, "near": NOTHING, "other-code": HELD}
_LABEL = re.compile(
    r"^(?:sous-)?(?:section|chapitre|titre|livre|partie|paragraphe)\s+[\w-]+\s*:?\s*", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_GIBBERISH = 600


class Text(NamedTuple):
    """A text, how much of it is about each law, and how much it weighs."""

    text: str
    laws: Mapping[str, float]
    weight: float


def page_texts(file: Path, present: frozenset[str], skipped: frozenset[str]) -> Iterator[Text]:
    """Titles, descriptions and paragraphs of the public's pages, about the codes that their references name."""
    draw = random.Random(3)
    with lzma.open(file / FICHES_FILE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            laws = page_laws(row["references"], present)
            if not laws or row["id"] in skipped:
                continue
            yield Text(row["title"], laws, 4.0)
            yield Text(row["description"], laws, 2.0)
            for paragraph in draw.sample(row["paragraphs"], min(6, len(row["paragraphs"]))):
                yield Text(paragraph, laws, 0.7)


def page_laws(references: Sequence[str], present: frozenset[str]) -> dict[str, float]:
    """The share of each law in the references of a page."""
    codes = (code_named(reference) for reference in references)
    counts = Counter(_law(code, present) for code in codes if code)
    del counts[""]
    return {law: count / counts.total() for law, count in counts.items()}


def article_texts(
    articles: Sequence[Article], present: frozenset[str], share: float, weight: float
) -> Iterator[Text]:
    """The nearest heading, half of the time as people would ask about it, and a sentence of some of the articles."""
    draw = random.Random(4)
    for article in articles:
        law = _law(article.code, present)
        if not law or draw.random() > share:
            continue
        if article.heading:
            yield Text(_asked(_LABEL.sub("", article.heading[-1]), draw), {law: 1.0}, weight)
        sentences = [s for s in _SENTENCE.split(article.text) if 20 < len(s) < 250]
        if sentences:
            yield Text(draw.choice(sentences), {law: 1.0}, weight)


def _law(code: str, present: frozenset[str]) -> str:
    """The law that a code stands for; empty when there is none."""
    if code in _PAIR:
        return PAIR
    return LAWS.get(code) or (HELD if code in present else "")


def known_texts(questions: Iterable[KnownQuestion]) -> Iterator[Text]:
    """The known questions: of the field when a provision of its two codes answers, of other law otherwise."""
    for question in questions:
        codes = {article_key(provision)[0] for provision in question.relevant}
        yield Text(question.text, {FIELD if codes & _PAIR else HELD: 1.0}, 2.0)


def uncovered_texts(questions: Iterable[UncoveredQuestion]) -> Iterator[Text]:
    """The questions that nothing covers, but those on French law that the sources lack: which one is not said."""
    for question in questions:
        if law := _UNCOVERED.get(question.kind):
            yield Text(question.text, {law: 1.0}, 2.0)


def field_texts() -> Iterator[Text]:
    """The words of our records and of the lexicon, in questions and in what people tell."""
    draw, stories, figures = random.Random(5), _said("told"), _said("figures")
    for query in dict.fromkeys(pair.query for pair in record_pairs(RECORDS, {})):
        yield Text(_asked(query, draw), {FIELD: 1.0}, 0.5)
    everyday = list(dict.fromkeys(pair.query for pair in everyday_pairs()))
    for query in (*everyday, *(pair.query for pair in english_pairs())):
        yield Text(query, {FIELD: 1.0}, 0.5)
    for query in everyday:
        for pattern in draw.sample(stories, 4):
            text = pattern.format(query)
            more = draw.choice(([], [draw.choice(everyday)], [draw.choice(figures)]))
            yield Text(", ".join([text, *more]), {FIELD: 1.0}, 0.5)


def nothing_texts() -> Iterator[Text]:
    """Things of every day, small talk, letters without sense."""
    draw = random.Random(6)
    for language in ("fr", "en"):
        patterns = _said(f"about_things_{language}")
        things = [thing for listed in _data()[f"things_{language}"].values() for thing in listed.split(", ")]
        for thing in things:
            yield from (Text(p.format(thing), {NOTHING: 1.0}, 1.0) for p in draw.sample(patterns, 7))
    yield from (Text(phrase, {NOTHING: 1.0}, 3.0) for phrase in _said("small_talk"))
    for _ in range(_GIBBERISH):
        words = ("".join(draw.choices(string.ascii_lowercase, k=draw.randint(3, 9))) for _ in range(4))
        yield Text(" ".join(words), {NOTHING: 1.0}, 0.5)


def foreign_texts() -> Iterator[Text]:
    """The laws of other countries, and the same countries where the field names them."""
    draw = random.Random(7)
    subjects = {"fr": _said("subjects_fr"), "en": _said("subjects_en")}
    kinds = (("foreign_fr", FOREIGN, 14), ("foreign_en", FOREIGN, 9), ("field_abroad_fr", FIELD, 8))
    for noun, (place, adjective, english, its) in _data()["countries"].items():
        names = {"f": noun, "e": place, "a": adjective, "E": english, "P": its}
        for kind, law, count in (*kinds, ("field_abroad_en", FIELD, 4)):
            for pattern in draw.choices(_said(kind), k=count):
                text = pattern.format(s=draw.choice(subjects[kind[-2:]]), **names)
                yield Text(text, {law: 1.0}, 1.0)


def _asked(text: str, draw: random.Random) -> str:
    if not text or draw.random() < 0.5:
        return text
    return str(draw.choice(_said("neutral"))).format(text[0].lower() + text[1:])


def _said(name: str) -> list[str]:
    return list(_data()[name])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("index.training").joinpath("scope.toml").read_text(encoding="utf-8"))
