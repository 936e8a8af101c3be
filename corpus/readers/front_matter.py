"""The YAML front matter of a record: its values, and where the characters of each text stand in the raw file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from corpus.record_checking import fault
from kb.errors import UnreadableSource
from kb.text.spans import Span

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?\n)---[^\S\n]*\n", re.DOTALL)
# libyaml reads the hundreds of records ten times faster where it is there.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`values` as YAML gives them, `places` of the texts of the entries asked for, `end` where the body begins."""

    values: object
    places: Mapping[str, tuple[Span, ...]]
    end: int


def read_front_matter(raw: str, placed: Sequence[str], path: str) -> FrontMatter:
    """Read it; `placed` names the entries whose texts must stand in the file as they are read.

    Raises UnreadableSource when there is none, when it is no YAML, or when an entry is given twice or is escaped.
    """
    match = _FRONT_MATTER.match(raw)
    if match is None:
        raise UnreadableSource(
            f"Fiche « {path} » : pas d'en-tête YAML.", hint="L'écrire entre deux lignes « --- »."
        )
    text, offset = match["yaml"], match.start("yaml")
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        raise fault(path, f"en-tête YAML illisible ({error})") from error
    finally:
        loader.dispose()
    places = {key: tuple(_spans(value, text, offset, path)) for key, value in _entries(node, placed, path)}
    return FrontMatter(values, {key: places.get(key, ()) for key in placed}, match.end())


def _entries(
    node: yaml.Node | None, placed: Sequence[str], path: str
) -> Iterator[tuple[str, Sequence[yaml.Node]]]:
    names: set[str] = set()
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in names:
            raise fault(path, f"« {key.value} » est donné deux fois")
        names.add(key.value)
        if key.value in placed:
            yield key.value, value.value if isinstance(value, yaml.SequenceNode) else [value]


def _spans(nodes: Sequence[yaml.Node], text: str, offset: int, path: str) -> Iterator[Span]:
    """Where the characters of each value stand, without its quotes."""
    for node in nodes:
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"'):
            start, end = start + 1, end - 1
        if text[start:end] != node.value:
            raise fault(path, f"« {text[start:end]} » doit s'écrire sur une ligne et sans échappement")
        yield Span(offset + start, offset + end)
