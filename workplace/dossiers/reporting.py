"""A dossier as the report that every export writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.bibliography import Reference, ReferenceKind
from kb.questionnaire import unnumbered
from workplace.dossiers.drafting import gaps, sections
from workplace.dossiers.freshness import LABELS, Freshness, Verdict
from workplace.dossiers.gathering import provenance
from workplace.dossiers.model import Content, Item, ItemKind, Source
from workplace.exports.report import Cited, Entry, Report, Section, Standing


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report is set against: the day, the base, who makes it, the address of a source on this server."""

    day: date
    generation: str
    author: str
    address: Callable[[ItemKind, Source], str]


def report_of(
    content: Content, judged: Mapping[str, Verdict], cited: tuple[Cited, ...], setting: Setting
) -> Report:
    """The dossier, section by section: a heading opens one."""
    return Report(
        title=content.title,
        day=setting.day,
        sections=tuple(_sections(content, judged, setting)),
        note=content.note,
        author=setting.author,
        generation=setting.generation,
        cited=cited,
    )


def _sections(content: Content, judged: Mapping[str, Verdict], setting: Setting) -> Iterator[Section]:
    for head, items in sections(content):
        entries = tuple(_entry(item, judged.get(item.id), setting) for item in items)
        if head is None:
            yield Section(entries)
        else:
            yield Section(entries, head.title, _note_of(head), gaps=gaps(head, items))


def _note_of(head: Item) -> str:
    """The note of a heading; of a question, only the lines that its title does not say already."""
    first, _, rest = head.note.partition("\n")
    repeated = head.kind is ItemKind.QUESTION and head.title.endswith(f"– {unnumbered(first)}")
    return rest if repeated else head.note


def _entry(item: Item, verdict: Verdict | None, setting: Setting) -> Entry:
    source = item.source
    if source is None:
        return Entry(note=item.note)
    return Entry(
        title=source.citation,
        text=source.text,
        quotation=item.quoted if item.quotation else "",
        note=item.note,
        reference=_reference(item.kind, source, setting),
        provenance=" ".join([provenance(source), *source.warnings]),
        standing=_standing(verdict) if verdict else None,
    )


def _reference(kind: ItemKind, source: Source, setting: Setting) -> Reference:
    article = kind is ItemKind.PROVISION
    return Reference(
        id=source.id,
        kind=ReferenceKind.ARTICLE if article else ReferenceKind.DOCUMENT,
        title=source.citation,
        container=source.document_title,
        number=source.id.partition("/")[2] if article else "",
        day=source.start,
        seen=source.seen,
        url=setting.address(kind, source),
    )


def _standing(verdict: Verdict) -> Standing:
    current = verdict.freshness is Freshness.UNCHANGED
    return Standing(LABELS[verdict.freshness], verdict.message, current, verdict.edits)
