"""Whether time is in proportion to the length of the text, on texts made to defeat a reader of citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from bench.tools.report import Cell, Table
from bench.tools.timing import processor_seconds

Read = Callable[[str], object]

# The largest is five reports pasted together; each size is sixteen times the one before.
SIZES = (4_000, 64_000, 1_024_000)
_MILLISECONDS = 1_000
_BAR = 20
"""Blocks drawn for the longest time."""

TEXTS: dict[str, Callable[[int], str]] = {
    "« articles 1, 2, 3 et  » répété": lambda size: _repeated("articles 1, 2, 3 et ", size),
    "parenthèses imbriquées": lambda size: f"article {'(' * (size // 2 - 4)}{')' * (size // 2 - 4)}",
    "suite de nombres": lambda size: _repeated("1, ", size),
    "suite de chiffres": lambda size: f"article {'1' * size}",
    "numéro sans fin « 225-4-4-4… »": lambda size: "article 225" + _repeated("-4", size),
    "« article 5 » répété": lambda size: _repeated("article 5 ", size),
    "guillemets ouverts": lambda size: _repeated("« l'article 5 ", size),
    "subdivisions sans fin": lambda size: "article 5" + _repeated(", 1°, a)", size),
    "blancs entre un numéro et son code": lambda size: f"article 5{' ' * size}du code pénal",
    "noms de codes enchâssés": lambda size: _repeated("du code de la du code pénal ", size),
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


def linearity(title: str, read: Read, sizes: Sequence[int], repeats: int) -> Table:
    """Times by text and by size, the excess of the longest over the shortest, and a drawing of the longest times."""
    columns = (
        "texte",
        *(f"{size // 1000} 000 caractères (ms)" for size in sizes),
        "coût par caractère, rapport",
        "temps du plus long",
    )
    note = (
        "Temps de processeur. Rapport du coût d'un caractère dans le plus long texte à celui dans le plus court : 1 "
        f"quand le temps est linéaire ; un temps quadratique donnerait {sizes[-1] // sizes[0]}."
    )
    times = {name: _times(make, read, sizes, repeats) for name, make in TEXTS.items()}
    longest = max(count[-1][1] for count in times.values())
    rows = tuple(_row(name, count, longest) for name, count in times.items())
    return Table(title, columns, rows, note)


def _times(
    make: Callable[[int], str], read: Read, sizes: Sequence[int], repeats: int
) -> list[tuple[int, float]]:
    read(make(sizes[0]))  # what is loaded once is not counted
    return [(size, median(_each(read, make(size), repeats))) for size in sizes]


def _each(read: Read, text: str, repeats: int) -> list[float]:
    return [processor_seconds(lambda: read(text)) for _ in range(repeats)]


def _row(name: str, times: list[tuple[int, float]], longest: float) -> tuple[Cell, ...]:
    bar = "█" * max(1, round(_BAR * times[-1][1] / longest))
    return (name, *(time * _MILLISECONDS for _, time in times), excess(times), bar)
