"""Where an article of before a recodification went: to one article, in parts to several, or into one with others."""

from __future__ import annotations

from datetime import date

from kb.concordance import divided, merged, renumbering
from kb.french_citation import cite, french_number
from kb.ids import Identifier, ProvisionId
from kb.model import Resolution, Status
from kb.text.french_dates import french_date


def renumbered(target: str, identifier: Identifier, on: date | None) -> Resolution | None:
    """A number of before a recodification, which the text no longer has: the article that took its place."""
    found = renumbering(identifier.text, str(identifier.number), on)
    if found is None:
        return _divided(target, identifier, on) or _merged(target, identifier, on)
    old, new = cite(identifier.text, found.old), cite(identifier.text, found.new)
    message = f"{old} a été renuméroté : c'est, depuis le {french_date(found.day)}, {new} (texte à comparer)."
    if parts := divided(identifier.text, found.old, on):
        message += f" Une partie en est reprise à {', '.join(french_number(part.new) for part in parts)}."
    provision = ProvisionId(f"{identifier.text}/{found.new}")
    return Resolution(target, Status.RENUMBERED, (provision,), "concordance", found.similarity, message)


def _merged(target: str, identifier: Identifier, on: date | None) -> Resolution | None:
    """A number of before a recodification whose article was joined to others in a new one."""
    found = merged(identifier.text, str(identifier.number), on)
    if found is None:
        return None
    old, new = cite(identifier.text, found.old), cite(identifier.text, found.new)
    since = french_date(found.day)
    message = (
        f"{old} a été réuni à d'autres : il est repris, depuis le {since}, dans {new} (textes à comparer)."
    )
    provision = ProvisionId(f"{identifier.text}/{found.new}")
    return Resolution(target, Status.RENUMBERED, (provision,), "concordance", found.similarity, message)


def _divided(target: str, identifier: Identifier, on: date | None) -> Resolution | None:
    """A number of before a recodification whose article was cut into several, as far as they are known."""
    parts = divided(identifier.text, str(identifier.number), on)
    if not parts:
        return None
    old, numbers = cite(identifier.text, parts[0].old), ", ".join(french_number(part.new) for part in parts)
    message = (
        f"{old} a été réparti : depuis le {french_date(parts[0].day)}, une partie en est reprise à ce qui suit : "
        f"{numbers} (textes à comparer)."
    )
    provisions = tuple(ProvisionId(f"{identifier.text}/{part.new}") for part in parts)
    return Resolution(
        target, Status.RENUMBERED, provisions, "concordance", max(p.similarity for p in parts), message
    )
