"""What a question meets on another day than its own: an article not yet made, or repealed by then, with the act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.retrieval.model import Candidate
from kb.concordance import former, origin
from kb.ids import ProvisionId, parse_id
from kb.reforms import EffectKind, changes_of
from kb.resolution.article_table import ArticleTable
from kb.validity import LawOfDay, Standing, Validity

# How many of the best candidates are looked at: an article of another day that comes after them is not what was asked.
FIRST = 5


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A provision that is the law of another day: `turn` is the day it was made, or ended, by `act` when known."""

    provision: ProvisionId
    standing: Standing
    turn: date
    act: str


def other_days(articles: ArticleTable, pool: tuple[Candidate, ...], day: date) -> tuple[OtherDay, ...]:
    """Of the best candidates, those that did not exist that day, or no more; a repeal only when its act is known."""
    return tuple(_of_other_days(articles, pool[:FIRST], day))


def _of_other_days(articles: ArticleTable, pool: tuple[Candidate, ...], day: date) -> Iterator[OtherDay]:
    for candidate in pool:
        law = articles.law(candidate.provision, day)
        if law.standing is Standing.NOT_YET and law.reason and not _has_former(candidate.provision):
            act = law.nearest.act if law.nearest else None
            yield OtherDay(candidate.provision, law.standing, law.reason.days[0], act or "")
        elif law.standing is Standing.REPEALED and (act := _repealing_act(candidate.provision, law)):
            turn = law.nearest.end if law.nearest else None
            if turn is not None:
                yield OtherDay(candidate.provision, law.standing, turn, act)


def _has_former(provision: ProvisionId) -> bool:
    """Whether it took the place of an article under another number, which is then the one to look at."""
    identifier = parse_id(provision)
    number = identifier.number or ""
    return (former(identifier.text, number) or origin(identifier.text, number)) is not None


def _repealing_act(provision: ProvisionId, law: LawOfDay[Validity]) -> str:
    end = law.nearest.end if law.nearest else None
    names = (c.name for c in changes_of(provision) if c.kind is EffectKind.REPEALED and c.day == end)
    return next(names, "")
