"""The readable text of an article's body: one alinéa a line, no markup, each character with its raw place."""

from __future__ import annotations

import html
import re

from kb.text.spans import MappedText, Span

# Spaces that the layout added: indents, blank lines, runs, tabs. A lone space or a lone line break is text.
_SPACES = r"[^\S\n]+\n\s*|\n\s+|[^\S\n]{2,}|[^\S\n ]"
_TAG = r"<(?:/?[A-Za-z][\w:]*(?:\s[^<>]*)?/?>|[A-Z]{1,3}(?=\s))"
_ENTITY = r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});"
_LAYOUT = re.compile(_SPACES)
_MARKUP = re.compile(rf"(?:\s*{_TAG})+\s*|{_ENTITY}|{_SPACES}")
_RESIDUE = re.compile(rf"{_TAG}|{_ENTITY}")
_BREAKING = re.compile(
    r"<(?:/?(?:p|div|tr|table|thead|tbody|caption|ul|ol|li|br|blockquote)\b|RL)", re.IGNORECASE
)
_CELL = re.compile(r"</?t[dh]\b", re.IGNORECASE)


def read_body(raw: str, start: int, end: int) -> MappedText:
    """The readable text of `raw[start:end]`.

    Alinéas are separated by one line break and words by one space; tags are dropped (the rows of a table become
    lines, its cells are separated by " | ") and entities are decoded.

    >>> raw = "  Le fait   de <a href='x'>nuire</a>\\n\\n   est puni."
    >>> read_body(raw, 0, len(raw)).text
    'Le fait de nuire\\nest puni.'
    """
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    marked = raw.find("<", start, end) >= 0 or raw.find("&", start, end) >= 0
    pieces: list[Span | str] = []
    position = start
    for match in (_MARKUP if marked else _LAYOUT).finditer(raw, start, end):
        pieces.append(Span(position, match.start()))
        if start < match.start() and match.end() < end:  # nothing to separate at the edges
            pieces.append(_replacement(match[0]))
        position = match.end()
    pieces.append(Span(position, end))
    return MappedText.join(raw, pieces)


def residue(raw: str, start: int, end: int) -> Span | None:
    """The first tag or entity of `raw[start:end]`, if there is one."""
    matches = (
        _RESIDUE.search(raw, start, end) if raw.find("<", start, end) >= 0 or "&" in raw[start:end] else None
    )
    return Span(*matches.span()) if matches else None


def _replacement(markup: str) -> str:
    """What stands in the readable text for a run of spaces, tags, or an entity."""
    if markup.startswith("&"):
        return html.unescape(markup)
    if "\n" in markup or _BREAKING.search(markup):
        return "\n"
    if _CELL.search(markup):
        return " | "
    return " " if markup[0].isspace() or markup[-1].isspace() else ""
