"""What is said in French of a provision that is the law of another day than the one asked for."""

from __future__ import annotations

from datetime import date

from kb.text.french_dates import french_date


def not_before(citation: str, turn: date, act: str, day: date) -> str:
    """
    >>> not_before("Code pénal, art. 225-4-1", date(2003, 3, 19), "loi", date(2000, 1, 1))
    "Code pénal, art. 225-4-1 : n'existait pas avant le 19 mars 2003 (loi). Ce n'est pas le droit du 1er janvier 2000."
    """
    return (
        f"{citation} : n'existait pas avant le {french_date(turn)}{_by(act)}. "
        f"Ce n'est pas le droit du {french_date(day)}."
    )


def no_longer(citation: str, turn: date, act: str, day: date) -> str:
    """
    >>> no_longer("Code pénal, art. 225-10-1", date(2016, 4, 15), "loi", date(2026, 1, 1))
    "Code pénal, art. 225-10-1 : abrogé depuis le 15 avril 2016 (loi). Ce n'est plus le droit du 1er janvier 2026."
    """
    return (
        f"{citation} : abrogé depuis le {french_date(turn)}{_by(act)}. "
        f"Ce n'est plus le droit du {french_date(day)}."
    )


def date_proposed(words: str, day: date) -> str:
    """
    >>> date_proposed("en mars 2019", date(2019, 3, 31))
    "La question écrit « en mars 2019 » : si c'est la date des faits, demandez le droit du 31 mars 2019."
    """
    return f"La question écrit « {words} » : si c'est la date des faits, demandez le droit du {french_date(day)}."


def _by(act: str) -> str:
    return f" ({act})" if act else ""
