"""What a record states against what its source says: numbers in digits or words, citations, common runs of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kb.ids import provision_id, slug

LONGEST_COMMON_RUN = 11
# A heading in the current layout, a line of its own in the older one (the prison code among others).
HEADING = re.compile(r"^#{1,6} Article (.*\w.*)$", re.MULTILINE)
LINE = re.compile(r"^Article (\S+)$", re.MULTILINE)
SLUGS = {"LEGITEXT000006070158": "ceseda"}
UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
NUMBER = r"\d{1,3}(?: \d{3})+|\d+(?:,\d+)?"
CITATION = re.compile(r"\b(?:[LRD]\.? ?)?\d+(?:-\d+)+(?: [A-C]\b)?|\b[LRD]\.? ?\d+\b")
MEASURES = {
    "ans": r"(?:ans?|années?)",
    "an": r"(?:ans?|années?)",
    "mois": "mois",
    "jours": "jours?",
    "heures": "heures?",
    "€": r"(?:€|euros|d'euros)",
}
MEASURED = re.compile(rf"(?P<number>{NUMBER}) (?P<unit>ans|an|mois|jours|heures|€)(?!\w)")
WORDED = re.compile(
    rf"\b(?:{'|'.join(UNITS[2:])}|vingt|trente)[- ](?:ans|mois|jours|heures|euros|tiers)\b", re.I
)


def in_words(number: int) -> str:
    """A number below seventy as the codes write it: 7 → sept, 18 → dix-huit; and 1 000 000 → un million."""
    if number == 1_000_000:
        return "un million"
    if number <= 16:
        return UNITS[number]
    if number < 20:
        return f"dix-{UNITS[number - 10]}"
    if number >= 70:
        return str(number)
    tens, units = TENS[number // 10 * 10], number % 10
    return tens if not units else f"{tens} et un" if units == 1 else f"{tens}-{UNITS[units]}"


def plain(text: str) -> str:
    """One space between words, one kind of apostrophe, no break in a number."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("’", "'"))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).lower())


def forms(number: str) -> str:
    """A pattern of the ways in which a text may write a number."""
    compact = number.replace(" ", "")
    digits = r"[ ]?".join(re.escape(digit) for digit in compact)
    if "," in compact:
        return rf"(?<!\d){digits}(?!\d)"
    feminine = "|une?|premi[eè]re?|1er" if compact == "1" else ""
    return rf"(?:(?<!\d){digits}(?!\d)|\b(?:{in_words(int(compact))}{feminine})\b)"


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    size = LONGEST_COMMON_RUN + 1
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def articles(codes: Path) -> Iterator[str]:
    """The identifiers of the articles of a folder of codes."""
    for path in codes.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        title = re.search(r'^title: "(.+)"$', text, re.MULTILINE)
        assert title, path.name
        name = SLUGS.get(path.stem) or slug(title[1])
        for number in HEADING.findall(text) or LINE.findall(text):
            yield provision_id(name, number)
