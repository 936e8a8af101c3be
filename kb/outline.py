"""The plan of a code as a tree: parts, books, titles, chapters, sections, each with its articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.errors import InvalidIdentifier
from kb.ids import slug

_DESIGNATION = re.compile(r"\s*:\s")
# A name in an address stays readable up to this length.
_LONGEST = 60
ELSEWHERE = "Hors du plan"
"""Title given to the articles that the source puts under no heading."""


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
        found, here = [self], self
        for name in filter(None, path.split("/")):
            below = {section.path.rpartition("/")[2]: section for section in here.sections.values()}
            if name not in below:
                return None
            here = below[name]
            found.append(here)
        return tuple(found)

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
    return root


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
