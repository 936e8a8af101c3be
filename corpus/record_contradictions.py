"""Records that contradict each other: a penalty said of an article by one record that the article's own record has not.

python -m corpus.record_contradictions FOLDER      (the folder of the records)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.readers.starter import RecordReading, read_record
from kb.citations.find import find_citations
from kb.records import FOLDERS, Penalty, ProvisionRecord
from kb.records.statements import sentences

# « 7 ans », « 150 000 € » : what a penalty is made of, as the records write it.
_YEARS = re.compile(r"\b(\d{1,2}) ans (?:de prison|d'emprisonnement|de réclusion)")
_EUROS = re.compile(r"\b(\d{1,3}(?: \d{3})+) (?:€|euros)")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What `record` says of `provision`, whose own record gives none of it."""

    record: str
    provision: str
    stated: int
    sentence: str


def contradictions(readings: Iterable[RecordReading]) -> tuple[Contradiction, ...]:
    """Every penalty that a record states of one article of another record, and that the other has not."""
    every = tuple(readings)
    penalties = {
        r.record.id: r.record.penalties
        for r in every
        if isinstance(r.record, ProvisionRecord) and r.record.penalties
    }
    return tuple(found for reading in every for found in _of_record(reading, penalties))


def _of_record(reading: RecordReading, penalties: dict[str, tuple[Penalty, ...]]) -> Iterator[Contradiction]:
    for passage in reading.texts:
        for sentence in sentences(passage.text):
            targets = {target for citation in find_citations(sentence) for target in citation.targets}
            if len(targets) != 1 or not (targets & penalties.keys()):
                continue
            (provision,) = targets
            if provision == reading.record.id:
                continue
            known = {n for p in penalties[provision] for n in (p.years, p.amount) if n}
            for stated in _stated(sentence):
                if stated not in known:
                    yield Contradiction(reading.record.id, provision, stated, sentence)


def _stated(sentence: str) -> Iterator[int]:
    for found in (*_YEARS.findall(sentence), *_EUROS.findall(sentence)):
        yield int(found.replace(" ", ""))


def read_folder(folder: Path) -> tuple[RecordReading, ...]:
    """Every record of a folder of records."""
    return tuple(
        read_record(path.read_bytes(), f"{kind}/{path.name}")
        for kind in FOLDERS
        for path in sorted((folder / kind).glob("*.md"))
    )


def main() -> None:
    """List them, one a line."""
    for one in contradictions(read_folder(Path(sys.argv[1]))):
        print(f"{one.record} dit {one.stated} de {one.provision} : {one.sentence}")


if __name__ == "__main__":
    main()
