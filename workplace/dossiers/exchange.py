"""The JSON file of a dossier: written, and read again from anybody's hands.

Nothing of a file is believed that the base can tell: citations are written anew from the identifiers, and a wording
that the base never had is shown as such by its freshness.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kb.errors import InvalidDossier
from kb.ids import MAX_LENGTH
from kb.text.characters import one_line, printable
from kb.text.iso_dates import iso_date
from kb.text.spans import Span
from workplace.dossiers.limits import MAX_FILE, MAX_ITEMS, MAX_NOTE, MAX_TITLE, MAX_WORDING, checked
from workplace.dossiers.model import Content, Item, ItemKind, Source

FORMAT = "renvoi/dossier"
SCHEMA = 1

_Line = Annotated[str, Field(max_length=MAX_TITLE * 10)]
_Name = Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
_Lines = Annotated[list[_Line], Field(max_length=50)]
_Day = Annotated[date, BeforeValidator(iso_date)]
_SHOWN = 3
# French for the faults that pydantic finds.
_FAULTS = {
    "missing": "manque",
    "extra_forbidden": "n'est pas un champ connu",
    "string_type": "n'est pas un texte",
    "string_too_long": "a plus de {max_length} caractères",
    "string_too_short": "est vide",
    "too_long": "a plus de {max_length} éléments",
    "literal_error": "devrait être {expected}",
    "enum": "devrait être {expected}",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(_Strict):
    """A kept wording."""

    id: _Name
    citation: _Line = ""
    text: Annotated[str, Field(max_length=MAX_WORDING)]
    day: _Day
    kept: _Day
    generation: _Line = ""
    document: Annotated[str, Field(max_length=MAX_LENGTH)] = ""
    document_title: _Line = ""
    heading: _Lines = []
    start: _Day | None = None
    end: _Day | None = None
    seen: _Day | None = None
    warnings: _Lines = []


class QuotationFile(_Strict):
    """The part quoted: its place in the wording, in characters, and its words, which must agree."""

    start: Annotated[int, Field(ge=0, le=MAX_WORDING)]
    end: Annotated[int, Field(ge=0, le=MAX_WORDING)]
    text: Annotated[str, Field(max_length=MAX_WORDING)]


class ItemFile(_Strict):
    """One item."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    kind: ItemKind
    title: Annotated[str, Field(max_length=MAX_TITLE)] = ""
    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""
    source: SourceFile | None = None
    quotation: QuotationFile | None = None


class DossierFile(_Strict):
    """The whole file."""

    format: Literal["renvoi/dossier"]
    schema_version: Literal[1]
    title: Annotated[str, Field(max_length=MAX_TITLE)]
    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""
    items: Annotated[list[ItemFile], Field(max_length=MAX_ITEMS)] = []


def to_file(content: Content) -> DossierFile:
    """The content as a file holds it."""
    return DossierFile(
        format="renvoi/dossier",
        schema_version=1,
        title=content.title,
        note=content.note,
        items=[_item_file(item) for item in content.items],
    )


def write_file(content: Content) -> bytes:
    """The bytes of the file."""
    return (to_file(content).model_dump_json(indent=1) + "\n").encode()


def read_file(data: bytes) -> Content:
    """What a file holds. Raises InvalidDossier: it says where and why, and nothing of it is taken."""
    if len(data) > MAX_FILE:
        raise InvalidDossier(f"Le fichier a {len(data)} octets, plus que les {MAX_FILE} permis.")
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidDossier(
            "Le fichier n'est pas du JSON en UTF-8.",
            hint="Donnez un dossier exporté de Renvoi au format JSON.",
        ) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InvalidDossier(
            "Le fichier n'est pas un dossier de Renvoi.",
            hint=f"Son champ « format » devrait être « {FORMAT} ».",
        )
    if value.get("schema_version") != SCHEMA:
        raise InvalidDossier(
            f"Le fichier est d'une autre version du format ; ce programme lit la version {SCHEMA}.",
        )
    try:
        return checked(from_file(DossierFile.model_validate(value)))
    except ValidationError as error:
        raise InvalidDossier(f"Le fichier est refusé : {_faults(error)}.") from error


def from_file(file: DossierFile) -> Content:
    """The content of a file whose shape was checked. Raises InvalidDossier."""
    names = [item.id for item in file.items]
    if len(set(names)) < len(names):
        raise InvalidDossier("Le fichier est refusé : deux éléments portent le même identifiant.")
    return Content(file.title, file.note, tuple(_item(item) for item in file.items))


def _item_file(item: Item) -> ItemFile:
    source, span = item.source, item.quotation
    return ItemFile(
        id=item.id,
        kind=item.kind,
        title=item.title,
        note=item.note,
        source=source and SourceFile(**{name: getattr(source, name) for name in SourceFile.model_fields}),
        quotation=span and QuotationFile(start=span.start, end=span.end, text=item.quoted),
    )


def _item(file: ItemFile) -> Item:
    sourced = file.kind in (ItemKind.PROVISION, ItemKind.PASSAGE)
    if sourced != (file.source is not None) or (file.quotation and not sourced):
        raise InvalidDossier(f"Le fichier est refusé : l'élément « {file.id} » n'a pas ce que veut sa sorte.")
    source = _source(file.source) if file.source else None
    item = Item(file.id, file.kind, file.title, file.note, source, _span(file))
    if file.quotation and item.quoted != file.quotation.text:
        raise InvalidDossier(
            f"Le fichier est refusé : la citation de l'élément « {file.id} » n'est pas dans son texte."
        )
    return item


def _span(file: ItemFile) -> Span | None:
    quotation = file.quotation
    if quotation is None or file.source is None:
        return None
    if not quotation.start < quotation.end <= len(file.source.text):
        raise InvalidDossier(f"Le fichier est refusé : la citation de « {file.id} » est hors de son texte.")
    return Span(quotation.start, quotation.end)


def _source(file: SourceFile) -> Source:
    fields: dict[str, Any] = {name: getattr(file, name) for name in SourceFile.model_fields}
    lines = ("id", "citation", "generation", "document", "document_title")
    fields.update({name: one_line(fields[name]) for name in lines})
    fields.update({name: tuple(one_line(line) for line in fields[name]) for name in ("heading", "warnings")})
    if printable(file.text) != file.text:
        raise InvalidDossier("Le fichier est refusé : un texte y a des caractères de commande.")
    return Source(**fields)


def _faults(error: ValidationError) -> str:
    errors = error.errors(include_url=False)
    sentences = [f"« {_path(f['loc'])} » {_fault(f)}" for f in errors[:_SHOWN]]
    return " ; ".join(sentences) + (
        f" ; et {len(errors) - _SHOWN} autres défauts" if len(errors) > _SHOWN else ""
    )


def _fault(fault: Any) -> str:
    template = _FAULTS.get(fault["type"], "est invalide")
    return template.format_map(fault.get("ctx", {}))


def _path(location: tuple[int | str, ...]) -> str:
    """Field names are of the file, and may be anything: shown short, on one line."""
    return ".".join(one_line(str(part))[:40] for part in location)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
