"""What is shown of the days beside an answer: provisions of another day, dates that the question writes."""

from __future__ import annotations

from datetime import timedelta

from api.schemas.other_days import DateProposedOut, OtherDayOut
from kb.french_citation import cite_id
from kb.text.french_dates import dates_of_facts
from kb.validity import Standing
from kb.wording.other_days import date_proposed, no_longer, not_before
from service.search import SearchAnswer

_DAY = timedelta(days=1)


def present_other_days(answer: SearchAnswer) -> list[OtherDayOut]:
    """Since when, or until when, and by what act."""
    day = answer.request.question.as_of
    others: list[OtherDayOut] = []
    for other in answer.other_days:
        coming = other.standing is Standing.NOT_YET
        citation, say = cite_id(other.provision), not_before if coming else no_longer
        others.append(
            OtherDayOut(
                provision=other.provision,
                citation=citation,
                standing=other.standing.value,
                message=say(citation, other.turn, other.act, day),
                as_of=other.turn if coming else other.turn - _DAY,
            )
        )
    return others


def present_dates(answer: SearchAnswer) -> list[DateProposedOut]:
    """The dates of the question, but for the day that it is asked at."""
    question = answer.request.question
    return [
        DateProposedOut(
            words=written.words, as_of=written.day, message=date_proposed(written.words, written.day)
        )
        for written in dates_of_facts(question.text)
        if written.day != question.as_of
    ]
