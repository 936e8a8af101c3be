"""Article numbers, alone and in lists: "L. 425-1", "224-1 B", "15 bis", "L 1251-45 à 58", "R425-1 et s."."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from kb.citations.model import Item
from kb.citations.patterns import HYPHEN, MONTH, french, plain, reading
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
    r"(?:ZZ[A-Z]{1,2}|[A-HJ-UWYZ]|[A-Z]{2})(?![\w’'°]|\.[a-zà-ÿA-Z])"
)
PREFIX = r"(?:\*{0,2}(?:[Ll]\.?\s?[OoPp]|[LRDAlrda])\.?\s?\*{0,2}\.?~)"
# Possessive: a number that is not read to its end is not read as a shorter one.
_CORE = rf"\d{{1,5}}+(?:{HYPHEN}\s{{0,3}}\d{{1,4}}+)*+"
# What may touch the end of a number: the next word of its list, without a blank. Neither another part of it, nor a
# sign that is not known before more figures.
_TOUCHING = r"(?:et|ou)(?=[LRDA]?\.?\s?\d)|(?:du|de|des)(?=\s)|à(?=[LRDA]?\.?\s?\d)"
_UNREAD = rf"{HYPHEN}(?![\s\w(«])|{HYPHEN}\s{{0,3}}\d|[^\w\s.,;:()\x5b\x5d«»\"“”'’…&§/°–—-]+\d"
# "2ème", "111è": an ordinal in figures.
_ORDINAL_MARK = r"(?:er|ère|re|e|è|ème|eme|nd|nde)(?!\w)"
_EXTENSION = rf"(?: (?:{_LATIN}|{_LETTERS})(?:{HYPHEN}\d{{1,3}})*)"
NUMBER = french(rf"{PREFIX}?(?:{_CORE})(?:~er\b)?{_EXTENSION}{{0,4}}")
# "225-4-1CP": an acronym written without a blank.
_GLUED_CODE = r"(?:CPP?|cpp?|CESEDA|ceseda)\b"
_NUMBER = re.compile(
    french(
        rf"(?P<prefix>{PREFIX})?(?P<core>{_CORE})(?:~er\b|(?P<ordinal>{_ORDINAL_MARK})|(?P<glued>(?!{_GLUED_CODE})[A-Z]\d?)(?!\w))?"
        rf"(?P<extension>{_EXTENSION}{{0,4}})(?!~°|(?!{_GLUED_CODE}|{_TOUCHING})[\w€%]|[/.]\d|,\d+\s?[%€]|{_UNREAD})"
    )
)
# "articles premier et second", "article quatrième"; "premier alinéa" is no article.
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "premier ier first", "second deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme",
            "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_WORDED = reading(
    r"(premier|liminaire|préliminaire|unique|Ier|seconde?|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz"
    r"|quatorz|quinz)ième)(?!\w)"
    r"(?! (?:et (?:premier|dernier|second|[^\W\d]+ième) )?(?:alinéa|phrase|paragraphe|tiret|point))"
)
# What shows that a number in a list is a quantity or a date and no article: "de 228 600 euros".
_QUANTITY = reading(
    rf"(?:\s\d{{3}})*+\s+(?:{MONTH}|ans?|mois|jours?|heures?|euros?|francs?|personnes?|victimes|membres|fois|€)"
    r"(?!\w)"
)
# "225.4.1", "6.1": parts of the number of a code's article, paragraphs of a treaty's.
_DOTTED = re.compile(
    french(rf"(?P<head>{PREFIX}?\d{{1,5}})(?P<tail>(?:\.\d{{1,3}}){{1,4}})(?![\w€%/]|\.\d|,\d|\s?[€%])")
)
# A number spread out: "225 - 4 - 1", "R. 212 -1". What follows a hyphen so is lower than what the number begins with,
# which has three figures: "120 - 135" is a range.
_SPREAD = re.compile(
    rf"\s{{1,3}}{HYPHEN}\s{{0,3}}(?P<first>\d{{1,3}})(?:{HYPHEN}\d{{1,3}})*(?![\w°)€%/]|[.,]\d|\s\d{{3}})"
)
_THREE_FIGURES = re.compile(r"[A-Za-z.*\s]*(\d{3,5})")
# "706 40 CPP", "L 425 1 du CESEDA": right before the name of a code.
_SPACED = reading(
    rf"(?P<number>{PREFIX}\d{{3,4}} \d{{1,2}}(?: \d{{1,2}})?|\d{{3}} (?:\d\d|\d \d{{1,2}}))"
    r"(?= (?:du )?(?:c\.|cpp|cp|ceseda|casf|code)(?!\w))"
)
# "L. 425-1, -2 et -3": the last part alone.
_LAST_PART = re.compile(rf"{HYPHEN}(\d{{1,3}})(?![\w/.%€]|{HYPHEN})")
# "371 LB à 371 LE": capitals that elsewhere would begin a word.
_TWO_CAPITALS = re.compile(r"\s{1,3}([A-Z]{2})(?![\w’'°])")
# Figures from which a bound as long as the beginning of the other is a whole number ("12-1 à 14").
_WHOLE = 2
_SEPARATOR = reading(
    r"(?: [–—])?~(?:,~(?:(?:et|ou|and|or)~)?|(?:et/ou|et|ou|&|ainsi que|and|or)~)(?:(?:de|à|au|aux) )?"
)
_RANGE = reading(rf"~(?:(?:jusqu'à|jusqu'au|à|au|to) (?:l'article )?|{HYPHEN} )")
_OPEN = reading(r"~,?~(?:et (?:suivante?s?|suiv\.?|ss?\.|ss?)|ss?\.|et seq\.?)(?!\w)")


def read_items(text: str, position: int) -> tuple[tuple[Item, ...], int]:
    """The list of articles that starts exactly at `position`, and where it ends; nothing and `position` if none.

    >>> read_items("L 1251-45 à 58 du code", 0)
    ((Item(number='L1251-45', end='L1251-58', open=False, subdivision='', paragraph=''),), 14)
    """
    first, end = _read_item(text, position, read_number)
    if first is None:
        return (), position
    items = [first]
    while separator := _SEPARATOR.match(text, gloss_end(text, end)):
        item, after = _read_item(text, separator.end(), read_number)
        if item is None:
            item, after = _last_part(text, separator.end(), items[-1].number)
        if item is None or _QUANTITY.match(text, after):
            break
        items.append(item)
        end = after
    return tuple(items), end


def list_goes_on(text: str, position: int) -> int:
    """Where the next number of a list would start, after one that ends at `position`; 0 when the list is over."""
    separator = _SEPARATOR.match(text, position)
    return separator.end() if separator else 0


def read_number(text: str, position: int) -> tuple[Item | None, int]:
    """The number at `position`, in figures or as "premier", "unique", "liminaire", and where it ends.

    >>> read_number("1A2 de la convention", 0)
    (Item(number='1', end='', open=False, subdivision='A 2', paragraph=''), 3)
    """
    item, end = read_figures(text, position)
    worded = _WORDED.match(text, position) if item is None else None
    if worded is None:
        return item, end
    word = plain(worded[1])
    return Item(
        _ORDINALS.get(word.removesuffix("e") if word == "seconde" else word) or canonical(word)
    ), worded.end()


def read_figures(text: str, position: int) -> tuple[Item | None, int]:
    """The number at `position`, in figures alone."""
    spaced = _SPACED.match(text, position)
    if spaced:
        return Item(canonical(spaced["number"])), spaced.end()
    found = _NUMBER.match(text, position)
    if found is None:
        return _read_dotted(text, position)
    glued, written = found["glued"] or "", (found["prefix"] or "") + found["core"]
    if len(glued) == 1:
        return Item(canonical(f"{written} {glued}")), found.end()
    if glued or found["extension"]:
        return Item(canonical(written + found["extension"]), subdivision=" ".join(glued)), found.end()
    end = _spread_end(text, written, found.end())
    tail = "".join(text[found.end() : end].split())
    return Item(canonical(written + tail)), end


def _read_dotted(text: str, position: int) -> tuple[Item | None, int]:
    found = _DOTTED.match(text, position)
    if found is None:
        return None, position
    return Item(canonical(found["head"]), paragraph=found["tail"][1:]), found.end()


def _spread_end(text: str, written: str, end: int) -> int:
    figures = _THREE_FIGURES.match(written)
    while figures and (part := _SPREAD.match(text, end)) and int(part["first"]) < int(figures[1]):
        if _QUANTITY.match(text, part.end()):
            break
        end = part.end()
    return end


def _last_part(text: str, position: int, before: str) -> tuple[Item | None, int]:
    """ "-2" after "L425-1"."""
    found = _LAST_PART.match(text, position)
    stem, hyphen, _ = before.rpartition("-")
    if found is None or not hyphen:
        return None, position
    return Item(f"{stem}-{found[1]}"), found.end()


@lru_cache(maxsize=100_000)
def canonical(number: str) -> str:
    """`kb.ids.canonical_number`, remembered: a code cites the same numbers over and over."""
    return canonical_number(
        re.sub(r"[-‐‑–]\s*", "-", re.sub(r"^([Ll])\.?\s?[Pp]\.?\s*", "LP", number.lstrip("*")))
    )


def _read_item(
    text: str, position: int, read: Callable[[str, int], tuple[Item | None, int]]
) -> tuple[Item | None, int]:
    item, end = read(text, position)
    if item is None:
        return None, position
    subdivision, end = read_subdivision(text, end)
    if subdivision:
        item = replace(item, subdivision=f"{item.subdivision} {subdivision}".lstrip())
    following = _OPEN.match(text, end)
    if following:
        return replace(item, open=True), following.end()
    return _close_range(text, item, end)


def _close_range(text: str, item: Item, end: int) -> tuple[Item, int]:
    link = _RANGE.match(text, end)
    if link is None or item.paragraph:
        return item, end
    last, after = read_figures(text, link.end())
    if last is None:
        last, after = _last_part(text, link.end(), item.number)
    if last is None or last.paragraph or _QUANTITY.match(text, after):
        return item, end
    number = last.number
    capitals = (
        _TWO_CAPITALS.match(text, after) if item.number[-3:-2] == "-" and number[-1].isdigit() else None
    )
    if capitals and item.number[-2:].isalpha():
        number, after = f"{number}-{capitals[1]}", capitals.end()
    subdivision, after = read_subdivision(text, after)
    return replace(
        item, end=_complete(item.number, number), subdivision=item.subdivision or subdivision
    ), after


def _complete(first: str, last: str) -> str:
    """The upper bound with what it leaves out of the lower one.

    >>> _complete("L1251-45", "58"), _complete("L511-1", "511-3"), _complete("1", "5")
    ('L1251-58', 'L511-3', '5')
    >>> _complete("813-1", "814"), _complete("225-4-1", "225-5"), _complete("225-4-1", "4-9")
    ('814', '225-5', '225-4-9')
    """
    prefix = number_letter(first)
    if number_letter(last):
        return last
    parts, tail = first[len(prefix) :].split("-"), last.split("-")
    kept = parts[: len(parts) - len(tail)]
    rest = parts[len(kept) :]
    if kept and all(p.isdigit() for p in rest) and not _begins_anew(kept[0], tail[0]):
        return prefix + "-".join([*kept, *tail])
    return prefix + last


def _begins_anew(first: str, last: str) -> bool:
    """Whether a bound is a whole number: "814" after "813-1" is, "58" after "1251-45" is not."""
    return last.isdigit() and len(last) == len(first) >= _WHOLE and int(last) >= int(first)


def number_letter(number: str) -> str:
    """The letter of the series: "L" for `L425-1`, "LO" for `LO119`, nothing for `225-4-1`."""
    found = re.match(r"LO|LP|[LRDA](?=\d)", number)
    return found[0] if found else ""
