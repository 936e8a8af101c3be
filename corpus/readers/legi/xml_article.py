"""One wording of one article in the XML of the DILA's LEGI data (a file LEGIARTI….xml).

    <ARTICLE>
      <META><META_COMMUN><ID>LEGIARTI…</ID>…</META_COMMUN>
        <META_SPEC><META_ARTICLE><NUM>225-4-1</NUM><ETAT>VIGUEUR</ETAT><DATE_DEBUT>…</DATE_DEBUT>…
      <CONTEXTE><TEXTE cid="LEGITEXT…" nature="CODE"><TITRE_TXT debut fin>…</TITRE_TXT>
        <TM><TITRE_TM debut fin>…</TITRE_TM><TM>…
      <VERSIONS>…</VERSIONS> <NOTA>…</NOTA>
      <BLOC_TEXTUEL><CONTENU><p>…</p></CONTENU></BLOC_TEXTUEL> <LIENS>…</LIENS>

Spans count the characters of the file. A file that declares entities, or a document type at all, is refused: LEGI
has none, and they are how a small file fills a memory or reads another one.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from corpus.readers.code_body import read_body
from corpus.readers.legi.wording import FOREVER, LegiReading, LegiWording, faults_of, named, state_of
from corpus.readers.strict_json import refused
from kb.text.spans import MappedText

# The longest article of the LEGI data, an annex of tables, has some 3 MB.
MAX_BYTES = 20_000_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BODY = re.compile(r"<BLOC_TEXTUEL>\s*<CONTENU>(?P<body>.*?)</CONTENU>\s*</BLOC_TEXTUEL>", re.DOTALL)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f]")


def read_legi_xml(data: bytes, path: str, code: str) -> LegiReading:
    """The one wording of a file, an article of the code of slug `code`. Raises UnreadableSource."""
    root = article_root(data, path)
    title, titles = _context(root, path)
    meta = {name: _text(root.find(f"META/META_SPEC/META_ARTICLE/{name}")) for name in ("NUM", "ETAT")}
    legiarti = _text(root.find("META/META_COMMUN/ID"))
    start, end = (_day(root, name, path) for name in ("DATE_DEBUT", "DATE_FIN"))
    state = state_of(meta["ETAT"])
    if state is None:
        return LegiReading(title, ())
    provision = named(code, meta["NUM"]) if meta["NUM"] else None
    if provision is None:
        fault = ("article_sans_numero", f"Article {legiarti} sans numéro lisible : non repris.")
        return LegiReading(title, (), faults=(fault,))
    content = _content(data.decode("utf-8-sig"))
    last = None if end >= FOREVER else end
    wording = LegiWording(legiarti, provision, meta["NUM"], state, start, last, titles, content)
    return LegiReading(title, (wording,), faults=faults_of(wording, meta["ETAT"]))


def article_root(data: bytes, path: str) -> etree._Element:
    """The root of a file, seen to be a whole and harmless article of LEGI. Raises UnreadableSource."""
    if len(data) > MAX_BYTES:
        raise refused(path, f"il pèse {len(data) // 1_000_000} Mo")
    if _DOCTYPE.search(data):
        raise refused(path, "il déclare un type de document ou des entités, ce que LEGI ne fait jamais")
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(path, f"il n'est pas en UTF-8 (octet {error.start})") from error
    if wrong := _UNWRITABLE.search(written.replace("\r", "")):
        raise refused(path, f"il contient le caractère interdit U+{ord(wrong[0]):04X}")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(path, f"ce n'est pas du XML entier et juste ({error})") from error
    if root.tag != "ARTICLE":
        raise refused(path, f"ce n'est pas un article de LEGI, mais « {str(root.tag)[:40]} »")
    return root


def _context(root: etree._Element, path: str) -> tuple[str, tuple[str, ...]]:
    """The title of the code, and the headings above the article: the last wording of each is the present one."""
    text = root.find("CONTEXTE/TEXTE")
    if text is None:
        raise refused(path, "il ne dit pas de quel texte il est l'article")
    titles = []
    level = text.find("TM")
    while level is not None:
        named_here = [_text(title) for title in level.findall("TITRE_TM")]
        titles += [name for name in named_here[-1:] if name]
        level = level.find("TM")
    return _text(text.find("TITRE_TXT[last()]")), tuple(titles)


def _content(raw: str) -> MappedText:
    match = _BODY.search(raw)
    return read_body(raw, *match.span("body")) if match else MappedText("", ())


def _day(root: etree._Element, name: str, path: str) -> date:
    written = _text(root.find(f"META/META_SPEC/META_ARTICLE/{name}"))
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise refused(path, f"« {name} » n'est pas une date : « {written[:40]} »") from error


def _text(element: etree._Element | None) -> str:
    """All the characters of an element, on one line."""
    return "" if element is None else " ".join("".join(str(t) for t in element.itertext()).split())
