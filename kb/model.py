"""The values of the domain: documents, passages, provisions and their dated versions, citations, links.

Frozen and without behaviour beyond what their own fields tell. Spans are always in characters of the decoded raw
source, so that any of them can be shown in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kb.ids import DocumentId, PassageId, ProvisionId
from kb.text.spans import MappedText, Span


class DocumentKind(StrEnum):
    """What a source is."""

    CODE = "code"
    QUESTIONNAIRE = "questionnaire"
    DECISION = "decision"
    PLAN = "plan"
    CIRCULAR = "circulaire"
    REPORT = "rapport"
    RECORD = "fiche"


class PassageKind(StrEnum):
    """What a passage is within its document."""

    ARTICLE = "article"
    QUESTION = "question"
    ANSWER = "reponse"
    FOOTNOTE = "note"
    TABLE = "tableau"
    TEXT = "texte"
    RECORD = "fiche"
    SUMMARY = "sommaire"
    """What the court itself publishes as the summary of its decision."""
    VISA = "visa"
    """The texts in sight of which a decision was given."""


class State(StrEnum):
    """State of a version, in the vocabulary of the LEGI data."""

    IN_FORCE = "VIGUEUR"
    DEFERRED = "VIGUEUR_DIFF"
    REPEALED = "ABROGE"
    MODIFIED = "MODIFIE"
    UNCERTAIN = "INCERTAIN"
    """Several wordings of one number in one snapshot, or an article outside the plan: the source does not say."""


class Bound(StrEnum):
    """How the day on which a wording begins or ends is known."""

    SOURCE = "source"
    """The source gives it: the dates of LEGI, a consolidation within a continuous history."""
    REFORM = "reform"
    """An act of the table of reforms gives it."""
    UNKNOWN = "unknown"
    """It is only the day of an observation: the change may have come earlier."""


class Status(StrEnum):
    """What became of a citation."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_NUMBER = "unknown_number"
    NOT_IN_CORPUS = "not_in_corpus"
    RENUMBERED = "renumbered"
    REPEALED = "repealed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    UNDETERMINED = "undetermined"
    SUSPICIOUS = "suspicious"


class CitationKind(StrEnum):
    """What a citation names."""

    CODE = "code"
    TREATY = "traite"
    EU = "eu"
    LAW = "loi"
    ORDINANCE = "ordonnance"
    DECREE = "decret"
    ORDER = "arrete"
    CIRCULAR = "circulaire"
    DECISION = "decision"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Document:
    """One source. `day` is the date at which its content is valid (a snapshot) or was issued.

    `facts` are what the source says of itself, (name, value) in its order, a name as often as it has values:
    the chamber, the solution and the themes of a decision, the pages of a report.
    """

    id: DocumentId
    kind: DocumentKind
    title: str
    path: str
    sha256: str
    day: date | None = None
    text_id: str | None = None
    url: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and quoted: readable text with its way back to the raw source.

    `heading` is the path of headings from the top; `place` tells where it stands in short ("21.b", "225-4-1").
    `question` is the number of the questionnaire's question it belongs to. `parent` is the passage that a footnote
    is called from. `provision` and `version` are set for passages of articles.
    """

    id: PassageId
    document: DocumentId
    ordinal: int
    kind: PassageKind
    heading: tuple[str, ...]
    place: str
    content: MappedText
    question: int | None = None
    parent: PassageId | None = None
    provision: ProvisionId | None = None
    version: int | None = None
    urls: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The readable text."""
        return self.content.text


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a provision over `[start, end)`; `end` None means still valid when last observed.

    `start` is the first day on which it is known to apply and `last_seen` the last one; `end` is the first day on
    which it is known not to apply any more. `start_bound` and `end_bound` tell how `start` and `end` are known: with
    UNKNOWN, it may have begun before `start`, and the days between `last_seen` and `end` are undetermined.
    `act` is the act that made this wording, as the source or the table of reforms names it.
    `absent_from` and `absent_until` are the first and the last day, before `start`, on which observations of the whole
    text show that it does not have this wording; None when nothing shows it.
    `first_seen` is the date of the first observation that holds this wording.
    `concurrent` counts the other wordings that the same snapshot gives under the same number.
    `legiarti` is the identifier of this wording in the LEGI data, where the source gives it.
    """

    provision: ProvisionId
    ordinal: int
    start: date
    end: date | None
    first_seen: date
    last_seen: date
    state: State
    text: str
    document: DocumentId
    spans: tuple[Span, ...]
    heading: tuple[str, ...]
    concurrent: int = 0
    legiarti: str | None = None
    start_bound: Bound = Bound.UNKNOWN
    end_bound: Bound = Bound.UNKNOWN
    act: str | None = None
    absent_from: date | None = None
    absent_until: date | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One article of one text, whatever its version; what a search returns."""

    id: ProvisionId
    code: str
    text_id: str
    number: str
    position: int
    heading: tuple[str, ...]
    versions: tuple[Version, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a text names provisions, acts or decisions. Extracted, not yet looked up.

    `spans` are in characters of the text given to the extractor (several when a page break cuts the citation);
    `targets` are identifiers, ranges included. `inherited` is True when the code or act is not named on the spot.
    `unread` is a number written beside the text that could not be read to its end: the text alone is not what is cited.
    """

    spans: tuple[Span, ...]
    raw: str
    targets: tuple[str, ...]
    kind: CitationKind
    subdivision: str | None = None
    inherited: bool = False
    unread: str = ""

    @property
    def start(self) -> int:
        """First character."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one target of a citation turned out to be.

    `provisions` are the provisions found (all members of a range; several candidates when ambiguous; the new number
    when renumbered). `how` says in one word what decided: table, range, inherited, concordance, act…
    `confidence` is in [0, 1]. `message` is a French sentence when the status is not RESOLVED.
    """

    target: str
    status: Status
    provisions: tuple[ProvisionId, ...] = ()
    how: str = ""
    confidence: float = 1.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A fault of a source, reported and not hidden. `kind` is a short code, `message` a French sentence."""

    document: DocumentId
    kind: str
    message: str
    span: Span | None = None


UNREADABLE_FILE = "fichier_illisible"
"""Kind of the anomaly of a file that could not be read and that the base was built without."""


@dataclass(frozen=True, slots=True)
class Change:
    """A wording that appeared on `start`, at the latest when its `bound` is UNKNOWN; `first` of its article.

    When it is `gone`, it is the last of its article, which the code has no more from `start` on.
    """

    provision: ProvisionId
    start: date
    state: State
    text: str
    first: bool
    gone: bool = False
    bound: Bound = Bound.UNKNOWN
