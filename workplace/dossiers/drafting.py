"""A dossier as the draft of a report: its questions are its sections, what is kept stands under each.

So a draft has all that a dossier has: versions, history, undo, freshness, sharing, exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.errors import UnknownItem
from kb.questionnaire import unnumbered
from workplace.dossiers.changes import added, find, new_item
from workplace.dossiers.limits import MAX_TITLE, checked
from workplace.dossiers.model import Content, Item, ItemKind

GAP = "Lacune : "
"""What the note of a gap begins with; the note is removed when the gap is filled."""
NOTHING = "Aucun passage ni aucune disposition n'est gardé pour cette question."


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question to be answered: its name ("Question 2.1"), its wording, its parts, the headings above it."""

    name: str
    wording: str
    parts: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()


def draft(title: str, note: str, questions: Sequence[DraftQuestion]) -> Content:
    """An empty draft: the headings and the questions, in order. Raises InvalidDossier when there are too many."""
    items: list[Item] = []
    path: tuple[str, ...] = ()
    for question in questions:
        items += [new_item(ItemKind.HEADING, title=short(name)) for name in _new(path, question.heading)]
        path = question.heading
        note_of = "\n".join(" ".join(line.split()) for line in (question.wording, *question.parts))
        items.append(
            new_item(
                ItemKind.QUESTION,
                title=short(f"{question.name} – {unnumbered(question.wording)}"),
                note=note_of,
            )
        )
    return checked(Content(title, note, tuple(items)))


def short(text: str) -> str:
    """A text as a title: on one line, cut at a word where it is too long.

    >>> len(short("mot " * 100)) <= MAX_TITLE, short("Question 1 – Quelles mesures ?")
    (True, 'Question 1 – Quelles mesures ?')
    """
    line = " ".join(text.split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def sections(content: Content) -> Iterator[tuple[Item | None, tuple[Item, ...]]]:
    """Each heading or question with the items under it; first, those above any, with None."""
    head: Item | None = None
    items: list[Item] = []
    for item in content.items:
        if not item.heads:
            items.append(item)
            continue
        if head or items:
            yield head, tuple(items)
        head, items = item, []
    if head or items:
        yield head, tuple(items)


def section(content: Content, head: str) -> tuple[Item, tuple[Item, ...]]:
    """A heading or a question, with the items under it. Raises UnknownItem."""
    for heading, items in sections(content):
        if heading is not None and heading.id == head:
            return heading, items
    raise UnknownItem(
        "Cette question n'est pas, ou n'est plus, dans le dossier.",
        hint="Rouvrez le dossier pour voir son état.",
    )


def kept(content: Content, head: str, items: Sequence[Item]) -> Content:
    """With these items added at the end of a section. Raises UnknownItem, InvalidDossier."""
    first, under = section(content, head)
    place = content.items.index(find(content, (under[-1] if under else first).id)) + 1
    for rank, item in enumerate(items):
        content = added(content, item, place + rank)
    return content


def gap_note(missing: str) -> Item:
    """A note that says what a section lacks."""
    return new_item(ItemKind.NOTE, note=GAP + " ".join(missing.split()))


def gaps(head: Item, items: Sequence[Item]) -> tuple[str, ...]:
    """What a question lacks: any source at all, and what the notes of gaps say. A plain heading lacks nothing."""
    if head.kind is not ItemKind.QUESTION:
        return ()
    noted = [item.note.removeprefix(GAP) for item in items if item.note.startswith(GAP)]
    return (*([] if any(item.source for item in items) else [NOTHING]), *noted)


def _new(path: tuple[str, ...], heading: tuple[str, ...]) -> tuple[str, ...]:
    """The headings that were not above the question before."""
    common = next((n for n, (a, b) in enumerate(zip(path, heading, strict=False)) if a != b), len(path))
    return heading[common:]
