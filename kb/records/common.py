"""What every record says, and the types of its entries. Messages of refusal are French: a person wrote the file.

The descriptions are French as well: they are those of the API, which answers with these very models.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator

from kb.errors import InvalidIdentifier
from kb.ids import format_id, parse_id

LAST_QUESTION = 42
MAX_TITLE = 160
MAX_TERM = 90
MAX_NOTE = 400
# Against what a record was checked: the official text, or the reply when that text is not at hand.
OFFICIAL, REPLY = "texte officiel", "réponse au GRETA"
# Neither was at hand: what those who know the field know, to be verified before it is relied upon.
GENERAL = "connaissance générale, à vérifier"
_LINES = re.compile(r"(\d{1,6})-(\d{1,6})")


class RecordKind(StrEnum):
    """What a record is about."""

    PROVISION = "disposition"
    ANSWER = "reponse"
    DECISION = "decision"
    PLAN = "plan"
    TERM = "terme"


def one_line(value: str) -> str:
    """The value, seen to be a text of one line."""
    if not value.strip() or "\n" in value:
        raise ValueError("un texte d'une ligne est attendu")
    return value


def each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values, none of which is given twice, whatever its capitals."""
    if len({value.casefold() for value in values}) < len(values):
        raise ValueError("une expression ou une valeur est donnée deux fois")
    return values


def target(value: str) -> str:
    """The identifier of a provision, an act, a decision or a range of articles, in its one spelling."""
    try:
        parsed = parse_id(value)
    except InvalidIdentifier as error:
        raise ValueError(error.message) from error
    if format_id(parsed) != value:
        raise ValueError(f"« {value} » s'écrit « {format_id(parsed)} »")
    return value


def one_provision(value: str) -> str:
    """The identifier of one provision or act, no range."""
    parsed = parse_id(target(value))
    if parsed.end is not None or parsed.open:
        raise ValueError(f"« {value} » ne désigne pas une seule disposition")
    return value


Title = Annotated[str, Field(max_length=MAX_TITLE), AfterValidator(one_line)]
Term = Annotated[str, Field(max_length=MAX_TERM), AfterValidator(one_line)]
Note = Annotated[str, Field(max_length=MAX_NOTE), AfterValidator(one_line)]
Terms = Annotated[tuple[Term, ...], Field(strict=False), AfterValidator(each_once)]
Url = Annotated[str, Field(max_length=MAX_NOTE, pattern=r"^https://[^\s/]+/\S*$")]
Target = Annotated[str, AfterValidator(target)]
Targets = Annotated[tuple[Target, ...], Field(strict=False), AfterValidator(each_once)]
Provisions = Annotated[
    tuple[Annotated[str, AfterValidator(one_provision)], ...], Field(strict=False), AfterValidator(each_once)
]
Question = Annotated[int, Field(ge=1, le=LAST_QUESTION)]
Questions = Annotated[tuple[Question, ...], Field(strict=False)]
Day = Annotated[date, Strict()]
Checked = Literal["texte officiel", "réponse au GRETA", "connaissance générale, à vérifier"]
Basis = Literal["texte", "réponse", "décision", "pratique", "connaissance générale, à vérifier"]
"""On what a statement stands. Practice is what people do or had better do: no text says it."""


class Bounds(NamedTuple):
    """From so many to so many, both included."""

    low: int
    high: int


class RecordPart(BaseModel):
    """Immutable, of the types written and nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Lines(RecordPart):
    """Des lignes du texte brut de la réponse, de la première à la dernière, comptées à partir de 1."""

    first: int = Field(ge=1)
    last: int

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: object) -> object:
        """A record writes `1203-1240`."""
        found = _LINES.fullmatch(value) if isinstance(value, str) else None
        return {"first": int(found[1]), "last": int(found[2])} if found else value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"« {self.first}-{self.last} » n'est pas une suite de lignes")
        return self


class Otherwise(RecordPart):
    """Une phrase du corps qui ne repose pas sur ce que dit « basis »."""

    starts: Note = Field(description="Ses premiers mots, tels que le corps les écrit")
    basis: Basis
    reference: Target | None = Field(None, description="L'article, la décision ou l'acte, s'il est autre")
    place: Term | None = Field(None, description="La subdivision de l'article", examples=["I, 3°"])


Places = Annotated[tuple[Lines, ...], Field(strict=False)]


class RecordBase(RecordPart):
    """Ce que dit toute fiche."""

    # Each kind sets its own: fewer words would not link practice to the law, more would drown the title.
    TERMS: ClassVar[Bounds] = Bounds(3, 25)
    ENGLISH_TERMS: ClassVar[Bounds] = Bounds(2, 12)
    # Words of the whole body.
    BODY: ClassVar[Bounds] = Bounds(15, 400)
    # The headings that its body must have, in order; none: any, or none at all.
    SECTIONS: ClassVar[tuple[str, ...]] = ()

    id: Annotated[str, AfterValidator(one_line)] = Field(description="Identifiant de la fiche")
    title: Title
    terms: Terms = Field(description="Mots du métier, mots courants, fautes fréquentes")
    title_en: Title = Field(description="Titre en anglais")
    terms_en: Terms = Field(description="Termes anglais")
    url: Url | None = Field(None, description="Adresse officielle, si elle est sûre")
    questions: Questions = Field((), description="Questions du questionnaire où la réponse en parle")
    checked: Day | None = Field(
        description="Jour de la vérification ; null si le texte officiel n'a pu être lu"
    )
    checked_against: Checked = Field(description="À quoi la fiche a été confrontée")
    basis: Basis = Field(description="Sur quoi reposent les phrases du corps, sauf celles d'« otherwise »")
    otherwise: Annotated[tuple[Otherwise, ...], Field(strict=False)] = Field(
        (), description="Les phrases qui reposent sur autre chose"
    )

    @model_validator(mode="after")
    def _verified(self) -> Self:
        """What nothing verified says so of every sentence."""
        if self.checked_against == GENERAL and (self.checked is not None or self.basis != GENERAL):
            raise ValueError(
                f"une fiche de « {GENERAL} » n'a pas de jour de vérification et le dit de ses phrases"
            )
        if self.provision is None and self.checked is None and self.checked_against != GENERAL:
            raise ValueError("« checked » : le jour de la vérification est attendu")
        return self

    @property
    def provision(self) -> str | None:
        """The provision that the record is about, None for the other kinds."""
        return None

    @property
    def cited(self) -> tuple[str, ...]:
        """The identifiers of provisions, acts and decisions that its fields name."""
        return ()

    @property
    def linked(self) -> tuple[str, ...]:
        """The identifiers of other records that its fields name."""
        return ()
