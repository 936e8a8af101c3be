"""What lies in the sources folder: which files belong together, and whether they changed.

codes/<date>/<LEGITEXT…>.md     one code, as consolidated on that date; all its dates make one source
questionnaire/<name>.txt        one reply to the questionnaire
(our own records)               one source, the package `corpus/starter`
(our own statistics)            one source, `corpus/starter/statistics`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path

from kb.codes import code_by_slug, find_code
from kb.errors import InvalidDate, InvalidInput, MissingSources, UnreadableSource
from kb.records import FOLDERS

STARTER_KEY = "fiches"
STATISTICS_KEY = "statistiques"
OWN_KEYS = frozenset({STARTER_KEY, STATISTICS_KEY})
"""The sources that come with Renvoi: none of them is an official text."""
# Grows when a reader, the citation engine or the cut into passages changes: everything is then read again.
READERS_VERSION = 3
_CODE_FILE = re.compile(r"(LEGITEXT\d{12})\.md\Z")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: `path` is relative to the sources folder, `day` the date of a snapshot."""

    path: str
    data: bytes
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The unit of incremental building. `text_id` is the LEGITEXT of a code, None for other sources.

    `twins` are the LEGITEXT of other codes whose file holds the very same text: a fault of the data, to be reported.
    """

    key: str
    paths: tuple[tuple[str, Path, date | None], ...]
    fingerprint: str
    text_id: str | None = None
    twins: tuple[str, ...] = ()

    def read(self) -> tuple[SourceFile, ...]:
        """The files' bytes, oldest snapshot first. Raises UnreadableSource."""
        return tuple(SourceFile(name, _bytes(path), day) for name, path, day in self.paths)


def discover(folder: Path) -> tuple[Source, ...]:
    """Every source of the folder, our own records last. Raises MissingSources, InvalidDate, UnreadableSource."""
    records = (*_starter(), *_statistics())
    if not folder.is_dir():
        found: tuple[Source, ...] = ()
    else:
        found = (*_codes(folder), *_questionnaires(folder))
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


def _codes(folder: Path) -> list[Source]:
    snapshots: dict[str, list[tuple[str, Path, date | None]]] = {}
    for path in sorted(folder.glob("codes/*/LEGITEXT*.md")):
        match = _CODE_FILE.match(path.name)
        if match is None:
            raise UnreadableSource(
                f"{path.name} : le nom attendu est LEGITEXT suivi de douze chiffres, puis .md."
            )
        entry = (_relative(path, folder), path, _day(path.parent.name))
        snapshots.setdefault(match[1], []).append(entry)
    found = [_source(f"code/{text_id}", entries, text_id) for text_id, entries in sorted(snapshots.items())]
    return _with_twins(found)


def _with_twins(codes: list[Source]) -> list[Source]:
    """Tell each code which others have its text, word for word, at the last date."""
    bodies = {code.key: _body_digest(_bytes(code.paths[-1][1])) for code in codes}
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


def _body_digest(data: bytes) -> bytes:
    """Of the text that follows the front matter and the title, which name the code."""
    return sha256(data.split(b"\n# ", 1)[-1].partition(b"\n")[2]).digest()


def _questionnaires(folder: Path) -> list[Source]:
    paths = sorted(folder.glob("questionnaire/*.txt"))
    return [_source(f"questionnaire/{p.stem}", [(_relative(p, folder), p, None)]) for p in paths]


def _starter() -> tuple[Source, ...]:
    root = Path(str(package_files("corpus").joinpath("starter")))
    paths = sorted(path for folder in FOLDERS for path in root.glob(f"{folder}/*.md"))
    if not paths:
        return ()
    return (_source(STARTER_KEY, [(f"starter/{_relative(p, root)}", p, None) for p in paths]),)


def _statistics() -> tuple[Source, ...]:
    root = Path(str(package_files("corpus").joinpath("starter", "statistics")))
    paths = sorted(path for path in root.glob("*") if path.suffix in (".csv", ".yaml"))
    return (_source(STATISTICS_KEY, [(path.name, path, None) for path in paths]),) if paths else ()


def _source(key: str, entries: Iterable[tuple[str, Path, date | None]], text_id: str | None = None) -> Source:
    ordered = tuple(sorted(entries, key=lambda entry: (entry[2] or date.min, entry[0])))
    digest = sha256(f"{READERS_VERSION}".encode())
    for name, path, _ in ordered:
        digest.update(name.encode() + sha256(_bytes(path)).digest())
    return Source(key, ordered, digest.hexdigest(), text_id)


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


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{path.name} ne peut pas être lu : {error.strerror}.") from error
