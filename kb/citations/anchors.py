"""What a citation may start with: one pattern a kind, and the cheap test of the places where one may stand."""

from __future__ import annotations

from kb.citations.acts import ABBREVIATED
from kb.citations.courts import COURT, court_names
from kb.citations.decisions import SHAPES
from kb.citations.documents import DOCUMENTS
from kb.citations.european import SERIES
from kb.citations.lexicon import first_words, scan_pattern
from kb.citations.links import URL
from kb.citations.numbers import PREFIX
from kb.citations.patterns import HYPHEN, reading
from kb.citations.protocols import PROTOCOL
from kb.citations.sent_back import BACK
from kb.citations.starts import starts_of

_ARTICLE = (
    r"(?P<article>(?:(?:art(?:icle|cle|ilce|icel|icl)s?|aticles?|aricles?|arts?)(?!\w)\.?~|arts?\.~|art(?=\d{3}[-‐‑–]\d))"
    r"(?:(?:n~[°º]|no\.)~)?(?=[\dLRDAlrdaPpIuSs*]))"
)
_NUMBER = (
    rf"(?P<number>(?<![-‐‑–/.])(?:(?-i:{PREFIX})\d{{1,5}}(?!\d)|(?<!\d[,.])\d{{1,4}}{HYPHEN}(?=\s{{0,2}}\d)"
    r"|(?<!\d[ ,.])\d{3}(?:\.\d{1,2}(?![\d]|,\d)| (?:\d\d|\d \d{1,2})(?= (?:du )?(?:c\.|cpp|cp|code)(?!\w)))))"
)
_ACT = (
    r"(?P<act>(?:lois?|ordonnances?|décrets?|arrêtés?|circulaires?|dépêches?|notes?|instructions?|directives?"
    rf"|règlements?|regulations?|laws?|acts?|decrees?|décisions?(?:{HYPHEN}cadre)?|conventions?)(?=[\s\d(])"
    rf"|(?:{ABBREVIATED}|dir\.|règl\.)(?=~\(?\w)|{SERIES})"
)
_REPORT = r"(?P<report>paragraphes? (?P<paragraph>\d{1,3}) du rapport explicatif de la )"
# "ledit article"; "cet article" and "même article" after a part of it only: elsewhere that may be a newspaper's.
_SAID = r"(?P<said>(?:(?P<sure>(?:le|du|au)dit)|même|cet) article(?!\w| (?:[LRDA]\.?~)?\d))"
ANCHOR = reading(
    rf"(?P<url>{URL})|{_ARTICLE}|(?P<name>{scan_pattern()})|(?P<recital>(?:considérants?|consid\.)~(?=\(?\d))"
    rf"|{_SAID}|{_REPORT}|(?P<protocol>{PROTOCOL})|{_ACT}|{BACK}|(?P<court>{COURT})"
    rf"|(?P<ruling>arrêts? |cour de cassation)|(?P<document>{DOCUMENTS})|{SHAPES}|{_NUMBER}"
)
_KEYWORDS = (
    "http www. file: eli/ article artcle artilce articel articl aticle aricle art considérant paragraphe loi lois"
    " ordonnance décret arrêté circulaire dépêche note instruction directive règlement regulation law act decree"
    " décision convention protocole protocol premier deuxième second 2nd 2e troisième protocole"
    " pacte charte conseil cour ECLI: ECLI% décr. ord. arr. circ. dir. règl. consid. ledit dudit audit cet même"
    " QPC DC CNDA CELEX LEGIT LEGIA JORFT JORFA JURIT CETAT CONST STCE STE CETS ETS"
    " tribunal trib. TJ TGI CPH GRETA( NATINF résolution A/RES S/RES CM/Rec CM(20 CP/Rec CP(20 Rec( CommDH NOR A/HRC"
)
_LETTERED = r"\.?[op]?\.?\s?\*{0,2}\.?\s{0,3}\d"
START = starts_of(
    (*_KEYWORDS.split(), *first_words(), *court_names()),
    {
        "lrda": _LETTERED,
        "*": rf"\*?[lrda]{_LETTERED}",
        "ld": r"\.\s{0,2}n",
        "c": r"[ea]\s|aa\s|e,|[-‐‑–]\d|0\d\d|\d\d/",
        "p": r"0\d\d",
        "t": r"[-‐‑–]\d|a\s",
        "0-9": r"\d{0,3}[-‐‑–]\s{0,3}\d|\d\d(?:\.|\s{1,2}\d{1,2}\s)|\d{2,4}/\d\d(?![\d/])|\d[a-z]{2}\d{5}"
        r"|\d{4}[a-z]{1,2}\d{4}",
    },
)
