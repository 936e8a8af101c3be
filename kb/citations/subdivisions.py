"""What part of an article is cited: "alinéa 2", "al. 1", "§ 2, f)", "II, 3°", "1°", "première phrase"."""

from __future__ import annotations

from kb.citations.patterns import HYPHEN, plain, reading

_ORDINAL = (
    r"(?:premi(?:er|ère)s?|deuxième|seconde?|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième"
    r"|onzième|douzième|treizième|quatorzième|quinzième|avant-derni(?:er|ère)|derni(?:er|ère)s?|1\s?(?:er|è?re)"
    r"|\d{1,2}\s?(?:e|ème))"
)
_UNIT = r"(?:alinéas?|phrases?|tirets?|paragraphes?|points?)"
_COUNT = r"\d{1,2}(?:er|e|ème)?(?!\w|\s?°)"
_MORE = r"(?:~(?:,|et|à|ou)~%s)*"
_ROMAN = r"(?-i:[IVX]{1,5})(?:\s(?:bis|ter|quater))?(?![\w’'])"
_DEGREE = r"\d{1,2}\s?°(?:\s(?:bis|ter|quater))?(?!\w)"
_LETTER = r"(?-i:[a-z]{1,2}\s?\))"
_PARAGRAPH = rf"(?:alinéas?|al\b\.?)~(?:{_COUNT}{_MORE % _COUNT}|premier|dernier)(?!\w)"
# In brackets: "(3°)", "(al. 2)", "(I, 3°)", "(a)".
_IN_BRACKETS = rf"(?:{_PARAGRAPH}|{_DEGREE}{_MORE % _DEGREE}|\d{{1,2}}|(?-i:[a-z]|[IVX]{{1,4}}))"
_PART = (
    rf"{_PARAGRAPH}|(?:sous|points?|lettres?|litt?\.|let\.)~{_LETTER}"
    rf"(?:(?:~,~(?:et )?| et | à | ou )(?:sous )?{_LETTER})*"
    rf"|(?:paragraphes?|paragraph|par\.|§{{1,2}})~(?:{_COUNT}{_MORE % _COUNT}(?:~,?~{_LETTER})?|{_ROMAN})"
    rf"|{_DEGREE}{_MORE % _DEGREE}"
    rf"|{_ROMAN}(?: (?:et|à|ou) {_ROMAN})?(?:\.(?= (?:du|de|des)\b))?(?![^\S\n]*[–—-](?!\d{{1,2}}\s?°))"
    rf"|{_LETTER}"
    rf"|\({_IN_BRACKETS}(?:~,?~{_IN_BRACKETS}){{0,3}}\)"
    rf"|{_ORDINAL}(?:(?:~,~| et | à | ou ){_ORDINAL}){{0,4}} {_UNIT}\b"
    r"|(?:lettre|point|tiret|phrase|sous)s? (?-i:[a-z]|[ivx]{1,4}|\d{1,3})(?![\w’'])"
    r"(?:(?:~,~| et | à | ou )(?-i:[a-z]|\d{1,3})(?![\w’')]| (?:du|de|des) (?:code|la loi)))*"
    r"|(?-i:[A-F])~,?~[1-9](?!\w)"
)
# "1383-I-3°": neither a Roman numeral nor a degree is part of the number.
_PARTS = reading(rf"(?:~,?~|{HYPHEN}(?=[IVX]|\d{{1,2}}\s?°))(?:{_PART})")
# "article 1382 ancien": today's article of that number is another one. "nouveau" says nothing more than the number.
FORMER = "ancien"
_AGE = reading(r"~,?~\(?(?P<age>ancien|anc\.|nouveau|nouv\.)\)?(?= (?:du|de|c\.)|~[,.;)]|\Z)")
# "706-3 2 du code": a lone digit between a number and the word that brings its code.
_LONE_DIGIT = reading(r" \d(?= (?:du|de)\b)")
_GLOSS = reading(r"~\([^()\d][^()]{0,150}\)")
_OF = r" (?:(?:du|de la|des?|de l')(?: |(?<=['’]))(?:mêmes? |présents? )?|(?:dudit|de cet) )"
_BEFORE = reading(
    rf"(?:(?<!\w)(?:{_PART}|{_ORDINAL}|{_ROMAN}|[a-z]\b)"
    rf"(?:~,~| (?:et|ou|à) (?:(?:au|aux|à la|la|le|les|du) )?|{_OF}))+\Z"
)
_FORMER_BEFORE = reading(r"(?<!\w)anciens? \Z")
_LAST_OF = reading(r" (?:(?:du|des?|de la|de l')(?: mêmes?)?|dudit|de cet)~\Z")
BEFORE_WINDOW = 100
_LINKS = ("l'", "l’", "des", "memes", "meme", "du", "dudit", "cet")
_LONGEST_LINK = 9  # "mêmes" with accents that are characters of their own


def read_subdivision(text: str, position: int) -> tuple[str, int]:
    """The subdivision that follows a number, in one spacing, and where it ends.

    >>> read_subdivision("9, § 2, f) de la directive", 1)
    ('§ 2, f)', 10)
    """
    end = position
    while (part := _PARTS.match(text, end)) is not None:
        end = part.end()
    digit = _LONE_DIGIT.match(text, end)
    if digit:
        end = digit.end()
    age = _AGE.match(text, end)
    if age is None:
        return _tidy(text[position:end]), end
    return " ".join(filter(None, (_tidy(text[position:end]), _former(age["age"])))), age.end()


def _former(age: str) -> str:
    return FORMER if age.lower().startswith("anc") else ""


def read_before(text: str, start: int, limit: int) -> tuple[str, int]:
    """The subdivision written before the word "article", and where it starts.

    >>> read_before("au 3° du I de l'article", 16, 0)
    ('3° du I', 3)
    """
    low = max(limit, start - BEFORE_WINDOW)
    window = text[low:start]
    former = _FORMER_BEFORE.search(window)
    if former:
        return FORMER, low + former.start()
    if not plain(window.rstrip()[-_LONGEST_LINK:]).endswith(_LINKS):
        return "", start
    found = _BEFORE.search(window)
    if found is None:
        return "", start
    return _tidy(_LAST_OF.sub("", found[0])), low + found.start()


def gloss_end(text: str, position: int) -> int:
    """Past an explanation in brackets: "4 (définitions), 5 (prévention)"; `position` if there is none."""
    gloss = _GLOSS.match(text, position)
    return gloss.end() if gloss else position


def _tidy(written: str) -> str:
    return " ".join(written.split()).strip(" ,.-‐‑–")
