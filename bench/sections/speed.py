"""Section « speed »: questions and pages end to end over HTTP on all codes, beside the bare query time of bm25s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from urllib.parse import quote

from bench.peers import bm25
from bench.peers.bm25 import Bm25
from bench.sections.encoding import encoding_table
from bench.tools.articles import articles_in_force
from bench.tools.judging import DEPTH
from bench.tools.report import Cell, Section, Table
from bench.tools.server import HOST, Server, serving
from bench.tools.subject import Subject
from bench.tools.timing import Latency, each, latency, typical
from index.retrieval.model import Question as Asked
from kb.errors import ArtefactError, InvalidQuery

NAME = "speed"
_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Round:
    """One way of asking, all its requests in turn: their times, and the server's processor time for one, in ms."""

    requests: int
    latency: Latency
    processor: float | None = None


def measure(subject: Subject) -> Section:
    """Start, memory and latency of a server of one process, asked every development question in turn."""
    starts, rounds = _served(subject)
    texts = [question.text for question in subject.questions]
    rounds["Renvoi, la recherche seule, dans le processus"] = _timed(
        subject, texts, lambda text: _rank(subject, text)
    )
    peer = _peer(subject, texts)
    if peer:
        rounds[f"{bm25.NAME}, dans le processus"] = peer
    tables = (_latencies(subject, rounds, peer), encoding_table(subject), starts)
    return Section(NAME, "Vitesse", subject.described(), tables)


def _latencies(subject: Subject, rounds: dict[str, Round], peer: Round | None) -> Table:
    columns = (
        "ce qui est demandé",
        "demandes",
        "médiane",
        "95e centile",
        "processeur du serveur, par demande",
        "médiane rapportée à bm25s",
    )
    note = "Une demande après l'autre, une seule connexion, réponse lue en entier ; "
    note += f"médianes de {subject.repeats} passages."
    if peer is None:
        note += " bm25s n'est pas installé (`pip install -e '.[bench]'`) : rien à quoi rapporter."
    rows = tuple(
        (
            name,
            one.requests,
            *one.latency,
            one.processor,
            one.latency.median / peer.latency.median if peer else None,
        )
        for name, one in rounds.items()
    )
    return Table("Temps de réponse sur tous les codes, en millisecondes", columns, rows, note)


def _addresses(subject: Subject) -> dict[str, list[str]]:
    """What is asked of the server: the questions of the API and of the search page, the pages of what answers them."""
    texts = [quote(question.text) for question in subject.questions]
    answers = {name for question in subject.questions for name in question.relevant}
    pages = sorted(name for name in answers if name in subject.service.articles)
    return {
        "Renvoi, API : une question": [f"/v1/provisions?query={text}" for text in texts],
        "Renvoi, page des résultats": [f"/recherche?q={text}" for text in texts],
        "Renvoi, page d'une disposition": [f"/dispositions/{quote(name)}" for name in pages],
    }


def _served(subject: Subject) -> tuple[Table, dict[str, Round]]:
    """The table of starts, and what each way of asking took once everything had been asked for a first time."""
    questions = _addresses(subject)
    starts: list[tuple[Cell, ...]] = []
    rounds: dict[str, list[Round]] = {}
    for number in range(1, subject.repeats + 1):
        with serving(subject.settings) as server:
            empty = server.resident_mebibytes()
            for name, addresses in questions.items():
                rounds.setdefault(f"{name}, premier passage", []).append(_round(server, addresses))
            for name, addresses in questions.items():
                rounds.setdefault(f"{name}, ensuite", []).append(_round(server, addresses))
            starts.append((f"démarrage {number}", server.ready, empty, server.resident_mebibytes()))
    columns = ("serveur", "prêt après (s)", "mémoire à vide (Mio)", "mémoire ensuite (Mio)")
    note = "`renvoi serve`, un processus ; prêt dès la première réponse de `/readyz`. La mémoire comprend les pages "
    table = Table("Démarrage et mémoire", columns, tuple(starts), note + "de l'index projetées et lues.")
    return table, {name: _typical(same) for name, same in rounds.items()}


def _typical(same: Sequence[Round]) -> Round:
    spent = [one.processor for one in same if one.processor is not None]
    return Round(same[0].requests, typical([one.latency for one in same]), median(spent) if spent else None)


def _round(server: Server, addresses: Sequence[str]) -> Round:
    connection = HTTPConnection(HOST, server.port, timeout=_TIMEOUT)
    before = server.processor_milliseconds()
    try:
        times = latency(each(lambda address: _get(connection, address), addresses))
    finally:
        connection.close()
    after = server.processor_milliseconds()
    spent = None if before is None or after is None else (after - before) / len(addresses)
    return Round(len(addresses), times, spent)


def _get(connection: HTTPConnection, address: str) -> None:
    """Ask and read. Raises ArtefactError when the answer is none."""
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise ArtefactError(f"« {address} » : le serveur répond {response.status}.")


def _rank(subject: Subject, text: str) -> None:
    try:
        subject.service.searcher.rank(Asked(text, subject.day, DEPTH))
    except InvalidQuery:
        return


def _peer(subject: Subject, texts: Sequence[str]) -> Round | None:
    try:
        peer = Bm25(articles_in_force(subject.service.reader, subject.day))
    except ImportError:
        return None
    return _timed(subject, texts, lambda text: peer.rank(text, DEPTH))


def _timed(subject: Subject, texts: Sequence[str], call: Callable[[str], object]) -> Round:
    return Round(len(texts), typical([latency(each(call, texts)) for _ in range(subject.repeats)]))
