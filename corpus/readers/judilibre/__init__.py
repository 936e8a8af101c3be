"""The reader of the decisions of the courts, as the Judilibre API of the Cour de cassation gives them."""

from corpus.readers.judilibre.decision import DecisionReading
from corpus.readers.judilibre.reader import read_decisions

__all__ = ["DecisionReading", "read_decisions"]
