"""What lies in the sources folder: which files belong together, and whether they changed.

codes/<date>/<LEGITEXT…>.md             one code, as consolidated on that date; all its dates make one source
history/<name>                          a git repository: the whole history of one code or of several (`corpus.history`)
legi/…                                  LEGI data of codes (see `corpus.legi_files`): the same source as their Markdown
questionnaire/<name>.{txt,pdf,docx}     one reply to the questionnaire
case_law/judilibre/**/*.json            decisions, all one source: a decision may stand in several files
plans/, circulaires/, rapports/         documents in PDF, DOCX, Markdown or text, one source each
(our own records)                       one source, the package `corpus/starter`
(our own statistics)                    one source, `corpus/starter/statistics`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path

from corpus.history.discovery import HistoryPlace, RepositoryListing, find_histories
from corpus.legi_files import find_legi_files
from corpus.source_files import Place, SourceFile, files_of, read_place
from kb.code_key import READ, code_key
from kb.codes import code_by_slug, find_code
from kb.errors import InvalidDate, InvalidInput, MissingSources, UnreadableSource
from kb.ids import slug
from kb.records import FOLDERS
from kb.reforms import reforms_data

STARTER_KEY = "fiches"
STATISTICS_KEY = "statistiques"
DECISIONS_KEY = "jurisprudence"
OWN_KEYS = frozenset({STARTER_KEY, STATISTICS_KEY})
"""The sources that come with Renvoi: none of them is an official text."""
DOCUMENT_FOLDERS = ("plans", "circulaires", "rapports")
_REPLIES = (".txt", ".pdf", ".docx")
_CODE_FILE = re.compile(r"(LEGITEXT\d{12})\.md\Z")


class SourceKind(Enum):
    """What a source is, hence how it is read."""

    CODE = auto()
    QUESTIONNAIRE = auto()
    DECISIONS = auto()
    DOCUMENT = auto()
    RECORDS = auto()
    STATISTICS = auto()
    HISTORY = auto()
    """A git repository: what it says of codes goes with each code, what is wrong with it is told apart."""

    @property
    def dispensable(self) -> bool:
        """Whether the base may be built without one of its files: it does not state the law."""
        return self in (SourceKind.DECISIONS, SourceKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Source:
    """The unit of incremental building. `text_id` is the LEGITEXT of a code, None for other sources.

    `twins` are the LEGITEXT of other codes whose file holds the very same text: a fault of the data, to be reported.
    """

    key: str
    kind: SourceKind
    places: tuple[Place, ...]
    fingerprint: str
    text_id: str | None = None
    twins: tuple[str, ...] = ()
    histories: tuple[HistoryPlace, ...] = ()
    faults: tuple[str, ...] = ()

    def read(self) -> tuple[SourceFile, ...]:
        """The files' bytes, oldest snapshot first. Raises UnreadableSource."""
        return tuple(read_place(place) for place in self.places)


def discover(folder: Path) -> tuple[Source, ...]:
    """Every source of the folder, our own records last. Raises MissingSources, InvalidDate, UnreadableSource."""
    records = (*_starter(), *_statistics())
    if not folder.is_dir():
        found: tuple[Source, ...] = ()
    else:
        listings = tuple(find_histories(folder, date.today()))
        repositories = tuple(_repository(listing) for listing in listings)
        found = (
            *_codes(folder, listings),
            *repositories,
            *_questionnaires(folder),
            *_decisions(folder),
            *_documents(folder),
        )
    if not found and not records:
        raise MissingSources(
            f"Aucun texte officiel dans {folder}.",
            hint="Indiquez le dossier : renvoi build --sources DOSSIER, ou RENVOI_SOURCES.",
        )
    return (*found, *records)


def select_codes(sources: Sequence[Source], slugs: Sequence[str]) -> tuple[Source, ...]:
    """Only these codes, with all that is not a code; every code when none is named. Raises InvalidInput."""
    if not slugs or "all" in slugs:
        return tuple(sources)
    present = {s.text_id for s in sources if s.text_id}
    wanted = {_text_id(slug, present) for slug in slugs}
    return tuple(s for s in sources if s.text_id is None or s.text_id in wanted)


def _text_id(slug: str, present: set[str]) -> str:
    code = code_by_slug(slug) or find_code(slug)
    if code is None or code.legitext not in present:
        raise InvalidInput(
            f"Le code « {slug} » n'est pas dans le dossier des sources.",
            hint="Donnez des noms tels que code-penal, ceseda, code-civil, séparés par des virgules, ou all.",
        )
    return code.legitext


def _repository(listing: RepositoryListing) -> Source:
    return Source(listing.name, SourceKind.HISTORY, (), listing.fingerprint, faults=tuple(listing.faults))


def _codes(folder: Path, listings: Sequence[RepositoryListing]) -> list[Source]:
    found: dict[str, list[Place]] = {}
    histories: dict[str, list[tuple[HistoryPlace, str]]] = {}
    for listing in listings:
        for history, fingerprint in listing.codes:
            histories.setdefault(history.text_id, []).append((history, fingerprint))
            found.setdefault(history.text_id, [])
    for path in sorted(folder.glob("codes/*/LEGITEXT*.md")):
        match = _CODE_FILE.match(path.name)
        if match is None:
            raise UnreadableSource(
                f"{path.name} : le nom attendu est LEGITEXT suivi de douze chiffres, puis .md."
            )
        found.setdefault(match[1], []).append(Place(folder, path, _day(path.parent.name)))
    for text_id, place in find_legi_files(folder):
        found.setdefault(text_id, []).append(place)
    codes = [
        _source(f"code/{text_id}", SourceKind.CODE, places, text_id)
        for text_id, places in sorted(found.items())
    ]
    return _with_twins([_with_histories(code, histories.get(str(code.text_id), [])) for code in codes])


def _with_histories(code: Source, histories: Sequence[tuple[HistoryPlace, str]]) -> Source:
    if not histories:
        return code
    digests = (code.fingerprint, *(fingerprint for _, fingerprint in histories))
    fingerprint = sha256(" ".join(digests).encode()).hexdigest()
    return replace(code, histories=tuple(place for place, _ in histories), fingerprint=fingerprint)


def _with_twins(codes: list[Source]) -> list[Source]:
    """Tell each code which others have its text, word for word, at the last date."""
    bodies = {code.key: _body_digest(code) for code in codes}
    same: dict[bytes, list[Source]] = {}
    for code in codes:
        same.setdefault(bodies[code.key], []).append(code)
    return [_told(code, same[bodies[code.key]]) for code in codes]


def _told(code: Source, same: list[Source]) -> Source:
    twins = tuple(str(other.text_id) for other in same if other.key != code.key)
    if not twins:
        return code
    fingerprint = sha256(" ".join((code.fingerprint, *twins)).encode()).hexdigest()
    return replace(code, twins=twins, fingerprint=fingerprint)


def _body_digest(code: Source) -> bytes:
    """Of the text that follows the front matter and the title, which name the code, in its last Markdown file."""
    markdown = [place for place in code.places if place.path.suffix == ".md"]
    if not markdown:
        return code.key.encode()
    return sha256(read_place(markdown[-1]).data.split(b"\n# ", 1)[-1].partition(b"\n")[2]).digest()


def _questionnaires(folder: Path) -> list[Source]:
    """One a file; the name without its extension is that of the document, so that no two may share it."""
    found: dict[str, Source] = {}
    for path in sorted((folder / "questionnaire").glob("*")):
        if path.suffix.lower() not in _REPLIES:
            continue
        key = f"questionnaire/{path.stem}"
        if key in found:
            raise UnreadableSource(
                f"questionnaire/{path.stem} est là sous deux formats : n'en gardez qu'un.",
                hint="Le texte extrait du PDF par vos soins, ou le PDF lui-même.",
            )
        found[key] = _source(key, SourceKind.QUESTIONNAIRE, [Place(folder, path)])
    return list(found.values())


def _decisions(folder: Path) -> list[Source]:
    paths = [p for p in files_of(folder / "case_law" / "judilibre") if p.suffix.lower() == ".json"]
    if not paths:
        return []
    return [_source(DECISIONS_KEY, SourceKind.DECISIONS, [Place(folder, p) for p in paths])]


def _documents(folder: Path) -> list[Source]:
    """Each file one source, whatever its format: one that is not read is told when it is its turn."""
    found: dict[str, Source] = {}
    for name in DOCUMENT_FOLDERS:
        for path in files_of(folder / name):
            relative = path.relative_to(folder / name)
            stem = slug(relative.with_suffix("").as_posix())
            key = f"{name}/{stem}"
            if key in found:
                key = f"{key}-{slug(path.suffix)}"
            found[key] = _source(key, SourceKind.DOCUMENT, [Place(folder, path)])
    return list(found.values())


def _starter() -> tuple[Source, ...]:
    root = Path(str(package_files("corpus").joinpath("starter")))
    paths = sorted(path for folder in FOLDERS for path in root.glob(f"{folder}/*.md"))
    if not paths:
        return ()
    return (_source(STARTER_KEY, SourceKind.RECORDS, [Place(root, p, prefix="starter/") for p in paths]),)


def _statistics() -> tuple[Source, ...]:
    root = Path(str(package_files("corpus").joinpath("starter", "statistics")))
    paths = sorted(path for path in root.glob("*") if path.suffix in (".csv", ".yaml"))
    return (_source(STATISTICS_KEY, SourceKind.STATISTICS, [Place(root, p) for p in paths]),) if paths else ()


def _source(key: str, kind: SourceKind, places: Iterable[Place], text_id: str | None = None) -> Source:
    ordered = tuple(sorted(places, key=lambda place: (place.day or date.min, place.name)))
    digest = sha256(code_key(*READ).encode())
    if kind is SourceKind.CODE:
        digest.update(reforms_data())
    for place in ordered:
        digest.update(place.name.encode() + _digest(place, kind))
    return Source(key, kind, ordered, digest.hexdigest(), text_id)


def _digest(place: Place, kind: SourceKind) -> bytes:
    """Of the file's bytes (the whole archive's for a member); of why they cannot be had, where that is forgiven."""
    try:
        return sha256(read_place(replace(place, member="")).data).digest()
    except UnreadableSource as error:
        if not kind.dispensable:
            raise
        return sha256(error.message.encode()).digest()


def _day(name: str) -> date:
    try:
        day = date.fromisoformat(name)
        if day.isoformat() != name:  # "20260403" is a date too, and would be a second folder of the same day
            raise ValueError(name)
        return day
    except ValueError as error:
        raise InvalidDate(
            f"codes/{name} : ce dossier doit porter la date de consolidation, AAAA-MM-JJ.",
            hint="Exemple : codes/2026-04-03/.",
        ) from error
