"""The freshness of every item of a dossier and of every provision that it names, read from the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kb.french_citation import cite_id
from kb.model import Passage, Status
from kb.store import Reader
from workplace.dossiers.freshness import LABELS, Verdict, needed, passage_verdict, provision_verdict
from workplace.dossiers.model import Content, Item, ItemKind, Source
from workplace.exports.report import Cited

# What is said of a provision that a passage cites, where a document is not a code: by the status of its link.
_STATES = {
    Status.RESOLVED: "dans la base",
    Status.RENUMBERED: "renuméroté",
    Status.REPEALED: "abrogé",
    Status.NOT_YET_IN_FORCE: "pas encore en vigueur",
    Status.UNDETERMINED: "indéterminé à cette date",
    Status.NOT_IN_CORPUS: "hors de la base",
    Status.UNKNOWN_NUMBER: "numéro inconnu",
    Status.AMBIGUOUS: "ambigu",
    Status.SUSPICIOUS: "douteux",
}


def verdicts(content: Content, reader: Reader, today: date) -> dict[str, Verdict]:
    """What became of each provision and passage, by item."""
    provisions = [(i.id, s) for i, s in _sourced(content) if i.kind is ItemKind.PROVISION]
    passages = [(i.id, s) for i, s in _sourced(content) if i.kind is ItemKind.PASSAGE]
    known = {str(i): p for i, p in reader.provisions(needed((s for _, s in provisions), today)).items()}
    here = reader.named_passages(source.id for _, source in passages)
    judged = {item: provision_verdict(source, known, today) for item, source in provisions}
    for item, source in passages:
        passage = here[source.id][1] if source.id in here else None
        judged[item] = passage_verdict(source, passage, _Others(reader, source.document))
    return judged


def provisions_named(content: Content, judged: Mapping[str, Verdict], reader: Reader) -> tuple[Cited, ...]:
    """The provisions that are items, then those that passages cite, each with the numbers of its items."""
    numbers = {item.id: n for n, (item, _) in enumerate(_sourced(content), 1)}
    entries: dict[str, list[int]] = {}
    states: dict[str, str] = {}
    for item, source in _sourced(content):
        if item.kind is ItemKind.PROVISION:
            entries.setdefault(source.id, []).append(numbers[item.id])
            states[source.id] = LABELS[judged[item.id].freshness]
    for name, item_id, status in _cited(content, reader):
        if numbers[item_id] not in entries.setdefault(name, []):
            entries[name].append(numbers[item_id])
        states.setdefault(name, _STATES[Status(status)])
    return tuple(Cited(name, cite_id(name), states[name], tuple(n)) for name, n in sorted(entries.items()))


def _cited(content: Content, reader: Reader) -> list[tuple[str, str, str]]:
    """(provision, item, status) of what the passages cite, as the base resolves it."""
    passages = [(item, source.id) for item, source in _sourced(content) if item.kind is ItemKind.PASSAGE]
    known = {key: name for name, (key, _) in reader.named_passages(name for _, name in passages).items()}
    return [
        (str(link.provision or link.target), item.id, link.status)
        for link in reader.cites(tuple(known))
        for item, name in passages
        if name == known[link.passage_key]
    ]


def _sourced(content: Content) -> list[tuple[Item, Source]]:
    return [(item, item.source) for item in content.items if item.source is not None]


class _Others:
    """The passages of a document, read only when they are looked at."""

    def __init__(self, reader: Reader, document: str) -> None:
        self._reader, self._document = reader, document

    def __iter__(self) -> Iterator[Passage]:
        return (passage for _, passage in self._reader.passages_of(self._document))
