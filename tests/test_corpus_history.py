"""Histories of codes read from git repositories: each quirk of the real ones, in a small one."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.source_reading import read_source
from corpus.sources import SourceKind, discover
from corpus.sync.repositories import sync_repositories
from corpus.sync.run import SyncReport
from kb.model import Bound, State, Version
from kb.store import SourceContent
from tests.history_folder import PENAL, article_file, commit, git, hashed_code, new_repository, plain_code

CODE = f"fr/{PENAL}.md"
A = {"1": "Premier texte.", "2": "Deuxième texte.", "L3": "Troisième texte."}


def write(folder: Path, *days: tuple[str, dict[str, str]], name: str = "legalize-fr") -> Path:
    repository = new_repository(folder / "history" / name)
    for day, articles in days:
        commit(repository, day, {CODE: plain_code(articles, day)})
    return repository


def content(folder: Path) -> SourceContent:
    (source,) = [s for s in discover(folder) if s.kind is SourceKind.CODE]
    return read_source(source)


def versions(folder: Path, number: str = "2") -> tuple[Version, ...]:
    found = {p.id: p.versions for p in content(folder).provisions}
    return found.get(f"code-penal/{number}", ())  # type: ignore[call-overload]


def told(folder: Path) -> list[str]:
    """The faults of the repositories, and those of the code."""
    contents = [read_source(s) for s in discover(folder) if s.kind in (SourceKind.HISTORY, SourceKind.CODE)]
    return [a.message for c in contents for a in c.anomalies]


def days(version: Version) -> tuple[str, Bound, str, str | None, Bound]:
    end = version.end.isoformat() if version.end else None
    return (
        version.start.isoformat(),
        version.start_bound,
        version.last_seen.isoformat(),
        end,
        version.end_bound,
    )


def test_within_a_history_a_wording_holds_until_the_eve_of_the_next_consolidation(tmp_path: Path) -> None:
    write(
        tmp_path,
        ("2001-01-01", A),
        ("2001-06-01", {**A, "2": "Autre."}),
        ("2002-01-01", {**A, "2": "Autre."}),
    )
    old, new = versions(tmp_path)
    assert days(old) == ("2001-01-01", Bound.UNKNOWN, "2001-05-31", "2001-06-01", Bound.SOURCE)
    assert days(new) == ("2001-06-01", Bound.SOURCE, "2002-01-01", None, Bound.UNKNOWN)
    assert (old.state, new.state) == (State.MODIFIED, State.IN_FORCE)


def test_an_article_that_appears_and_one_that_goes_have_the_day_of_the_commit(tmp_path: Path) -> None:
    write(tmp_path, ("2001-01-01", {"1": "Un.", "2": "Deux."}), ("2001-02-01", {"1": "Un.", "4": "Quatre."}))
    (gone,), (born,) = versions(tmp_path, "2"), versions(tmp_path, "4")
    assert (gone.end, gone.end_bound, gone.state) == (date(2001, 2, 1), Bound.SOURCE, State.REPEALED)
    assert (born.start, born.start_bound) == (date(2001, 2, 1), Bound.SOURCE)


def test_a_silence_of_years_is_a_gap_whose_days_are_undetermined_unless_the_texts_are_equal(
    tmp_path: Path,
) -> None:
    write(tmp_path, ("2008-01-01", A), ("2010-08-11", A), ("2026-03-26", {**A, "2": "Autre."}))
    old, new = versions(tmp_path)
    assert days(old) == ("2008-01-01", Bound.UNKNOWN, "2010-08-11", "2026-03-26", Bound.UNKNOWN)
    assert days(new)[:2] == ("2026-03-26", Bound.UNKNOWN)
    (same,) = versions(tmp_path, "1")
    assert days(same) == ("2008-01-01", Bound.UNKNOWN, "2026-03-26", None, Bound.UNKNOWN)


def test_a_commit_of_a_day_to_come_announces_and_changes_nothing_before(tmp_path: Path) -> None:
    repository = write(
        tmp_path, ("2025-01-01", A), ("2026-12-31", {"1": "Un, demain.", "L3": "Troisième texte."})
    )
    commit(repository, "2026-04-03", {CODE: plain_code(A, "2026-04-03")})
    (standing,) = versions(tmp_path, "2")
    assert (standing.state, standing.last_seen) == (State.IN_FORCE, date(2026, 4, 3))
    assert (standing.end, standing.end_bound) == (date(2026, 12, 31), Bound.SOURCE)
    now, later = versions(tmp_path, "1")
    assert (now.end, later.start, later.state) == (date(2026, 12, 31), date(2026, 12, 31), State.DEFERRED)


def test_the_last_commit_may_itself_be_of_a_day_to_come(tmp_path: Path) -> None:
    later = (date.today() + timedelta(days=400)).isoformat()
    write(tmp_path, ("2025-01-01", A), (later, {**A, "2": "Demain."}))
    now, to_come = versions(tmp_path)
    assert (now.state, now.last_seen, to_come.state) == (State.IN_FORCE, date(2025, 1, 1), State.DEFERRED)


def test_before_1970_the_day_is_that_of_the_front_matter(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "history" / "h")
    commit(repository, "@3601 +0100", {CODE: plain_code(A, "1958-12-24")})
    commit(repository, "@3602 +0100", {CODE: plain_code({**A, "2": "Autre."}, "1960-06-08")})
    old, new = versions(tmp_path)
    assert (old.start, old.end, new.start) == (date(1958, 12, 24), date(1960, 6, 8), date(1960, 6, 8))


def test_an_article_that_vanishes_for_one_commit_and_returns_leaves_those_days_undetermined(
    tmp_path: Path,
) -> None:
    without = {n: t for n, t in A.items() if n != "2"}
    write(tmp_path, ("2001-01-01", A), ("2001-02-09", without), ("2001-05-09", {**A, "2": "Autre."}))
    old, new = versions(tmp_path)
    assert days(old) == ("2001-01-01", Bound.UNKNOWN, "2001-02-08", "2001-05-09", Bound.UNKNOWN)
    assert (new.start, new.start_bound) == (date(2001, 5, 9), Bound.UNKNOWN)


def test_one_that_returns_with_the_same_text_is_one_version(tmp_path: Path) -> None:
    without = {n: t for n, t in A.items() if n != "2"}
    write(tmp_path, ("2001-01-01", A), ("2001-02-09", without), ("2001-02-10", A))
    (one,) = versions(tmp_path)
    assert (one.start, one.end, one.last_seen) == (date(2001, 1, 1), None, date(2001, 2, 10))


def test_one_that_returns_after_years_was_repealed(tmp_path: Path) -> None:
    without = {n: t for n, t in A.items() if n != "2"}
    write(
        tmp_path, ("2001-01-01", A), ("2001-02-09", without), ("2002-03-01", {**A, "2": "Tout autre chose."})
    )
    old, new = versions(tmp_path)
    assert (old.end, old.end_bound) == (date(2001, 2, 9), Bound.SOURCE)
    assert (new.start, new.start_bound) == (date(2002, 3, 1), Bound.SOURCE)


def test_the_stock_of_all_wordings_that_begins_some_codes_is_no_consolidation(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "history" / "h")
    stock = plain_code(A, "2001-01-01") + "Article 2\n\nAutre.\n\n"
    commit(repository, "2001-01-01", {CODE: stock}, "[bootstrap] Code pénal — versión original 2001")
    commit(repository, "2001-02-01", {CODE: plain_code(A, "2001-02-01")})
    (one,) = versions(tmp_path)
    assert (one.start, one.text) == (date(2001, 2, 1), "Deuxième texte.")


def test_from_one_layout_to_the_other_a_text_is_the_same_and_leftovers_of_the_former_code_stay_ended(
    tmp_path: Path,
) -> None:
    repository = write(
        tmp_path, ("2020-01-01", A), ("2021-05-01", {"1": "Premier texte.", "2": "Deuxième texte."})
    )
    hashed = hashed_code(
        {"1": "Premier texte.", "2": "Deuxième\n\n\n   texte."}, "2026-03-24", {"L3": A["L3"]}
    )
    commit(repository, "2026-03-24", {CODE: hashed})
    (same,), (gone,) = versions(tmp_path, "2"), versions(tmp_path, "L3")
    assert (same.start, same.last_seen) == (date(2020, 1, 1), date(2026, 3, 24))
    assert (gone.end, gone.end_bound, gone.state) == (date(2021, 5, 1), Bound.SOURCE, State.REPEALED)


def test_a_new_wording_beside_the_former_one_under_one_number_takes_its_place(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2020-01-01", A))
    for day in ("2020-02-01", "2020-03-01"):
        commit(repository, day, {CODE: plain_code(A, day) + "Article 2\n\nAutre.\n\n"})
    old, new = versions(tmp_path)
    assert (old.end, new.start, new.state) == (date(2020, 2, 1), date(2020, 2, 1), State.IN_FORCE)


def test_a_snapshot_of_a_day_of_the_history_lends_its_document_and_no_other_text(tmp_path: Path) -> None:
    write(tmp_path, ("2020-01-01", A), ("2020-06-01", A))
    snapshot = tmp_path / "codes" / "2020-03-01" / f"{PENAL}.md"
    snapshot.parent.mkdir(parents=True)
    snapshot.write_text(hashed_code({**A, "1": "Texte qui ne va pas."}, "2020-03-01"), encoding="utf-8")
    (one,), (two,) = versions(tmp_path, "1"), versions(tmp_path, "2")
    assert (one.text, two.document) == ("Premier texte.", "code-penal@2020-03-01")
    assert any("code-penal/1" in message and "préférée" in message for message in told(tmp_path))


def test_the_text_of_a_version_stands_in_its_file_at_its_spans(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2001-01-01", A), ("2001-06-01", {**A, "2": "Texte récrit à l’été."}))
    new = versions(tmp_path)[1]
    raw = git(repository, "show", f"HEAD:{CODE}")
    assert "".join(raw[s.start : s.end] for s in new.spans) == new.text
    assert new.heading == ("Partie législative", "Livre Ier : Dispositions générales")


# One file an article.


def partial(folder: Path) -> Path:
    return new_repository(folder / "history" / "france.code-penal.git")


def place(number: str) -> str:
    return f"Partie législative/Livre II/Article {number}.md"


def test_a_partial_history_gives_days_and_acts_and_its_absences_prove_nothing(tmp_path: Path) -> None:
    repository = partial(tmp_path)
    commit(repository, "2007-11-21", {place("2"): article_file("2", "Deuxième\ntexte, celui-\nci.")},
           "Créé par Loi n°2003-239 du 18 mars 2003 - art. 32")  # fmt: skip
    commit(repository, "2013-08-07", {place("2"): article_file("2", "Autre.")},
           "Modifié par LOI n°2013-711 du 5 août 2013 - art. 1")  # fmt: skip
    commit(
        repository,
        "2015-04-01",
        {place("2"): None, "README.md": "Le Code pénal français, sous Git\n"},
        "Add README",
    )
    old, new = versions(tmp_path)
    assert (old.text, old.act) == (
        "Deuxième texte, celui-ci.",
        None,
    )  # an act of 2003 made no wording of 2007
    assert days(old) == ("2007-11-21", Bound.SOURCE, "2013-08-06", "2013-08-07", Bound.SOURCE)
    assert days(new) == ("2013-08-07", Bound.SOURCE, "2015-04-01", None, Bound.UNKNOWN)
    assert new.act == "LOI n°2013-711 du 5 août 2013 - art. 1"


def test_a_partial_history_fills_the_gap_of_a_whole_one(tmp_path: Path) -> None:
    known = [(day, A) for day in ("2004-01-01", "2006-06-01", "2009-01-01", "2010-08-11")]
    write(tmp_path, *known, ("2026-03-26", {**A, "1": "Dernier.", "2": "Dernier."}))
    repository = partial(tmp_path)
    commit(
        repository,
        "2005-01-01",
        {place("2"): article_file("2", A["2"]), place("1"): article_file("1", "Faux.")},
    )
    commit(repository, "2012-01-01", {place("2"): article_file("2", "Entre-deux.")})
    commit(repository, "2013-08-07", {place("1"): article_file("1", "Dernier.")})
    commit(repository, "2015-04-01", {"README.md": "Le Code pénal français, sous Git\n"})
    before, between, last = versions(tmp_path, "2")
    assert days(before)[2:] == ("2011-12-31", "2012-01-01", Bound.SOURCE)
    assert days(between) == ("2012-01-01", Bound.SOURCE, "2015-04-01", "2026-03-26", Bound.UNKNOWN)
    assert days(last)[:2] == ("2026-03-26", Bound.UNKNOWN)
    old, new = versions(tmp_path, "1")
    assert days(old)[2:] == ("2010-08-11", "2013-08-07", Bound.UNKNOWN)
    assert days(new)[:3] == ("2013-08-07", Bound.SOURCE, "2026-03-26")


def test_where_both_know_a_day_the_whole_history_is_right_and_the_difference_is_told(tmp_path: Path) -> None:
    write(tmp_path, ("2001-01-01", A), ("2002-01-01", A), ("2003-01-01", A))
    repository = partial(tmp_path)
    commit(repository, "2001-06-01", {place("2"): article_file("2", "Autre.")})
    commit(repository, "2003-01-01", {"README.md": "Le Code pénal français, sous Git\n"})
    (one,) = versions(tmp_path)
    assert one.text == A["2"]
    assert any("code-penal/2" in message and "2001-06-01" in message for message in told(tmp_path))


def test_what_a_partial_history_announced_and_time_went_past_is_not_taken_up(tmp_path: Path) -> None:
    write(tmp_path, ("2010-01-01", A), ("2026-01-01", A))
    repository = partial(tmp_path)
    commit(repository, "2017-01-01", {place("131-4-1"): article_file("131-4-1", "Contrainte pénale.")})
    commit(repository, "2015-04-01", {"README.md": "Le Code pénal français, sous Git\n"})
    assert versions(tmp_path, "131-4-1") == ()


# Bad input: each named, skipped, and the rest built.


def spoil(repository: Path, name: str) -> None:
    """Break one loose object of a repository."""
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(b"not an object")


def test_a_broken_file_leaves_a_gap_and_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        ("2001-01-01", A),
        ("2001-06-01", {**A, "2": "Cassé."}),
        ("2001-09-01", {**A, "2": "Autre."}),
    )
    repository = tmp_path / "history" / "legalize-fr"
    spoil(repository, git(repository, "rev-parse", f"HEAD~1:{CODE}"))
    old, new = versions(tmp_path)
    assert days(old)[2:] == ("2001-01-01", "2001-09-01", Bound.UNKNOWN)
    assert (new.text, new.start_bound) == ("Autre.", Bound.UNKNOWN)
    assert any("illisible" in message for message in told(tmp_path))


def test_a_broken_commit_loses_what_was_before_it_and_is_told(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2001-01-01", A), ("2001-06-01", {**A, "2": "Autre."}), ("2001-09-01", A))
    spoil(repository, git(repository, "rev-parse", "HEAD~1"))
    (one,) = versions(tmp_path)
    assert one.start == date(2001, 9, 1)
    assert any("l'histoire d'avant lui" in message for message in told(tmp_path))


def test_a_broken_tree_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2001-01-01", A), ("2001-06-01", {**A, "2": "Autre."}), ("2001-09-01", A))
    spoil(repository, git(repository, "rev-parse", "HEAD~1^{tree}"))
    assert versions(tmp_path)[0].text == A["2"]
    assert any("le commit" in message for message in told(tmp_path))


@pytest.mark.parametrize(
    ("name", "message"), [("vide", "dépôt vide"), ("dossier", "pas un dépôt git"), ("autre", "ni code")]
)
def test_what_is_no_history_of_a_code_is_named_and_the_rest_built(
    tmp_path: Path, name: str, message: str
) -> None:
    write(tmp_path, ("2001-01-01", A))
    other = tmp_path / "history" / name
    if name == "dossier":
        other.mkdir()
    else:
        new_repository(other)
    if name == "autre":
        commit(other, "2001-01-01", {"notes.txt": "rien"})
    assert versions(tmp_path)[0].text == A["2"]
    assert any(name in line and message in line for line in told(tmp_path))


def test_a_shallow_clone_says_that_older_history_is_absent(tmp_path: Path) -> None:
    origin = write(
        tmp_path / "origin", ("2001-01-01", A), ("2001-06-01", {**A, "2": "Autre."}), ("2002-01-01", A)
    )
    (tmp_path / "history").mkdir()
    git(
        tmp_path,
        "clone",
        "-q",
        "--bare",
        "--depth",
        "1",
        origin.as_uri(),
        str(tmp_path / "history" / "h.git"),
    )
    shutil.rmtree(tmp_path / "origin")
    (one,) = versions(tmp_path)
    assert (one.start, one.start_bound) == (date(2002, 1, 1), Bound.UNKNOWN)
    assert any("clone superficiel" in message for message in told(tmp_path))


@pytest.mark.parametrize("text", ["<html>pas un code</html>", "", "---\ntitle: x\n"])
def test_a_file_that_is_no_code_is_a_gap(tmp_path: Path, text: str) -> None:
    repository = write(tmp_path, ("2001-01-01", A))
    commit(repository, "2001-06-01", {CODE: text})
    commit(repository, "2001-09-01", {CODE: plain_code({**A, "2": "Autre."}, "2001-09-01")})
    old, new = versions(tmp_path)
    assert (old.last_seen, old.end_bound, new.start_bound) == (date(2001, 1, 1), Bound.UNKNOWN, Bound.UNKNOWN)
    assert any("pas un code" in message for message in told(tmp_path))


def test_a_date_that_cannot_be_is_named_and_that_commit_left_out(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2001-01-01", A))
    commit(repository, "@99999999999 +0000", {CODE: plain_code({**A, "2": "Nulle part."}, "5138-11-16")})
    commit(repository, "2001-09-01", {CODE: plain_code({**A, "2": "Autre."}, "2001-09-01")})
    assert [v.text for v in versions(tmp_path)] == [A["2"], "Autre."]
    assert any("date possible" in message for message in told(tmp_path))


def test_a_repository_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "sources", ("2001-01-01", A))
    outside = new_repository(tmp_path / "outside")
    (tmp_path / "sources" / "history" / "lien").symlink_to(outside)
    assert any("hors du dossier" in message for message in told(tmp_path / "sources"))


def test_a_new_commit_changes_the_code_that_it_writes_and_no_other(tmp_path: Path) -> None:
    repository = write(tmp_path, ("2001-01-01", A))
    other = "LEGITEXT000006070721"
    commit(repository, "2001-01-01", {f"fr/{other}.md": plain_code(A, "2001-01-01", "Code civil", other)})
    before = {s.key: s.fingerprint for s in discover(tmp_path)}
    commit(repository, "2001-01-01", {CODE: plain_code({**A, "2": "Autre."}, "2001-01-01")})
    after = {s.key: s.fingerprint for s in discover(tmp_path)}
    assert {key for key in before if before[key] != after[key]} == {f"code/{PENAL}", "history/legalize-fr"}


# Fetching.


def fetch(folder: Path, *urls: str, force: bool = False) -> SyncReport:
    return sync_repositories(folder, "history/{name}.git", urls, lambda *_: None, force=force)


def test_a_repository_is_cloned_then_brought_up_to_date(tmp_path: Path) -> None:
    origin = write(tmp_path / "there", ("2001-01-01", A))
    here = tmp_path / "here"
    here.mkdir()
    assert fetch(here, str(origin)).fetched == ("history/legalize-fr.git",)
    assert versions(here)[0].text == A["2"]
    assert fetch(here, str(origin)).fetched == ()
    commit(origin, "2001-06-01", {CODE: plain_code({**A, "2": "Autre."}, "2001-06-01")})
    assert fetch(here, str(origin)).fetched == ("history/legalize-fr.git",)
    assert [v.text for v in versions(here)] == [A["2"], "Autre."]


def test_one_that_cannot_be_fetched_is_told_and_stops_none_of_the_others(tmp_path: Path) -> None:
    origin = write(tmp_path / "there", ("2001-01-01", A))
    empty = new_repository(tmp_path / "there" / "vide")
    here = tmp_path / "here"
    here.mkdir()
    report = fetch(here, str(tmp_path / "nulle-part"), str(empty), str(origin))
    assert [name for name, _ in report.failed] == ["history/nulle-part.git", "history/vide.git"]
    assert report.fetched == ("history/legalize-fr.git",)
    assert sorted(p.name for p in (here / "history").iterdir()) == ["legalize-fr.git"]
