"""A questionnaire that was read, as the API answers it."""

from __future__ import annotations

from api.schemas.answers import TextSpan
from api.schemas.reports import AskedOut, PartOut, QuestionnaireOut, UnreadOut
from kb.questionnaire import Asked, Questionnaire
from kb.text.characters import one_line, printable
from kb.text.spans import MappedText

_NOTHING = (
    "Aucune question n'a été reconnue : une question commence par son numéro (« 1. »), finit par un point "
    "d'interrogation ou commence par « Veuillez »."
)
_DOUBTFUL = "{} question(s) ne se reconnaissent qu'à leur numéro : vérifiez-les."
_MISSING = "La numérotation saute : {}."


def present_questionnaire(questionnaire: Questionnaire) -> QuestionnaireOut:
    """Its questions, its headings, what was not recognised, and what to verify."""
    return QuestionnaireOut(
        total=len(questionnaire.questions),
        questions=[_question(question) for question in questionnaire.questions],
        headings=[printable(heading.text) for heading in questionnaire.headings],
        others=[UnreadOut(text=printable(other.text), spans=_spans(other)) for other in questionnaire.others],
        missing=list(questionnaire.missing),
        message=questionnaire_message(questionnaire),
    )


def questionnaire_message(questionnaire: Questionnaire) -> str:
    """What to verify of the reading, in French; empty when there is nothing."""
    doubtful = sum(not question.sure for question in questionnaire.questions)
    sentences = [
        "" if questionnaire.questions else _NOTHING,
        _DOUBTFUL.format(doubtful) if doubtful else "",
        _MISSING.format(", ".join(str(n) for n in questionnaire.missing)) if questionnaire.missing else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _question(question: Asked) -> AskedOut:
    return AskedOut(
        rank=question.rank,
        name=question.name,
        label=question.label,
        heading=[one_line(title) for title in question.heading],
        text=printable(question.content.text),
        spans=_spans(question.content),
        parts=[
            PartOut(label=p.label, text=printable(p.content.text), spans=_spans(p.content))
            for p in question.parts
        ],
        sure=question.sure,
    )


def _spans(text: MappedText) -> list[TextSpan]:
    return [TextSpan(start=span.start, end=span.end) for span in text.spans()]
