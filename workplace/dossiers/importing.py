"""A dossier from a file, told again by the base: what a file says of the law is not believed."""

from __future__ import annotations

from dataclasses import replace

from kb.french_citation import cite, cite_id, text_name
from kb.ids import parse_id
from kb.model import Document, Passage, Provision
from kb.store import Reader
from workplace.dossiers.gathering import place_of
from workplace.dossiers.model import Content, Item, ItemKind, Source

UNVERIFIED = "d'après le fichier importé"


def cited_anew(content: Content, reader: Reader) -> Content:
    """With the citations and titles that the base gives, and none of the warnings of the file.

    The wordings stay those of the file: their freshness tells whether the base ever had them. A passage that the base
    has not keeps its citation, marked as unverified. Raises InvalidIdentifier for a provision of no identifier.
    """
    ids = {item.source.id for item in content.items if item.source}
    provisions = {str(name): p for name, p in reader.provisions(ids).items()}
    passages = {name: passage for name, (_, passage) in reader.named_passages(ids).items()}
    documents = {str(document.id): document for document in reader.documents()}

    def told(item: Item) -> Item:
        source = item.source
        if source is None:
            return item
        if item.kind is ItemKind.PROVISION:
            return replace(item, source=_provision(source, provisions.get(source.id)))
        return replace(item, source=_passage(source, passages.get(source.id), documents))

    return replace(content, items=tuple(told(item) for item in content.items))


def _provision(source: Source, provision: Provision | None) -> Source:
    if provision is None:
        text = parse_id(source.id).text
        cited = replace(source, citation=cite_id(source.id), document_title=text_name(text), heading=())
    else:
        citation, title = cite(provision.code, provision.number), text_name(provision.code)
        cited = replace(source, citation=citation, document_title=title, heading=provision.heading)
    return replace(cited, warnings=())


def _passage(source: Source, passage: Passage | None, documents: dict[str, Document]) -> Source:
    if passage is None:
        return replace(source, citation=f"{source.citation or source.id} ({UNVERIFIED})", warnings=())
    document = documents[passage.document]
    return replace(
        source,
        citation=place_of(passage, document),
        document=document.id,
        document_title=document.title,
        heading=passage.heading,
        warnings=(),
    )
