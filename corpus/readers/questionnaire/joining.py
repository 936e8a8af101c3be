"""Printed lines back to running text: wrapped lines, broken words, broken numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.readers.questionnaire.layout import Gap, Line, spaced
from kb.text.spans import MappedText, Span

_ENDED = (".", ";", ":", "?", "!", "…")
# A line that stops this short of the margin (lines of the reply hold 88 to 105 characters) was not wrapped there.
_SHORT = 80
# Words that keep their hyphen before what follows; a break inside a word is far more frequent in print.
_HEADS = re.compile(
    r"(?:sous|non|ex|vice|demi|semi|quasi|après|avant|franco|irako|euro|afro|anglo|israélo|russo)$"
)
_TAILS = re.compile(r"(?:ci|là|ils?|elles?|on|ce|je|tu|nous|vous|mêmes?|y|en)$")
_LAST_WORD = re.compile(r"\S*$")
_FIRST_WORD = re.compile(r"[\w-]*")

Piece = Span | str


class Joiner:
    """Joins lines of one source; the words of the whole source decide what a hyphen at a line's end is."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._words = frozenset(w.lower() for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", raw))

    def join(self, lines: Sequence[Line], skip: int = 0) -> MappedText:
        """The running text of `lines`, without the first `skip` characters of the first one (a bullet)."""
        pieces: list[Piece] = []
        for position, line in enumerate(lines):
            if position:
                self._glue(pieces, lines[position - 1].text, line.text)
            pieces.extend(spaced(self._raw, line.spans))
        joined = MappedText.join(self._raw, pieces)
        return joined.slice(skip, len(joined.text)) if skip else joined

    def _glue(self, pieces: list[Piece], before: str, after: str) -> None:
        """One space, nothing after a hyphen that stays, nothing and no hyphen in a broken word."""
        if not before.endswith("-") or before.endswith(" -"):
            pieces.append(" ")
        elif self._is_broken_word(before, after) and isinstance(last := pieces[-1], Span):
            pieces[-1] = Span(last.start, last.end - 1)

    def _is_broken_word(self, before: str, after: str) -> bool:
        token = _match(_LAST_WORD, before.rstrip("-"), search=True)
        head = re.split(r"[^\w]", token)[-1].lower()
        tail = _match(_FIRST_WORD, after)
        if "/" in token or not head.isalpha() or not tail[:1].islower():
            return False
        if (head + tail).lower() in self._words:
            return True
        compound = f"{head}-{tail}".lower() in self._words or "-" in tail
        return not (compound or _HEADS.match(head) or _TAILS.match(tail))


def _match(pattern: re.Pattern[str], text: str, *, search: bool = False) -> str:
    match = pattern.search(text) if search else pattern.match(text)
    return match[0] if match else ""


def ends_sentence(text: str) -> bool:
    """Whether a line's end can be the end of a paragraph."""
    return text.rstrip(" »”)").endswith(_ENDED)


def continues(before: Line, after: Line) -> bool:
    """Whether `after` carries on the paragraph of `before`, from blanks, width and punctuation alone.

    A page break tells nothing by itself; an empty line is spacing, and stands between all the lines of a widely
    spaced paragraph.
    """
    if after.gap is Gap.PARAGRAPH:
        return False
    ended = ends_sentence(before.text)
    starts_anew = after.text[0].isupper()
    if after.gap is Gap.SPACING or after.page != before.page:
        return not ended and (not starts_anew or len(before.text) >= _SHORT)
    return not (ended and starts_anew and len(before.text) < _SHORT)


def concatenate(raw: str, parts: Iterable[MappedText | str]) -> MappedText:
    """Glue texts already mapped, and added strings, together."""
    pieces: list[Piece] = []
    for part in parts:
        pieces.extend([part] if isinstance(part, str) else _pieces(part))
    return MappedText.join(raw, pieces)


def stack(raw: str, parts: Sequence[MappedText]) -> MappedText:
    """One text a line."""
    return concatenate(raw, [piece for part in parts for piece in ("\n", part)][1:])


def _pieces(text: MappedText) -> list[Piece]:
    """The pieces that `MappedText.join` would take to make `text` again."""
    pieces: list[Piece] = []
    position = 0
    for segment in text.segments:
        if segment.start > position:
            pieces.append(text.text[position : segment.start])
        pieces.append(Span(segment.raw, segment.raw + segment.length))
        position = segment.start + segment.length
    if position < len(text.text):
        pieces.append(text.text[position:])
    return pieces
