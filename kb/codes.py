"""The registry of French codes: slugs, LEGITEXT identifiers, names and abbreviations, read from `codes.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from kb.ids import TextSlug
from kb.text.phrases import phrase_key

# Similarity (rapidfuzz ratio over keys, 0 to 100) from which a misspelt name is taken for a code's. Measured: the
# misspellings of tests/test_kb_codes.py score 91.7 or more ("code de la santé public"), what is no code 80 or less
# ("code moral" 80, "code NAF" 78, "code postal" 76). A rival of another code within MARGIN makes it doubtful.
THRESHOLD = 88
MARGIN = 4


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `numbers` is "lettered" (`L425-1`, `R425-1`), "plain" (`225-4-1`, `R610-5`) or "" when unknown."""

    slug: TextSlug
    legitext: str
    title: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    numbers: str = ""
    examples: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def lettered(self) -> bool:
        """Whether every number starts with a letter: `425-4` after `L. 425-1` then means `L425-4`."""
        return self.numbers == "lettered"

    def has_number_like(self, number: str) -> bool:
        """Whether the code numbers its articles so, whether or not this one exists.

        >>> [code_by_slug(s).has_number_like("L425-1") for s in ("ceseda", "code-penal")]
        [True, False]
        """
        if self.lettered:
            return number[:1].isalpha()
        return not (self.numbers == "plain" and number.startswith("L") and number[1:2].isdigit())

    @property
    def full_names(self) -> tuple[str, ...]:
        """Every name in full, official title first."""
        return (self.title, *self.names)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every way to write it, the ambiguous ones last."""
        return (*self.full_names, *self.acronyms, *self.abbreviations, *self.ambiguous)


@cache
def load_codes() -> tuple[Code, ...]:
    """Every code of the registry, in the order of their slugs."""
    table = tomllib.loads((files("kb") / "codes.toml").read_text(encoding="utf-8"))
    lists = ("names", "acronyms", "abbreviations", "ambiguous")
    return tuple(Code(**{**row, **{k: tuple(row.get(k, ())) for k in lists}}) for row in table["code"])


def code_by_slug(slug: str) -> Code | None:
    """The code of this slug.

    >>> code_by_slug("cpp").title
    'Code de procédure pénale'
    """
    return _by_slug().get(slug)


def code_by_legitext(legitext: str) -> Code | None:
    """The code of this LEGITEXT identifier.

    >>> code_by_legitext("LEGITEXT000006070719").slug
    'code-penal'
    """
    return _by_legitext().get(legitext)


def codes_named(name: str) -> tuple[Code, ...]:
    """The codes exactly so named, whatever the case and accents; two for "code rural", old and new."""
    return _by_name().get(phrase_key(name), ())


def find_code(name: str) -> Code | None:
    """The code of this name, abbreviation or acronym, also when misspelt; None rather than a doubtful guess.

    >>> find_code("code pénale").slug
    'code-penal'
    >>> find_code("code postal") is None
    True
    """
    exact = codes_named(name)
    if exact:
        return max(exact, key=lambda code: code.lettered)  # "code rural" today is the lettered one
    key = phrase_key(name)
    matches = process.extract(
        key, _fuzzy_names(), scorer=fuzz.ratio, score_cutoff=THRESHOLD - MARGIN, limit=5
    )
    if not matches or matches[0][1] < THRESHOLD:
        return None
    best = _by_name()[matches[0][0]]
    rivals = [score for other, score, _ in matches if _by_name()[other][0].slug != best[0].slug]
    return None if rivals and matches[0][1] - rivals[0] < MARGIN else best[0]


@cache
def _by_slug() -> dict[str, Code]:
    return {code.slug: code for code in load_codes()}


@cache
def _by_legitext() -> dict[str, Code]:
    return {code.legitext: code for code in load_codes()}


@cache
def _by_name() -> dict[str, tuple[Code, ...]]:
    """By key of name. A title belongs to its own code first; old and new codes may share a short name."""
    codes_by_name: dict[str, tuple[Code, ...]] = {}
    for code in load_codes():
        for name in code.all_names:
            key = phrase_key(name)
            if code not in codes_by_name.get(key, ()):
                codes_by_name[key] = (*codes_by_name.get(key, ()), code)
    return codes_by_name


@cache
def _fuzzy_names() -> tuple[str, ...]:
    """Only names in full: an acronym one letter away is another word."""
    return tuple(phrase_key(name) for code in load_codes() for name in code.full_names)
