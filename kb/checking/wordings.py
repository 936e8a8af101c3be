"""The text of an article on a day, as the checks of this package need it: whether it may be judged, and its date."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`name` is the reference of the article; `since` says in French from when the text is known.

    `sure`: this is surely the whole text of the day; otherwise `reservation` says what is not known, and nothing is
    said to be absent from it.
    """

    provision: str
    name: str
    text: str
    since: str
    sure: bool = True
    reservation: str = ""
    heading: tuple[str, ...] = ()
