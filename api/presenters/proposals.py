"""What may answer a question as the API answers it: each proposal with its reasons and its page."""

from __future__ import annotations

from api.addresses import answer_url, passage_url
from api.presenters.cited_since import present_cited_since
from api.presenters.provisions import provision_fields
from api.presenters.scores import explanation
from api.presenters.statistics import family_url, statistics_url
from api.schemas.answers import RecordOut
from api.schemas.reports import FigureSeries, FormerOut, GroupOut, PartProposals, ProposalOut, Proposals
from kb.model import PassageKind
from kb.statistics import Figure
from kb.text.french_dates import french_date
from service.former_answers import FormerAnswer, MeasureNearby
from service.proposals import (
    CLOSEST,
    MOST_OF_ANSWER,
    PartAnswer,
    ProposalSet,
    Proposed,
    ProposedGroup,
    ProposedPassage,
    ProposedProvision,
)
from workplace.dossiers.gathering import place_of

EXCERPT = 600
_LABELS = {
    "disposition": "Dispositions",
    "decision": "Décisions",
    "plan": "Plans, circulaires et rapports",
    "fiche": "Fiches de Renvoi",
    "reponse": "Autres passages des réponses",
}
_NEAREST = "Parmi les plus proches de la question par les mots et le sens."
_CLOSEST_BY = {
    PassageKind.QUESTION: "Sa question est la plus proche de la vôtre, par les mots et le sens.",
    PassageKind.RECORD: "Notre fiche de cette réponse est la plus proche de votre question.",
}
_CLOSEST_ANSWER = "Sa réponse est la plus proche de votre question, par les mots et le sens."
GAP = "Rien de probant n'a été trouvé dans la base."
WITH_QUESTION = "Trop courte pour être cherchée seule : elle l'a été avec sa question."
_NO_WORD = "Aucun mot de cette sous-question ne peut être cherché."


def present_proposals(proposals: ProposalSet) -> Proposals:
    """All that may answer a question and each of its parts."""
    return Proposals(
        query=proposals.query,
        as_of=proposals.period.today,
        since=proposals.period.since,
        generation=proposals.generation,
        former=_former(proposals.former) if proposals.former else None,
        groups=[_group(group, proposals.former) for group in proposals.groups],
        figures=[_series(measure) for measure in proposals.measures],
        parts=[_part(part) for part in proposals.parts],
        gap=proposals.gap,
        notices=_notices(proposals),
    )


def _former(former: FormerAnswer) -> FormerOut:
    return FormerOut(
        document=former.reply.id,
        title=former.reply.title,
        question=former.question,
        place=former.place,
        text=former.text,
        score=round(former.score, 4),
        reason=_CLOSEST_BY.get(former.closest, _CLOSEST_ANSWER),
        url=answer_url(former.reply.id, former.question),
    )


def _notices(proposals: ProposalSet) -> list[str]:
    former, since = proposals.former, proposals.period.since
    if former is None:
        return ["La base ne tient aucune réponse antérieure qui s'approche de cette question."]
    notices = []
    if len(former.passages) > MOST_OF_ANSWER:
        count = len(former.passages)
        notices.append(f"Cette réponse a {count} passages : seuls les plus proches sont donnés.")
    title = former.reply.title
    return [
        *notices,
        f"« {title} » ne dit pas sa date : donnez-la pour savoir ce que le droit est devenu depuis."
        if since is None
        else f"Les citations sont comparées au droit du {french_date(since)}.",
    ]


def _group(group: ProposedGroup, former: FormerAnswer | None) -> GroupOut:
    closest = f"Réponse à la question {former.place}, la plus proche" if former else ""
    label = closest if group.name == CLOSEST else _LABELS[group.name]
    return GroupOut(name=group.name, label=label, results=[_proposal(one) for one in group.results])


def _part(part: PartAnswer) -> PartProposals:
    message = GAP if part.gap else WITH_QUESTION if part.short else ""
    return PartProposals(
        text=part.text,
        gap=part.gap,
        message=message if part.searched else _NO_WORD,
        results=[_proposal(one) for one in part.results],
    )


def _proposal(one: Proposed) -> ProposalOut:
    return _provision(one) if isinstance(one, ProposedProvision) else _passage(one)


def _provision(one: ProposedProvision) -> ProposalOut:
    fields = provision_fields(one.provision, one.law, one.note)
    text, record = fields["text"] or "", fields["record"]
    return ProposalOut(
        kind="disposition",
        id=one.hit.provision,
        title=fields["citation"],
        heading=fields["title_path"],
        text=_excerpt(text),
        cut=len(text) > EXCERPT,
        score=round(one.hit.score, 4),
        reasons=[*_in_plain_words(record, text), *(explanation(one.hit) or [_NEAREST])],
        url=fields["url"],
        warnings=fields["warnings"],
        changes=[],
    )


def _in_plain_words(record: RecordOut | None, text: str) -> list[str]:
    """What our record says of a provision whose text the base does not hold."""
    return [f"Notre fiche, « {record.title} » : {_excerpt(record.text)}"] if record and not text else []


def _passage(one: ProposedPassage) -> ProposalOut:
    passage, score = one.scored.passage, one.scored.score
    membership = "Fait partie de la réponse à la question la plus proche." if one.of_closest else ""
    near = "Parmi les passages les plus proches de la question par les mots et le sens." if score else ""
    return ProposalOut(
        kind="passage",
        id=passage.id,
        title=place_of(passage, one.document),
        heading=list(passage.heading),
        text=_excerpt(passage.text),
        cut=len(passage.text) > EXCERPT,
        score=round(score, 4),
        reasons=[reason for reason in (membership, near) if reason],
        url=passage_url(passage),
        warnings=[],
        changes=[present_cited_since(change) for change in one.changes],
    )


def _excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _series(nearby: MeasureNearby) -> FigureSeries:
    totals = [figure for figure in nearby.figures if not any(figure.dimensions.values())]
    return FigureSeries(
        measure=nearby.measure.id,
        label=nearby.measure.label.fr,
        unit=nearby.measure.unit,
        family=nearby.family.title.fr,
        values=[_value(figure, nearby) for figure in totals],
        figures=len(nearby.figures),
        score=round(nearby.score, 4),
        reasons=[f"Chiffres imprimés à la place {nearby.place} de la réponse, proche de la question."],
        passage=nearby.passage,
        url=family_url(nearby.family.id),
        api_url=statistics_url({"measure": [nearby.measure.id]}),
    )


def _value(figure: Figure, nearby: MeasureNearby) -> str:
    period = nearby.statistics.labels.get("period", {}).get(figure.period)
    when = str(figure.year or (period.fr if period else "sans date"))
    if figure.value is None:
        return f"{when} : masqué par la source"
    qualifier = f"{figure.qualifier.value.replace('-', ' ')} " if figure.qualifier else ""
    unit = f" {nearby.measure.unit}" if nearby.measure.unit == "%" else ""
    return f"{when} : {qualifier}{figure.value:,}{unit}".replace(",", "\N{NARROW NO-BREAK SPACE}")
