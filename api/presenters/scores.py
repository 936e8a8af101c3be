"""Why an answer is one: the parts of its score, in figures and in French."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict

from api.schemas.answers import TextSpan
from api.schemas.scores import Parts as PartsOut
from api.schemas.scores import Ranks as RanksOut
from service.search import Hit, Mark, Parts, Ranking, Ranks

# From this on, a part is worth a sentence: half of what the best answer of a question can have.
_NOTABLE = 0.5

# Of the answers scored under 0.2, one in twenty was right on the questions held out. A doubt is said of seven in ten of
# those that nothing covers, and of one in twenty of the others.
UNSURE = 0.2


def present_parts(parts: Parts) -> PartsOut:
    """The parts, rounded for reading."""
    return PartsOut(**{name: round(value, 4) for name, value in asdict(parts).items()})


def present_ranks(ranks: Ranks | None) -> RanksOut | None:
    """The places by each leg; None for an answer found by its number."""
    if ranks is None:
        return None
    return RanksOut(lexical=ranks.lexical, dense=ranks.dense, heading=ranks.heading, among=ranks.among)


def words_of(text: str, marks: Iterable[Mark], terms: Collection[str]) -> list[str]:
    """The words of a text that have one of these terms, as it writes them, each once."""
    return list(dict.fromkeys(text[m.start : m.end].lower() for m in marks if m.term in terms))


def explanation(hit: Hit) -> list[str]:
    """The reasons that count, strongest kind first, then the place by each leg."""
    parts, reasons = hit.parts, []
    if parts.citation:
        reasons.append("La question cite cette disposition.")
    if parts.lexical >= _NOTABLE:
        reasons.append("Son texte contient les mots de la question.")
    if parts.dense >= _NOTABLE:
        reasons.append("Son texte a un sens proche de la question.")
    if parts.heading >= _NOTABLE:
        reasons.append("Les intitulés sous lesquels elle se trouve répondent à la question.")
    if hit.known and parts.known >= _NOTABLE:
        reasons.append(f"Elle répond à une question connue, proche de celle-ci : « {hit.known} ».")
    if parts.cited >= _NOTABLE:
        reasons.append("Un article mieux placé y renvoie.")
    if hit.evidence:
        count = len(hit.evidence)
        reasons.append(
            f"{count} passage{'s' if count > 1 else ''} d'autres documents la cite{'nt' * (count > 1)}."
        )
    return [*reasons, *_places(hit.ranks)]


def _places(ranks: Ranks | None) -> list[str]:
    if ranks is None:
        return []
    legs = (("Mots", ranks.lexical), ("Sens", ranks.dense), ("Intitulés", ranks.heading))
    places = (
        f"{leg} : {'1er' if rank == 1 else f'{rank}e'}" if rank else f"{leg} : absent" for leg, rank in legs
    )
    return [f"{', '.join(places)}, sur {ranks.among} passages comparés."]


def refusal(elsewhere: str) -> str:
    """What is said when nothing in the base covers the question, and of which law it seems to be."""
    why = (
        f"Elle semble relever {elsewhere}, absent de la base."
        if elsewhere
        else "Reformulez-la, ou voyez ce que la base couvre."
    )
    return f"Rien dans la base ne couvre cette question. {why}"


def doubt(ranking: Ranking) -> str:
    """What must be said when nothing covers the question or its best answer is mostly wrong; empty otherwise.

    A provision that the question cites is no doubtful answer, however many codes bear its number. The best answer is
    that of all the candidates, whichever are kept and whatever comes first.
    """
    if not ranking.decision.covered:
        return refusal(ranking.decision.elsewhere)
    best = max(ranking.pool, key=lambda candidate: (candidate.named, candidate.score), default=None)
    if best is None or best.named or best.score >= UNSURE:
        return ""
    return (
        "Aucune disposition ne répond nettement à cette question : la mieux notée a moins d'une chance sur cinq "
        "d'être la bonne. Reformulez-la, ou voyez ce que la base couvre."
    )


def text_spans(places: Iterable[tuple[int, int]]) -> list[TextSpan]:
    """Places in a text."""
    return [TextSpan(start=start, end=end) for start, end in places]
