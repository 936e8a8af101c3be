"""The themes of the base: what people speak of, and the provisions, answers and decisions that it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kb.ids import ProvisionId

REPLY = "reponse-france-greta-4"
"""The document whose questions the themes name: France's reply to the fourth questionnaire of GRETA."""


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A family of themes."""

    id: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. `examples` are words by which people ask for it; `answers` numbers of questions of `REPLY`."""

    id: str
    group: ThemeGroup
    fr: str
    en: str
    note: str
    examples: tuple[str, ...]
    examples_en: tuple[str, ...]
    provisions: tuple[ProvisionId, ...]
    answers: tuple[int, ...] = ()
    decisions: tuple[ProvisionId, ...] = ()


@cache
def load_themes() -> Mapping[str, Theme]:
    """Every theme by its identifier, in the order of the file: group by group."""
    table = tomllib.loads((files("kb") / "taxonomy.toml").read_text(encoding="utf-8"))
    groups = {row["id"]: ThemeGroup(**row) for row in table["group"]}
    return {row["id"]: _theme(row, groups) for row in table["theme"]}


def themes_of_provision(provision: str) -> tuple[Theme, ...]:
    """
    >>> [theme.id for theme in themes_of_provision("code-penal/511-2")]
    ['organes']
    """
    return _by_provision().get(provision, ())


def themes_of_answer(document: str, question: int) -> tuple[Theme, ...]:
    """
    >>> [theme.id for theme in themes_of_answer("reponse-france-greta-4", 28)]
    ['vie-privee']
    """
    if document != REPLY:
        return ()
    return tuple(theme for theme in load_themes().values() if question in theme.answers)


@cache
def _by_provision() -> Mapping[str, tuple[Theme, ...]]:
    themes: dict[str, tuple[Theme, ...]] = {}
    for theme in load_themes().values():
        for provision in (*theme.provisions, *theme.decisions):
            themes[provision] = (*themes.get(provision, ()), theme)
    return themes


def _theme(row: Mapping[str, object], groups: Mapping[str, ThemeGroup]) -> Theme:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Theme(**{**values, "group": groups[str(row["group"])]})  # type: ignore[arg-type]
