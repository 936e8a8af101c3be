"""What the API answers about the documents and the base as a whole."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.answers import LinkOut, PassageOut
from api.schemas.search_scope import MissingText
from api.schemas.strict_model import Model
from api.schemas.themes import ThemeOut


class DocumentOut(Model):
    """Un document de la base."""

    id: str
    kind: str
    title: str
    day: date | None
    text_id: str | None
    passages: int
    anomalies: int
    url: str
    source_url: str | None


class UnreadFile(Model):
    """Un fichier du dossier des sources sans lequel la base a été construite."""

    path: str
    message: str


class DocumentList(Model):
    """Tous les documents, et les fichiers qui n'ont pas pu être lus."""

    total: int
    results: list[DocumentOut]
    unread: list[UnreadFile]


class AnomalyOut(Model):
    """Un défaut de la source, signalé par son lecteur."""

    kind: str
    message: str


class QuestionOut(Model):
    """Une question d'un questionnaire."""

    number: int
    text: str
    url: str


class FactOut(Model):
    """Ce qu'un document dit de lui-même : chambre, solution, thème d'une décision, nombre de pages d'un rapport."""

    name: str
    value: str


class CitingSource(Model):
    """Un article, une réponse, une fiche ou un document qui cite celui-ci, et en quels termes."""

    kind: str
    label: str
    url: str
    quotes: list[str]


class DocumentDetail(DocumentOut):
    """Un document : ses questions, ses passages hors question, ses défauts, ce qu'il applique et qui le cite."""

    sha256: str
    facts: list[FactOut]
    applies: list[LinkOut] = Field(
        description="Pour une décision : ce que citent son visa, son sommaire, ses motifs et son dispositif"
    )
    cited_by: list[CitingSource]
    record_url: str | None = Field(description="La fiche de Renvoi sur cette décision ou cette circulaire")
    questions: list[QuestionOut]
    other_passages: list[PassageOut]
    anomaly_list: list[AnomalyOut]


class CodeOut(Model):
    """Un code de la base."""

    id: str
    title: str
    text_id: str
    provisions: int
    observed: list[date]
    first_known: date


class Taxonomy(Model):
    """Les valeurs que les paramètres et les réponses peuvent prendre."""

    codes: list[CodeOut]
    missing: list[MissingText]
    document_kinds: list[str]
    passage_kinds: list[str]
    states: list[str]
    statuses: list[str]
    methods: list[str]
    themes: list[ThemeOut]


class Stats(Model):
    """La base en chiffres."""

    generation: str
    counts: dict[str, int]
    links_by_status: dict[str, int]
    anomalies_by_kind: dict[str, int]
    passages_by_kind: dict[str, int]
    last_observed: date | None


class Health(Model):
    """État du service."""

    status: str
    generation: str | None = None
