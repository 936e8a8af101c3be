"""A reference while it is being typed: "225-4-", "L425", "art. 225-4-1 cp", "ceseda l 425"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text.phrases import phrase_key
from kb.text.spans import Span

_ORDINALS = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies"
_NUMBER = re.compile(
    r"(?<![a-z0-9])(?:(?P<letter>l\s?\.?\s?o|[lrda])[\s.*]{0,3})?"
    r"(?P<digits>\d{1,6}(?:\s?[-.]\s?\d{1,6}){0,8})(?!\d)(?:er(?![a-z]))?"
    rf"(?P<word>[\s-]{{1,2}}(?:{_ORDINALS}|[a-z])(?![a-z]))?(?P<open>\s?[-.](?![\d-]))?"
)
AROUND = frozenset(
    {"a", "art", "article", "articles", "arts", "au", "aux", "d", "de", "des", "du", "en", "et"}
    | {"l", "la", "le", "les", "no", "numero", "un", "une"}
)
"""Words that name nothing by themselves."""
_HYPHENS = str.maketrans("‐‑–", "---")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number being typed. `prefix` is how its canonical spelling begins, `rest` the key of the words around it.

    `sure` tells a number of an article from a quantity: it has a hyphen or a letter.
    """

    prefix: str
    rest: tuple[str, ...]
    span: Span
    sure: bool


def typed_numbers(text: str) -> Iterator[TypedNumber]:
    """The readings of the first number of a text, the one with its last letter first.

    >>> [(n.prefix, n.rest) for n in typed_numbers("art. 225-4-1 cp")]
    [('225-4-1', ('cp',))]
    >>> [(n.prefix, n.rest) for n in typed_numbers("224-1 b")]
    [('224-1-B', ()), ('224-1', ('b',))]
    >>> [n.prefix for n in typed_numbers("ceseda l 425")], [n.prefix for n in typed_numbers("225-4-")]
    (['L425'], ['225-4-'])
    """
    plain = plain_characters(text)
    match = _NUMBER.search(plain)
    if match is None:
        return
    letter = re.sub(r"[\s.]", "", match["letter"] or "").upper()
    number = letter + re.sub(r"\s?[-.]\s?", "-", match["digits"])
    sure = bool(letter) or "-" in number
    if match["word"]:
        word = match["word"].strip(" -")
        label = word if len(word) > 1 else word.upper()
        yield _typed(plain, f"{number}-{label}", Span(*match.span()), sure)
        yield _typed(plain, number, Span(match.start(), match.start("word")), sure)
    else:
        end = match.end()
        yield _typed(
            plain, number + "-" * bool(match["open"] and "-" in match["open"]), Span(match.start(), end), sure
        )


def _typed(plain: str, prefix: str, span: Span, sure: bool) -> TypedNumber:
    around = meaning(phrase_key(f"{plain[: span.start]} {plain[span.end :]}"))
    return TypedNumber(prefix, around, span, sure)


def meaning(key: str) -> tuple[str, ...]:
    """The words of a key that name something.

    >>> meaning("code de l entree et du sejour")
    ('code', 'entree', 'sejour')
    """
    return tuple(word for word in key.split() if word not in AROUND)


def plain_characters(text: str) -> str:
    """In lower case and without accents, character for character: places hold.

    >>> plain_characters("Art. L. 425–1, Pénal")
    'art. l. 425-1, penal'
    """
    return "".join(_plain(c) for c in text.translate(_HYPHENS))


def _plain(character: str) -> str:
    """One character for one, whatever Unicode makes of it."""
    return unicodedata.normalize("NFKD", character)[:1].lower()[:1] or " "
