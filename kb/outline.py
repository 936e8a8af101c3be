"""The plan of a code as a tree: parts, books, titles, chapters, sections, each with its articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.errors import InvalidIdentifier
from kb.ids import slug

_DESIGNATION = re.compile(r"\s*:\s")
# A name in an address stays readable up to this length.
_LONGEST = 60
ELSEWHERE = "Hors du plan"
"""Title given to the articles that the source puts under no heading."""
# What follows a number, in its order: the alphabet would put "quater" before "ter".
_MORE = ("", "bis", "ter", "quater", "quinquies", "sexies", "a", "b", "c", "d", "e", "f", "g", "h")
_NUMBERED = re.compile(
    r"(?P<word>livre|titre|chapitre|section|sous-section|paragraphe|sous-paragraphe)\s+"
    r"(?P<number>préliminaire|[IVXL]+er|[IVXL]+|\d{1,2})\b\s*(?P<more>bis|ter|quater|quinquies|sexies|[A-H]\b)?",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LAST = (ELSEWHERE, "Annexe")
_NOWHERE = 1_000


@dataclass(slots=True)
class Section:
    """One heading of the plan. `path` is its address in the code: `livre-ii/titre-ii`; "" for the code itself.

    `articles` are the identifiers of its own articles, in order; `total` counts those below as well.
    """

    title: str
    path: str
    articles: list[str] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    total: int = 0

    def walk(self, path: str) -> tuple[Section, ...] | None:
        """The sections from this one down to a path below it; None when there is no such path."""
        steps, here = [self], self
        for name in filter(None, path.split("/")):
            below = {section.path.rpartition("/")[2]: section for section in here.sections.values()}
            if name not in below:
                return None
            here = below[name]
            steps.append(here)
        return tuple(steps)

    def every(self) -> Iterator[Section]:
        """This section and all those below, in the order of the plan."""
        yield self
        for section in self.sections.values():
            yield from section.every()


def outline(title: str, articles: Iterable[tuple[str, Sequence[str]]]) -> Section:
    """The tree of a code, from its articles (identifier, headings from the top) in its order.

    >>> tree = outline("Code pénal", [("code-penal/1", ("Livre Ier : Général", "Titre II")), ("code-penal/2", ())])
    >>> [(s.path, s.title, s.total) for s in tree.every()]
    [('', 'Code pénal', 2), ('livre-ier', 'Livre Ier : Général', 1), ('livre-ier/titre-ii', 'Titre II', 1), \
('hors-du-plan', 'Hors du plan', 1)]
    """
    root = Section(title, "")
    for article, headings in articles:
        here = root
        here.total += 1
        for heading in headings or (ELSEWHERE,):
            if heading not in here.sections:
                here.sections[heading] = Section(heading, _path(here, heading))
            here = here.sections[heading]
            here.total += 1
        here.articles.append(article)
    for section in list(root.every()):
        section.sections = dict(sorted(section.sections.items(), key=_rank_among(section.sections)))
    return root


def _rank_among(titles: Iterable[str]) -> Callable[[tuple[str, Section]], tuple[int, int]]:
    """How to order the sections of one place: by their numbers when all have one of the same kind, annexes last.

    The source gives some books in the order of their articles in its file: III, IV, V, VI, I, II.
    """
    read = {title: _NUMBERED.match(title) for title in titles}
    words = {match["word"].lower() for match in read.values() if match}
    others = [title for title, match in read.items() if not match and not title.startswith(_LAST)]
    numbered = len(words) == 1 and not others

    def rank(title_kind: tuple[str, Section]) -> tuple[int, int]:
        match = read[title_kind[0]]
        if not match:
            return (_NOWHERE, int(title_kind[0] == ELSEWHERE)) if title_kind[0].startswith(_LAST) else (0, 0)
        return (_number(match["number"]), _MORE.index((match["more"] or "").lower())) if numbered else (0, 0)

    return rank


def _number(written: str) -> int:
    """
    >>> [_number(n) for n in ("préliminaire", "Ier", "IX", "12", "IER")]
    [0, 1, 9, 12, 1]
    """
    if written.lower().startswith("prélim"):
        return 0
    if written.isdecimal():
        return int(written)
    values = [_ROMAN[letter] for letter in written.upper().removesuffix("ER")]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _path(parent: Section, heading: str) -> str:
    """The designation ("Livre II") when there is one, else the first words; numbered when it is taken already."""
    try:
        name = slug(_DESIGNATION.split(heading)[0])[:_LONGEST].strip("-")
    except InvalidIdentifier:
        name = "section"
    taken = {section.path.rpartition("/")[2] for section in parent.sections.values()}
    unique, rank = name, 2
    while unique in taken:
        unique, rank = f"{name}-{rank}", rank + 1
    return f"{parent.path}/{unique}".lstrip("/")
