"""The themes over one base: what of each the base has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import UnknownTheme
from kb.memo import remembered
from kb.model import PassageKind
from kb.store import Reader
from kb.taxonomy import REPLY, Theme, load_themes
from service.base import Service
from service.catalogue import catalogue_of

_NUMBER = re.compile(r"^\d+\.\s*")


@dataclass(frozen=True, slots=True)
class ThemeContents:
    """What the base has of a theme: its provisions, questions of the reply (number, text), titles of our records
    by identifier; the other themes of its family."""

    theme: Theme
    provisions: tuple[str, ...]
    questions: tuple[tuple[int, str], ...]
    titles: Mapping[str, str]
    neighbours: tuple[Theme, ...]


def every_theme(service: Service) -> list[ThemeContents]:
    """All of them, family by family."""
    return [_contents(service, theme) for theme in load_themes().values()]


def find_theme(service: Service, theme_id: str) -> ThemeContents:
    """One of them. Raises UnknownTheme."""
    return _contents(service, known_theme(theme_id))


def known_theme(theme_id: str) -> Theme:
    """Raises UnknownTheme."""
    theme = load_themes().get(theme_id)
    if theme is None:
        raise UnknownTheme(f"Aucun thème « {theme_id[:100]} ».", hint="La liste des thèmes : /v1/taxonomy.")
    return theme


def _contents(service: Service, theme: Theme) -> ThemeContents:
    texts, records = questions_of(service.reader), catalogue_of(service.reader).records
    provisions = tuple(provision for provision in theme.provisions if provision in service.articles)
    names = (*provisions, *theme.decisions)
    titles: dict[str, str] = {name: records[name].record.title for name in names if name in records}
    questions = tuple((n, without_number(texts[n])) for n in theme.answers if n in texts)
    family = tuple(t for t in load_themes().values() if t.group == theme.group and t is not theme)
    return ThemeContents(theme, provisions, questions, titles, family)


@remembered()
def questions_of(reader: Reader) -> Mapping[int, str]:
    """The questions of the reply that the themes name, and their texts; empty when the base has not the reply."""
    questions: dict[int, str] = {}
    for _, passage in reader.passages_of(REPLY):
        if passage.question is not None and (
            passage.kind is PassageKind.QUESTION or passage.question not in questions
        ):
            questions.setdefault(passage.question, passage.text)
    return questions


def without_number(question: str) -> str:
    """
    >>> without_number("21. Quelles mesures ?")
    'Quelles mesures ?'
    """
    return _NUMBER.sub("", question)
