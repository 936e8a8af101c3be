"""What is measured: the base in service, the questions, the day of the law, and where the peers keep their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from bench.tools.questions import Question, load_questions
from kb.errors import NotBuilt
from kb.model import DocumentKind
from service.base import Service, open_service
from service.settings import Settings

_GOLDEN = Path(__file__).parents[2] / "tests" / "golden"
QUESTIONS, OTHER_HAND, SET_ASIDE = (
    _GOLDEN / f"{name}.jsonl" for name in ("questions", "other_hand", "set_aside")
)


@dataclass(frozen=True)
class Subject:
    """Opened when first needed: the sections that measure no base open none. `repeats` is how often times are taken."""

    settings: Settings
    gold: Path
    repeats: int

    @cached_property
    def service(self) -> Service:
        """The base in service. Raises NotBuilt."""
        return open_service(self.settings)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The development questions, in two halves, and those of another hand."""
        return load_questions(QUESTIONS) + load_questions(OTHER_HAND)

    @cached_property
    def set_aside(self) -> tuple[Question, ...]:
        """The known questions that are kept from the search and from its training."""
        return load_questions(SET_ASIDE)

    @cached_property
    def day(self) -> date:
        """The day of the newest snapshot: the measures do not change with the calendar."""
        documents = self.service.reader.documents()
        days = [d.day for d in documents if d.day is not None and d.kind is DocumentKind.CODE]
        if not days:
            raise NotBuilt("La base ne contient aucun code.", hint="Lancez : renvoi build.")
        return max(days)

    @property
    def work(self) -> Path:
        """Where peers keep what is long to compute."""
        return self.settings.home / "bench"

    def described(self) -> str:
        """The data, in one French sentence."""
        counts = self.service.reader.counts()
        codes = len(self.service.reader.provisions_by_code())
        return (
            f"Base de {counts['provision']} dispositions de {codes} codes ({counts['passage']} passages), "
            f"droit au {self.day.isoformat()}, {len(self.questions)} questions (`tests/golden/`)."
        )
