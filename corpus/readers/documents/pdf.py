"""A PDF as one text: its pages, paragraphs, headings and footnotes told by the place and size of its lines."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from corpus.readers.documents.extracted import PARAGRAPH, RULE, Extracted
from corpus.readers.documents.pdf_pages import MAX_PAGES
from kb.errors import UnreadableSource

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
# Twice the processor time that the process allows itself, for a machine that is busy.
_SECONDS = 240
# A letter this much larger than those of the body is a heading's; the reports of GRETA set 12 and 14 on 11 points.
_HEADING = 1.12
_SMALL = 0.92
# Lines further apart than this many times the usual step may be of two paragraphs, as their words will tell; further
# apart than the other, they are. Measured on the reply of France set as a PDF, of which some questions are set wide.
_SPACED, _APART = 1.35, 2.2
# A line at the edge of a page is furniture when it stands on this share of the pages.
_REPEATED = 0.4
_EDGE = 2
_SHORT = 90
_HEIGHTS = 4
_LONGEST_HEADING = 200
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(r"\d{1,3}\s+\S")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_REFUSALS = {
    "password": "il est protégé par un mot de passe",
    "damaged": "ce n'est pas un PDF entier",
    "pages": f"il a {{count}} pages, plus que les {MAX_PAGES} qui sont lues",
    "page": "sa page {count} est abîmée",
    "characters": "il contient plus de texte qu'il n'en est lu",
    "memory": "il demande plus de mémoire qu'un document n'en demande",
}


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    top: float
    bottom: float


def extract_pdf(data: bytes, path: str) -> Extracted:
    """The text of a PDF. Raises UnreadableSource: encrypted, damaged, too long, hostile, or made of images."""
    pages = _pages(data, path)
    furniture = _furniture(pages)
    body = [
        [line for line in page if line not in _edges(page) or _key(line) not in furniture] for page in pages
    ]
    if not any(body):
        raise _refused(path, "il ne contient aucun texte : ses pages sont des images", _SCANNED)
    raw, levels = _compose(body)
    return Extracted(raw, levels, len(pages), tuple(sorted({text for text, _ in furniture})))


_SCANNED = "Faites reconnaître ses caractères, puis reprenez le fichier."


def _pages(data: bytes, path: str) -> list[list[_Line]]:
    try:
        done = subprocess.run(
            [sys.executable, str(_PROGRAM)], input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(path, f"sa lecture a dépassé {_SECONDS} secondes") from error
    if done.returncode:
        raise _refused(
            path, "sa lecture a échoué : il est abîmé, ou demande plus de temps et de mémoire que permis"
        )
    found = json.loads(done.stdout)
    if "error" in found:
        raise _refused(path, _REFUSALS[found["error"]].format(count=found.get("count", 0)))
    return [[_line(*values) for values in page] for page in found["pages"]]


def _line(text: str, size: float, top: float, bottom: float) -> _Line:
    """A soft hyphen at the end of a line (U+0002 for pdfium) is a hyphen; what cannot be written is a space."""
    shown = text.replace("\x02", "-").replace("\xad", "-").replace("\ufffe", "-")
    return _Line(" ".join(_UNWRITABLE.sub(" ", shown).split()), size, top, bottom)


def _refused(path: str, why: str, hint: str = "Reprendre le fichier d'origine.") -> UnreadableSource:
    return UnreadableSource(f"Le PDF « {path} » ne peut pas être lu : {why}.", hint=hint)


def _key(line: _Line) -> tuple[str, int]:
    """What repeats from page to page: the words, whatever the page number, and the height at which they stand."""
    return _DIGITS.sub("#", line.text), round(line.top / _HEIGHTS)


def _edges(page: Sequence[_Line]) -> Sequence[_Line]:
    return (*page[:_EDGE], *page[-_EDGE:])


def _furniture(pages: Sequence[Sequence[_Line]]) -> frozenset[tuple[str, int]]:
    """The short lines that come first or last, at one height, page after page."""
    counts = Counter(
        key for page in pages for key in {_key(line) for line in _edges(page) if len(line.text) <= _SHORT}
    )
    least = max(3, _REPEATED * len(pages))
    return frozenset(key for key, count in counts.items() if count >= least)


def _compose(pages: Sequence[Sequence[_Line]]) -> tuple[str, dict[int, int]]:
    """The raw text, and the level of each line that is larger than the body."""
    body = _body_size(pages)
    ranks = _ranks(pages, body)
    step = _step(pages, body)
    parts: list[str] = []
    levels: dict[int, int] = {}
    length = 0
    for number, page in enumerate(pages):
        opening = "\f" if number else ""
        if not page:
            parts.append(f"{opening}\n")
            length += len(opening) + 1
        for before, line in _laid_out(page, body, step):
            above = opening + "".join(f"{b}\n" for b in before)
            opening = ""
            if rank := ranks.get(_rounded(line.size)):
                levels[length + len(above)] = rank
            parts.append(f"{above}{line.text}\n")
            length += len(above) + len(line.text) + 1
    return "".join(parts), levels


def _laid_out(page: Sequence[_Line], body: float, step: float) -> Iterator[tuple[list[str], _Line]]:
    """Each line with the lines that part it from the one before."""
    notes = _first_note(page, body)
    for position, line in enumerate(page):
        before: list[str] = []
        if position == notes:
            before = ["", RULE]
        elif position:
            before = _between(page[position - 1], line, body, step)
        yield before, line


def _between(above: _Line, line: _Line, body: float, step: float) -> list[str]:
    """What parts a line from the one above it: nothing, a space, or the end of a paragraph."""
    other = _rounded(above.size) != _rounded(line.size) and max(above.size, line.size) > body * _HEADING
    gap = above.bottom - line.bottom
    if other or gap < 0 or gap > _APART * step:  # a line above the one before begins another column
        return [PARAGRAPH]
    return [""] if gap > _SPACED * step else []


def _first_note(page: Sequence[_Line], body: float) -> int:
    """The first line of the footnotes: small, numbered, with small lines alone after it; -1 when there is none."""
    first = -1
    for position in range(len(page) - 1, -1, -1):
        if page[position].size > body * _SMALL:
            break
        if _NOTE.match(page[position].text):
            first = position
    return first


def _body_size(pages: Sequence[Sequence[_Line]]) -> float:
    """The size in which most characters are set."""
    counts: Counter[float] = Counter()
    for page in pages:
        for line in page:
            counts[_rounded(line.size)] += len(line.text)
    return counts.most_common(1)[0][0]


def _ranks(pages: Sequence[Sequence[_Line]], body: float) -> dict[float, int]:
    """The sizes of headings, from the largest: 1, 2, 3…"""
    sizes = {
        _rounded(line.size)
        for page in pages
        for line in page
        if line.size > body * _HEADING and len(line.text) <= _LONGEST_HEADING
    }
    return {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), 1)}


def _step(pages: Sequence[Sequence[_Line]], body: float) -> float:
    """The usual distance from one line of the body to the next."""
    steps = [
        above.bottom - line.bottom
        for page in pages
        for above, line in pairwise(page)
        if _rounded(line.size) == _rounded(above.size) == body and above.bottom > line.bottom
    ]
    return median(steps) if steps else body * 1.2


def _rounded(size: float) -> float:
    return round(size * 2) / 2
