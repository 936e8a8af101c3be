"""Every page is valid HTML: read by the strict parser of html5lib, which stops at the first fault."""

from __future__ import annotations

from collections.abc import Iterator

import html5lib
import pytest
from html5lib.html5parser import ParseError
from starlette.testclient import TestClient

from api.app import create_app
from service.settings import Settings
from tests.builders import small_service
from tests.page_addresses import PAGES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def _read(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_valid_html(client: TestClient, address: str) -> None:
    _read(client.get(address).text)


@pytest.mark.parametrize(
    "fault", ["<p><b>x</p></b>", "<ul></li></ul>", "<a href='a' href='b'>x</a>", "<p>&inconnu;</p>"]
)
def test_the_parser_sees_a_fault(fault: str) -> None:
    with pytest.raises(ParseError):
        _read(f"<!DOCTYPE html><html><head><title>x</title></head><body>{fault}</body></html>")
