"""The kinds of records: the folder of each, and its schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from kb.records.answer import AnswerRecord
from kb.records.common import RecordKind
from kb.records.decision import DecisionRecord
from kb.records.plan import PlanRecord
from kb.records.provision import ProvisionRecord
from kb.records.term import TermRecord

Record = Annotated[
    ProvisionRecord | AnswerRecord | DecisionRecord | PlanRecord | TermRecord, Field(discriminator="kind")
]
RecordSchema = type[ProvisionRecord | AnswerRecord | DecisionRecord | PlanRecord | TermRecord]

SCHEMAS: Mapping[RecordKind, RecordSchema] = MappingProxyType(
    {
        RecordKind.PROVISION: ProvisionRecord,
        RecordKind.ANSWER: AnswerRecord,
        RecordKind.DECISION: DecisionRecord,
        RecordKind.PLAN: PlanRecord,
        RecordKind.TERM: TermRecord,
    }
)
FOLDERS: Mapping[str, RecordKind] = MappingProxyType(
    {
        "provisions": RecordKind.PROVISION,
        "answers": RecordKind.ANSWER,
        "decisions": RecordKind.DECISION,
        "plans": RecordKind.PLAN,
        "glossary": RecordKind.TERM,
    }
)
"""Under corpus/starter: one folder a kind."""


RECORD_PREFIX = "fiche/"
"""Of the document that holds the text of a record, before the record's identifier."""


def schema_of(kind: RecordKind) -> RecordSchema:
    """What a record of this kind may say."""
    return SCHEMAS[kind]
