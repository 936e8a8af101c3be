"""Texts too long for one page, in parts."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.presenters.highlighting import blocks
from api.presenters.long_texts import MOST, part_of
from api.presenters.pagination import leaves
from kb.errors import NotFound
from tests.builders import Article, code, small_service
from tests.examining import MAX_BYTES

WEIGHTS = st.lists(st.integers(0, 50), max_size=40)


@given(WEIGHTS, st.integers(1, 60))
def test_leaves_are_in_order_lose_nothing_and_are_as_few_as_their_weight_allows(
    weights: list[int], most: int
) -> None:
    found = leaves(weights, most)
    assert [w for leaf in found for w in weights[leaf]] == weights
    assert all(sum(weights[leaf]) <= most or leaf.stop - leaf.start == 1 for leaf in found)
    assert all(sum(weights[a]) + weights[b.start] > most for a, b in pairwise(found))


def test_a_long_table_is_cut_between_rows_and_keeps_its_head() -> None:
    table = "\n".join(["Emploi | Indice", *(f"Emploi {n} | {n}" for n in range(6_000))])
    text = blocks(f"Avant.\n{table}\nAprès.", ())
    (_, several), seen = part_of([text], 1), []
    assert several > 2
    for number in range(1, several + 1):
        (part,), _ = part_of([text], number)
        tables = [block for block in part if block.kind == "table"]
        assert all(block.lines[0][0][0].text == "Emploi" for block in tables)
        seen += [line[1][0].text for block in tables for line in block.lines[1:]]
    assert seen == [str(n) for n in range(6_000)]
    with pytest.raises(NotFound, match="partie 99"):
        part_of([text], 99)


def test_two_wordings_share_the_weight_of_a_page() -> None:
    long, short = blocks("\n".join(["Un alinéa."] * 2_000), ()), blocks("Un seul.", ())
    (first, second), several = part_of([long, short], 1)
    assert len(second) == 1
    assert len(first) * len("Un alinéa.") < MOST / 2
    last, _ = part_of([long, short], several)
    assert last[1] == []


def test_each_part_of_a_long_article_is_a_light_page_that_leads_to_the_next(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    long = "\n".join(f"{n}° Le numéro {n} de la liste." for n in range(3_000))
    content = code("code-penal", "LEGITEXT000006070719", (Article("1", long),))
    service = small_service(tmp_path_factory.mktemp("base"), content)
    with TestClient(create_app(service.settings, lambda _: service)) as client:
        address, seen = "/dispositions/code-penal/1", list[str]()
        while address:
            answer = client.get(address)
            assert len(answer.content) + len(client.get("/static/style.css").content) <= MAX_BYTES
            seen += re.findall(r"Le numéro (\d+) de", answer.text)
            after = re.search(r'rel="next" href="([^"]+partie=\d+)"', answer.text)
            address = after[1].replace("&amp;", "&") if after else ""
        assert seen == [str(n) for n in range(3_000)]
        assert client.get("/dispositions/code-penal/1?partie=99").status_code == 404
        assert client.get("/dispositions/code-penal/1?partie=0").status_code == 400
    assert len(long.encode()) > MOST
