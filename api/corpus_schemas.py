"""What the API answers about the documents and the base as a whole."""

from __future__ import annotations

from datetime import date

from api.schemas import MissingText, Model, PassageOut
from api.theme_schemas import ThemeOut


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


class DocumentList(Model):
    """Tous les documents."""

    total: int
    results: list[DocumentOut]


class AnomalyOut(Model):
    """Un défaut de la source, signalé par son lecteur."""

    kind: str
    message: str


class QuestionOut(Model):
    """Une question d'un questionnaire."""

    number: int
    text: str
    url: str


class DocumentDetail(DocumentOut):
    """Un document : ses questions, ses passages hors question, ses défauts."""

    sha256: str
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
