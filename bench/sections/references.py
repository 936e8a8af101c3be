"""Section « references »: every reference of an article to another, over all codes, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bench.tools.reference_causes import Causes, Reference
from bench.tools.report import Cell, Section, Table
from bench.tools.subject import Subject
from kb.citations import Context, find_citations
from kb.french_citation import cite_id, text_name
from kb.ids import parse_id
from kb.model import Provision, Status
from kb.resolution.resolve import resolve
from kb.validity import law_on

NAME = "references"
MOST_FREQUENT = 50
_BATCH = 500
_SHOWN = (Status.RESOLVED, Status.RENUMBERED, Status.REPEALED, Status.UNKNOWN_NUMBER, Status.NOT_IN_CORPUS)
_NOTE = (
    "Citations relevées dans la rédaction en vigueur de chaque article, une ligne par code qui cite ; une série compte "
    "pour une. Part résolue : des renvois à un texte de la base. Autres : lettre omise, numéro impossible."
)


def measure(subject: Subject) -> Section:
    """Every reference by code, the texts that the base lacks, the numbers that lead nowhere and why."""
    references = tuple(_references(subject))
    causes = Causes.of(references, subject.service.articles)
    tables = (_by_code(references), _absent(references, causes), _unknown(references, causes))
    return Section(NAME, "Renvois entre articles", subject.described(), tables)


def _references(subject: Subject) -> Iterator[Reference]:
    service = subject.service
    numbers: dict[str, set[str]] = defaultdict(set)
    ids = [i for i, _, _ in service.reader.indexed_provisions()]
    for i in ids:
        numbers[parse_id(i).text].add(str(parse_id(i).number))
    known = {text: frozenset(counts) for text, counts in numbers.items()}
    for start in range(0, len(ids), _BATCH):
        for provision in service.reader.provisions(ids[start : start + _BATCH]).values():
            yield from _of_article(subject, provision, known[provision.code])


def _of_article(subject: Subject, provision: Provision, numbers: frozenset[str]) -> Iterator[Reference]:
    version = law_on(provision.versions, subject.day).wording
    if version is None:
        return
    for citation in find_citations(version.text, context=Context(provision.code, numbers)):
        for counts in resolve(citation, subject.service.articles, subject.day):
            yield Reference(provision.id, counts.target, counts.status, citation.inherited)


def _by_code(references: Sequence[Reference]) -> Table:
    by_code: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        by_code[parse_id(reference.source).text].append(reference)
    columns = (
        "code",
        "renvois",
        "résolus",
        "renumérotés",
        "abrogés",
        "numéro inconnu",
        "texte absent",
        "autres",
        "part résolue",
    )
    rows = [_row("tous", references), *(_row(text_name(code), by_code[code]) for code in sorted(by_code))]
    return Table("Renvois par code", columns, tuple(rows), _NOTE)


def _row(name: str, references: Sequence[Reference]) -> tuple[Cell, ...]:
    counts = Counter(r.status for r in references)
    rows = [counts[status] for status in _SHOWN]
    within = len(references) - counts[Status.NOT_IN_CORPUS]
    share = counts[Status.RESOLVED] / within if within else None
    return (name, len(references), *rows, len(references) - sum(rows), share)


def _absent(references: Sequence[Reference], causes: Causes) -> Table:
    counts = Counter(r.text for r in references if r.status is Status.NOT_IN_CORPUS)
    rows = tuple((text_name(t), n, causes.of_text(t)) for t, n in counts.most_common(MOST_FREQUENT))
    title = f"Les {MOST_FREQUENT} textes absents les plus cités"
    return Table(title, ("texte", "renvois", "ce qu'il faudrait"), rows)


def _unknown(references: Sequence[Reference], causes: Causes) -> Table:
    lost: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.status not in (Status.RESOLVED, Status.NOT_IN_CORPUS):
            lost[reference.target].append(reference)
    ordered = sorted(lost.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_FREQUENT]
    rows = tuple(_explained(target, counts, causes) for target, counts in ordered)
    title = f"Les {MOST_FREQUENT} formes non résolues les plus fréquentes, textes absents mis à part"
    return Table(title, ("forme", "renvois", "cité par exemple par", "pourquoi"), rows)


def _explained(target: str, counts: Sequence[Reference], causes: Causes) -> tuple[Cell, ...]:
    sources = [r.source for r in counts]
    why = causes.of_number(target, sources, all(r.inherited for r in counts))
    return (cite_id(target), len(counts), cite_id(sources[0]), why)
