"""A record as written, checked: its front matter against the schema of its kind, its body against the bounds.

A record is written by hand, and a slip in it would mislead: an entry that is unknown, missing, of the wrong type or
out of bounds makes the whole record unreadable, with a message that names the file and the entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from kb.errors import UnreadableSource
from kb.records import Record, RecordKind, schema_of
from kb.records.statements import unmatched

# French for the faults that pydantic finds, by its own names.
_FAULTS = {
    "missing": "l'entrée manque",
    "extra_forbidden": "entrée inconnue",
    "string_type": "un texte d'une ligne est attendu, pas « {given} »",
    "string_too_long": "« {given} » dépasse {max_length} caractères",
    "string_pattern_mismatch": "« {given} » n'est pas une adresse https://",
    "int_type": "un entier positif est attendu, pas « {given} »",
    "greater_than": "un entier positif est attendu, pas « {given} »",
    "greater_than_equal": "« {given} » : au moins {ge}",
    "less_than_equal": "« {given} » : au plus {le}",
    "literal_error": "« {given} » n'est pas l'une de : {expected}",
    "tuple_type": "une liste est attendue",
    "model_type": "des entrées « clé: valeur » sont attendues",
    "date_type": "une date (AAAA-MM-JJ) est attendue, pas « {given} »",
    "value_error": "{error}",
}
_SHOWN = 40


def check_record(values: object, kind: RecordKind, path: str) -> Record:
    """The record that a front matter's values make.

    Raises UnreadableSource, naming the file `path` and each faulty entry.
    """
    try:
        record = schema_of(kind).model_validate(values)
    except ValidationError as error:
        raise fault(path, " ; ".join(_french(found) for found in error.errors())) from error
    for name, bounds in (("terms", record.TERMS), ("terms_en", record.ENGLISH_TERMS)):
        count = len(getattr(record, name))
        if not bounds.low <= count <= bounds.high:
            raise fault(path, f"« {name} » : {count} expressions, il en faut de {bounds.low} à {bounds.high}")
    return record


def check_body(record: Record, text: str, headings: Sequence[str], path: str) -> None:
    """Refuse a body that is too short to be useful or too long to be read, or whose headings are not those of its kind.

    Raises UnreadableSource.
    """
    count = len(text.split())
    if not record.BODY.low <= count <= record.BODY.high:
        raise fault(
            path, f"le corps compte {count} mots, il en faut de {record.BODY.low} à {record.BODY.high}"
        )
    if record.SECTIONS and tuple(headings) != record.SECTIONS:
        raise fault(path, f"les titres du corps doivent être, dans l'ordre : {', '.join(record.SECTIONS)}")


def check_statements(record: Record, texts: Sequence[str], path: str) -> None:
    """Refuse an « otherwise » that no sentence of the body, or several, begin with. Raises UnreadableSource."""
    if lost := unmatched(record, texts):
        raise fault(
            path, f"« otherwise » : « {lost[0][:_SHOWN]} » ne commence pas une phrase, et une seule, du corps"
        )


def fault(path: str, what: str) -> UnreadableSource:
    """The refusal of the record `path`."""
    return UnreadableSource(f"Fiche « {path} » : {what}.", hint="Corriger la fiche, puis reconstruire.")


def _french(found: Mapping[str, Any]) -> str:
    """One fault: the entry, then what is wrong with it."""
    given = found.get("input", "")
    shown = given if isinstance(given, str) else repr(given)
    said = _FAULTS.get(found["type"], "valeur invalide : « {given} »")
    place = ".".join(str(part) for part in found["loc"])
    message = said.format(given=shown[:_SHOWN], **found.get("ctx", {}))
    return f"« {place} » : {message}" if place else message
