"""LEGI data: articles in the DILA's XML and in the JSON of legi-data, their dates, and how they join the Markdown."""

from __future__ import annotations

import io
import json
import tarfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.legi import read_legi_json, read_legi_xml
from corpus.source_reading import read_source
from corpus.sources import Source, discover
from kb.citations import find_citations
from kb.errors import InvalidDate, UnreadableSource
from kb.model import Bound, Provision, State, Status
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from kb.store import SourceContent
from kb.validity import Validity
from tests.source_folder import PENAL, write_code

TRAVAIL = "LEGITEXT000006072050"


def article(
    number: str,
    state: str = "VIGUEUR",
    span: tuple[str, str] = ("2013-08-07", "2999-01-01"),
    text: str = "<p>La traite est le fait<br/>de recruter.</p>",
    rank: int = 1,
) -> bytes:
    """One file of the DILA: an article of the criminal code with the headings above it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ARTICLE>
<META><META_COMMUN><ID>LEGIARTI{rank:012d}</ID><ANCIEN_ID/><ORIGINE>LEGI</ORIGINE><NATURE>Article</NATURE></META_COMMUN>
<META_SPEC><META_ARTICLE><NUM>{number}</NUM><ETAT>{state}</ETAT><DATE_DEBUT>{span[0]}</DATE_DEBUT>
<DATE_FIN>{span[1]}</DATE_FIN><TYPE>AUTONOME</TYPE></META_ARTICLE></META_SPEC></META>
<CONTEXTE><TEXTE cid="{PENAL}" nature="CODE"><TITRE_TXT c_titre_court="Code pénal" debut="1994-03-01" fin="2999-01-01"
id_txt="{PENAL}">Code pénal</TITRE_TXT><TM><TITRE_TM id="LEGISCTA1" debut="1994-03-01" fin="2010-01-01">Partie
ancienne</TITRE_TM><TITRE_TM id="LEGISCTA1" debut="2010-01-01" fin="2999-01-01">Partie législative</TITRE_TM><TM>
<TITRE_TM id="LEGISCTA2">Livre II</TITRE_TM></TM></TM></TEXTE></CONTEXTE>
<VERSIONS><VERSION etat="{state}"><LIEN_ART debut="{span[0]}" etat="{state}" fin="{span[1]}" id="LEGIARTI{rank:012d}"
num="{number}" origine="LEGI"/></VERSION></VERSIONS><NOTA><CONTENU>Une note.</CONTENU></NOTA>
<BLOC_TEXTUEL><CONTENU>{text}</CONTENU></BLOC_TEXTUEL>
<LIENS><LIEN cidtexte="JORFTEXT1" sens="cible" typelien="MODIFIE">LOI n°2013-711</LIEN></LIENS>
</ARTICLE>""".encode()


def tree(*articles: dict[str, Any], title: str = "Code du travail") -> dict[str, Any]:
    """A code of legi-data, of one section."""
    data = {"cid": TRAVAIL, "id": TRAVAIL, "title": title, "dateModif": "2026-03-27"}
    nodes = [{"type": "article", "data": each} for each in articles]
    section = {"type": "section", "data": {"title": "Partie législative \r\n"}, "children": nodes}
    return {"data": data, "type": "code", "children": [section]}


def node(number: str, rank: int = 1, **changes: Any) -> dict[str, Any]:
    """One article of legi-data; its times are in milliseconds."""
    return {
        "id": f"LEGIARTI{rank:012d}",
        "num": number,
        "etat": "VIGUEUR",
        "dateDebut": 1209600000000,
        "dateFin": 32472144000000,
        "texte": "Nul ne peut.",
        "texteHtml": "<p>Nul ne&nbsp;peut être l'objet<br/>d'une mesure.</p>",
        **changes,
    }


def code_of(folder: Path, text_id: str) -> tuple[Source, SourceContent]:
    (source,) = (s for s in discover(folder) if s.text_id == text_id)
    return source, read_source(source)


def written(folder: Path, **articles: bytes) -> Path:
    """A folder of DILA data of one date."""
    target = folder / "legi" / "2026-04-03" / "article" / "LEGI"
    target.mkdir(parents=True)
    for rank, data in enumerate(articles.values(), 1):
        (target / f"LEGIARTI{rank:012d}.xml").write_bytes(data)
    return folder


def provision(content: SourceContent, name: str) -> Provision:
    (found,) = (p for p in content.provisions if p.id == name)
    return found


def test_an_article_in_force_has_its_dates_its_headings_and_its_place_in_the_file() -> None:
    data = article("225-4-1")
    (wording,) = read_legi_xml(data, "a.xml", "code-penal").wordings
    assert (wording.provision, wording.state, wording.start, wording.end) == (
        "code-penal/225-4-1", State.IN_FORCE, date(2013, 8, 7), None,
    )  # fmt: skip
    assert wording.heading == ("Partie législative", "Livre II")
    assert wording.content.text == "La traite est le fait\nde recruter."
    raw = data.decode()
    assert [raw[s.start : s.end] for s in wording.content.spans()] == [
        "La traite est le fait",
        "de recruter.",
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ABROGE", State.REPEALED),
        ("MODIFIE", State.MODIFIED),
        ("VIGUEUR_DIFF", State.DEFERRED),
        ("ABROGE_DIFF", State.IN_FORCE),
        ("TRANSFERE", State.REPEALED),
    ],
)
def test_each_state_of_legi_has_its_own_of_ours(state: str, expected: State) -> None:
    (wording,) = read_legi_xml(
        article("1", state, ("2001-01-01", "2010-01-01")), "a.xml", "code-penal"
    ).wordings
    assert (wording.state, wording.end) == (expected, date(2010, 1, 1))


def test_an_annex_is_named_as_the_markdown_names_it() -> None:
    (wording,) = read_legi_xml(article("Annexe à l'article R. 122-30"), "a.xml", "code-penal").wordings
    assert wording.provision == "code-penal/annexe-a-l-article-r-122-30"


def test_a_stillborn_wording_is_left_out_and_an_unknown_state_is_told() -> None:
    assert read_legi_xml(article("1", "MODIFIE_MORT_NE"), "a.xml", "code-penal").wordings == ()
    reading = read_legi_xml(article("1", "PERDU"), "a.xml", "code-penal")
    assert reading.wordings[0].state is State.UNCERTAIN
    assert [kind for kind, _ in reading.faults] == ["etat_inconnu"]


def test_an_article_without_text_or_number_is_told() -> None:
    assert [k for k, _ in read_legi_xml(article("1", text=""), "a.xml", "code-penal").faults] == [
        "article_vide"
    ]
    reading = read_legi_xml(article(""), "a.xml", "code-penal")
    assert (reading.wordings, [k for k, _ in reading.faults]) == ((), ["article_sans_numero"])


def test_the_versions_of_an_article_are_put_in_order_with_the_one_in_force_shown(tmp_path: Path) -> None:
    _, content = code_of(
        written(
            tmp_path,
            deferred=article("225-4-1", "VIGUEUR_DIFF", ("2027-01-01", "2999-01-01"), "<p>Demain.</p>", 1),
            now=article("225-4-1", "VIGUEUR", ("2013-08-07", "2027-01-01"), "<p>Aujourd'hui.</p>", 2),
            old=article("225-4-1", "MODIFIE", ("2003-03-19", "2013-08-07"), "<p>Hier.</p>", 3),
            gone=article("225-4-10", "ABROGE", ("2003-03-19", "2011-01-01"), "<p>Plus rien.</p>", 4),
            next=article("225-4-2", rank=5),
        ),
        PENAL,
    )
    assert [p.id.partition("/")[2] for p in content.provisions] == ["225-4-1", "225-4-2", "225-4-10"]
    versions = provision(content, "code-penal/225-4-1").versions
    assert [(v.text, v.legiarti) for v in versions] == [
        ("Hier.", "LEGIARTI000000000003"),
        ("Aujourd'hui.", "LEGIARTI000000000002"),
        ("Demain.", "LEGIARTI000000000001"),
    ]
    assert [d.id for d in content.documents] == ["code-penal@2026-04-03"]
    assert len({p.id for p in content.passages}) == len(content.passages) == 5


def test_a_wording_whose_end_is_known_is_in_force_until_then_and_the_next_one_not_yet() -> None:
    validities = [
        Validity(date(2013, 8, 7), date(2027, 1, 1), State.IN_FORCE),
        Validity(date(2027, 1, 1), None, State.DEFERRED),
    ]
    table = ArticleTable([("code-penal/225-4-1", validities)])  # type: ignore[list-item]
    (citation,) = find_citations("l'article 225-4-1 du code pénal")
    assert resolve(citation, table)[0].status is Status.RESOLVED
    assert resolve(citation, table, date(2026, 12, 31))[0].status is Status.RESOLVED
    # An older wording may be missing from the data: nothing shows that the article was not there.
    assert resolve(citation, table, date(2010, 1, 1))[0].status is Status.NOT_IN_CORPUS


def test_legi_data_give_their_dates_to_the_articles_and_the_markdown_keeps_the_others(tmp_path: Path) -> None:
    write_code(tmp_path, PENAL, "Code pénal", {"225-4-1": "Ancien texte.", "1": "Reste."}, day="2010-08-11")
    write_code(tmp_path, PENAL, "Code pénal", {"225-4-1": "Aujourd'hui.", "1": "Reste."})
    folder = written(
        tmp_path, now=article("225-4-1", text="<p>Aujourd'hui.</p>"), new=article("225-4-9", rank=2)
    )
    _, content = code_of(folder, PENAL)
    assert [p.id.partition("/")[2] for p in content.provisions] == ["225-4-1", "1", "225-4-9"]
    old, now = provision(content, "code-penal/225-4-1").versions
    assert (old.text, old.start, old.end, old.state, old.legiarti) == (
        "Ancien texte.", date(2007, 11, 21), date(2013, 8, 7), State.MODIFIED, None,
    )  # fmt: skip
    assert (now.start, now.end, now.legiarti) == (date(2013, 8, 7), None, "LEGIARTI000000000001")
    # What the source does not say, the acts of the table do.
    assert (old.start_bound, old.end_bound, now.start_bound) == (Bound.REFORM, Bound.REFORM, Bound.SOURCE)
    assert [d.id for d in content.documents][-1] == "code-penal@2026-04-03-legi"


def test_two_articles_of_one_number_in_force_together_are_both_kept_as_uncertain(tmp_path: Path) -> None:
    folder = written(tmp_path, one=article("Annexe I"), two=article("Annexe I", text="<p>Autre.</p>", rank=2))
    versions = provision(code_of(folder, PENAL)[1], "code-penal/annexe-i").versions
    assert {(v.state, v.concurrent) for v in versions} == {(State.UNCERTAIN, 1)}


def test_a_code_in_json_is_read_from_a_file_or_from_the_package(tmp_path: Path) -> None:
    data = json.dumps(
        tree(node("L1121-1"), node("R8124-20", 2, etat="ABROGE_DIFF", dateFin=1798761600000))
    ).encode()
    for name in ("file", "package"):
        (tmp_path / name / "legi").mkdir(parents=True)
    (tmp_path / "file" / "legi" / f"{TRAVAIL}.json").write_bytes(data)
    with tarfile.open(tmp_path / "package" / "legi" / "legi-data.tgz", "w:gz") as archive:
        for member, content in ((f"package/data/{TRAVAIL}.json", data), ("package/data/index.json", b"[]")):
            info = tarfile.TarInfo(member)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    for name in ("file", "package"):
        _, content_of = code_of(tmp_path / name, TRAVAIL)
        versions = [v for p in content_of.provisions for v in p.versions]
        assert [(v.provision, v.start, v.end, v.state) for v in versions] == [
            ("code-travail/L1121-1", date(2008, 5, 1), None, State.IN_FORCE),
            ("code-travail/R8124-20", date(2008, 5, 1), date(2027, 1, 1), State.IN_FORCE),
        ]
        assert versions[0].text == "Nul ne\xa0peut être l'objet\nd'une mesure."
        assert [(d.id, d.title) for d in content_of.documents] == [
            ("code-travail@2026-03-27", "Code du travail")
        ]


def test_xml_data_must_stand_under_their_date(tmp_path: Path) -> None:
    (tmp_path / "legi").mkdir()
    (tmp_path / "legi" / "LEGIARTI000000000001.xml").write_bytes(article("1"))
    with pytest.raises(InvalidDate, match="legi/AAAA-MM-JJ/"):
        discover(tmp_path)


BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<ARTICLE>&c;</ARTICLE>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ARTICLE>&b;</ARTICLE>"""
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "XML entier"),
        (BILLION, "entités"),
        (OUTSIDE, "entités"),
        (article("1").decode().encode("utf-16"), "UTF-8"),
        (article("1").decode().encode("latin-1"), "UTF-8"),
        (article("1", text="a\x00b"), "U\\+0000"),
        (article("1", span=("2013-02-30", "2999-01-01")), "DATE_DEBUT"),
        (b"<a/>", "pas un article"),
        (b"<ARTICLE/>", "de quel texte"),
        (b"<ARTICLE>" * 5_000, "XML entier"),
    ],
)
def test_hostile_xml_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read_legi_xml(data, "h.xml", "code-penal")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BILLION, "entités"),
        (OUTSIDE, "entités"),
        (article("1").decode().encode("utf-16"), "UTF-8"),
        (b"<ARTICLE>", "XML entier"),
        (b"<ARTICLE/>", "de quel code"),
    ],
)
def test_hostile_xml_is_refused_for_what_it_is_as_soon_as_the_folder_is_read(
    tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(UnreadableSource, match=message):
        discover(written(tmp_path, LEGIARTI000000000009=data))


@pytest.mark.parametrize(
    "changes",
    [
        {"dateDebut": "2008"},
        {"dateDebut": 10**30},
        {"num": 4},
        {"texteHtml": []},
        {"dateFin": None},
        {"etat": 1},
    ],
)
def test_json_of_the_wrong_shape_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableSource):
        read_legi_json(json.dumps(tree(node("L1", **changes))).encode(), "h.json", "code-travail")


@pytest.mark.parametrize(
    "value",
    [[], {}, {"type": "code"}, {"type": "code", "data": {}}, tree(), {**tree(), "type": "livre"},
     {**tree(node("L1")), "children": [{"type": "autre", "data": {}}]}],
)  # fmt: skip
def test_json_that_is_no_code_is_refused(value: object) -> None:
    with pytest.raises(UnreadableSource):
        read_legi_json(json.dumps(value).encode(), "h.json", "code-travail")


WHOLE = article("225-4-1")


@given(st.integers(0, len(WHOLE) - 1))
def test_an_article_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableSource):
        read_legi_xml(WHOLE[:cut], "c.xml", "code-penal")


@given(st.binary(max_size=200), st.integers(0, len(WHOLE)))
def test_any_bytes_within_an_article_are_read_or_refused(data: bytes, place: int) -> None:
    with suppress(UnreadableSource):
        read_legi_xml(WHOLE[:place] + data + WHOLE[place:], "b.xml", "code-penal")
    with suppress(UnreadableSource):
        read_legi_json(data, "b.json", "code-travail")
