"""The manifest of the official sources: what, who publishes it, under which licence, where, how it is verified."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LISTS = ("queries", "repositories")


@dataclass(frozen=True, slots=True)
class Origin:
    """One kind of source. `url` and `target` may hold `{text_id}`, `{day}` or `{id}`.

    `keys` is True when the publisher asks for keys, `manual` when the files have to be fetched by hand.
    `repositories` are the addresses of git repositories, each fetched whole.
    """

    key: str
    title: str
    producer: str
    licence: str
    url: str
    target: str
    checked: str
    keys: bool = False
    manual: bool = False
    queries: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()


@cache
def manifest() -> Mapping[str, Origin]:
    """Every origin by its key.

    >>> manifest()["codes"].target
    'codes/{day}/{text_id}.md'
    """
    read = tomllib.loads((files("corpus.sync") / "manifest.toml").read_text(encoding="utf-8"))
    return {
        key: Origin(key, **{**entry, **{name: tuple(entry.get(name, ())) for name in _LISTS}})
        for key, entry in read.items()
    }
