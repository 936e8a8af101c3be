"""Identifiers carried by the links of Légifrance, EUR-Lex, Judilibre."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kb.citations.lexicon import acts_by_date, acts_by_link
from kb.codes import code_by_legitext
from kb.model import CitationKind

# An identifier of Légifrance or of EUR-Lex may also stand without its address.
URL = (
    r"(?:(?:https?://|www\.|file://)[^\s<>«»]+"
    r"|(?:LEGIARTI|LEGITEXT|JORFTEXT|JORFARTI|JURITEXT|CETATEXT|CONSTEXT)\d{12}(?!\d)"
    r"|CELEX\s?(?::|%3A)?\s?(?:n°\s?)?[036]\d{4}[A-Z]{1,2}\d{4}(?:-\d{8})?(?!\d)"
    r"|ECLI(?::ECLI)?%3A[A-Z]{2}%3A[\w%.]+"
    r"|eli/(?:dir|reg|dec|loi|decret|ordonnance|arrete)/[\w/-]+"
    r"|(?<![\w-])(?:[03](?:19|20)\d\d[LRDF]\d{4}(?:-\d{8})?|6(?:19|20)\d\d[CT][JO]\d{4})(?![\w]))"
)
_LEGIFRANCE = re.compile(
    r"(?P<kind>LEGIARTI|LEGITEXT|JORFTEXT|JORFARTI|JURITEXT|CETATEXT|CONSTEXT)\d{12}", re.IGNORECASE
)
_CELEX = re.compile(
    r"(?<!\d)[03](?P<year>(?:19|20)\d\d)(?P<family>[LRDF])(?P<number>\d{4})(?!\d)", re.IGNORECASE
)
_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]*[A-Z0-9]", re.IGNORECASE)
# "#art_6", "/art_6/oj": the article, which addresses of ELI and of the Official Journal carry.
_ELI_ARTICLE = re.compile(r"[#/]art(?:icle)?_(?P<number>\d{1,3})(?![\d.])", re.IGNORECASE)
_ELI_EU = re.compile(r"(?:^|/)eli/(?P<family>dir|reg|dec)/(?P<year>\d{4})/(?P<number>\d+)", re.IGNORECASE)
_ELI_FR = re.compile(
    r"(?:^|/)eli/(?P<family>loi|ordonnance|decret|arrete)/\d{4}/\d+/\d+/(?P<number>\d{2,4}-\d+)(?=/|$)",
    re.IGNORECASE,
)
_ELI_DATED = re.compile(
    r"(?:^|/)eli/(?P<family>loi|ordonnance|decret|arrete)/(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/",
    re.IGNORECASE,
)
_CELEX_RULING = re.compile(
    r"(?<!\d)6(?P<year>(?:19|20)\d\d)(?P<court>[CT])[JO](?P<number>\d{4})(?!\d)", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"OJ:L(?::\d+){4}|OJ:L_\d{9}|JURITEXT\d{12}|(?<=decision/)[0-9a-f]{24}", re.IGNORECASE
)
_COUNCIL = re.compile(
    r"conseil-constitutionnel\.fr/decision/\d{4}/(?P<year>\d{4})(?P<number>\d{1,4})(?P<kind>QPC|DC)",
    re.IGNORECASE,
)
_CURIA = re.compile(r"curia\.europa\.eu/\S*?num=(?P<number>[CT]-\d{1,4}/\d{2})(?!\d)", re.IGNORECASE)
_JUDILIBRE = re.compile(r"courdecassation\.fr/decision/(?P<id>[0-9a-f]{24})")
_LEGI_FAMILY = {
    "LEGIARTI": ("legiarti", CitationKind.CODE),
    "JORFTEXT": ("jorf", CitationKind.LAW),
    "LEGITEXT": ("legitext", CitationKind.CODE),
    "JORFARTI": ("jorf", CitationKind.LAW),
}
_ELI_KINDS = {"loi": CitationKind.LAW, "decret": CitationKind.DECREE, "ordonnance": CitationKind.ORDINANCE}
_EU_FAMILY = {"l": "dir", "r": "reg", "d": "dec", "f": "decision-cadre"}
# An address of Légifrance may carry several: what it leads to is the article, else the text.
_NEAREST_FIRST = ("LEGIARTI", "JORFARTI")


def link_target(url: str) -> tuple[str, CitationKind] | None:
    """What a link leads to, if it is a legal text.

    >>> link_target("https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070719")
    ('code-penal', <CitationKind.CODE: 'code'>)
    >>> link_target("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32011L0036")
    ('eu/dir/2011/36', <CitationKind.EU: 'eu'>)
    >>> link_target("https://www.legifrance.gouv.fr/eli/loi/2016/4/13/FDFX1331971L/jo/texte")
    ('loi/2016-444', <CitationKind.LAW: 'loi'>)
    """
    written = unquote(url)
    return _known(written) or _legifrance(written) or _europe(written) or _court(written)


def _known(url: str) -> tuple[str, CitationKind] | None:
    """A reference that the tables explain."""
    for found in _REFERENCE.finditer(url):
        act = acts_by_link().get(found[0].lower())
        if act:
            return act.id, act.kind
    return None


def _legifrance(url: str) -> tuple[str, CitationKind] | None:
    eli = _ELI_FR.search(url) or _ELI_DATED.search(url)
    if eli:
        family = eli["family"].lower()
        return _act(family, eli), _ELI_KINDS.get(family, CitationKind.ORDER)
    carried = [found[0].upper() for found in _LEGIFRANCE.finditer(url)]
    if not carried:
        return None
    identifier = next((each for each in carried if each.startswith(_NEAREST_FIRST)), carried[0])
    code = code_by_legitext(identifier) if identifier.startswith("LEGITEXT") else None
    if code:
        return code.slug, CitationKind.CODE
    family, target_kind = _LEGI_FAMILY.get(identifier[:8], ("juri", CitationKind.DECISION))
    return f"{family}/{identifier}", target_kind


def _act(family: str, eli: re.Match[str]) -> str:
    """By its number, or by its date, under the number that the tables know for it."""
    if eli.re is _ELI_FR:
        return f"{family}/{eli['number']}"
    date = f"{eli['year']}-{int(eli['month']):02d}-{int(eli['day']):02d}"
    return acts_by_date().get((family, date), f"{family}/{date}")


def _europe(url: str) -> tuple[str, CitationKind] | None:
    celex = _CELEX.search(url)
    european = "eur" in url.lower() or "celex" in url.lower() or "/" not in url
    if celex and european:
        family = _EU_FAMILY[celex["family"].lower()]
        return f"eu/{family}/{celex['year']}/{int(celex['number'])}{_article(url)}", CitationKind.EU
    ruling = _CELEX_RULING.search(url) if european else None
    if ruling:
        number = f"{ruling['court'].upper()}-{int(ruling['number'])}-{ruling['year'][2:]}"
        return f"cjue/{number}", CitationKind.DECISION
    eli = _ELI_EU.search(url)
    if eli:
        return (
            f"eu/{eli['family'].lower()}/{eli['year']}/{int(eli['number'])}{_article(url)}",
            CitationKind.EU,
        )
    ecli = _ECLI.search(url)
    return (f"ecli/{ecli[0].upper()}", CitationKind.DECISION) if ecli else None


def _article(url: str) -> str:
    found = _ELI_ARTICLE.search(url)
    return f"/{found['number']}" if found else ""


def _court(url: str) -> tuple[str, CitationKind] | None:
    """The page of a decision on the site of its court."""
    if found := _JUDILIBRE.search(url):
        return f"judilibre/{found['id']}", CitationKind.DECISION
    if found := _COUNCIL.search(url):
        return f"cc/{found['year']}-{found['number']}-{found['kind'].upper()}", CitationKind.DECISION
    if found := _CURIA.search(url):
        return f"cjue/{found['number'].upper().replace('/', '-')}", CitationKind.DECISION
    return None
