"""Whether a citation finder takes time in proportion to the length of the text, on texts made to defeat it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from bench.citation_peers import Finder
from bench.report import Cell, Table
from bench.timing import seconds

# The largest is what a pasted report weighs; each size is eight times the one before.
SIZES = (4_000, 32_000, 256_000)
_MILLISECONDS = 1_000

TEXTS: dict[str, Callable[[int], str]] = {
    "« articles 1, 2, 3 et  » répété": lambda size: _repeated("articles 1, 2, 3 et ", size),
    "parenthèses imbriquées": lambda size: f"article {'(' * (size // 2 - 4)}{')' * (size // 2 - 4)}",
    "suite de nombres": lambda size: _repeated("1, ", size),
}


def _repeated(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def excess(times: Iterable[tuple[int, float]]) -> float:
    """How much more the longest text costs, a character, than the shortest: 1 when time is in proportion to length.

    >>> excess([(1_000, 0.5), (10_000, 5.0)])
    1.0
    >>> excess([(1_000, 0.5), (10_000, 50.0)])
    10.0
    """
    ordered = sorted(times)
    (short, quick), (long, slow) = ordered[0], ordered[-1]
    return (slow / long) / (quick / short)


def linearity(find: Finder, repeats: int) -> Table:
    """Times by text and by size, and the excess of the longest over the shortest."""
    columns = (
        "texte",
        *(f"{size // 1000} 000 caractères (ms)" for size in SIZES),
        "coût par caractère, rapport",
    )
    note = "Rapport du coût d'un caractère dans le plus long texte à celui dans le plus court ; 1 : temps linéaire."
    rows = tuple(_row(name, make, find, repeats) for name, make in TEXTS.items())
    return Table("Temps selon la longueur, textes faits pour piéger", columns, rows, note)


def _row(name: str, make: Callable[[int], str], find: Finder, repeats: int) -> tuple[Cell, ...]:
    find(make(SIZES[0]))  # what is loaded once is not counted
    times = [(size, _time(find, make(size), repeats)) for size in SIZES]
    return (name, *(time * _MILLISECONDS for _, time in times), excess(times))


def _time(find: Finder, text: str, repeats: int) -> float:
    return median(seconds(lambda: find(text)) for _ in range(repeats))
