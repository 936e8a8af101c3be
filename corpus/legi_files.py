"""The LEGI data of the sources folder: which files hold articles of which code.

legi/…/LEGITEXT….json           one code, as the npm package @socialgouv/legi-data gives it
legi/….tgz                      that package itself, as `npm pack` fetches it
legi/<date>/…/LEGIARTI….xml     articles in the XML of the DILA, as of that date; its other files are not needed
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.archives import HEAD, members
from corpus.readers.legi import article_root
from corpus.source_files import Place, checked_path, files_of, read_place
from kb.errors import InvalidDate, UnreadableSource

_JSON = re.compile(r"(?:^|/)(LEGITEXT\d{12})\.json\Z")
_XML = re.compile(r"LEGIARTI\d{12}\.xml\Z")
_CID = re.compile(rb'"cid"\s*:\s*"(LEGITEXT\d{12})"')
_CODE = re.compile(rb"<TEXTE\b[^<>]*\bcid=\"(LEGITEXT\d{12})\"")


def find_legi_files(folder: Path) -> Iterator[tuple[str, Place]]:
    """(LEGITEXT of the code, file) of all the LEGI data. Raises UnreadableSource, InvalidDate."""
    for path in files_of(folder / "legi"):
        if path.suffix == ".tgz" or path.name.endswith(".tar.gz"):
            yield from _packed(folder, path)
        elif match := _JSON.search(path.as_posix()):
            place = Place(folder, path)
            yield _code_in(read_place(place).data[:HEAD]) or match[1], place
        elif _XML.search(path.name):
            place = Place(folder, path, _day(path.relative_to(folder)))
            yield _code_of(place), place


def _packed(folder: Path, path: Path) -> Iterator[tuple[str, Place]]:
    place = Place(folder, path)
    for name, head in members(checked_path(place), _JSON, place.name):
        if match := _JSON.search(name):
            yield _code_in(head) or match[1], Place(folder, path, member=name)


def _code_in(head: bytes) -> str:
    """The code that a JSON file names first: its file may bear the number of one consolidation of it."""
    match = _CID.search(head)
    return match[1].decode() if match else ""


def _code_of(place: Place) -> str:
    """The code of an article in XML, told by its context; an article of a law that is no code is refused.

    A file that is no such article, or that means harm, is refused for that.
    """
    data = read_place(place).data
    match = _CODE.search(data)
    if match is None:
        article_root(data, place.name)
        raise UnreadableSource(
            f"{place.name} ne dit pas de quel code il est l'article.",
            hint="Ne placez dans legi/ que les articles des codes (dossier code_en_vigueur de la DILA).",
        )
    return match[1].decode()


def _day(path: Path) -> date:
    """The date of the folder under legi/ that the file stands in."""
    name = path.parts[1] if len(path.parts) > 2 else ""
    try:
        day = date.fromisoformat(name)
        if day.isoformat() != name:
            raise ValueError(name)
        return day
    except ValueError as error:
        raise InvalidDate(
            f"{path.as_posix()} : les articles en XML se rangent sous la date des données, legi/AAAA-MM-JJ/.",
            hint="Exemple : legi/2026-04-03/, à la date de l'archive de la DILA.",
        ) from error
