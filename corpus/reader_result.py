"""What a reader hands over: the value of one source, with everything it could not place."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Anomaly, Document, Passage
from kb.text.spans import Span


@dataclass(frozen=True, slots=True)
class Dropped:
    """Raw characters left out of every passage on purpose; `kind` is a short French code such as `puce`."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, read.

    `raw` is the decoded source text: every span of the passages, of the anomalies and of `dropped` is in its
    characters. What is neither in a passage nor in `dropped` is blank: a reader loses nothing in silence.
    """

    document: Document
    raw: str
    passages: tuple[Passage, ...]
    anomalies: tuple[Anomaly, ...] = ()
    dropped: tuple[Dropped, ...] = ()
