"""The OpenAPI document as the page of the API shows it: operations by family, their parameters, their shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI

Json = Mapping[str, Any]
_REF = "#/components/schemas/"
_PLACES = {"path": "adresse", "query": "requête", "header": "en-tête"}
_TYPES = {
    "string": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "array": "liste",
    "object": "objet",
    "null": "rien",
}
_FORMATS = {"date": "date", "date-time": "moment", "binary": "fichier", "uri": "adresse"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape. `shape` names the shape of its value, `values` those that it may have."""

    name: str
    kind: str
    description: str
    required: bool
    place: str = ""
    default: str = ""
    shape: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """A route. `example` is an address of it that answers, empty when its parameters have no example."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    fields: tuple[Field, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a body or an answer is made of."""

    name: str
    description: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


def operations(document: Json) -> dict[str, list[Operation]]:
    """By family, in the order of the document."""
    by_path: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            family = next(iter(operation.get("tags", ())), "Autres")
            by_path.setdefault(family, []).append(_operation(method, path, operation))
    return by_path


def shapes(document: Json) -> list[Shape]:
    """By name."""
    return [_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def install_description(app: FastAPI) -> None:
    """Say in the document how to identify oneself; reading needs it only where a setting closes it.

    If-Match is said to be required where it is read: it is not to the framework, which would answer 400 and not 428.
    """
    generate = app.openapi

    def described() -> dict[str, Any]:
        document = generate()
        document.setdefault("components", {})["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer", "description": "Clef d'API (renvoi keys create)"},
            "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "La même clef"},
        }
        document["security"] = [{}, {"bearer": []}, {"header": []}]
        for methods in document["paths"].values():
            for operation in methods.values():
                for parameter in operation.get("parameters", ()):
                    parameter["required"] |= parameter["name"] == "if-match"
        return document

    app.openapi = described  # type: ignore[method-assign]


def _operation(method: str, path: str, operation: Json) -> Operation:
    parameters = operation.get("parameters", ())
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        fields=tuple(_parameter(p) for p in parameters),
        body=_shape_of(operation.get("requestBody", {})),
        answers=tuple(_answers(operation["responses"])),
        example=_example(path, parameters) if method == "get" else "",
    )


def _answers(responses: Json) -> Iterator[tuple[str, str, str]]:
    """(status, what it means, shape), errors common to all left out: the page tells of them once."""
    for status, answer in responses.items():
        if status.startswith("2") or status in ("409", "412", "428"):
            yield status, answer.get("description", ""), _shape_of(answer)


def _parameter(parameter: Json) -> Field:
    field = _field(parameter["name"], parameter["schema"], bool(parameter.get("required")))
    description = parameter.get("description") or field.description
    place = _PLACES.get(parameter["in"], "")
    return replace(field, description=description, place=place)


def _shape(name: str, schema: Json) -> Shape:
    required = set(schema.get("required", ()))
    fields = tuple(_field(n, s, n in required) for n, s in schema.get("properties", {}).items())
    return Shape(name, schema.get("description", ""), fields, tuple(map(str, schema.get("enum", ()))))


def _field(name: str, schema: Json, required: bool) -> Field:
    default = schema.get("default")
    return Field(
        name=name,
        kind=_kind(schema),
        description=schema.get("description", ""),
        required=required,
        default=""
        if default in (None, [], "")
        else str(default).lower()
        if isinstance(default, bool)
        else str(default),
        shape=_referred(schema),
        values=tuple(map(str, schema.get("enum", ()))) if len(schema.get("enum", ())) <= 12 else (),
    )


def _kind(schema: Json) -> str:
    if "anyOf" in schema:
        return " ou ".join(dict.fromkeys(_kind(choice) for choice in schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    kind = _FORMATS.get(schema.get("format", ""), _TYPES.get(str(schema.get("type")), "valeur"))
    return f"{kind} de {_kind(schema['items'])}" if schema.get("items") else kind


def _referred(schema: Json) -> str:
    """The first shape that a schema names, wherever."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    return next(filter(None, map(_referred, inner)), "")


def _shape_of(holder: Json) -> str:
    """The shape of a body or of an answer, empty without one."""
    return next(
        filter(None, (_referred(media.get("schema", {})) for media in holder.get("content", {}).values())), ""
    )


def _example(path: str, parameters: Any) -> str:
    """The address with the examples of its parameters; those that are optional are left out."""
    query = []
    for parameter in parameters:
        examples = parameter["schema"].get("examples") or parameter.get("examples") or []
        if not examples and parameter.get("required"):
            return ""
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(str(examples[0])))
        elif parameter.get("required"):
            query.append((parameter["name"], str(examples[0])))
    return f"{path}?{urlencode(query)}" if query else path
