"""The starter records: our own notes on provisions, in Markdown with a YAML front matter.

    ---
    id: code-penal/225-4-3
    title: Traite des êtres humains en bande organisée
    terms: [réseau de traite, filière organisée, …]
    …
    ---
    Text of 60 to 150 words.

They make the program useful before any official text is there, and tie the words of practice to those of the law.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from corpus.record_schema import Penalty, Record, check_body, check_record
from kb.errors import UnreadableSource
from kb.ids import DocumentId, PassageId, ProvisionId, slug
from kb.model import Document, DocumentKind, Passage, PassageKind
from kb.text import MappedText, Span

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?\n)---[^\S\n]*\n", re.DOTALL)
# The entries of the words passage, in the order in which it gives them.
_WORDS = ("title", "terms", "title_en", "terms_en")
# libyaml reads the two hundred records ten times faster where it is there.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class RecordReading:
    """One record, read: what it says (`record`), and its two passages, both tied to its provision.

    The first passage is the title and the body, the second the words: titles and terms in French and English.
    """

    document: Document
    raw: str
    record: Record
    passages: tuple[Passage, ...]

    @property
    def links(self) -> tuple[ProvisionId, ...]:
        """The provisions that the record says are related to its own."""
        return self.record.related

    @property
    def penalties(self) -> tuple[Penalty, ...]:
        """The sanctions that the provision sets."""
        return self.record.penalties


def read_record(data: bytes, path: str) -> RecordReading:
    """Read the record that the file `path` holds.

    Raises UnreadableSource when the file is not UTF-8, has no front matter, or says something that is not allowed.
    """
    raw = _decode(data, path)
    found = _FRONT_MATTER.match(raw)
    if found is None:
        raise UnreadableSource(
            f"Fiche « {path} » : pas d'en-tête YAML.", hint="L'écrire entre deux lignes « --- »."
        )
    values, places = _front_matter(found["yaml"], found.start("yaml"), path)
    record = check_record(values, path)
    body = _stripped(raw, found.end())
    check_body(raw[body.start : body.end], path)
    document = Document(
        DocumentId(f"fiche-{slug(record.id)}"),
        DocumentKind.RECORD,
        record.title,
        path,
        hashlib.sha256(data).hexdigest(),
        record.checked,
    )
    text = MappedText.join(raw, [*places["title"], ".\n\n", body])
    words = MappedText.join(raw, _enumerated(places))
    passages = (_passage(document, record, 0, text), _passage(document, record, 1, words))
    return RecordReading(document, raw, record, passages)


def _passage(document: Document, record: Record, ordinal: int, content: MappedText) -> Passage:
    place = record.id.split("/", 1)[-1]
    return Passage(
        id=PassageId(f"{document.id}/{place}/{ordinal + 1}"),
        document=document.id,
        ordinal=ordinal,
        kind=PassageKind.TEXT,
        heading=("Fiches de Renvoi", record.title),
        place=place,
        content=content,
        provision=record.id,
    )


def _enumerated(places: dict[str, list[Span]]) -> Iterator[Span | str]:
    """The titles and terms as two readable sentences: `Titre : un terme, un autre.`"""
    for key in _WORDS:
        for index, span in enumerate(places[key]):
            if index:
                yield ", "
            yield span
        yield " : " if key.startswith("title") else ".\n"


def _front_matter(text: str, offset: int, path: str) -> tuple[object, dict[str, list[Span]]]:
    """The values of the front matter, and where those of the words stand in the raw source."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableSource(
            f"Fiche « {path} » : en-tête YAML illisible ({error}).", hint="Corriger la fiche."
        ) from error
    finally:
        loader.dispose()
    return values, _places(node, text, offset, path)


def _places(node: yaml.Node | None, text: str, offset: int, path: str) -> dict[str, list[Span]]:
    places: dict[str, list[Span]] = {key: [] for key in _WORDS}
    seen: set[str] = set()
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            raise UnreadableSource(f"Fiche « {path} » : « {key.value} » est donné deux fois.")
        seen.add(key.value)
        if key.value in places:
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            places[key.value] = [_place(item, text, offset, path) for item in items]
    return places


def _place(node: yaml.Node, text: str, offset: int, path: str) -> Span:
    """Where the characters of one value stand, without its quotes."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"'):
        start, end = start + 1, end - 1
    if text[start:end] != node.value:
        raise UnreadableSource(
            f"Fiche « {path} » : « {text[start:end]} » doit s'écrire sur une ligne et sans échappement."
        )
    return Span(offset + start, offset + end)


def _stripped(raw: str, start: int) -> Span:
    """The text from `start` to the end, without the blanks around it."""
    text = raw[start:]
    return Span(start + len(text) - len(text.lstrip()), start + max(len(text.rstrip()), 0))


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"Fiche « {path} » : octet {error.start} non UTF-8.", hint="Enregistrer en UTF-8."
        ) from error
