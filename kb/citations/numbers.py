"""Article numbers, alone and in lists: "L. 425-1", "224-1 B", "15 bis", "L 1251-45 à 58", "R425-1 et s."."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kb.citations.model import Item
from kb.citations.patterns import HYPHEN, MONTH, french, reading
from kb.citations.subdivisions import gloss_end, read_subdivision
from kb.ids import canonical_number

_LATIN = (
    r"(?:bis|ter|quater|(?:quinqu|sex|sept|oct|non|nov|dec|undec|duodec|terdec|quaterdec|quindec|sexdec|septdec"
    r"|octodec|novodec|vic|unvic|duovic|tervic|quatervic|quinvic|sexvic|septvic|octovic|novovic|tric|untric"
    r"|duotric)ies)(?!\w)"
)
# One capital, or two as in the tax codes, that are neither a Roman numeral, a word in capitals, an acronym, nor the
# prefix of the next number; "C." opens the abbreviation of a code.
_LETTERS = (
    r"(?![LRDA]\.?\s?\*?\d|[CM]\.|(?:[IVX]{2}|D[EU]|L[AE]|A[LU]|E[NTSU]|O[NU]|UE|UN|IL|DC|C[PCTREI])\b)"
    r"(?:[A-HJ-UWYZ]|[A-Z]{2})(?![\w’'°]|\.[a-zà-ÿA-Z])"
)
PREFIX = r"(?:\*{0,2}(?:[Ll]\.?\s?[OoPp]|[LRDAlrda])\.?\s?\*{0,2}\.?~)"
_CORE = rf"\d{{1,5}}(?:{HYPHEN}\s{{0,3}}\d{{1,4}})*"
_EXTENSION = rf"(?: (?:{_LATIN}|{_LETTERS})(?:{HYPHEN}\d{{1,3}})*)"
NUMBER = french(rf"{PREFIX}?(?:{_CORE})(?:~er\b)?{_EXTENSION}{{0,4}}")
_NUMBER = re.compile(
    french(
        rf"(?P<prefix>{PREFIX})?(?P<core>{_CORE})(?:~er\b|(?P<glued>[A-Z]\d?)(?!\w))?"
        rf"(?P<extension>{_EXTENSION}{{0,4}})(?!~°|[\w€%]|[/.]\d|,\d+\s?[%€])"
    )
)
_WORDED = reading(r"(premier|liminaire|préliminaire|unique|Ier)\b")
# What shows that a number in a list is a quantity or a date and no article.
_QUANTITY = reading(
    rf"\s+(?:{MONTH}|ans?|mois|jours?|heures?|euros?|personnes?|victimes|membres|fois|€)(?!\w)"
)
_SEPARATOR = reading(r"~(?:,~(?:(?:et|ou) )?|(?:et/ou|et|ou|ainsi que) )(?:(?:de|à|au|aux) )?")
_RANGE = reading(rf"~(?:(?:jusqu'à|jusqu'au|à|au) (?:l'article )?|{HYPHEN} )")
_OPEN = reading(r"~,?~(?:et (?:suivante?s?|suiv\.?|ss?\.|ss?)|ss?\.)(?!\w)")


def read_items(text: str, position: int) -> tuple[tuple[Item, ...], int]:
    """The list of articles that starts exactly at `position`, and where it ends; nothing and `position` if none.

    >>> read_items("L 1251-45 à 58 du code", 0)
    ((Item(number='L1251-45', end='L1251-58', open=False, subdivision=''),), 14)
    """
    first, end = _read_item(text, position, "")
    if first is None:
        return (), position
    items = [first]
    while True:
        separator = _SEPARATOR.match(text, gloss_end(text, end))
        if not separator:
            break
        item, after = _read_item(text, separator.end(), number_letter(items[-1].number))
        if item is None or _QUANTITY.match(text, after):
            break
        items.append(item)
        end = after
    return tuple(items), end


def read_number(text: str, position: int) -> tuple[str, str, int]:
    """Number in its one spelling, glued subdivision ("1A2": "A 2"), end; an empty number if there is none."""
    found = _NUMBER.match(text, position)
    if found is None:
        worded = _WORDED.match(text, position)
        if worded is None:
            return "", "", position
        word = worded[1].lower()
        return ("1" if word in ("premier", "ier") else canonical(word)), "", worded.end()
    glued = found["glued"] or ""
    number = (found["prefix"] or "") + found["core"] + (found["extension"] or "")
    if len(glued) == 1:
        return canonical(f"{(found['prefix'] or '') + found['core']} {glued}"), "", found.end()
    return canonical(number), " ".join(glued), found.end()


@lru_cache(maxsize=100_000)
def canonical(number: str) -> str:
    """`kb.ids.canonical_number`, remembered: a code cites the same numbers over and over."""
    return canonical_number(
        re.sub(r"[-‐‑–]\s*", "-", re.sub(r"^([Ll])\.?\s?[Pp]\.?\s*", "LP", number.lstrip("*")))
    )


def _read_item(text: str, position: int, prefix: str) -> tuple[Item | None, int]:
    number, glued, end = read_number(text, position)
    if not number:
        return None, position
    subdivision, end = read_subdivision(text, end)
    item = Item(number, subdivision=" ".join(filter(None, (glued, subdivision))))
    following = _OPEN.match(text, end)
    if following:
        return replace(item, open=True), following.end()
    return _close_range(text, item, end)


def _close_range(text: str, item: Item, end: int) -> tuple[Item, int]:
    link = _RANGE.match(text, end)
    if link is None:
        return item, end
    last, _, after = read_number(text, link.end())
    if not last or _QUANTITY.match(text, after):
        return item, end
    last = _complete(item.number, last)
    subdivision, after = read_subdivision(text, after)
    return replace(item, end=last, subdivision=item.subdivision or subdivision), after


def _complete(first: str, last: str) -> str:
    """The upper bound with what it leaves out of the lower one.

    >>> _complete("L1251-45", "58"), _complete("L511-1", "511-3"), _complete("1", "5")
    ('L1251-58', 'L511-3', '5')
    """
    prefix = number_letter(first)
    if number_letter(last):
        return last
    parts, tail = first[len(prefix) :].split("-"), last.split("-")
    if len(tail) < len(parts) and all(p.isdigit() for p in parts[len(parts) - len(tail) :]):
        return prefix + "-".join([*parts[: len(parts) - len(tail)], *tail])
    return prefix + last


def number_letter(number: str) -> str:
    """The letter of the series: "L" for `L425-1`, "LO" for `LO119`, nothing for `225-4-1`."""
    found = re.match(r"LO|LP|[LRDA](?=\d)", number)
    return found[0] if found else ""
