"""The codes that some words may name while they are being typed: "cp", "cesed", "cesda", "code pen", "code pénale"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from kb.codes import Code, code_by_slug, codes_named, find_code, load_codes
from kb.suggestions.typed_reference import meaning
from kb.text.phrases import phrase_key

_LONG = 5


def codes_begun(words: Sequence[str]) -> tuple[str, ...]:
    """Slugs of the codes of which a name is, or begins with, these words; else the one whose name they misspell.

    >>> codes_begun(("cp",)), codes_begun(("cesed",)), codes_begun(("cesda",)), codes_begun(("code", "penale"))
    (('code-penal',), ('ceseda',), ('ceseda',), ('code-penal',))
    """
    typed = " ".join(words)
    exact = codes_named(typed)
    if exact:
        return tuple(code.slug for code in exact)
    begun = dict.fromkeys(slug for name, slug in _names() if name.startswith(typed))
    if begun:
        return tuple(begun)
    near = find_code(typed) or _acronym_near(typed)
    return (near.slug,) if near else ()


def _acronym_near(typed: str) -> Code | None:
    """The code whose long acronym has one fault, as "cesda"; a short one would be another word."""
    for code in load_codes():
        for acronym in code.acronyms:
            key = phrase_key(acronym)
            if len(key) >= _LONG and DamerauLevenshtein.distance(typed, key, score_cutoff=1) <= 1:
                return code
    return None


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """(words of a name, slug), the words that name nothing left out, as they are from what is typed."""
    return tuple(
        (" ".join(meaning(phrase_key(name))), code.slug) for code in load_codes() for name in code.all_names
    )


def code_label_names(slug: str) -> tuple[str, ...]:
    """Every name of a code, its identifier among them."""
    code = code_by_slug(slug)
    return (slug, *code.all_names) if code else (slug,)
