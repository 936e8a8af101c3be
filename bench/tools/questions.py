"""Our own development questions: read, and refused at the first fault.

One JSON object a line:
    {"id": "q001", "q": "…", "style": "lay", "topic": "…", "split": "train", "relevant": {"code-penal/225-4-1": 2}}

`relevant` grades provisions: 2 answers the question, 1 helps; it is empty exactly for the style `none`, whose
questions nothing in the corpus covers. `split` is `train` or `test` by topic, so that what is tuned on one half of the
topics can be measured on the other; `other` for the questions of another hand, which only measure; `aside` for those
of the known questions that the search and its training never see, over all codes: they fit when to refuse.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kb.errors import RenvoiError, UnreadableSource
from kb.ids import ProvisionId, parse_id

STYLES = frozenset({"expert", "lay", "english", "misspelt", "citation", "multi", "public", "none"})
SPLITS = frozenset({"train", "test", "other", "aside"})
# Those that weights are fitted on; the others only measure.
FITTING = frozenset({"train", "aside"})
GRADES = frozenset({1, 2})
_FIELDS = {"id": str, "q": str, "style": str, "topic": str, "split": str, "relevant": dict}


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the grades of the provisions that answer it."""

    id: str
    text: str
    style: str
    topic: str
    split: str
    relevant: Mapping[ProvisionId, int]


def load_questions(path: Path) -> tuple[Question, ...]:
    """Every question of a file, in order.

    Raises UnreadableSource, which names the line: bad JSON, a missing or unknown field, an unknown style, a grade
    other than 1 or 2, an identifier that is not one article, an id or a text seen twice, a topic in both splits.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"Le fichier de questions {path} est illisible : {error}.") from error
    questions = tuple(_read(f"{path.name}, ligne {n}", line) for n, line in enumerate(lines, start=1))
    _check_together(questions)
    return questions


def _read(place: str, line: str) -> Question:
    data = _fields(place, line)
    if data["style"] not in STYLES or data["split"] not in SPLITS:
        raise UnreadableSource(f"{place} : style « {data['style']} » ou moitié « {data['split']} » inconnus.")
    if (data["style"] == "none") == bool(data["relevant"]):
        raise UnreadableSource(f"{place} : seules les questions de style « none » n'ont aucune réponse.")
    relevant = {_article(place, key): _grade(place, value) for key, value in data["relevant"].items()}
    if relevant and max(relevant.values()) < max(GRADES):
        raise UnreadableSource(f"{place} : aucune disposition ne répond à la question (note 2).")
    grades = MappingProxyType(relevant)
    return Question(data["id"], data["q"], data["style"], data["topic"], data["split"], grades)


def _fields(place: str, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line, object_pairs_hook=partial(_object, place))
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"{place} : ce n'est pas du JSON ({error.msg}).") from error
    if not isinstance(data, dict) or data.keys() != _FIELDS.keys():
        raise UnreadableSource(f"{place} : les champs attendus sont {', '.join(_FIELDS)}.")
    for name, kind in _FIELDS.items():
        if not isinstance(data[name], kind) or (kind is str and not data[name].strip()):
            raise UnreadableSource(f"{place} : le champ « {name} » est vide ou d'un autre type.")
    return data


def _object(place: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON keeps the last of two equal keys: a provision graded twice would lose one grade unseen."""
    _refuse_repeated(f"{place}, clé en double", (key for key, _ in pairs))
    return dict(pairs)


def _article(place: str, value: str) -> ProvisionId:
    try:
        identifier = parse_id(value)
    except RenvoiError as error:
        raise UnreadableSource(f"{place} : {error.message}") from error
    if identifier.number is None or identifier.end or identifier.open:
        raise UnreadableSource(f"{place} : « {value} » n'est pas un article.")
    return ProvisionId(value)


def _grade(place: str, value: object) -> int:
    if type(value) is not int or value not in GRADES:
        raise UnreadableSource(f"{place} : la note « {value} » n'est ni 1 ni 2.")
    return value


def _check_together(questions: tuple[Question, ...]) -> None:
    _refuse_repeated("Identifiant en double", (question.id for question in questions))
    _refuse_repeated("Question en double", (question.text.casefold() for question in questions))
    halves = {(question.topic, question.split) for question in questions}
    _refuse_repeated("Thème présent dans les deux moitiés", (topic for topic, _ in halves))


def _refuse_repeated(what: str, values: Iterable[str]) -> None:
    identifiers: set[str] = set()
    for value in values:
        if value in identifiers:
            raise UnreadableSource(f"{what} : « {value} ».")
        identifiers.add(value)
