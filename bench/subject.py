"""What is measured: the base in service, the questions, the day of the law, and where the peers keep their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from api.service import Service, open_service
from api.settings import Settings
from bench.questions import Question, load_questions
from kb.errors import NotBuilt
from kb.model import DocumentKind

QUESTIONS = Path(__file__).parent.parent / "tests" / "golden" / "questions.jsonl"


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
        """All development questions."""
        return load_questions(QUESTIONS)

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
        codes = len(self.service.reader.grouped("provision", "code"))
        return (
            f"Base de {counts['provision']} dispositions de {codes} codes ({counts['passage']} passages), "
            f"droit au {self.day.isoformat()}, {len(self.questions)} questions de développement "
            "(`tests/golden/questions.jsonl`)."
        )
