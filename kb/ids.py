"""Identifiers: the only place where one is made, checked, parsed or formatted.

    code-penal/225-4-1      ceseda/L425-1       eu/dir/2011/36/12       loi/2016-444/5
    coe/stce-197/4          oit/c081/3          cass/23-85.798          circulaire/2023-03-28
    ca/chambery/20-00804    (a decision of a court that shares its numbers with others: by its seat)
    ceseda/L522-1..L522-5   (a range)           ceseda/R425-1..         (an open range)

An identifier is the path of a text, then, when it names an article, the article's number.
`parse_id` and `format_id` are inverse of each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NewType

from kb.errors import InvalidIdentifier

ProvisionId = NewType("ProvisionId", str)
"""A checked identifier of one article (or act, or decision): `code-penal/225-4-1`."""
TextSlug = NewType("TextSlug", str)
"""A checked path of one text: `code-penal`, `eu/dir/2011/36`, `loi/2016-444`."""
DocumentId = NewType("DocumentId", str)
"""A source document: `code-penal@2026-04-03`, `reponse-france-greta-4`."""
PassageId = NewType("PassageId", str)
"""A passage of a document: `<document>/<place>/<n>`."""

MAX_LENGTH = 200
# How many path segments name the text itself, by family; a family not listed here is a code (one segment).
_TEXT_DEPTH = {
    "eu": 2,
    "coe": 2,
    "oit": 2,
    "onu": 2,
    "icat": 3,
    "loi": 2,
    "ordonnance": 2,
    "decret": 2,
    "arrete": 2,
    "circulaire": 2,
    "depeche": 2,
    "instruction": 2,
    "note": 2,
    "cass": 2,
    "ce": 2,
    "cc": 2,
    "cedh": 2,
    "cjue": 2,
    "ecli": 2,
    "cnda": 2,
    "caa": 2,
    "ca": 3,
    "tj": 3,
    "tcom": 3,
    "tgi": 3,
    "ta": 3,
    "cph": 3,
    "juridiction": 3,
    "jorf": 2,
    "juri": 2,
    "judilibre": 2,
    "legiarti": 2,
    "legitext": 2,
    "natinf": 2,
    "nor": 2,
}
_EU_NUMBERED = {"dir", "reg", "dec", "recommandation", "decision-cadre"}
_COE_SUBTEXTS = {"comite-des-parties", "greta"}
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_()-]*\Z")
_NUMBER_HEAD = re.compile(r"(?P<prefix>LO|[LRDA])?\s*\.?\s*(?P<star>\*{0,2})\s*\.?\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A parsed identifier. `number` is None for a whole text; `end` closes a range, `open` leaves it open."""

    text: TextSlug
    number: str | None = None
    end: str | None = None
    open: bool = False


def parse_id(value: str) -> Identifier:
    """Read an identifier.

    >>> parse_id("ceseda/L522-1..L522-5")
    Identifier(text='ceseda', number='L522-1', end='L522-5', open=False)
    >>> parse_id("eu/dir/2011/36").number is None
    True

    Raises InvalidIdentifier.
    """
    if not value or len(value) > MAX_LENGTH:
        raise InvalidIdentifier(f"Identifiant vide ou trop long ({len(value)} caractères).")
    body, dots, tail = value.partition("..")
    segments = body.split("/")
    if not all(_SEGMENT.match(s) for s in segments) or (tail and not _SEGMENT.match(tail)):
        raise InvalidIdentifier(
            f"« {value} » n'est pas un identifiant de disposition.",
            hint="Exemples : code-penal/225-4-1, ceseda/L425-1, eu/dir/2011/36/12.",
        )
    depth = _text_depth(segments)
    if len(segments) < depth or (dots and len(segments) == depth):
        raise InvalidIdentifier(f"« {value} » est un identifiant incomplet.")
    number = "/".join(segments[depth:]) or None
    return Identifier(TextSlug("/".join(segments[:depth])), number, tail or None, bool(dots) and not tail)


def format_id(identifier: Identifier) -> str:
    """Write an identifier; the inverse of `parse_id`."""
    value: str = identifier.text
    if identifier.number is not None:
        value += f"/{identifier.number}"
    if identifier.end is not None:
        return f"{value}..{identifier.end}"
    return f"{value}.." if identifier.open else value


def provision_id(text: str, number: str) -> ProvisionId:
    """The identifier of one article, from the slug of its text and its number as written.

    >>> provision_id("code-penal", "224-1 B")
    'code-penal/224-1-B'
    >>> provision_id("ceseda", "L. 425-1")
    'ceseda/L425-1'
    """
    value = f"{text}/{canonical_number(number)}"
    parse_id(value)
    return ProvisionId(value)


def canonical_number(number: str) -> str:
    """An article number in its one spelling: no dot, no space, no star, capital prefix and letters.

    >>> [canonical_number(n) for n in ("L. 425-1", "R*. 123-4", "*R421-9", "15 bis", "1er", "224-1 b", "l.o. 119")]
    ['L425-1', 'R123-4', 'R421-9', '15-bis', '1', '224-1-B', 'LO119']
    >>> canonical_number("Annexe à l'article R. 122-30")
    'annexe-a-l-article-r-122-30'

    The star of `R*` only tells how a decree was adopted; two articles never differ by it alone.
    """
    text = unicodedata.normalize("NFKC", number).replace("–", "-").replace("‑", "-").strip(" \t\n*")
    text = re.sub(r"^l\s*\.?\s*o\s*\.?\s*(?=\d)", "LO", text, flags=re.IGNORECASE)
    head = _NUMBER_HEAD.match(text)
    if head is None or not re.match(r"\d", text[head.end() :]):
        if not re.match(r"\d", text):
            return slug(number)
        prefix, rest = "", text
    else:
        prefix, rest = (head["prefix"] or "").upper(), text[head.end() :]
    rest = re.sub(r"^1er\b", "1", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\s*-\s*", "-", rest)
    words = [_number_word(w) for w in re.split(r"[\s.,()/-]+", rest) if w]
    return prefix + "-".join(words) if words else slug(number)


def slug(title: str) -> str:
    """A title as lower-case ASCII words joined by hyphens.

    >>> slug("Code de l'énergie")
    'code-de-l-energie'

    Raises InvalidIdentifier when nothing is left.
    """
    ascii_text = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "Oe"))
    words = re.findall(r"[a-z0-9]+", ascii_text.encode("ascii", "ignore").decode().lower().replace("'", " "))
    if not words:
        raise InvalidIdentifier(f"« {title} » ne donne aucun identifiant.")
    return "-".join(words)[:150].rstrip("-")


def _number_word(word: str) -> str:
    """Ordinal words (bis, ter…) stay in lower case; letters that are part of the number are capitals."""
    ascii_word = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return ascii_word.lower() if len(ascii_word) > 2 and ascii_word.isalpha() else ascii_word.upper()


def _text_depth(segments: list[str]) -> int:
    family = segments[0]
    if family == "eu" and len(segments) > 1 and segments[1] in _EU_NUMBERED:
        return 4
    if family == "coe" and len(segments) > 1 and segments[1] in _COE_SUBTEXTS:
        return 3
    # A decision by its day alone, an order by its number alone: the court or the series is of the text.
    if (family == "juri" and not segments[-1].startswith("JURITEXT")) or segments[1:2] == ["n"]:
        return 3
    return _TEXT_DEPTH.get(family, 1)
