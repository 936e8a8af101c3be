"""New questionnaires as they are given: a text or a file, to its questions.

It brings a reader of `corpus` to the API: like `service.base`, it is a root of composition.
"""

from __future__ import annotations

from api.schemas.answers import TextSpan
from api.schemas.reports import AskedOut, PartOut, QuestionnaireOut, UnreadOut
from corpus.questionnaires.files import MAX_CHARACTERS, read_questionnaire_file, read_questionnaire_text
from kb.questionnaire import Asked, Questionnaire
from kb.text.characters import one_line, printable
from kb.text.spans import MappedText

__all__ = ["MAX_CHARACTERS", "MAX_FILE", "from_file", "from_text"]

MAX_FILE = 20_000_000
"""Bytes of a file: those of GRETA's questionnaires have less than one million."""
_NOTHING = (
    "Aucune question n'a été reconnue : une question commence par son numéro (« 1. »), finit par un point "
    "d'interrogation ou commence par « Veuillez »."
)
_DOUBTFUL = "{} question(s) ne se reconnaissent qu'à leur numéro : vérifiez-les."
_MISSING = "La numérotation saute : {}."


def from_text(text: str) -> QuestionnaireOut:
    """The questions of a text. Raises InvalidQuestionnaire, TextTooLong."""
    return _present(read_questionnaire_text(text))


def from_file(data: bytes, name: str) -> QuestionnaireOut:
    """The questions of a PDF, a DOCX or a text. Raises InvalidQuestionnaire, TextTooLong."""
    return _present(read_questionnaire_file(data, one_line(name)[:200] or "questionnaire.txt"))


def _present(found: Questionnaire) -> QuestionnaireOut:
    return QuestionnaireOut(
        total=len(found.questions),
        questions=[_asked(question) for question in found.questions],
        headings=[printable(heading.text) for heading in found.headings],
        others=[UnreadOut(text=printable(other.text), spans=_spans(other)) for other in found.others],
        missing=list(found.missing),
        message=_message(found),
    )


def _message(found: Questionnaire) -> str:
    doubtful = sum(not question.sure for question in found.questions)
    said = [
        "" if found.questions else _NOTHING,
        _DOUBTFUL.format(doubtful) if doubtful else "",
        _MISSING.format(", ".join(str(n) for n in found.missing)) if found.missing else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def _asked(question: Asked) -> AskedOut:
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
