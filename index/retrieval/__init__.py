"""From a question to ranked provisions: query, retrievers, candidates, signals, order, answerability, excerpts."""
