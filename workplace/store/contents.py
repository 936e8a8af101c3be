"""The content of a dossier in the database: the JSON of its file, each wording put apart and kept once."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, insert, select

from workplace.dossiers.exchange import DossierFile, from_file, to_file
from workplace.dossiers.model import Content
from workplace.store.dossier_tables import WordingRow


def put(connection: Connection, dossier: str, content: Content) -> dict[str, Any]:
    """Keep the wordings that are new to the dossier, and give the JSON that refers to them."""
    value = to_file(content).model_dump(mode="json")
    wordings: dict[str, str] = {}
    for item in value["items"]:
        if item["source"]:
            text = item["source"]["text"]
            item["source"]["text"] = sha256(text.encode()).hexdigest()
            wordings[item["source"]["text"]] = text
        if item["quotation"]:
            item["quotation"]["text"] = ""  # it stands in the wording
    known = _wordings(connection, dossier, wordings)
    missing = [{"dossier": dossier, "digest": d, "text": t} for d, t in wordings.items() if d not in known]
    if missing:
        connection.execute(insert(WordingRow), missing)
    return value


def take(connection: Connection, dossier: str, value: dict[str, Any]) -> Content:
    """The content whose JSON this is."""
    items = value["items"]
    texts = _wordings(connection, dossier, {i["source"]["text"]: "" for i in items if i["source"]})
    return from_file(DossierFile.model_validate({**value, "items": [_whole(item, texts) for item in items]}))


def _whole(item: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    if not item["source"]:
        return item
    text = texts[item["source"]["text"]]
    quotation = item["quotation"]
    if quotation:
        quotation = {**quotation, "text": text[quotation["start"] : quotation["end"]]}
    return {**item, "source": {**item["source"], "text": text}, "quotation": quotation}


def _wordings(connection: Connection, dossier: str, wanted: Mapping[str, str]) -> dict[str, str]:
    query = select(WordingRow.digest, WordingRow.text).where(
        col(WordingRow.dossier) == dossier, col(WordingRow.digest).in_(list(wanted))
    )
    return {row.digest: row.text for row in connection.execute(query)}
