"""The draft of a report: begun from a questionnaire, its questions answered one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.errors import InvalidDossier
from service.dossiers import AccountDossiers
from service.proposals import MAX_PARTS, MAX_QUESTION, ProposalSet, QuestionToAnswer, propose
from workplace.dossiers.changes import new_item
from workplace.dossiers.drafting import DraftQuestion, draft, gap_note, kept, section
from workplace.dossiers.model import Dossier, Item, ItemKind

MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """What is kept under a question: a provision or a passage by its identifier, or a gap in its words."""

    kind: str
    name: str


def begin(dossiers: AccountDossiers, title: str, note: str, questions: Sequence[DraftQuestion]) -> Dossier:
    """A dossier whose questions wait for their answers. Raises InvalidDossier."""
    return dossiers.create(draft(title, note, questions), "Brouillon commencé")


def question_of(item: Item, since: date | None, today: date) -> QuestionToAnswer:
    """The question of a draft: its first line, then its parts. Raises InvalidDossier for what is no question."""
    lines = [line for line in (item.note or item.title).split("\n") if line.strip()]
    if item.kind is not ItemKind.QUESTION or not lines:
        raise InvalidDossier("Cet élément n'est pas une question.", hint="Ouvrez une question du dossier.")
    parts = tuple(line[:MAX_QUESTION] for line in lines[1 : MAX_PARTS + 1])
    return QuestionToAnswer(lines[0][:MAX_QUESTION], parts, today, since)


def proposals(
    dossiers: AccountDossiers, dossier: str, question: str, since: date | None
) -> tuple[Item, ProposalSet]:
    """A question of a draft and what may answer it. Raises UnknownDossier, UnknownItem, InvalidDossier."""
    item, _ = section(dossiers.get(dossier).content, question)
    return item, propose(dossiers.service, question_of(item, since, dossiers.now.date()))


def keep(dossiers: AccountDossiers, dossier: str, question: str, choices: Sequence[Choice]) -> Dossier:
    """Add these at the end of a question, whatever else was edited meanwhile: an addition overwrites nothing.

    Raises InvalidDossier when nothing is chosen, UnknownItem, and what the base raises.
    """
    if not 0 < len(choices) <= MOST_KEPT:
        raise InvalidDossier(
            f"Choisissez de 1 à {MOST_KEPT} propositions." if choices else "Rien n'est choisi.",
            hint="Cochez ce qui est à garder.",
        )
    items = [_item(dossiers, choice) for choice in choices]
    count = f"{len(items)} élément{'s' if len(items) > 1 else ''} gardé{'s' if len(items) > 1 else ''}"
    title = section(dossiers.get(dossier).content, question)[0].title
    return dossiers.change(
        dossier, lambda content: kept(content, question, items), dossiers.edit(f"{count} : {title}")
    )


def _item(dossiers: AccountDossiers, choice: Choice) -> Item:
    if choice.kind == "lacune":
        return gap_note(choice.name)
    if choice.kind == "passage":
        kind, source = dossiers.source(passage=choice.name)
    elif choice.kind == "disposition":
        kind, source = dossiers.source(provision=choice.name)
    else:
        raise InvalidDossier("Le formulaire ne dit pas ce qu'il faut garder.", hint="Renvoyez-le.")
    return new_item(kind, source=source)
