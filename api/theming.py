"""The themes over one base: what of each the base has, as the API and the pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from api.addresses import answer_url, provision_url, record_url, theme_url
from api.schemas.themes import ThemeDetail, ThemeItem, ThemeLink, ThemeOut
from kb.errors import UnknownTheme
from kb.french_citation import cite_id
from kb.model import PassageKind
from kb.store import Reader
from kb.taxonomy import REPLY, Theme, load_themes
from service.base import Service
from service.catalogue import catalogue_of

_NUMBER = re.compile(r"^\d+\.\s*")


def present_themes(service: Service) -> list[ThemeOut]:
    """Every theme, family by family."""
    return [ThemeOut(**_fields(service, theme)) for theme in load_themes().values()]


def known_theme(theme_id: str) -> Theme:
    """Raises UnknownTheme."""
    theme = load_themes().get(theme_id)
    if theme is None:
        raise UnknownTheme(f"Aucun thème « {theme_id[:100]} ».", hint="La liste des thèmes : /v1/taxonomy.")
    return theme


def present_theme(service: Service, theme_id: str) -> ThemeDetail:
    """One theme and all that it is about. Raises UnknownTheme."""
    theme = known_theme(theme_id)
    return ThemeDetail(
        **_fields(service, theme),
        provision_list=_provisions(service, theme),
        answer_list=_answers(service, theme),
        decision_list=_decisions(service, theme),
        neighbours=theme_links(
            t for t in load_themes().values() if t.group == theme.group and t is not theme
        ),
    )


def theme_links(themes: Iterable[Theme]) -> list[ThemeLink]:
    """Themes by name and address."""
    return [ThemeLink(**_named(theme)) for theme in themes]


@lru_cache(maxsize=4)  # by reader, and what an open base holds never changes
def questions_of(reader: Reader) -> Mapping[int, str]:
    """The questions of the reply that the themes name, and their texts; empty when the base has not the reply."""
    found: dict[int, str] = {}
    for _, passage in reader.passages_of(REPLY):
        if passage.question is not None and (
            passage.kind is PassageKind.QUESTION or passage.question not in found
        ):
            found.setdefault(passage.question, passage.text)
    return found


def _named(theme: Theme) -> dict[str, Any]:
    return {"id": theme.id, "fr": theme.fr, "en": theme.en, "url": theme_url(theme.id)}


def _fields(service: Service, theme: Theme) -> dict[str, Any]:
    return {
        **_named(theme),
        "group": theme.group.id,
        "group_fr": theme.group.fr,
        "group_en": theme.group.en,
        "note": theme.note,
        "examples": list(theme.examples),
        "examples_en": list(theme.examples_en),
        "provisions": sum(provision in service.articles for provision in theme.provisions),
        "answers": sum(question in questions_of(service.reader) for question in theme.answers),
        "decisions": len(theme.decisions),
    }


def _provisions(service: Service, theme: Theme) -> list[ThemeItem]:
    records = catalogue_of(service.reader).records
    return [
        ThemeItem(
            id=provision,
            label=cite_id(provision),
            title=records[provision].record.title if provision in records else "",
            url=provision_url(provision),
        )
        for provision in theme.provisions
        if provision in service.articles
    ]


def _answers(service: Service, theme: Theme) -> list[ThemeItem]:
    texts = questions_of(service.reader)
    return [
        ThemeItem(
            id=f"{REPLY}/{n}",
            label=f"Question {n}",
            title=without_number(texts[n]),
            url=answer_url(REPLY, n),
        )
        for n in theme.answers
        if n in texts
    ]


def without_number(question: str) -> str:
    """
    >>> without_number("21. Quelles mesures ?")
    'Quelles mesures ?'
    """
    return _NUMBER.sub("", question)


def _decisions(service: Service, theme: Theme) -> list[ThemeItem]:
    records = catalogue_of(service.reader).records
    return [
        ThemeItem(
            id=decision,
            label=cite_id(decision),
            title=records[decision].record.title if decision in records else "",
            url=record_url(decision) if decision in records else None,
        )
        for decision in theme.decisions
    ]
