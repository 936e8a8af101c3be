"""Dated versions from the snapshots of one code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.readers.code_markdown import CodeReading, front_matter, read_code
from corpus.versions.concurrent import wording_key
from corpus.versions.snapshots import DatedProvision, default_version, merge_versions
from kb.errors import InvalidInput
from kb.ids import slug
from kb.model import Bound, State

D1, D2, D3 = date(2010, 8, 11), date(2018, 3, 22), date(2026, 4, 3)
FRONT = '---\ntitle: "Code"\nidentifier: "LEGITEXT1"\nlast_updated: "2010-01-01"\nsource: "x"\n---\n'


def snapshot(day: date, *articles: tuple[str, str], stray: tuple[tuple[str, str], ...] = ()) -> CodeReading:
    written = [f"##### Article {number}\n\n{text}\n\n" for number, text in stray]
    written += ["## Partie législative\n\n"]
    written += [f"##### Article {number}\n\n{text}\n\n" for number, text in articles]
    return read_code((FRONT + "".join(written)).encode(), "code.md", day, "code")


def only(*readings: CodeReading) -> DatedProvision:
    (dated,) = merge_versions(readings)
    return dated


def told(dated: DatedProvision) -> list[tuple[str, date, date | None, State, int]]:
    return [(v.text, v.start, v.end, v.state, v.concurrent) for v in dated.provision.versions]


def test_a_wording_seen_twice_is_one_version_with_its_first_and_last_sight():
    dated = only(snapshot(D1, ("1", "L'acte « puni » .")), snapshot(D3, ("1", "L’acte  “puni”.")))
    (version,) = dated.provision.versions
    assert (version.first_seen, version.last_seen) == (D1, D3)
    assert (version.start, version.end, version.state) == (D1, None, State.IN_FORCE)
    assert version.document == "code@2026-04-03"
    assert version.text == dated.contents[0].text == "L’acte “puni”."


def test_a_new_wording_ends_the_older_one_at_the_first_snapshot_without_it():
    dated = only(snapshot(D3, ("1", "Neuf.")), snapshot(D1, ("1", "Vieux.")))
    assert told(dated) == [("Vieux.", D1, D3, State.MODIFIED, 0), ("Neuf.", D3, None, State.IN_FORCE, 0)]
    assert [version.ordinal for version in dated.provision.versions] == [0, 1]


def test_a_number_that_the_last_snapshot_no_longer_has_is_repealed():
    readings = (
        snapshot(D1, ("1", "A."), ("2", "B.")),
        snapshot(D2, ("1", "A."), ("2", "C.")),
        snapshot(D3, ("1", "A.")),
    )
    kept, gone = merge_versions(readings)
    assert (kept.provision.position, gone.provision.position) == (0, 1)
    assert told(gone) == [("B.", D1, D2, State.MODIFIED, 0), ("C.", D2, D3, State.REPEALED, 0)]


def test_a_wording_that_comes_back_is_another_version():
    dated = only(snapshot(D1, ("1", "A.")), snapshot(D2, ("1", "B.")), snapshot(D3, ("1", "A.")))
    assert [(text, start, end) for text, start, end, *_ in told(dated)] == [
        ("A.", D1, D2),
        ("B.", D2, D3),
        ("A.", D3, None),
    ]


def test_two_wordings_that_nothing_tells_apart_are_both_uncertain():
    dated = only(snapshot(D3, ("1", "Un."), ("1", "Deux.")))
    assert told(dated) == [("Un.", D3, None, State.UNCERTAIN, 1), ("Deux.", D3, None, State.UNCERTAIN, 1)]


def test_the_same_text_twice_under_a_number_is_one_version():
    assert told(only(snapshot(D3, ("1", "Un."), ("1", "Un  .")))) == [("Un.", D3, None, State.IN_FORCE, 0)]


def test_a_wording_that_an_older_snapshot_has_gives_way_to_the_new_one():
    dated = only(snapshot(D1, ("1", "Vieux.")), snapshot(D3, ("1", "Vieux."), ("1", "Neuf.")))
    assert told(dated) == [("Vieux.", D1, D3, State.MODIFIED, 1), ("Neuf.", D3, None, State.IN_FORCE, 1)]
    assert default_version(dated.provision).text == "Neuf."


@pytest.mark.parametrize(
    ("former", "current"),
    [
        ("Puni de 100 000 F d'amende.", "Puni de 15 000 euros d'amende."),
        ("Saisir le tribunal de grande instance.", "Saisir le tribunal judiciaire."),
        (
            "Les personnes morales peuvent être déclarées responsables pénalement.",
            "Les personnes morales déclarées responsables pénalement encourent l'amende.",
        ),
    ],
)
def test_a_wording_with_replaced_words_is_the_former_one_wherever_it_stands(former: str, current: str):
    for pair in ([("1", former), ("1", current)], [("1", current), ("1", former)]):
        dated = only(snapshot(D3, *pair))
        assert told(dated) == [(current, D3, None, State.IN_FORCE, 1), (former, D3, None, State.MODIFIED, 1)]


def test_replaced_words_shared_by_all_the_wordings_decide_nothing():
    dated = only(snapshot(D3, ("1", "Puni de 100 F."), ("1", "Puni de 200 F.")))
    assert [version.state for version in dated.provision.versions] == [State.UNCERTAIN, State.UNCERTAIN]


def test_a_reason_shared_by_all_the_wordings_leaves_the_others_to_decide():
    dated = only(snapshot(D3, ("9", "Puni de 100 F."), stray=(("9", "Puni de 200 F."),)))
    assert told(dated)[0] == ("Puni de 100 F.", D3, None, State.IN_FORCE, 1)


def test_a_twin_outside_the_plan_is_the_former_one():
    dated = only(snapshot(D3, ("9", "Dans le plan."), stray=(("9", "Hors du plan."),)))
    assert told(dated)[0] == ("Dans le plan.", D3, None, State.IN_FORCE, 1)
    assert dated.provision.versions[1].state is State.MODIFIED
    assert dated.provision.heading == ("Partie législative",)


def test_an_article_outside_the_plan_without_twin_is_uncertain():
    planned, stray = merge_versions([snapshot(D3, ("1", "A."), stray=(("L9", "Seul."),))])[::-1]
    assert stray.provision.id == "code/L9"
    assert told(stray) == [("Seul.", D3, None, State.UNCERTAIN, 0)]
    assert told(planned)[0][3] is State.IN_FORCE


def test_positions_follow_the_last_snapshot():
    merged = merge_versions([snapshot(D1, ("2", "A."), ("1", "B.")), snapshot(D3, ("1", "B."), ("2", "A."))])
    assert [(d.provision.number, d.provision.position) for d in merged] == [("1", 0), ("2", 1)]


def test_snapshots_of_two_codes_or_of_one_day_are_refused():
    other = read_code((FRONT + "##### Article 1\n\nA.\n").encode(), "x.md", D1, "autre")
    for readings in (
        [snapshot(D3, ("1", "A.")), other],
        [snapshot(D1, ("1", "A.")), snapshot(D1, ("1", "B."))],
    ):
        with pytest.raises(InvalidInput):
            merge_versions(readings)


def test_case_and_accents_make_another_wording_but_typography_does_not():
    assert wording_key("l’État – œuvre") == wording_key("l'État - oeuvre")
    assert wording_key("l'état") != wording_key("l'etat") != wording_key("L'etat")


def merged_source(sources: Path, *files: str) -> dict[str, DatedProvision]:
    readings = []
    for name in files:
        data = (sources / "codes" / f"{name}.md").read_bytes()
        day = date.fromisoformat(name.split("/")[0])
        readings.append(read_code(data, name, day, slug(front_matter(data)["title"])))
    return {dated.provision.id.split("/")[1]: dated for dated in merge_versions(readings)}


@pytest.mark.sources
def test_trafficking_in_the_penal_code_has_two_versions(sources: Path):
    merged = merged_source(sources, "2010-08-11/LEGITEXT000006070719", "2026-04-03/LEGITEXT000006070719")
    assert [(state, start, end) for _, start, end, state, _ in told(merged["225-4-1"])] == [
        (State.MODIFIED, D1, D3),
        (State.IN_FORCE, D3, None),
    ]
    # In 2026 the former wording of 2010 still stands beside the one that adds the ambush.
    assert "guet-apens" in default_version(merged["221-3"].provision).text
    assert default_version(merged["221-3"].provision).state is State.IN_FORCE


@pytest.mark.sources
def test_the_old_numbers_of_the_ceseda_end_with_the_new_code(sources: Path):
    merged = merged_source(sources, "2018-03-22/LEGITEXT000006070158", "2026-04-03/LEGITEXT000006070158")
    (old,) = merged["L316-1"].provision.versions
    assert (old.start, old.end, old.state) == (D2, D3, State.REPEALED)
    (new,) = merged["L425-1"].provision.versions
    assert (new.start, new.end, new.state) == (D3, None, State.IN_FORCE)
    # A number that the new code gives to another subject: the article of the plan is the one in force.
    reused = default_version(merged["L561-1"].provision)
    assert (reused.state, reused.heading[-1]) == (State.IN_FORCE, "Section 1 : Titre de séjour")
    # A leftover of the old code, at the top of the file: nobody can tell from it that it is in force.
    assert default_version(merged["L111-10"].provision).state is State.UNCERTAIN


def test_a_snapshot_never_gives_the_day_of_a_change() -> None:
    dated = only(snapshot(D1, ("1", "A.")), snapshot(D3, ("1", "B.")))
    bounds = {(v.start_bound, v.end_bound) for v in dated.provision.versions}
    assert bounds == {(Bound.UNKNOWN, Bound.UNKNOWN)}
    assert [v.last_seen for v in dated.provision.versions] == [D1, D3]
