"""How familiar provisions are: by the pages that refer to them, or because we have a record on them."""

from __future__ import annotations

from index.retrieval.popularity import RECORDED, counts, familiarity
from kb.ids import parse_id


def test_more_pages_make_a_provision_more_familiar_and_none_make_it_not_so() -> None:
    few, *_, many = sorted(counts(), key=lambda name: (counts()[name], name))
    found = familiarity((many, few, "code-penal/rien"), ())
    assert found[0] == 1.0
    assert found[0] > found[1] > found[2] == 0.0


def test_a_record_makes_a_provision_familiar_and_never_less_so() -> None:
    many = max(counts(), key=lambda name: counts()[name])
    alone = familiarity((many, "code-penal/rien"), ())
    recorded = familiarity((many, "code-penal/rien"), {0, 1})
    assert recorded[0] == alone[0]
    assert recorded[1] == RECORDED


def test_every_count_is_of_one_article() -> None:
    assert all(parse_id(name).number and count > 0 for name, count in counts().items())
