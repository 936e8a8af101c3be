"""References as French lawyers write them: "Code pénal, art. 225-4-1", "CESEDA, art. L. 425-1"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kb.citations.lexicon import load_acts
from kb.codes import code_by_slug
from kb.errors import InvalidIdentifier
from kb.ids import Identifier, parse_id
from kb.text.french_dates import french_date

# Beyond this, a title is not written out in a reference when the code has an acronym: of the codes in force, only
# the CESEDA (63 characters) is never cited by its title.
_LONG_TITLE = 60
_LETTERED = re.compile(r"(LO|[LRDA])\s*\.?\s*(\*{0,2})\s*\.?\s*(?=\d)(.+)", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"(?:LO|L\.\s*O\.|[LRDA])?[\s.*]*\d|(?:I|II|III|IV|V|VI)\Z", re.IGNORECASE)
_ILO_LETTER = re.compile(r"\Ac0*(?=\d)")
_NUMBERED_ANNEX = re.compile(r"annexe-(?=[^-]+\Z)")
_ACT_NAMES = {
    "eu/dir": "Directive",
    "eu/reg": "Règlement (UE)",
    "eu/decision-cadre": "Décision-cadre",
    "eu/dec": "Décision (UE)",
    "eu/recommandation": "Recommandation (UE)",
    "loi": "Loi n°",
    "ordonnance": "Ordonnance n°",
    "decret": "Décret n°",
    "arrete": "Arrêté",
    "circulaire": "Circulaire",
    "instruction": "Instruction",
    "depeche": "Dépêche",
    "note": "Note",
    "oit": "Convention de l'OIT n°",
    "cass": "Cour de cassation, n°",
    "ce": "Conseil d'État, n°",
    "cc": "Conseil constitutionnel, n°",
    "cedh": "CEDH",
    "cjue": "CJUE",
    "cnda": "CNDA, n°",
    "caa": "Cour administrative d'appel, n°",
    "ca": "Cour d'appel,",
    "tj": "Tribunal judiciaire,",
    "tcom": "Tribunal de commerce,",
}


def french_number(number: str) -> str:
    """An article number with its letter set apart, as on Légifrance.

    >>> [french_number(n) for n in ("L425-1", "R*123-4", "LO119", "225-4-1", "1", "Annexe II")]
    ['L. 425-1', 'R.* 123-4', 'L.O. 119', '225-4-1', '1er', 'Annexe II']
    """
    match = _LETTERED.fullmatch(number.strip())
    if match is None:
        return "1er" if number.strip() == "1" else number.strip()
    letters = "L.O." if match[1].upper() == "LO" else f"{match[1].upper()}."
    return f"{letters}{match[2]} {match[3]}"


def cite(code: str, number: str) -> str:
    """The reference of one article of a text, from the text's slug and the number as its source writes it.

    >>> cite("code-penal", "225-4-1"), cite("ceseda", "L425-1"), cite("eu/dir/2011/36", "12")
    ('Code pénal, art. 225-4-1', 'CESEDA, art. L. 425-1', 'Directive 2011/36, art. 12')
    >>> cite("code-penal", "Annexe I"), cite("ceseda", "annexe-7")
    ('Code pénal, Annexe I', 'CESEDA, annexe 7')

    Of an act that is known as a whole, its name alone.

    >>> cite("circulaire/2023-03-28", "")
    'Circulaire du 28 mars 2023'
    """
    if not number.strip():
        return text_name(code)
    if _ARTICLE.match(number.strip()):
        return f"{text_name(code)}, art. {french_number(number)}"
    return f"{text_name(code)}, {_NUMBERED_ANNEX.sub('annexe ', number.strip())}"


@lru_cache(maxsize=10_000)
def cite_id(value: str) -> str:
    """The reference that an identifier stands for, ranges included; the identifier itself when it is not one.

    >>> cite_id("ceseda/L522-1..L522-5"), cite_id("ceseda/R425-1.."), cite_id("loi/2016-444")
    ('CESEDA, art. L. 522-1 à L. 522-5', 'CESEDA, art. R. 425-1 et suivants', 'Loi n° 2016-444')
    """
    try:
        identifier = parse_id(value)
    except InvalidIdentifier:
        return value
    if identifier.number is None:
        return text_name(identifier.text)
    return cite(identifier.text, identifier.number) + _tail(identifier)


@lru_cache(maxsize=1_000)
def text_name(slug: str) -> str:
    """How a text is named in a reference: its title, or its acronym when the title is too long.

    >>> text_name("cpp"), text_name("ceseda"), text_name("eu/reg/2024/1348")
    ('Code de procédure pénale', 'CESEDA', 'Règlement (UE) 2024/1348')
    >>> text_name("loi/1881-07-29"), text_name("loi/2016-444"), text_name("oit/c081")
    ('Loi du 29 juillet 1881', 'Loi n° 2016-444', "Convention de l'OIT n° 81")
    """
    code = code_by_slug(slug)
    if code is not None:
        return code.acronyms[0] if len(code.title) > _LONG_TITLE and code.acronyms else code.title
    for prefix, name in _ACT_NAMES.items():
        if slug.startswith(f"{prefix}/"):
            return _act_name(name, slug.removeprefix(f"{prefix}/"))
    return next((act.title for act in load_acts() if act.id == slug), slug)


# What opens the name of a text that is not masculine; an acronym takes the gender of what it stands for, a code.
_FEMININE = ("Ch", "Circulaire", "Cons", "Conv", "Cour", "Déc", "Dép", "Dir", "Loi", "No", "Reco", "Réso")
_MASCULINE = ("Conseil", "Décret")
_VOWELS = tuple("AEÉIO")


def the_text(slug: str) -> str:
    """The name of a text with its article, to begin a sentence.

    >>> the_text("cpp"), the_text("ceseda"), the_text("loi/2016-444"), the_text("eu/dir/2011/36")
    ('Le Code de procédure pénale', 'Le CESEDA', 'La loi n° 2016-444', 'La directive 2011/36')
    >>> the_text("ordonnance/45-2658")
    "L'ordonnance n° 45-2658"
    """
    name = text_name(slug)
    lower = name[:1].lower() + name[1:]
    if code_by_slug(slug) is not None:
        return f"Le {name}"
    if name[:2].isupper() or name == slug:
        return name
    if name.startswith(_VOWELS):
        return f"L'{lower}"
    feminine = name.startswith(_FEMININE) and not name.startswith(_MASCULINE)
    return f"{'La' if feminine else 'Le'} {lower}"


def _act_name(name: str, number: str) -> str:
    """An act that has no number is named by its day, and a convention of the ILO without its letter."""
    try:
        return f"{name.removesuffix(' n°')} du {french_date(date.fromisoformat(number))}"
    except ValueError:
        return f"{name} {_ILO_LETTER.sub('', number)}"


def _tail(match: Identifier) -> str:
    if match.end is not None:
        return f" à {french_number(match.end)}"
    return " et suivants" if match.open else ""
