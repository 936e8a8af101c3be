"""The themes as the API and the pages show them: what of each the base has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.addresses import answer_url, provision_url, record_url, theme_url
from api.schemas.themes import ThemeDetail, ThemeItem, ThemeLink, ThemeOut
from kb.french_citation import cite_id
from kb.taxonomy import REPLY, Theme
from service.themes import ThemeContents


def present_themes(contents: Iterable[ThemeContents]) -> list[ThemeOut]:
    """Every theme with its counts, family by family."""
    return [ThemeOut(**_fields(one)) for one in contents]


def present_theme(contents: ThemeContents) -> ThemeDetail:
    """One theme and all that it is about."""
    return ThemeDetail(
        **_fields(contents),
        provision_list=[
            ThemeItem(
                id=name, label=cite_id(name), title=contents.titles.get(name, ""), url=provision_url(name)
            )
            for name in contents.provisions
        ],
        answer_list=[_answer(number, text) for number, text in contents.questions],
        decision_list=[_decision(name, contents) for name in contents.theme.decisions],
        neighbours=theme_links(contents.neighbours),
    )


def theme_links(themes: Iterable[Theme]) -> list[ThemeLink]:
    """Themes by name and address."""
    return [ThemeLink(**_link(theme)) for theme in themes]


def _link(theme: Theme) -> dict[str, Any]:
    return {"id": theme.id, "fr": theme.fr, "en": theme.en, "url": theme_url(theme.id)}


def _fields(contents: ThemeContents) -> dict[str, Any]:
    theme = contents.theme
    return {
        **_link(theme),
        "group": theme.group.id,
        "group_fr": theme.group.fr,
        "group_en": theme.group.en,
        "note": theme.note,
        "examples": list(theme.examples),
        "examples_en": list(theme.examples_en),
        "provisions": len(contents.provisions),
        "answers": len(contents.questions),
        "decisions": len(theme.decisions),
    }


def _answer(number: int, text: str) -> ThemeItem:
    return ThemeItem(
        id=f"{REPLY}/{number}", label=f"Question {number}", title=text, url=answer_url(REPLY, number)
    )


def _decision(name: str, contents: ThemeContents) -> ThemeItem:
    """A decision has a page where we have a record of it."""
    title = contents.titles.get(name)
    return ThemeItem(
        id=name, label=cite_id(name), title=title or "", url=None if title is None else record_url(name)
    )
