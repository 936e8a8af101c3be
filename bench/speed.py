"""Section « speed »: a question end to end over HTTP on all codes, beside the bare query time of bm25s."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import quote

from bench import bm25_peer
from bench.articles import articles_in_force
from bench.bm25_peer import Bm25
from bench.judging import DEPTH
from bench.report import Cell, Section, Table
from bench.server import HOST, Server, serving
from bench.subject import Subject
from bench.timing import Latency, each, latency, typical
from index.answer import Question as Asked
from kb.errors import ArtefactError, InvalidQuery

NAME = "speed"
_TIMEOUT = 60.0
_HTTP = "Renvoi, de bout en bout par HTTP"


def measure(subject: Subject) -> Section:
    """Start, memory and latency of a server of one process, asked every development question in turn."""
    starts, rows = _served(subject)
    rows.append(("Renvoi, dans le processus", _latency(subject, lambda text: _rank(subject, text))))
    peer = _peer(subject)
    if peer:
        rows.append((f"{bm25_peer.NAME}, dans le processus", peer))
    latencies = Table(
        f"Temps de réponse de {len(subject.questions)} questions sur tous les codes, en millisecondes",
        ("outil", "médiane", "95e centile", "médiane rapportée à bm25s", "95e centile rapporté à bm25s"),
        tuple(_compared(name, one, peer) for name, one in rows),
        f"Une question après l'autre, une seule connexion ; médianes de {subject.repeats} passages."
        + (
            "" if peer else " bm25s n'est pas installé (`pip install -e '.[bench]'`) : rien à quoi rapporter."
        ),
    )
    return Section(NAME, "Vitesse", subject.described(), (latencies, starts))


def _served(subject: Subject) -> tuple[Table, list[tuple[str, Latency]]]:
    """The table of starts, and the latencies over HTTP: of the first round ever, then of the following ones."""
    texts = [question.text for question in subject.questions]
    starts: list[tuple[Cell, ...]] = []
    firsts: list[Latency] = []
    others: list[Latency] = []
    for number in range(1, subject.repeats + 1):
        with serving(subject.settings) as server:
            empty = server.resident_mebibytes()
            firsts.append(_round(server, texts))
            others.append(_round(server, texts))
            starts.append((f"démarrage {number}", server.ready, empty, server.resident_mebibytes()))
    columns = ("serveur", "prêt après (s)", "mémoire à vide (Mio)", "mémoire après les questions (Mio)")
    note = "`renvoi serve`, un processus ; prêt dès la première réponse de `/readyz`. La mémoire comprend les pages "
    table = Table("Démarrage et mémoire", columns, tuple(starts), note + "de l'index projetées et lues.")
    return table, [(f"{_HTTP}, premier passage", typical(firsts)), (f"{_HTTP}, ensuite", typical(others))]


def _round(server: Server, texts: list[str]) -> Latency:
    connection = HTTPConnection(HOST, server.port, timeout=_TIMEOUT)
    try:
        return latency(each(lambda text: _get(connection, text), texts))
    finally:
        connection.close()


def _get(connection: HTTPConnection, text: str) -> None:
    """Ask, read and decode. Raises ArtefactError when the answer is no list of provisions."""
    connection.request("GET", f"/v1/provisions?query={quote(text)}")
    response = connection.getresponse()
    body = json.loads(response.read())
    if response.status != 200 or "results" not in body:
        raise ArtefactError(f"« {text} » : le serveur répond {response.status}.")


def _rank(subject: Subject, text: str) -> None:
    try:
        subject.service.searcher.rank(Asked(text, subject.day, DEPTH))
    except InvalidQuery:
        return


def _peer(subject: Subject) -> Latency | None:
    try:
        peer = Bm25(articles_in_force(subject.service.reader, subject.day))
    except ImportError:
        return None
    return _latency(subject, lambda text: peer.rank(text, DEPTH))


def _latency(subject: Subject, call: Callable[[str], object]) -> Latency:
    texts = [question.text for question in subject.questions]
    return typical([latency(each(call, texts)) for _ in range(subject.repeats)])


def _compared(name: str, one: Latency, peer: Latency | None) -> tuple[Cell, ...]:
    ratios = (one.median / peer.median, one.p95 / peer.p95) if peer else (None, None)
    return (name, *one, *ratios)
