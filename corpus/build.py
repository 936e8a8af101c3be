"""From the sources to the store: what changed is read again and replaces its own rows; then links are resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.source_reading import read_source
from corpus.sources import Source
from kb.code_key import LINKED, code_key
from kb.model import DocumentKind, PassageKind, Resolution
from kb.progress import Progress
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from kb.store import Database, Reader, StoredCitation, Writer

_LINK_BATCH = 20_000
# How far a link of a decision tells what the decision applies. The visa and the published summary say so; grounds also
# quote what does not apply; elsewhere parties plead and lower courts are told of. A tenth for the one, three for the
# other, as `kb.resolution.resolve` counts: not measured, for no list of what decisions apply was there to
# measure against.
GROUNDS, ARGUMENT = 0.9, 0.7
# Name of the fact that says by which rules the citations were resolved.
_LINKED_BY = "linked_by"
_APPLIES = (PassageKind.VISA, PassageKind.SUMMARY)


def update_store(database: Database, sources: Sequence[Source], progress: Progress) -> frozenset[str]:
    """Bring the store up to date with the sources; the keys of the sources that changed or went.

    Each source is one transaction: the store is written aside, so that a fault in one file harms nothing in service.
    """
    with database.transaction() as connection:
        known = Writer(connection).fingerprints()
    changed = [s for s in sources if known.get(s.key) != s.fingerprint]
    gone = sorted(set(known) - {s.key for s in sources})
    with database.transaction() as connection:
        Writer(connection).drop_stubs()
    for key in gone:
        with database.transaction() as connection:
            Writer(connection).remove(key)
    for done, source in enumerate(changed):
        progress("Lecture des sources", done, len(changed))
        content = read_source(source)
        with database.transaction() as connection:
            Writer(connection).replace(content)
    progress("Lecture des sources", len(changed), len(changed))
    with database.transaction() as connection:
        Writer(connection).add_stubs()
    touched = frozenset([*gone, *(s.key for s in changed)])
    rules = code_key(*LINKED)
    if touched or database.meta().get(_LINKED_BY) != rules:
        _resolve_links(database, progress)
        with database.transaction() as connection:
            Writer(connection).set_meta(_LINKED_BY, rules)
    return touched


def _resolve_links(database: Database, progress: Progress) -> None:
    """Resolve every citation anew: what one text gains or loses changes what the others' citations find."""
    reader = Reader(database)
    table = ArticleTable.of(reader)
    documents = reader.documents()
    days = {str(d.id): d.day for d in documents if d.kind is DocumentKind.CODE}
    decisions = {str(d.id) for d in documents if d.kind is DocumentKind.DECISION}
    with database.transaction() as connection:
        writer = Writer(connection)
        writer.drop_links()
        found = list(writer.citations())
        for start in range(0, len(found), _LINK_BATCH):
            progress("Résolution des renvois", start, len(found))
            batch = found[start : start + _LINK_BATCH]
            writer.link(
                (c.id, _weighed(resolve(c.citation, table, days.get(c.document)), c, c.document in decisions))
                for c in batch
            )
        progress("Résolution des renvois", len(found), len(found))


def _weighed(
    found: tuple[Resolution, ...], stored: StoredCitation, in_decision: bool
) -> tuple[Resolution, ...]:
    """The same, trusted less where a decision cites a text without the court's applying it for sure."""
    if not in_decision or stored.kind in _APPLIES:
        return found
    factor = GROUNDS if stored.place in ("motivations", "dispositif") else ARGUMENT
    return tuple(replace(r, confidence=r.confidence * factor) for r in found)
