"""Documents known by their own reference: of the Council of Europe, of the United Nations, NATINF, NOR, ILO."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kb.citations.model import Named, Naming
from kb.citations.patterns import reading
from kb.model import CitationKind
from kb.text.phrases import any_of

_REACH = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """One way to refer to a document."""

    kind: str
    pattern: str
    id: str
    context: tuple[str, ...] = ()
    more: str = ""
    examples: dict[str, str] = field(default_factory=dict, compare=False)


@cache
def load_references() -> tuple[Reference, ...]:
    """Every reference of the table, in its order: the first that reads is the one."""
    table = tomllib.loads((files("kb.citations") / "documents.toml").read_text(encoding="utf-8"))
    return tuple(Reference(**{**row, "context": tuple(row.get("context", ()))}) for row in table["document"])


DOCUMENTS = "|".join(
    re.sub(r"\(\?P<\w+>", "(?:", reference.pattern) + r"(?!\w)" for reference in load_references()
)


def documents_at(text: str, position: int) -> Iterator[Named]:
    """The document whose reference stands exactly at `position`, and the others of its list.

    >>> [named.ids for named in documents_at("NATINF 27886 et 27887", 0)]
    [('natinf/27886',), ('natinf/27887',)]
    """
    for reference, pattern, context, more in _compiled():
        found = pattern.match(text, position)
        if found is None or not _in_context(text, found, context):
            continue
        yield _named(found, reference)
        end = found.end()
        while more and (following := more.match(text, end)):
            end = following.end()
            yield _named(following, reference, following.start("number"))
        return


def _in_context(text: str, found: re.Match[str], context: re.Pattern[str] | None) -> bool:
    if context is None:
        return True
    low, high = max(0, found.start() - _REACH), found.end() + _REACH
    return context.search(text, low, high) is not None


def _named(found: re.Match[str], reference: Reference, start: int | None = None) -> Named:
    parts = {name: _part(name, value) for name, value in found.groupdict(default="").items()}
    identifier = reference.id.format(**parts, two=found.groupdict(default="").get("number", ""))
    begin = found.start() if start is None else start
    return Named(begin, found.end(), Naming.NAMED, "document", (identifier,), CitationKind(reference.kind))


def _part(name: str, value: str) -> str:
    """A part as identifiers write it; a reference as it stands."""
    if name == "reference":
        return value
    return str(int(value)) if value.isdecimal() else value.lower()


@cache
def _compiled() -> tuple[
    tuple[Reference, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None], ...
]:
    return tuple(
        (
            reference,
            reading(rf"(?:{reference.pattern})(?!\w)"),
            reading(any_of(reference.context)) if reference.context else None,
            reading(reference.more) if reference.more else None,
        )
        for reference in load_references()
    )
