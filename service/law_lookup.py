"""The law and the notes of an open base, as the checks of `kb.checking` ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.checking.decisions import HeldDecision
from kb.checking.near_misses import Rarity
from kb.checking.subjects import Subject, Subjects
from kb.memo import remembered
from kb.model import DocumentKind, Provision
from kb.records import DecisionRecord
from kb.store import Reader
from kb.validity import law_on
from service.base import Service
from service.catalogue import catalogue_of, meant_by_record

# Articles over which the words of a code are counted; more change no decision.
_SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class LawLookup:
    """`kb.checking.suspicion.Law` and `Notes` over an open base."""

    service: Service
    _fetched: dict[str, Provision | None] = field(default_factory=dict)

    def provisions(self, ids: Iterable[str]) -> Mapping[str, Provision]:
        """Those of these identifiers that the base has, each read once."""
        wanted = tuple(ids)
        self.fetch(wanted)
        return {name: p for name in wanted if (p := self._fetched[name]) is not None}

    def fetch(self, ids: Iterable[str]) -> None:
        """Read at once what will be asked for one by one."""
        missing = [name for name in dict.fromkeys(ids) if name not in self._fetched]
        if missing:
            read = self.service.reader.provisions(missing)
            known = {str(name): provision for name, provision in read.items()}
            self._fetched.update((name, known.get(name)) for name in missing)

    def numbers(self, code: str) -> Sequence[str]:
        """Numbers of the articles of a code, in its order."""
        return self.service.articles.numbers(code)

    def rarity(self, code: str) -> Rarity:
        """How telling each word is in a code."""
        return _rarity_of(self.service.reader, code)

    def records(self, provisions: Iterable[str]) -> Mapping[str, str]:
        """The text of our records on these provisions."""
        return {name: passage.text for name, passage in self.service.reader.records(provisions).items()}

    def noted_numbers(self, code: str) -> Sequence[str]:
        """Numbers of a code of which the base has a text or a record."""
        return self.service.reader.numbers(code)

    def rather(self, provision: str) -> str | None:
        """What our record on this number says is meant, when it holds the number for a slip."""
        return meant_by_record(catalogue_of(self.service.reader), provision)

    def subjects(self, code: str, day: date) -> Subjects:
        """What each article of a code is of on a day, by its words and our records."""
        return _subjects_of(self.service.reader, code, day)

    @property
    def decisions(self) -> Mapping[str, HeldDecision]:
        """The decisions of which the base has the text or a record, by identifier."""
        return _decisions_of(self.service.reader)

    def cited_by_articles(self, code: str) -> frozenset[str]:
        """What the articles of the base cite of a code that it lacks."""
        return _cited_by_articles(self.service.reader, code)


@remembered()
def _decisions_of(reader: Reader) -> Mapping[str, HeldDecision]:
    catalogue = catalogue_of(reader)
    held = {
        str(document.id): HeldDecision(
            document.id, document.title, dict(document.facts).get("chambre", ""), document.day
        )
        for document in catalogue.documents
        if document.kind is DocumentKind.DECISION
    }
    records = (stored.record for stored in catalogue.records.values())
    noted = {
        record.id: HeldDecision(record.id, record.court, record.chamber or "", record.date)
        for record in records
        if isinstance(record, DecisionRecord)
    }
    return {**held, **noted}


@remembered(8)
def _subjects_of(reader: Reader, code: str, day: date) -> Subjects:
    records = catalogue_of(reader).records
    subjects = {}
    for name, provision in reader.provisions(f"{code}/{n}" for n in reader.numbers(code)).items():
        law = law_on(provision.versions, day)
        if law.shown is not None and law.exists is not False:
            stored = records.get(str(name))
            names = (stored.record.title, *stored.record.terms) if stored else ()
            subjects[str(name)] = Subject(str(name), law.shown.text, " ".join(law.shown.heading[-2:]), names)
    return Subjects(subjects, _rarity_of(reader, code))


@remembered()
def _cited_by_articles(reader: Reader, code: str) -> frozenset[str]:
    return frozenset(reader.cited_by_articles(code))


@remembered()
def _rarity_of(reader: Reader, code: str) -> Rarity:
    numbers = reader.numbers(code)
    sample = numbers[:: max(1, len(numbers) // _SAMPLE)]
    provisions = reader.provisions(f"{code}/{n}" for n in sample).values()
    return Rarity.of([p.versions[-1].text for p in provisions if p.versions])
