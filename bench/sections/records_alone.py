"""Section « records »: what a fresh machine answers, with no official text at all, our records being the whole base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sections import retrieval
from bench.sections.build_time import Run, timed_build
from bench.tools.judging import TRAFFICKING, Judged, judge
from bench.tools.report import Section, Table
from bench.tools.search_system import our_ranker
from bench.tools.subject import Subject
from kb.records import RecordKind
from service.base import Service, open_service
from service.settings import Settings

NAME = "records"
_NOTE = (
    "Base construite d'un dossier de sources vide : aucun article, nos fiches seules. Les questions sont celles de la "
    "recherche, posées au code pénal et au CESEDA ; une question dont aucune fiche ne traite la réponse compte comme "
    "manquée."
)


def measure(subject: Subject) -> Section:
    """How long the base of our records takes to build, and how well it answers the questions on trafficking."""
    with TemporaryDirectory(prefix="renvoi-bench-") as name:
        settings = bare(subject.settings, Path(name))
        run = timed_build(settings)
        service = open_service(settings)
        try:
            return Section(NAME, "Nos fiches seules", described(service), _tables(service, subject, run))
        finally:
            service.close()


def bare(settings: Settings, folder: Path) -> Settings:
    """The same settings over an empty sources folder, in a data folder of their own."""
    empty = folder / "sources"
    empty.mkdir()
    return settings.model_copy(update={"home": folder / "data", "sources": empty, "database_url": None})


def described(service: Service) -> str:
    """The data, in one French sentence."""
    counts = service.reader.counts()
    return (
        f"{counts['document']} fiches, dont {counts['provision']} de dispositions, et aucun texte officiel "
        f"({counts['passage']} passages)."
    )


def newest(service: Service) -> date:
    """The last day on which a record of a provision was checked: the measure does not change with the calendar."""
    records = (stored.record for stored in service.reader.every_record(RecordKind.PROVISION))
    return max(record.checked for record in records if record.checked)


def _tables(service: Service, subject: Subject, run: Run) -> tuple[Table, ...]:
    questions = [q for q in subject.questions if q.style in TRAFFICKING]
    judged = judge(our_ranker(service.searcher, newest(service)), questions)
    return (*(by_style(judged, half) for half in retrieval.HALVES), _built(run))


def by_style(judged: Sequence[Judged], half: str) -> Table:
    """The metrics of one half of the questions, by style, then of all of them."""
    return retrieval.by_style(judged, half, f"Nos fiches seules, {retrieval.HALVES[half]}", _NOTE)


def _built(run: Run) -> Table:
    columns = ("construction", "secondes", "secondes de processeur", "pic de mémoire (Mio)")
    row = ("fiches seules", run.wall, run.processor, run.peak)
    return Table("Durée et mémoire", columns, (row,), "`renvoi build`, démarrage de Python compris.")
