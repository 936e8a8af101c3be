"""The registry of codes: complete, unambiguous, and found by any of its names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from kb.citations import find_citations
from kb.codes import THRESHOLD, Code, code_by_legitext, code_by_slug, codes_named, find_code, load_codes
from kb.ids import canonical_number, slug
from kb.text.phrases import phrase_key

_SHORT_SLUGS = {"code-penal", "ceseda", "cpp", "code-travail", "code-civil"}
_CODES = load_codes()


def test_slugs_and_identifiers_are_unique() -> None:
    assert len({c.slug for c in _CODES}) == len({c.legitext for c in _CODES}) == len(_CODES) >= 80


@pytest.mark.parametrize("code", _CODES, ids=lambda c: c.slug)
def test_a_code_is_well_formed(code: Code) -> None:
    assert re.fullmatch(r"LEGITEXT\d{12}", code.legitext)
    assert code.slug in _SHORT_SLUGS or code.slug == slug(code.title)
    assert code.numbers in ("", "lettered", "plain")
    assert code.examples
    assert all(name == name.strip() and "  " not in name for name in code.all_names)


@pytest.mark.parametrize("code", _CODES, ids=lambda c: c.slug)
def test_every_name_leads_back_to_its_code(code: Code) -> None:
    assert code_by_slug(code.slug) is code_by_legitext(code.legitext) is code
    assert all(code in codes_named(name) for name in code.all_names)


@pytest.mark.parametrize("code", _CODES, ids=lambda c: c.slug)
def test_every_example_is_read_as_it_says(code: Code) -> None:
    for text, target in code.examples.items():
        assert [c.targets for c in find_citations(text)] == [(target,)]


@pytest.mark.parametrize("code", _CODES, ids=lambda c: c.slug)
def test_every_name_is_read_beside_an_article_number(code: Code) -> None:
    number = "L. 121-1" if code.lettered else "12"
    for name in code.all_names:
        (found,) = find_citations(f"voir l'article {number} {name} pour la suite")
        assert found.targets == (f"{code.slug}/{canonical_number(number)}",), name


def test_a_name_shared_by_two_codes_means_the_old_or_the_new_one() -> None:
    shared = {key for c in _CODES for key in map(phrase_key, c.all_names) if len(codes_named(key)) > 1}
    assert shared == {"code minier", "code rural"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("code pénale", "code-penal"),
        ("code penal", "code-penal"),
        ("cod penal", "code-penal"),
        ("code du travaille", "code-travail"),
        ("code civile", "code-civil"),
        ("code de procedure penal", "cpp"),
        ("code de la santé public", "code-de-la-sante-publique"),
        ("code de l'entrée et séjour des étrangers", "ceseda"),
        ("code de l'action social et des familles", "code-de-l-action-sociale-et-des-familles"),
        ("ceseda", "ceseda"),
        ("C. pén.", "code-penal"),
        ("code rural", "code-rural-et-de-la-peche-maritime"),
    ],
)
def test_a_misspelt_name_is_found(name: str, expected: str) -> None:
    found = find_code(name)
    assert found is not None
    assert found.slug == expected


@pytest.mark.parametrize(
    "name",
    [
        "code postal",
        "code moral",
        "code de conduite",
        "code de déontologie",
        "code source",
        "code mondial antidopage",
        "",
    ],
)
def test_what_is_no_code_is_not_one(name: str) -> None:
    assert find_code(name) is None


@pytest.mark.parametrize("code", _CODES, ids=lambda c: c.slug)
def test_no_code_answers_for_another_when_its_own_name_is_withheld(code: Code) -> None:
    """A name one letter short is either the code's own, or of no one."""
    for position in range(len(code.title)):
        found = find_code(code.title[:position] + code.title[position + 1 :])
        assert found is None or found.slug == code.slug or _nearest_is_an_annex(code, found)


def _nearest_is_an_annex(code: Code, found: Code) -> bool:
    """The four annexes differ by one numeral: dropping it is naming another one."""
    return "annexe" in code.slug and "annexe" in found.slug and fuzz.ratio(code.slug, found.slug) > THRESHOLD


@pytest.mark.sources
def test_the_registry_knows_every_code_of_the_sources(sources: Path) -> None:
    for path in sorted((sources / "codes" / "2026-04-03").glob("*.md")):
        head = path.read_text(encoding="utf-8")[:600]
        title = re.search(r'^title: "(.*)"', head, re.MULTILINE)
        code = code_by_legitext(path.stem)
        assert title is not None
        assert code is not None
        assert code.title == title[1]


@pytest.mark.sources
def test_the_numbers_of_a_code_are_as_the_registry_says(sources: Path) -> None:
    """Measured: no code has more than one number in forty that its `numbers` denies."""
    for path in sorted((sources / "codes" / "2026-04-03").glob("*.md")):
        found = re.findall(
            r"^#+ Article ([*LRDA]*O?\.? ?\d[^\n]*)$", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        code = code_by_legitext(path.stem)
        assert code is not None
        denied = [n for n in found if not code.has_number_like(canonical_number(n))]
        assert len(denied) <= len(found) / 40, (code.slug, denied[:5])
