"""The statements of a record: each sentence of its body with what it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.records.common import Basis, Otherwise, RecordBase

# The end of a sentence, then a capital, a quotation or a new line: not the point of « L. 425-1 » nor of « c. France ».
_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[cnp]\.)(?<!\bart\.)\s+(?=[A-ZÀÂÇÉÈÊÎÔŒ«(\-])|\n+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence. `reference` is the article or decision it stands on when it is not the record's own."""

    text: str
    basis: Basis
    reference: str | None = None
    place: str | None = None


def sentences(text: str) -> Iterator[str]:
    """
    >>> list(sentences("La carte de l'article L. 425-1 est due. Le préfet vérifie."))
    ["La carte de l'article L. 425-1 est due.", 'Le préfet vérifie.']
    """
    return (sentence.strip() for sentence in _END.split(text) if sentence.strip())


def statements(record: RecordBase, text: str) -> tuple[Statement, ...]:
    """Every sentence of `text`, a part of the body, with its basis: the record's own unless it says otherwise."""
    return tuple(_statement(record, sentence) for sentence in sentences(text))


def unmatched(record: RecordBase, texts: Sequence[str]) -> tuple[str, ...]:
    """The beginnings that no sentence of the body has, or that two have: what they say would be lost or misplaced."""
    every = [sentence for text in texts for sentence in sentences(text)]
    return tuple(o.starts for o in record.otherwise if sum(s.startswith(o.starts) for s in every) != 1)


def _statement(record: RecordBase, sentence: str) -> Statement:
    own: Otherwise | None = next((o for o in record.otherwise if sentence.startswith(o.starts)), None)
    if own is None:
        return Statement(sentence, record.basis)
    return Statement(sentence, own.basis, own.reference, own.place)
