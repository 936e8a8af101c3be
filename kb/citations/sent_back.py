"""Nouns that send back to a text named before: "la Convention", "présente directive", "le bilan de la loi"."""

from __future__ import annotations

import re

from kb.citations.model import Mention, Named, Naming
from kb.citations.patterns import plain, reading

BACK = r"(?P<back>(?-i:Convention|Protocole|Pacte|Charte)(?!\w)|directive(?!\w)|loi(?!\w))"
_DETERMINER = reading(r"(?<!\w)(?:l'|la |le |du |de |cette |ce |au |présente? |ladite |dudit )\Z")
# What follows a noun that is the beginning of a longer name, and sends back to nothing.
_SPECIFIC = reading(
    r" (?:d[eu] |des |d'|sur |relative|n~[°º]|internationale|europ|collective|pour l|contre |cadre|bilat|franco"
    r"|sociale|nationale)"
)
# What is said of one law and not of the law in general.
_LAW_REACH = 60
_OF_A_LAW = reading(
    r"(?:applications?|volets?(?: [^\W\d]+)?|entrée en vigueur|promulgation|évaluation|adoption|bilan|mise en œuvre"
    r"|auteurs?|préparatoires|exposé des motifs|rapporteure?|bénéfice|issue?s?|apports?) de la \Z"
)
_BACK_NOUN = re.compile(BACK, re.IGNORECASE)


def sent_back(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    """ "la Convention", "présente directive": a noun that sends back to a text named before."""
    if not _BACK_NOUN.match(text, found.start()) or _SPECIFIC.match(text, found.end()):
        return []
    low = max(limit, found.start() - 10)
    determiner = _DETERMINER.search(text[low : found.start()])
    if determiner is None:
        return []
    word = plain(found[0])
    if word == "directive" and not plain(determiner[0]).startswith("present"):
        return []
    if word == "loi" and not _of_the_law_named(text, found, plain(determiner[0])):
        return []
    start = found.start() if word == "pacte" else low + determiner.start()
    return [Mention(start, found.end(), text=Named(start, found.end(), Naming.BACK, word))]


def _of_the_law_named(text: str, found: re.Match[str], determiner: str) -> bool:
    """Whether "la loi" is one named before, and not the law in general ("dans les cas prévus par la loi")."""
    if determiner.startswith(("cette", "ladite")):
        return True
    low = max(0, found.start() - _LAW_REACH)
    return determiner.startswith("la") and _OF_A_LAW.search(text, low, found.start()) is not None
