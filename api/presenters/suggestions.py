"""Suggestions while typing as the API answers them, each with its page."""

from __future__ import annotations

from collections.abc import Callable

from api.addresses import answer_url, provision_url, record_url, results_url, section_url, theme_url
from api.schemas.answers import TextSpan
from api.schemas.suggestions import SuggestionKind, SuggestionOut, SuggestionResponse
from kb.taxonomy import REPLY
from service.suggestions import Suggestion, Suggestions


def _question_url(number: str) -> str:
    return answer_url(REPLY, int(number))


_ADDRESSES: dict[SuggestionKind, Callable[[str], str]] = {
    SuggestionKind.PROVISION: provision_url,
    SuggestionKind.QUERY: results_url,
    SuggestionKind.CODE: section_url,
    SuggestionKind.THEME: theme_url,
    SuggestionKind.RECORD: record_url,
    SuggestionKind.QUESTION: _question_url,
}


def present_suggestions(answer: Suggestions) -> SuggestionResponse:
    """The closest first."""
    return SuggestionResponse(
        query=answer.query,
        as_of=answer.day,
        took=round(answer.milliseconds, 2),
        total=len(answer.suggestions),
        results=[_present(suggestion) for suggestion in answer.suggestions],
    )


def _present(suggestion: Suggestion) -> SuggestionOut:
    kind = SuggestionKind(suggestion.kind)
    return SuggestionOut(
        kind=kind,
        label=suggestion.label,
        detail=suggestion.detail,
        state=suggestion.state,
        value=suggestion.value,
        url=_ADDRESSES[kind](suggestion.target),
        span=TextSpan(start=suggestion.span.start, end=suggestion.span.end),
    )
