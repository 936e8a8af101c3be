"""How old our records are: when each was read against its source, and what has happened since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.ids import ProvisionId
from kb.model import Provision
from kb.records import Record
from kb.records.common import REPLY
from kb.text.french_dates import days_written
from service.base import Service
from service.catalogue import catalogue_of

OLD_AFTER = 365
"""Days after which a reading is old: the codes of the subject change several times a year."""
REPLY_DAY = date(2025, 3, 31)
"""The reply to the fourth questionnaire speaks of nothing later as done: what it sets after this day was to come."""


class AgeRemark(StrEnum):
    """Why a record is to be read again."""

    NEVER_READ = "jamais confrontée à sa source"
    OLD = "lue il y a plus d'un an"
    PASSED = "une date alors à venir est passée"
    CHANGED = "l'article a changé depuis la lecture"


@dataclass(frozen=True, slots=True)
class RecordAge:
    """One remark on one record; `detail` is the day concerned, or what the record was read against."""

    record: Record
    remark: AgeRemark
    detail: str


def record_ages(service: Service, day: date) -> tuple[RecordAge, ...]:
    """Every remark on the records of the base on `day`, record by record."""
    records = catalogue_of(service.reader).records
    provisions = service.reader.provisions(i for i, s in records.items() if s.record.provision)
    return tuple(
        remark
        for stored in records.values()
        for remark in (
            *_read(stored.record, day),
            *_passed(stored.record, _body(service, stored.document), day),
            *_changed(stored.record, provisions.get(ProvisionId(stored.record.id)), day),
        )
    )


def passed_days(text: str, known: date, day: date) -> tuple[date, ...]:
    """The days of a text that were to come when it was `known`, and that have come on `day`."""
    return tuple(written for written in days_written(text) if known < written <= day)


def _read(record: Record, day: date) -> Iterator[RecordAge]:
    if record.checked is None:
        yield RecordAge(record, AgeRemark.NEVER_READ, record.checked_against)
    elif (day - record.checked).days > OLD_AFTER:
        yield RecordAge(record, AgeRemark.OLD, record.checked.isoformat())


def _passed(record: Record, text: str, day: date) -> Iterator[RecordAge]:
    known = REPLY_DAY if record.checked_against == REPLY else record.checked
    for come in passed_days(text, known, day) if known else ():
        yield RecordAge(record, AgeRemark.PASSED, come.isoformat())


def _changed(record: Record, provision: Provision | None, day: date) -> Iterator[RecordAge]:
    for version in provision.versions if provision and record.checked else ():
        if record.checked and record.checked < version.start <= day:
            yield RecordAge(record, AgeRemark.CHANGED, version.start.isoformat())


def _body(service: Service, document: str) -> str:
    """The text of a record without its words, the last of its passages."""
    passages = service.reader.passages_of(service.reader.document(document).id)
    return " ".join(passage.text for _, passage in passages[:-1])
