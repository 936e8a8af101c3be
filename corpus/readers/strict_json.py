"""JSON of unknown origin to plain values, or a clear refusal; and its fields by the type that they must have."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from kb.errors import UnreadableSource

# What no text holds and no database takes: C0 controls (a NUL first of all) and halves of surrogate pairs.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_HINT = "Reprendre le fichier d'origine."


def read_json(data: bytes, path: str, limit: int) -> Any:
    """The value of a UTF-8 JSON file of at most `limit` bytes; `path` is for the messages.

    >>> read_json(b'{"a": [1]}', "a.json", 100)
    {'a': [1]}

    Raises UnreadableSource, for what is cut, too deep or not a number that a machine holds (1e400) too.
    """
    if len(data) > limit:
        raise refused(path, f"il pèse {len(data) // 1_000_000} Mo, plus que les {limit // 1_000_000} Mo lus")
    if not data.strip():
        raise refused(path, "il est vide")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_constant, parse_float=_number)
    except UnicodeDecodeError as error:
        raise refused(path, f"il n'est pas en UTF-8 (octet {error.start})") from error
    except RecursionError as error:
        raise refused(path, "ses valeurs sont emboîtées trop profondément") from error
    except ValueError as error:
        raise refused(path, f"ce n'est pas du JSON entier et juste ({error})") from error


def refused(path: str, why: str) -> UnreadableSource:
    """The error that says why a file cannot be read."""
    return UnreadableSource(f"Le fichier « {path} » ne peut pas être lu : {why}.", hint=_HINT)


def entry(value: Any, path: str) -> dict[str, Any]:
    """An object. Raises UnreadableSource."""
    if not isinstance(value, dict):
        raise refused(path, f"un objet était attendu, pas {_named(value)}")
    return value


def items(content: dict[str, Any], key: str, path: str) -> list[Any]:
    """The list under a key, empty when it is missing or null. Raises UnreadableSource."""
    value = content.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise refused(path, f"« {key} » doit être une liste, pas {_named(value)}")
    return value


def text(content: dict[str, Any], key: str, path: str) -> str:
    """The text under a key, empty when it is missing or null. Raises UnreadableSource."""
    value = content.get(key)
    return "" if value is None else checked(value, key, path)


def checked(value: Any, key: str, path: str) -> str:
    """A text that can be stored and shown. Raises UnreadableSource."""
    if not isinstance(value, str):
        raise refused(path, f"« {key} » doit être un texte, pas {_named(value)}")
    if wrong := _UNWRITABLE.search(value):
        raise refused(path, f"« {key} » contient le caractère interdit U+{ord(wrong[0]):04X}")
    return value


def whole(content: dict[str, Any], key: str, path: str) -> int:
    """The whole number under a key. Raises UnreadableSource."""
    value = content.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise refused(path, f"« {key} » doit être un nombre entier, pas {_named(value)}")
    return value


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} n'est pas un nombre")


def _number(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(f"{written[:20]} est trop grand")
    return value


_NAMES = {dict: "un objet", list: "une liste", str: "un texte", bool: "vrai ou faux", type(None): "rien"}


def _named(value: Any) -> str:
    return _NAMES.get(type(value), "un nombre")
