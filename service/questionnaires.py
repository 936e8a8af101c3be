"""New questionnaires as they are handed in: a text or a file, to its questions."""

from __future__ import annotations

from corpus.questionnaires.files import MAX_CHARACTERS as MAX_CHARACTERS
from corpus.questionnaires.files import read_questionnaire_file, read_questionnaire_text
from kb.questionnaire import Questionnaire
from kb.text.characters import one_line

MAX_FILE = 20_000_000
"""Bytes of a file: those of GRETA's questionnaires have less than one million."""


def from_text(text: str) -> Questionnaire:
    """The questions of a text. Raises InvalidQuestionnaire, TextTooLong."""
    return read_questionnaire_text(text)


def from_file(data: bytes, name: str) -> Questionnaire:
    """The questions of a PDF, a DOCX or a text. Raises InvalidQuestionnaire, TextTooLong."""
    return read_questionnaire_file(data, one_line(name)[:200] or "questionnaire.txt")
