"""Citations in French legal text: found where they stand, each with its exact span, none guessed.

    find_citations("l'article 225-4-1 du code pénal")   the citations of a text
    bare_numbers("225-4-1")                             numbers that may be articles of any code

The steps: `signs` brings the signs to plain ones, `view` sets notes and feet of page apart, `mentions` reads the
grammar in one pass (`numbers`, `subdivisions`, `containers`, `acts`, `european`, `decisions`, `courts`, `documents`,
`protocols`, `links`, over the names of `lexicon`), `inherit` gives each mention its text. Looking identifiers up is
another step: `kb.resolution.resolve`.
"""

from kb.citations.find import Context, bare_numbers, find_citations

__all__ = ["Context", "bare_numbers", "find_citations"]
