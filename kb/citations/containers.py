"""The text that articles belong to, read right after them: "du code pénal", "CPP", "(CESEDA)", "de la même loi"."""

from __future__ import annotations

import re

from kb.citations.acts import act_at
from kb.citations.european import convention_at, european_at
from kb.citations.lexicon import name_at
from kb.citations.model import Named, Naming
from kb.citations.patterns import french, plain, reading
from kb.citations.protocols import protocol_at
from kb.citations.subdivisions import gloss_end
from kb.codes import find_code
from kb.model import CitationKind

# "article 13 modifié de la loi", "article 1er, définition 56, du règlement".
_ASIDE = reading(
    r" (?:modifiée?s?|précitée?s?|susvisée?s?|communs?|inclus|compris)(?= )"
    r"|~,[^,.;:()\n]{1,50},(?= (?:du|de la|de l')~(?:code|loi|ordonnance|décret|règlement|directive|convention)\b)"
)
_CONNECTOR = reading(
    r"(?:~[,:]| [–—](?= du | de la ))?~(?P<word>de l'~|l'|(?:du la|du|de la|des|de|le|la|aux?|à la|of the|of) )?"
)
_GENITIVE = reading(
    r"~(?P<comma>,?)~(?:(?P<same>dudit|de ladite|desdits|de cet|de cette|de ce) |(?:du|de la|des) |(?:de|du) l'~)"
    r"(?:(?P<adjective>mêmes?|présente?s?|dite?|dernière?) )?(?P<word>[^\W\d_]{2,20}(?:-[^\W\d_]{2,20})?)"
    r"(?: (?P<after>précitée?s?|susvisée?s?|susmentionnée?s?))?"
)
_TEXT_NOUN = re.compile(
    "code|loi|ordonnance|decret|arrete|directive|reglement|decision|convention|protocole|pacte|charte|traite"
    "|constitution|livre|statut|accord|annexe|avenant|circulaire|instruction|deliberation|cahier|declaration"
    "|arret|resolution|recommandation|acte|projet|proposition|texte|regle|norme"
)
# What has articles and is no law: "l'article 12 du contrat".
_NO_LAW = re.compile(
    "contrat|bail|baux|marche|devis|journal|revue|guide|manuel|questionnaire|formulaire"
    "|magazine|quotidien|bulletin"
)
# Divisions of the text being read.
_DIVISION = re.compile("article|section|chapitre|titre|partie|sous-section|paragraphe|alinea|livre|annexe")
_MISSPELT = reading(r"(?:code|codé|cod|coe|cde|cdoe|coed|ocde|doce)(?: [^\s\d,.;:()«»]{1,25}){1,9}")
_CLOSING = reading(r"~[)\]]")
# "du nouveau code pénal" is the code of today; "de l'ancien code pénal" is read as such by `lexicon`.
_AGE = reading(r"(?:nouveau|nouvel|actuel|ancien) (?=code)")


def text_at(text: str, position: int) -> Named | None:
    """The text named in full exactly at `position`."""
    return (
        name_at(text, position)
        or protocol_at(text, position, convention_at)
        or act_at(text, position)
        or european_at(text, position)
        or convention_at(text, position)
    )


def container(text: str, position: int) -> Named | None:
    """The text that the articles ending at `position` belong to; None when nothing says it.

    >>> container("306 CPP", 3).ids
    ('cpp',)
    """
    found = _container(text, position)
    if found is None and (gloss := gloss_end(text, position)) > position:
        found = _container(text, gloss)
    if found is None and (aside := _ASIDE.match(text, position)):
        found = _container(text, aside.end())
    return found


def _container(text: str, position: int) -> Named | None:
    link = _CONNECTOR.match(text, position)
    start = link.end() if link else position
    in_brackets = text.startswith(("(", "["), start)
    joined = link is not None and link["word"] is not None
    # Without a word between, an act in capitals is the title that follows: "ARTICLE R. 431-2 / Arrêté du…".
    read = text_at if joined or text[start : start + 1].islower() else name_at
    found = read(text, start + in_brackets)
    age = _AGE.match(text, start) if found is None else None
    if age:
        found = name_at(text, age.end())
    if found and in_brackets:
        closing = _CLOSING.match(text, found.end)
        if closing is None:
            return None
        return Named(found.start, closing.end(), found.naming, found.noun, found.ids, found.kind)
    return found or _misspelt(text, start + in_brackets) or _sent_back(text, position)


def _sent_back(text: str, position: int) -> Named | None:
    """ "du même code", "de la directive", "du présent code"; or a text that is not known."""
    found = _GENITIVE.match(text, position)
    if found is None:
        return _in_english(text, position)
    noun = plain(found["word"]).removesuffix("s")
    present = plain(found["adjective"] or "").startswith("present")
    if _DIVISION.fullmatch(noun) and (present or not _TEXT_NOUN.fullmatch(noun)):
        if found["adjective"]:
            return Named(found.start("word"), found.end(), Naming.THIS, "code")
        return Named(found.start("word"), found.end(), Naming.OTHER, noun) if noun == "article" else None
    if _NO_LAW.fullmatch(noun) and not found["comma"]:  # "de l'article 5, des contrats": another complement
        return Named(found.start("word"), found.end(), Naming.OTHER, noun)
    if not _TEXT_NOUN.fullmatch(noun):
        return None
    if present:
        return Named(found.start("word"), found.end(), Naming.THIS, noun)
    if not (found["adjective"] or found["same"] or found["after"]):
        if found["comma"]:
            return None  # "de l'article 5, des délibérations": another complement
        if _goes_on(text, found.end()):
            return Named(found.start("word"), found.end(), Naming.OTHER, noun)
    return Named(found.start("word"), found.end(), Naming.BACK, noun)


# "of the Convention"; with words between, it is a text that is not known: "of the Swiss Criminal Code".
_ENGLISH = reading(
    r"~,?~of (?:the |this |that |said |its )?(?P<words>(?:[^\W\d_][\w'’-]* ){0,6}?)"
    r"(?P<noun>Convention|Directive|Protocol|Regulation|Charter|Treaty|Covenant|Statute|Constitution|Code|Act|Law|Decree)"
    r"(?!\w)(?P<more> (?:of|on|against|for|relating|No)(?!\w))?"
)
_NOUNS_IN_FRENCH = {
    "protocol": "protocole",
    "regulation": "reglement",
    "charter": "charte",
    "covenant": "pacte",
}


def _in_english(text: str, position: int) -> Named | None:
    found = _ENGLISH.match(text, position)
    if found is None:
        return None
    noun = found["noun"].lower()
    noun = _NOUNS_IN_FRENCH.get(noun, noun)
    unknown = found["words"].strip() not in ("", "same", "said") or found["more"]
    return Named(found.start("noun"), found.end(), Naming.OTHER if unknown else Naming.BACK, noun)


_ON = re.compile(
    french(
        r" (?:n~[°ºo]|de (?!mani|façon|sorte)|du|des|d'|sur l|relati|portant|postal|mondial|europ|international"
        r"|national|collecti|cadre|bilat|franco|type|interprofession|\(|[A-ZÉ]"
        r"|[^\W\d_]+(?:al|ale|if|ive|ique|aire|el|elle|ien|ienne|ier|é)~(?:[.,;)]|\Z))"
    )
)


def _goes_on(text: str, position: int) -> bool:
    """Whether the noun is only the beginning of a name we do not know: "de la convention franco-…"."""
    return _ON.match(text, position) is not None


def _misspelt(text: str, position: int) -> Named | None:
    """A code whose name is misspelt: the longest beginning of the words that is near enough to a known name."""
    found = _MISSPELT.match(text, position)
    if found is None:
        return None
    ends = [m.end() + position for m in re.finditer(r"\S+", found[0])]
    for end in reversed(ends[1:]):
        code = find_code(text[position:end])
        if code:
            return Named(position, end, Naming.NAMED, "code", (code.slug,), CitationKind.CODE)
    return None
