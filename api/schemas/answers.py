"""What the API answers, as pydantic models. Field names follow Judilibre's where the meaning is the same."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.facets import FacetOut
from api.schemas.other_days import DateProposedOut, OtherDayOut
from api.schemas.scores import Parts, Ranks
from api.schemas.search_scope import Coverage
from api.schemas.strict_model import Model
from api.schemas.versions import BOUND, CandidateOut


class TextSpan(Model):
    """Caractères [start, end) d'un texte."""

    start: int
    end: int


class ResolutionOut(Model):
    """Ce qu'une citation de la question est devenue."""

    target: str
    citation: str
    status: str
    provisions: list[str]
    candidates: list[str] = Field(
        description="Les dispositions les plus proches, si la citation est sans réponse"
    )
    message: str


class EvidenceOut(Model):
    """Un passage qui parle d'une disposition."""

    passage: str
    document: str
    document_title: str
    kind: str
    heading: list[str]
    place: str
    question: int | None
    quote: str
    highlights: list[TextSpan] = Field(description="Mots de la question dans « quote »")
    spans: list[TextSpan] = Field(description="Place de « quote » dans la source brute")
    score: float
    url: str


class RecordOut(Model):
    """Ce que dit la fiche de Renvoi, en langage courant."""

    passage: str
    title: str
    text: str


class ProvisionBase(Model):
    """Une disposition dans une de ses rédactions."""

    id: str
    text_id: str
    legiarti: str | None = Field(description="Identifiant LEGIARTI, null tant qu'il est inconnu")
    code: str
    number: str
    citation: str
    title_path: list[str]
    standing: str = Field(description="Ce que l'on sait de cette disposition au jour demandé, en un mot")
    since: str = Field(description="Le même, en une ligne de français")
    state: str
    valid_from: date | None = Field(description="null quand aucune rédaction n'est retenue")
    valid_from_bound: str | None = Field(description=BOUND)
    valid_to: date | None
    valid_to_bound: str | None = Field(description=BOUND)
    act: str | None = Field(description="L'acte qui a fait cette rédaction, s'il est connu")
    last_seen: date | None = Field(description="Dernière observation de cette rédaction")
    warnings: list[str]
    text: str | None = Field(
        description="null quand plusieurs rédactions ont pu valoir : voir « candidates »"
    )
    candidates: list[CandidateOut] = Field(description="Les rédactions qui ont pu valoir au jour demandé")
    record: RecordOut | None = Field(
        description="Notre fiche sur cette disposition, qui n'est pas un texte officiel"
    )
    url: str
    source_url: str | None


class ProvisionResult(ProvisionBase):
    """Une disposition trouvée."""

    score: float = Field(description="De 0 à 1")
    parts: Parts
    highlights: list[TextSpan] = Field(description="Mots de la question dans « text »")
    evidence: list[EvidenceOut]
    explanation: list[str] | None = Field(description="Pourquoi cette réponse, si explain=true")
    ranks: Ranks | None = Field(description="Sa place selon chaque voie, si explain=true")
    words: list[str] | None = Field(
        description="Mots du texte que la question, ou le lexique pour elle, a fait chercher, si explain=true"
    )


class Paging(Model):
    """Les pages d'une réponse ; la première est la page 0."""

    page: int
    page_size: int
    total: int
    previous_page: str | None
    next_page: str | None


class SearchResponse(Paging):
    """Les dispositions qui répondent à une question, la meilleure d'abord."""

    query: str
    method: str
    took: float = Field(description="Millisecondes")
    relaxed: str = Field(description="Comment la question a été assouplie ; vide si elle ne l'a pas été")
    language: str = Field(description="Langue de la question : fr, en, ou une autre, qui n'est pas comprise")
    covered: bool = Field(
        description="false : rien dans la base ne couvre la question ; « results » est vide, « doubt » dit pourquoi"
    )
    probability: float = Field(description="Probabilité que la base couvre la question, de 0 à 1")
    doubt: str = Field(
        description="Dit que rien ne couvre la question, ou que même la meilleure réponse est peu sûre ; vide sinon"
    )
    other_days: list[OtherDayOut] = Field(
        description="Les meilleures candidates qui n'existaient pas ce jour-là, ou plus : depuis quand, par quel acte"
    )
    dates_proposed: list[DateProposedOut] = Field(description="Les dates écrites dans la question")
    coverage: Coverage
    resolutions: list[ResolutionOut]
    results: list[ProvisionResult]
    sort: str = Field(description="Ordre des réponses : score, number (par code, puis par numéro) ou date")
    order: str
    candidates: int = Field(description="Dispositions candidates, avant celles que les filtres ont écartées")
    facets: list[FacetOut] | None = Field(
        description="Les candidates comptées, si facets=true ; vide quand rien ne couvre la question"
    )
    nearest: list[ProvisionResult] = Field(
        description="Les dispositions les moins éloignées, quand rien ne couvre la question ; vide sinon"
    )


class PassageOut(Model):
    """Un passage d'un document."""

    id: str
    document: str
    document_title: str
    kind: str
    heading: list[str]
    place: str
    question: int | None
    provision: str | None
    text: str
    spans: list[TextSpan] = Field(description="Place du texte dans la source brute")
    urls: list[str]
    url: str


class PassageResult(PassageOut):
    """Un passage trouvé."""

    score: float
    parts: Parts
    highlights: list[TextSpan]


class PassageSearchResponse(Model):
    """Les passages qui répondent à une question, le meilleur d'abord."""

    query: str
    total: int
    took: float
    coverage: Coverage
    results: list[PassageResult]


class LinkOut(Model):
    """Un renvoi : la citation, là où elle est, et ce qu'elle désigne."""

    raw: str
    start: int = Field(description="Premier caractère, dans le texte du passage ou de la rédaction montrée")
    end: int
    target: str
    citation: str
    status: str
    message: str
    provision: str | None
    url: str | None
    subdivision: str | None
    inherited: bool = Field(description="Le code n'est pas nommé sur place")
    how: str
    confidence: float
    passage: str
    document: str
    document_title: str
    kind: str
    place: str
    question: int | None
    from_provision: str | None
    from_citation: str
    from_url: str


class LinkList(Model):
    """Des renvois, ceux des réponses d'abord."""

    id: str
    citation: str
    total: int
    results: list[LinkOut]


class PassageDetail(PassageOut):
    """Un passage et ce qu'il cite."""

    cites: list[LinkOut]


class VersionOut(Model):
    """Une rédaction."""

    ordinal: int
    valid_from: date
    valid_to: date | None
    valid_from_bound: str = Field(description=BOUND)
    valid_to_bound: str | None = Field(description=BOUND)
    act: str | None
    first_seen: date
    last_seen: date
    state: str
    concurrent: int = Field(description="Autres rédactions du même numéro à la même date")
    document: str
    title_path: list[str]
    text: str
    spans: list[TextSpan]


class VersionList(Model):
    """Les rédactions d'une disposition, de la plus ancienne à la plus récente."""

    id: str
    citation: str
    total: int
    results: list[VersionOut]


class ProvisionDetail(ProvisionBase):
    """Une disposition, ce qu'elle cite et ce qui la cite."""

    as_of: date
    version: int | None
    versions: int = Field(description="Nombre de rédactions connues")
    cites: list[LinkOut]
    cited_by_total: int


class RelatedProvision(Model):
    """Une disposition voisine ; `relation` : voisin, renvois-mutuels."""

    id: str
    citation: str
    title_path: list[str]
    relation: str
    url: str


class RelatedList(Model):
    """Les voisins d'une disposition dans sa section, puis ceux à qui des renvois la lient dans les deux sens."""

    id: str
    citation: str
    total: int
    results: list[RelatedProvision]


class CiteResponse(Model):
    """La référence canonique, ou les plus proches."""

    reference: str
    found: bool
    provision: str | None
    citation: str | None
    url: str | None
    message: str
    candidates: list[RelatedProvision]
