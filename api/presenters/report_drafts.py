"""A draft as the API and the pages are given it, to the questions that a report begins with."""

from __future__ import annotations

from api.schemas.reports import DraftIn
from workplace.dossiers.drafting import DraftQuestion


def draft_questions(draft: DraftIn) -> list[DraftQuestion]:
    """The questions, in their order."""
    return [DraftQuestion(q.name, q.text, tuple(q.parts), tuple(q.heading)) for q in draft.questions]
