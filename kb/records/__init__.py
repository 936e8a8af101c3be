"""Our own notes (fiches): what each kind may say. One definition for the files, the base and the API."""

from kb.records.answer import AnswerRecord
from kb.records.common import Lines, RecordBase, RecordKind
from kb.records.courts import actors_of
from kb.records.decision import DecisionRecord
from kb.records.kinds import FOLDERS, RECORD_PREFIX, SCHEMAS, Record, RecordSchema, schema_of
from kb.records.plan import PlanRecord
from kb.records.provision import Actor, Penalty, ProvisionRecord
from kb.records.term import TermRecord

__all__ = [
    "FOLDERS",
    "RECORD_PREFIX",
    "SCHEMAS",
    "Actor",
    "AnswerRecord",
    "DecisionRecord",
    "Lines",
    "Penalty",
    "PlanRecord",
    "ProvisionRecord",
    "Record",
    "RecordBase",
    "RecordKind",
    "RecordSchema",
    "TermRecord",
    "actors_of",
    "schema_of",
]
