"""What is asked of the index and what it answers, free of any library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kb.ids import ProvisionId
from kb.model import Resolution

PROPOSED = "lettre ajoutée"
"""`Resolution.how` of articles whose number was typed without its letter: proposed, never what was asked."""


class Method(StrEnum):
    """Which legs answer."""

    HYBRID = "hybrid"
    LEXICAL = "lexical"
    SEMANTIC = "semantic"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its limits. `codes` empty means all codes; `as_of` is the date of the law wanted."""

    text: str
    as_of: date
    k: int = 10
    codes: tuple[str, ...] = ()
    method: Method = Method.HYBRID


@dataclass(frozen=True, slots=True)
class Parts:
    """What each part gave, in [0, 1] before its weight.

    The exact citation; words, meaning and headings of the best passage; the rest as in
    `index.retrieval.fusion.Signals`. `said`
    is the share of the question's words that the lexicon knows, by which words weigh more.
    """

    citation: float = 0.0
    lexical: float = 0.0
    dense: float = 0.0
    heading: float = 0.0
    agreement: float = 0.0
    evidence: float = 0.0
    links: float = 0.0
    familiar: float = 0.0
    known: float = 0.0
    section: float = 0.0
    cited: float = 0.0
    said: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranks:
    """Place of the best passage by each leg, 1 for the first, 0 if not found by it; `among` passages are compared."""

    lexical: int
    dense: int
    heading: int
    among: int


@dataclass(frozen=True, slots=True)
class AnswerabilityFeatures:
    """What speaks for a question being covered.

    `held`: log-odds that it is about law of the base. `words`: its best BM25 score over that of a passage with all its
    words. `strength`, `agreement`: those of its best answer. `evidence`: the most that documents give to a provision.
    `rare`: share of its words' rarity that is in words of hardly any article. `said`: share of them in the lexicon.
    `known`: the most that known questions give to a provision. `abroad`: how surely it names another country's law.
    """

    held: float
    words: float
    strength: float
    agreement: float
    evidence: float
    rare: float
    said: float
    known: float
    abroad: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether anything that was searched covers the question.

    `probability` is that of being covered, in [0, 1]. `elsewhere` is the law that an uncovered question seems to be
    about, as `index/data/scope.toml` names it; empty when that is not known. `signs` is None when nothing was judged.
    """

    covered: bool = True
    probability: float = 1.0
    elsewhere: str = ""
    signs: AnswerabilityFeatures | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that speaks for a provision: its number in the store and how much it weighs in [0, 1]."""

    passage_key: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision found. `passage_key` is its passage that answers best, None for an exact citation; `known` is the
    nearest of the known questions that it answers, empty when none is near."""

    provision: ProvisionId
    score: float
    parts: Parts
    passage_key: int | None = None
    evidence: tuple[Evidence, ...] = ()
    ranks: Ranks | None = None
    known: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision that may answer, before any is left out; `named` when the question itself cites it."""

    provision: ProvisionId
    score: float
    named: bool = False


Choice = Callable[[tuple[Candidate, ...]], Sequence[Candidate]]
"""Which candidates are answers, and in what order; it never sees a cut list, and changes no score."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """One passage found on its own."""

    passage_key: int
    score: float
    parts: Parts


@dataclass(frozen=True, slots=True)
class Ranking:
    """The provisions found, best first.

    `pool` is every candidate, best first, and `total` how many of them were chosen as answers. `resolutions` are what
    the citations of the question turned out to be. `relaxed` says in French how the question was loosened, and is
    empty when it was not. `terms` are what words were searched, those of the lexicon included. When `decision` says
    that nothing covers the question, the hits are only the nearest there is.
    """

    hits: tuple[Hit, ...]
    total: int
    resolutions: tuple[Resolution, ...] = ()
    relaxed: str = ""
    terms: tuple[str, ...] = field(default=())
    decision: Decision = field(default=Decision())
    language: str = "fr"
    pool: tuple[Candidate, ...] = field(default=(), repr=False)
