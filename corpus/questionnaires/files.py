"""A file that is said to be a questionnaire, to its questions."""

from __future__ import annotations

from corpus.questionnaires.recognise import recognise
from corpus.readers.documents.extraction import extract
from kb.errors import InvalidQuestionnaire, TextTooLong, UnreadableSource
from kb.questionnaire import Questionnaire

# Twice the reply of France to the fourth round, answers included, which is recognised in 0.3 s.
MAX_CHARACTERS = 500_000


def read_questionnaire_file(data: bytes, name: str) -> Questionnaire:
    """The questions of a PDF, a DOCX or a text in UTF-8. Raises InvalidQuestionnaire, TextTooLong."""
    try:
        extracted = extract(data, name)
    except UnreadableSource as error:
        raise InvalidQuestionnaire(error.message, hint=error.hint) from error
    return recognise(_checked(extracted.raw), extracted.levels)


def read_questionnaire_text(text: str) -> Questionnaire:
    """The questions of a text that was pasted. Raises InvalidQuestionnaire when it is empty, TextTooLong."""
    return recognise(_checked(text.replace("\r\n", "\n").replace("\r", "\n")))


def _checked(text: str) -> str:
    """The text itself, when it is neither empty nor too long."""
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong(
            f"Le questionnaire a {len(text)} caractères, plus que les {MAX_CHARACTERS} lus à la fois.",
            hint="Donnez-le en plusieurs parties.",
        )
    if not text.strip():
        raise InvalidQuestionnaire(
            "Le questionnaire est vide.", hint="Collez son texte, ou donnez un fichier PDF, DOCX ou texte."
        )
    return text
