"""The store, on SQLite and on a real PostgreSQL: the same tests, the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kb.errors import BuildFailed, NotBuilt, SchemaMismatch, UnknownDocument, UnknownPassage
from kb.ids import provision_id
from kb.model import PassageKind, Provision
from kb.store import Database, Reader, SourceContent, Writer
from kb.store.database import set_meta
from tests.builders import ANSWERS, CESEDA, FIRST_DAY, LAST_DAY, PENAL, REPLY, Article, code, fill, reply

PENAL_CODE = code("code-penal", "LEGITEXT000006070719", PENAL)
CESEDA_CODE = code("ceseda", "LEGITEXT000006070158", CESEDA)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        database = Database.sqlite(tmp_path / "kb.sqlite")
    else:
        database = Database(request.getfixturevalue("postgres"))
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield database
    database.close()


@pytest.fixture
def database(empty: Database) -> Database:
    """A base with two codes and a reply."""
    fill(empty, PENAL_CODE, CESEDA_CODE, reply(*ANSWERS))
    return empty


@pytest.fixture
def reader(database: Database) -> Reader:
    return Reader(database)


def _write(database: Database, *contents: SourceContent) -> None:
    with database.transaction() as connection:
        for content in contents:
            Writer(connection).replace(content)


def _rows(database: Database, table: str) -> set[Any]:
    with database.engine.connect() as connection:
        return {tuple(map(str, row)) for row in connection.execute(text(f"SELECT * FROM {table}"))}


def test_what_is_written_is_read_back_equal(reader: Reader) -> None:
    assert set(reader.documents()) == {
        *PENAL_CODE.documents,
        *CESEDA_CODE.documents,
        *reply(*ANSWERS).documents,
    }
    written = {provision.id: provision for provision in PENAL_CODE.provisions}
    assert reader.provisions(written) == written
    assert [p for _, p in reader.passages_of(REPLY)] == list(reply(*ANSWERS).passages)


def test_a_source_written_again_replaces_its_own_rows_only(database: Database, reader: Reader) -> None:
    others = _rows(database, "passage") - {r for r in _rows(database, "passage") if "code-penal" in r[1]}
    _write(database, code("code-penal", "LEGITEXT000006070719", (Article("225-4-1", "Autre texte."),)))
    assert reader.numbers("code-penal") == ("225-4-1",)
    assert reader.numbers("ceseda") == ("L425-1", "L425-2")
    assert others <= _rows(database, "passage")
    assert len(reader.passages_of(REPLY)) == len(ANSWERS)


def test_a_source_removed_leaves_nothing_behind(database: Database) -> None:
    with database.transaction() as connection:
        Writer(connection).remove(PENAL_CODE.key)
    for table in ("source", "document", "provision", "version", "passage", "citation", "anomaly"):
        assert not [row for row in _rows(database, table) if PENAL_CODE.key in row], table
    with database.engine.connect() as connection:
        orphans = "SELECT count(*) FROM link WHERE citation NOT IN (SELECT id FROM citation)"
        assert connection.execute(text(orphans)).scalar() == 0


def test_the_number_of_a_passage_is_never_given_to_another(database: Database, reader: Reader) -> None:
    before = {key for key, _ in reader.passages_of(REPLY)}
    _write(database, reply(*ANSWERS))
    after = {key for key, _ in reader.passages_of(REPLY)}
    assert len(after) == len(before)
    assert min(after) > max(before)


def test_fingerprints_are_those_last_written(database: Database) -> None:
    _write(database, replace(PENAL_CODE, fingerprint="2"))
    with database.transaction() as connection:
        found = Writer(connection).fingerprints()
    assert found == {PENAL_CODE.key: "2", CESEDA_CODE.key: "1", "questionnaire/r": "1"}


def test_links_lead_both_ways(reader: Reader) -> None:
    ((key, answer),) = [
        (k, p) for k, p in reader.passages_of(REPLY, question=21) if p.kind is PassageKind.ANSWER
    ]
    cited = reader.cites([key])
    assert [(link.target, link.status, link.provision) for link in cited] == [
        ("ceseda/L425-1", "resolved", "ceseda/L425-1"),
        ("ceseda/L425-99", "unknown_number", None),
    ]
    assert answer.text[cited[0].start : cited[0].end] == cited[0].raw
    assert [link.passage_key for link in reader.cited_by("ceseda/L425-1")] == [key]
    assert reader.places([key], ["ceseda/L425-1"]) == {(key, "ceseda/L425-1"): (cited[0].start, cited[0].end)}


def test_links_from_articles_come_after_those_from_other_documents(empty: Database) -> None:
    fill(
        empty,
        CESEDA_CODE,
        PENAL_CODE,
        reply((1, PassageKind.ANSWER, "Voir l'article 225-4-1 du code pénal.")),
    )
    links = Reader(empty).cited_by("code-penal/225-4-1")
    kinds = [Reader(empty).passages([link.passage_key])[link.passage_key].kind for link in links]
    assert kinds == [PassageKind.ANSWER, PassageKind.ARTICLE, PassageKind.ARTICLE]
    assert Reader(empty).count_cited_by("code-penal/225-4-1") == 3


def test_a_provision_that_the_base_knows_by_a_record_alone_is_cited_by_those_that_name_it(
    database: Database, reader: Reader
) -> None:
    record = Provision(provision_id("cpp", "706-73"), "cpp", "", "706-73", 0, (), ())
    _write(database, SourceContent("fiche/cpp", "1", (), (record,), (), (), ()))
    ((key, _),) = [(k, p) for k, p in reader.passages_of(REPLY) if p.kind is PassageKind.FOOTNOTE]
    assert [(link.passage_key, link.status) for link in reader.cited_by("cpp/706-73")] == [
        (key, "not_in_corpus")
    ]
    assert reader.count_cited_by("cpp/706-73") == 1
    assert [passage.key for passage in reader.citing("cpp/706-73")] == [key]


def test_linking_again_replaces_the_links(database: Database, reader: Reader) -> None:
    before = reader.counts()["link"]
    fill(database)
    assert reader.counts()["link"] == before


def test_numbers_neighbours_and_homonyms_follow_the_order_of_the_code(reader: Reader) -> None:
    middle = reader.provision("code-penal/225-4-2")
    assert middle is not None
    assert [p.id for p in reader.neighbours(middle, 1)] == ["code-penal/225-4-1", "code-penal/225-4-3"]
    assert reader.with_number("L425-1") == ("ceseda/L425-1",)
    assert reader.provision("code-penal/rien") is None


def test_the_index_is_told_the_dates_of_each_article_and_none_for_answers(reader: Reader) -> None:
    found = {(p.provision, p.start, p.end) for p in reader.indexed_passages() if p.provision}
    assert ("code-penal/225-4-1", FIRST_DAY, LAST_DAY) in found
    assert ("code-penal/225-4-1", FIRST_DAY + timedelta(days=1), None) in found, "it may have begun before"
    assert {(p.start, p.end) for p in reader.indexed_passages() if not p.provision} == {(None, None)}


def test_the_weight_of_a_citation_counts_the_provisions_it_names(empty: Database) -> None:
    ranged = "Voir les articles 225-4-1 à 225-4-3 du code pénal."
    fill(empty, PENAL_CODE, reply((1, PassageKind.ANSWER, ranged)))
    key = Reader(empty).passages_of(REPLY)[0][0]
    found = sorted((one.provision, one.size) for one in Reader(empty).indexed_links() if one.passage == key)
    assert found == [(f"code-penal/225-4-{n}", 3) for n in (1, 2, 3)]


def test_the_base_tells_what_it_has_and_what_it_lacks(reader: Reader) -> None:
    assert reader.counts()["provision"] == 5
    assert reader.provisions_by_code() == {"ceseda": 2, "code-penal": 3}
    assert reader.first_dates() == {"ceseda": FIRST_DAY, "code-penal": FIRST_DAY}
    assert reader.missing_targets() == {"cpp/706-73": 1}
    assert reader.questions(REPLY) == (21, 26)
    assert reader.anomalies(f"code-penal@{LAST_DAY}")[0][0] == "doublon"


def test_what_is_not_there_is_said_so(reader: Reader) -> None:
    with pytest.raises(UnknownDocument, match="rien"):
        reader.document("rien")
    with pytest.raises(UnknownPassage, match="rien"):
        reader.passage("rien")
    with pytest.raises(UnknownPassage, match="rien"):
        reader.passage_key("rien")


def test_a_base_at_another_schema_version_is_refused_and_left_as_it_was(database: Database) -> None:
    with database.transaction() as connection:
        set_meta(connection, "schema_version", "999")
    with pytest.raises(SchemaMismatch, match="999"):
        database.create_schema()
    assert Reader(database).counts()["provision"] == 5


def test_an_empty_database_says_that_nothing_is_built(empty: Database) -> None:
    with pytest.raises(NotBuilt):
        empty.check_schema()


def test_a_transaction_that_fails_changes_nothing(database: Database, reader: Reader) -> None:
    def write_and_fail() -> None:
        with database.transaction() as connection:
            Writer(connection).remove(PENAL_CODE.key)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert len(reader.numbers("code-penal")) == 3


def test_a_row_that_the_database_refuses_is_a_failed_build(database: Database) -> None:
    twice = replace(PENAL_CODE, key="autre", documents=())
    with pytest.raises(BuildFailed, match="écrite"):
        _write(database, twice)


def test_text_of_any_language_and_length_survives(empty: Database) -> None:
    long = "Œuvre « d’art » – 日本 \U0001f600 % _ ' \" \\ " * 5_000
    fill(empty, reply((1, PassageKind.ANSWER, long)))
    assert Reader(empty).passages_of(REPLY)[0][1].text == long


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(NotBuilt, match="illisible"):
        Database.sqlite(tmp_path / "kb.sqlite").check_schema()


def test_dates_are_dates(reader: Reader) -> None:
    assert isinstance(reader.document(f"code-penal@{LAST_DAY}").day, date)


def test_a_copy_has_all_the_rows_and_is_independent(
    database: Database, reader: Reader, tmp_path: Path
) -> None:
    if database.engine.dialect.name == "sqlite":
        copy = Database.sqlite(tmp_path / "copy.sqlite")
    else:
        copy = Database(database.engine.url.render_as_string(hide_password=False), schema="copie")
    copy.copy_from(database)
    assert Reader(copy).counts() == reader.counts()
    _write(copy, replace(PENAL_CODE, provisions=()))
    assert len(Reader(copy).numbers("code-penal")) == 0
    assert len(reader.numbers("code-penal")) == 3
    copy.close()


@pytest.mark.postgres
def test_a_schema_takes_the_name_of_its_generation(postgres: str) -> None:
    made = Database(postgres, schema="en_cours")
    fill(made, PENAL_CODE)
    served = made.rename_schema("g1")
    made.close()
    assert len(Reader(served).numbers("code-penal")) == 3
    served.drop_schema()
    with pytest.raises(NotBuilt):
        served.check_schema()
    served.close()
