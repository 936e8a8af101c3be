"""What a starter record may say: the entries of its front matter, each with its type, and nothing else.

A record is written by hand, and a slip in it would mislead: an entry that is unknown, missing, of the wrong type or
out of bounds makes the whole record unreadable, with a message that names the file and the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kb.errors import InvalidIdentifier, UnreadableSource
from kb.ids import ProvisionId, format_id, parse_id

T = TypeVar("T")

CHECKS = ("texte officiel", "réponse au GRETA")
"""Against what a record was checked: the official text of the article, or the reply when that text is not at hand."""
NATURES = (
    "emprisonnement",
    "réclusion criminelle",
    "réclusion criminelle à perpétuité",
    "amende",
    "contravention de la 5e classe",
    "peine complémentaire",
)
# Fewer words would not link practice to the law, more would drown the title: the records were written to these.
TERMS_BOUNDS = (8, 25)
ENGLISH_TERMS_BOUNDS = (4, 12)
BODY_WORDS_BOUNDS = (60, 150)
LAST_QUESTION = 42
MAX_TITLE = 160
MAX_TERM = 90
_REQUIRED = {"id", "title", "terms", "title_en", "terms_en", "checked", "checked_against"}
_OPTIONAL = {"penalties", "related", "questions"}
_PENALTY_KEYS = {"nature", "years", "months", "amount", "for"}


@dataclass(frozen=True, slots=True)
class Penalty:
    """One sanction that the article sets; `case` says in our words when it applies, and is empty for the plain offence.

    `amount` is the highest fine in euros, `years` and `months` the longest term.
    """

    nature: str
    years: int | None = None
    months: int | None = None
    amount: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The front matter of one record, checked. `checked` is None when the official text could not be read."""

    id: ProvisionId
    title: str
    terms: tuple[str, ...]
    title_en: str
    terms_en: tuple[str, ...]
    penalties: tuple[Penalty, ...]
    related: tuple[ProvisionId, ...]
    questions: tuple[int, ...]
    checked: date | None
    checked_against: str


def check_record(values: object, path: str) -> Record:
    """The record that a front matter's values make.

    Raises UnreadableSource, naming the file `path` and the entry, when one is unknown, missing or not as it must be.
    """
    entries = _mapping(values, path, _REQUIRED | _OPTIONAL)
    missing = _REQUIRED - entries.keys()
    if missing:
        raise _fault(path, f"il manque « {' », « '.join(sorted(missing))} »")
    record = Record(
        id=_identifier(entries["id"], path),
        title=_line(entries["title"], path, MAX_TITLE),
        terms=_terms(entries["terms"], path, TERMS_BOUNDS),
        title_en=_line(entries["title_en"], path, MAX_TITLE),
        terms_en=_terms(entries["terms_en"], path, ENGLISH_TERMS_BOUNDS),
        penalties=_each(entries, "penalties", path, _penalty),
        related=_each(entries, "related", path, _identifier),
        questions=_each(entries, "questions", path, _question),
        checked=_day(entries["checked"], path),
        checked_against=_among(entries["checked_against"], path, CHECKS),
    )
    _check_together(record, path)
    return record


def check_body(text: str, path: str) -> None:
    """Refuse a body that is too short to be useful or too long to be read. Raises UnreadableSource."""
    low, high = BODY_WORDS_BOUNDS
    count = len(text.split())
    if not low <= count <= high:
        raise _fault(path, f"le corps compte {count} mots, il en faut de {low} à {high}")


def _check_together(record: Record, path: str) -> None:
    official = record.checked_against == CHECKS[0]
    if official != (record.checked is not None):
        raise _fault(path, "« checked » est une date si, et seulement si, le texte officiel a été lu")
    if record.id in record.related:
        raise _fault(path, "« related » contient la disposition elle-même")


def _mapping(value: object, path: str, keys: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _fault(path, "une liste d'entrées « clé: valeur » est attendue")
    unknown = [str(key) for key in value if key not in keys]
    if unknown:
        raise _fault(path, f"entrée inconnue « {' », « '.join(unknown)} »")
    return value


def _identifier(value: object, path: str) -> ProvisionId:
    try:
        text = _line(value, path, MAX_TITLE)
        parsed = parse_id(text)
    except InvalidIdentifier as error:
        raise _fault(path, error.message) from error
    if parsed.end is not None or parsed.open or format_id(parsed) != text:
        raise _fault(path, f"« {text} » ne désigne pas une seule disposition")
    return ProvisionId(text)


def _line(value: object, path: str, longest: int) -> str:
    """A text of one line."""
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise _fault(path, f"un texte d'une ligne est attendu, pas « {value!r} »")
    if len(value) > longest:
        raise _fault(path, f"« {value[:40]}… » dépasse {longest} caractères")
    return value


def _terms(value: object, path: str, bounds: tuple[int, int]) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    low, high = bounds
    if not low <= len(items) <= high:
        raise _fault(path, f"{len(items)} mots ou expressions, il en faut de {low} à {high}")
    terms = tuple(_line(item, path, MAX_TERM) for item in items)
    if len({term.casefold() for term in terms}) < len(terms):
        raise _fault(path, "une expression est donnée deux fois")
    return terms


def _each(
    entries: Mapping[str, object], key: str, path: str, read: Callable[[object, str], T]
) -> tuple[T, ...]:
    """The items of the optional list `key`, each read by `read`; none twice."""
    items = entries.get(key, [])
    if not isinstance(items, list):
        raise _fault(path, f"« {key} » doit être une liste")
    found = tuple(read(item, path) for item in items)
    if len(set(found)) < len(found):
        raise _fault(path, f"« {key} » contient deux fois la même valeur")
    return found


def _penalty(value: object, path: str) -> Penalty:
    entries = _mapping(value, path, _PENALTY_KEYS)
    years, months, amount = (_quantity(entries.get(key), path) for key in ("years", "months", "amount"))
    nature = _among(entries.get("nature"), path, NATURES)
    case = _line(entries["for"], path, MAX_TITLE) if "for" in entries else ""
    if nature == "emprisonnement" and (years is None) == (months is None):
        raise _fault(path, "une peine d'emprisonnement a une durée, en années ou en mois")
    return Penalty(nature, years, months, amount, case)


def _quantity(value: object, path: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _fault(path, f"une durée ou un montant est un entier positif, pas « {value!r} »")
    return value


def _question(value: object, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LAST_QUESTION:
        raise _fault(path, f"« {value!r} » n'est pas une question, de 1 à {LAST_QUESTION}")
    return value


def _day(value: object, path: str) -> date | None:
    if value is None or type(value) is date:
        return value
    raise _fault(path, f"« checked » est une date (AAAA-MM-JJ) ou rien, pas « {value!r} »")


def _among(value: object, path: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise _fault(path, f"« {value!r} » n'est pas l'une de : {', '.join(allowed)}")
    return str(value)


def _fault(path: str, what: str) -> UnreadableSource:
    return UnreadableSource(f"Fiche « {path} » : {what}.", hint="Corriger la fiche, puis reconstruire.")
