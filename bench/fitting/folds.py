"""Questions dealt into folds by topic, so that no topic is both fitted and measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bench.tools.questions import Question


def folds(questions: Sequence[Question], count: int) -> tuple[tuple[Question, ...], ...]:
    """`count` groups of near sizes; all the questions of one topic are in the same one. Always the same deal.

    Raises ValueError when there are fewer topics than folds.
    """
    sizes = Counter(question.topic for question in questions)
    if len(sizes) < count:
        raise ValueError(f"{len(sizes)} thèmes ne se répartissent pas en {count} groupes.")
    place: dict[str, int] = {}
    loads = [0] * count
    for topic, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        place[topic] = loads.index(min(loads))
        loads[place[topic]] += size
    return tuple(tuple(q for q in questions if place[q.topic] == number) for number in range(count))


def others(groups: Sequence[Iterable[Question]], left_out: int) -> tuple[Question, ...]:
    """The questions of every fold but one."""
    return tuple(q for number, group in enumerate(groups) if number != left_out for q in group)
