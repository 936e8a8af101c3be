"""The tables, the same on SQLite and on PostgreSQL. `SCHEMA_VERSION` grows with any change to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Text
from sqlmodel import Field, SQLModel

SCHEMA_VERSION = 6
# SQLite only numbers rows by itself in a plain INTEGER column.
_BigKey = BigInteger().with_variant(Integer(), "sqlite")


class MetaRow(SQLModel, table=True):
    """One fact about the whole base: schema version, generation, date of the build."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class SourceRow(SQLModel, table=True):
    """One unit of incremental building: a code with all its snapshots, one questionnaire."""

    __tablename__ = "source"
    key: str = Field(primary_key=True)
    fingerprint: str


class DocumentRow(SQLModel, table=True):
    """One source file as read."""

    __tablename__ = "document"
    id: str = Field(primary_key=True)
    source: str = Field(index=True)
    kind: str
    title: str
    path: str
    sha256: str
    day: date | None
    text_id: str | None
    url: str | None
    facts: list[Any] = Field(sa_column=Column(JSON))


class ProvisionRow(SQLModel, table=True):
    """One article of one text, whatever its version."""

    __tablename__ = "provision"
    id: str = Field(primary_key=True)
    source: str = Field(index=True)
    code: str = Field(index=True)
    text_id: str
    number: str
    canonical: str = Field(index=True)
    position: int
    heading: list[str] = Field(sa_column=Column(JSON))


class VersionRow(SQLModel, table=True):
    """One wording of a provision over `[start, stop)`."""

    __tablename__ = "version"
    provision: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    source: str = Field(index=True)
    start: date
    stop: date | None
    first_seen: date
    last_seen: date
    state: str
    text: str = Field(sa_column=Column(Text))
    document: str
    spans: list[Any] = Field(sa_column=Column(JSON))
    heading: list[str] = Field(sa_column=Column(JSON))
    concurrent: int
    legiarti: str | None
    start_bound: str
    end_bound: str
    act: str | None
    absent_from: date | None
    absent_until: date | None


class PassageRow(SQLModel, table=True):
    """One passage. `key` is its number in the index, never reused for another text."""

    __tablename__ = "passage"
    key: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    id: str = Field(index=True, unique=True)
    source: str = Field(index=True)
    document: str = Field(index=True)
    ordinal: int
    kind: str
    heading: list[str] = Field(sa_column=Column(JSON))
    place: str
    text: str = Field(sa_column=Column(Text))
    segments: list[Any] = Field(sa_column=Column(JSON))
    question: int | None
    parent: str | None
    provision: str | None = Field(index=True)
    version: int | None
    urls: list[str] = Field(sa_column=Column(JSON))


class CitationRow(SQLModel, table=True):
    """A citation in a passage: spans in the raw source, offsets in the passage's text."""

    __tablename__ = "citation"
    id: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    source: str = Field(index=True)
    passage: int = Field(sa_column=Column(_BigKey, index=True))
    from_provision: str | None
    raw: str
    spans: list[Any] = Field(sa_column=Column(JSON))
    text_start: int
    text_end: int
    kind: str
    subdivision: str | None
    inherited: bool
    targets: list[str] = Field(sa_column=Column(JSON))


class LinkRow(SQLModel, table=True):
    """One target of a citation as resolved; `provision` is None when nothing in the base answers to it."""

    __tablename__ = "link"
    id: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    citation: int = Field(sa_column=Column(_BigKey, index=True))
    target: str
    status: str
    provision: str | None
    how: str
    confidence: float
    message: str
    __table_args__ = (Index("link_by_provision", "provision"), Index("link_by_target", "target"))


class AnomalyRow(SQLModel, table=True):
    """A fault of a source, as reported by its reader."""

    __tablename__ = "anomaly"
    id: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    source: str = Field(index=True)
    document: str
    kind: str
    message: str
    start: int | None
    stop: int | None


class RecordRow(SQLModel, table=True):
    """One of our own notes: what its front matter says, as JSON, and the document that holds its text."""

    __tablename__ = "record"
    id: str = Field(primary_key=True)
    source: str = Field(index=True)
    document: str
    kind: str = Field(index=True)
    title: str
    said: str = Field(sa_column=Column(Text))


class FigureRow(SQLModel, table=True):
    """One figure of a source, or the reason why it has none; a dimension that it has not is empty."""

    __tablename__ = "figure"
    id: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    source: str = Field(index=True)
    family: str
    measure: str = Field(index=True)
    year: int | None
    period: str
    value: float | None
    masked: str | None
    qualifier: str | None
    question: int = Field(index=True)
    place: str
    line: int
    form: str
    sex: str
    age: str
    nationality: str
    offence: str
    permit: str
    operation: str
    location: str


class StatisticRow(SQLModel, table=True):
    """What is said of the figures: a family, the labels of a dimension, a check, a doubt, a gap. `kind` tells which."""

    __tablename__ = "statistic"
    id: int = Field(sa_column=Column(_BigKey, primary_key=True, autoincrement=False))
    source: str = Field(index=True)
    kind: str
    content: dict[str, Any] = Field(sa_column=Column(JSON))


CONTENT_TABLES = (
    RecordRow,
    StatisticRow,
    FigureRow,
    AnomalyRow,
    CitationRow,
    PassageRow,
    VersionRow,
    ProvisionRow,
    DocumentRow,
)
"""Tables whose rows belong to a source and go with it."""
