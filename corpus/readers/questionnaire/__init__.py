"""The reader of a State's reply to the questionnaire of GRETA."""

from corpus.readers.questionnaire.reader import read_questionnaire

__all__ = ["read_questionnaire"]
