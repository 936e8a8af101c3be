"""Penalties and durations as French law and those who write about it state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    *(
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "treize",
    ),
    *("quatorze", "quinze", "seize"),
)
_NUMBERS = {
    **{name: value for value, name in enumerate(_UNITS, 1)},
    "une": 1,
    "dix-sept": 17,
    "dix-huit": 18,
    "vingt": 20,
    "vingt-quatre": 24,
    "trente": 30,
    "trente-six": 36,
    "quarante": 40,
    "quarante-cinq": 45,
    "soixante": 60,
    "quatre-vingt-dix": 90,
}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_TERM = rf"(?<![\w-]){_NUMBER}\s+(?P<unit>ans?|années?|mois)"
_NATURE = (
    r"(?:\s+(?:au\s+plus\s+)?(?:d['’]|de\s+)(?P<nature>emprisonnement|(?:la\s+)?réclusion|détention|prison))?"
)
_DURATION = re.compile(_TERM + _NATURE + r"(?!\w)", re.IGNORECASE)
_DAYS = re.compile(rf"(?<![\w-]){_NUMBER}\s+jours?\b", re.IGNORECASE)
_LIFE = re.compile(r"(?:réclusion|détention)\s+criminelle\s+à\s+perpétuité", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?<![\d.,-])(?P<amount>\d{1,3}(?:[\s.\u202f\xa0]\d{3})+|\d{1,7})\s*(?:€|euros?\b)", re.IGNORECASE
)
_PRISON, _CRIME = "emprisonnement", "réclusion criminelle"


@dataclass(frozen=True, slots=True)
class Stated:
    """A penalty or a duration at `[start, end)`: so many months, days or euros; `nature` "" when it is not written."""

    start: int
    end: int
    months: int | None = None
    days: int | None = None
    euros: int | None = None
    nature: str = ""
    life: bool = False

    @property
    def is_term(self) -> bool:
        """Whether it deprives of liberty, as far as its words tell."""
        return self.life or bool(self.nature)

    def agrees(self, other: Stated) -> bool:
        """Whether they state the same thing; a nature that one of them does not write is not held against it."""
        same_nature = not self.nature or not other.nature or self.nature == other.nature
        return self.size == other.size and same_nature

    @property
    def size(self) -> tuple[int | None, int | None, int | None, bool]:
        """How much, whatever its nature."""
        return self.months, self.days, self.euros, self.life

    @property
    def words(self) -> str:
        """As it is said in a message."""
        if self.life:
            return "la réclusion criminelle à perpétuité"
        if self.euros is not None:
            return f"{self.euros:,} €".replace(",", "\N{NARROW NO-BREAK SPACE}")
        return _length(self) + (f" {_of(self.nature)}" if self.nature else "")


def _length(stated: Stated) -> str:
    if stated.days is not None:
        return f"{stated.days} jour{'s' if stated.days > 1 else ''}"
    months = stated.months or 0
    years, rest = divmod(months, 12)
    return f"{months} mois" if rest or not years else f"{years} an{'s' if years > 1 else ''}"


def _of(nature: str) -> str:
    return f"d'{nature}" if nature[0] == "e" else f"de {nature}"


def read_penalties(text: str) -> tuple[Stated, ...]:
    """Every penalty and duration of a text, in order.

    >>> [p.words for p in read_penalties("puni de vingt ans de réclusion criminelle et de 3 000 000 euros d'amende")]
    ['20 ans de réclusion criminelle', '3\\u202f000\\u202f000 €']
    """
    return tuple(sorted(_read(text), key=lambda stated: stated.start))


def _read(text: str) -> Iterator[Stated]:
    for match in _DURATION.finditer(text):
        number = _number(match["number"])
        months = number if match["unit"].lower() == "mois" else 12 * number
        yield Stated(match.start(), match.end(), months=months, nature=_nature(match["nature"]))
    for match in _DAYS.finditer(text):
        yield Stated(match.start(), match.end(), days=_number(match["number"]))
    for match in _LIFE.finditer(text):
        yield Stated(match.start(), match.end(), nature=_CRIME, life=True)
    for match in _AMOUNT.finditer(text):
        yield Stated(match.start(), match.end(), euros=int(re.sub(r"\D", "", match["amount"])))


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written.lower()]


def _nature(written: str | None) -> str:
    if not written:
        return ""
    return _PRISON if written.lower() in (_PRISON, "prison") else _CRIME
