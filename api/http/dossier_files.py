"""A dossier as a file to be saved: the formats of a report, and the JSON that can be imported again."""

from __future__ import annotations

from enum import StrEnum

from fastapi import Response
from pydantic import Field

from api.addresses import source_url
from api.http.dependencies import Parameters
from kb.text.characters import file_stem
from service.dossiers import AccountDossiers
from workplace.dossiers.exchange import write_file
from workplace.dossiers.model import Content
from workplace.exports.formats import LABELS, ExportedFile, Format


class FileFormat(StrEnum):
    """The formats of `workplace.exports`, and JSON."""

    DOCX = "docx"
    ODT = "odt"
    MARKDOWN = "md"
    HTML = "html"
    CSL = "csl"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSV = "csv"
    JSON = "json"


FILE_LABELS = {
    **{FileFormat(form.value): label for form, label in LABELS.items()},
    FileFormat.JSON: "JSON, pour l'importer ailleurs",
}


class ExportParameters(Parameters):
    """In which format."""

    format: FileFormat = Field(FileFormat.DOCX, description="Format du fichier")


def file_of(desk: AccountDossiers, content: Content, form: FileFormat, base: str) -> ExportedFile:
    """The file; `base` is the address of this server, which references lead to."""
    if form is FileFormat.JSON:
        name = f"{file_stem(content.title, 'dossier')}.json"
        return ExportedFile(name, "application/json", write_file(content))
    return desk.export(content, Format(form.value), base, source_url)


def file_answer(file: ExportedFile) -> Response:
    """To be saved, never shown in place: an HTML export is no page of this site."""
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
