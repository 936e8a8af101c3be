"""Every error that Renvoi raises on purpose. No HTTP here: `api/http/errors.py` maps each class to a status.

    RenvoiError
    ├── InvalidInput            what the caller gave cannot be used
    │   ├── InvalidIdentifier   not an identifier of ours
    │   ├── InvalidQuery        empty, too long, or made of control characters
    │   ├── InvalidDate         not a date, or an impossible one
    │   ├── TextTooLong         more text than is checked at once
    │   ├── PageTooFar          a page of results beyond the last that is served
    │   ├── InvalidAccount      a login, a password or a key that cannot be made so
    │   ├── VersionRequired     an edit that does not say which version it is made from
    │   ├── InvalidDossier      a title, a note, a quotation or a file that a dossier cannot take
    │   └── InvalidQuestionnaire  a new questionnaire that cannot be read
    ├── NotFound                well-formed, but not here
    │   ├── UnknownProvision    carries the nearest candidates
    │   ├── UnknownVersion      the provision exists, but no wording of it on that day
    │   ├── UnknownTheme
    │   ├── UnknownSection      no such place in the plan of a code
    │   ├── UnknownDocument
    │   ├── UnknownPassage
    │   ├── UnknownAccount      no such account or key
    │   ├── UnknownDossier      no such dossier, or someone else's
    │   └── UnknownItem         no such item in a dossier
    ├── StaleEdit               an edit from an older copy; carries the newer one
    ├── Refused                 who asks may not have this
    │   ├── SignInRequired      only for those who have signed in
    │   ├── BadCredentials      a wrong login, password or key
    │   ├── NotAllowed          signed in, but not for this
    │   ├── StaleForm           a form that was not sent from our own page, or too long after it was shown
    │   └── TooManyRequests     carries the seconds to wait
    │       └── LockedOut       after too many wrong passwords
    ├── ProviderUnavailable     the identity provider does not answer as it should
    ├── WorkplaceUnavailable    the database of accounts and dossiers cannot be read or written
    ├── SourceError             a source file cannot be read
    │   ├── UnreadableSource    wrong encoding, truncated, empty
    │   ├── SyncFailed          an official text cannot be fetched, or is not what was asked for
    │   └── MissingSources      no folder, or nothing usable in it
    └── ArtefactError           the built data cannot be served
        ├── NotBuilt            nothing built yet
        ├── SchemaMismatch      the database has another schema version
        ├── GenerationMismatch  the index and the store were not built together
        └── BuildFailed         a check after the build failed, the disk is full, ...

Messages are in French, one sentence or two: what happened, why, and what to do about it.
"""

from __future__ import annotations


class RenvoiError(Exception):
    """Root of the tree; `hint` says what to do, in French, and may be empty."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidInput(RenvoiError, ValueError):
    """What the caller gave cannot be used."""


class InvalidIdentifier(InvalidInput):
    """Not an identifier of ours."""


class InvalidQuery(InvalidInput):
    """An empty, oversized or meaningless question."""


class InvalidDate(InvalidInput):
    """Not a date, or an impossible one."""


class PageTooFar(InvalidInput):
    """A page of results beyond the last that is served."""


class InvalidAccount(InvalidInput):
    """A login, a password or a key that cannot be made so."""


class VersionRequired(InvalidInput):
    """An edit that does not say which version it is made from."""


class InvalidDossier(InvalidInput):
    """A title, a note, a quotation or a file that a dossier cannot take."""


class InvalidQuestionnaire(InvalidInput):
    """A new questionnaire that is empty, damaged or of a format that is not read."""


class TextTooLong(InvalidInput):
    """More text than is checked at once."""


class NotFound(RenvoiError, LookupError):
    """Well-formed, but not here."""


class UnknownProvision(NotFound):
    """No such provision; `candidates` are the nearest identifiers that exist, best first."""

    def __init__(self, message: str, *, candidates: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.candidates = candidates


class UnknownVersion(NotFound):
    """No wording of a provision is known on a day."""


class UnknownSection(NotFound):
    """No such place in the plan of a code."""


class UnknownTheme(NotFound):
    """No such theme."""


class UnknownDocument(NotFound):
    """No such document."""


class UnknownPassage(NotFound):
    """No such passage."""


class UnknownAccount(NotFound):
    """No such account, or no such key."""


class UnknownDossier(NotFound):
    """No such dossier, or one that is someone else's: the message never tells which."""


class UnknownItem(NotFound):
    """No such item in a dossier."""


class StaleEdit(RenvoiError):
    """An edit made from an older copy; `current` is the newer one, which the edit would have overwritten."""

    def __init__(self, message: str, *, current: object = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.current = current


class Refused(RenvoiError):
    """Who asks may not have this."""


class SignInRequired(Refused):
    """Only for those who have signed in, or who give a key."""


class BadCredentials(Refused):
    """A wrong login, password or key. The message never tells which."""


class NotAllowed(Refused):
    """Known, but not allowed to do this: a key for reading that writes."""


class StaleForm(Refused):
    """A form that was not sent from our own page, or too long after it was shown."""


class TooManyRequests(Refused):
    """Too many requests in too short a time; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int = 60, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class LockedOut(TooManyRequests):
    """Too many wrong passwords: none is tried for a while."""


class ProviderUnavailable(RenvoiError):
    """The identity provider does not answer as it should."""


class WorkplaceUnavailable(RenvoiError):
    """The database of accounts and dossiers cannot be read or written."""


class SourceError(RenvoiError):
    """A source cannot be read."""


class UnreadableSource(SourceError):
    """A source file is truncated, empty or in the wrong encoding."""


class SyncFailed(SourceError):
    """An official text cannot be fetched, or is not what was asked for; `status` is what the server answered, or 0."""

    def __init__(self, message: str, *, hint: str = "", status: int = 0) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class MissingSources(SourceError):
    """The sources folder is missing or holds nothing usable."""


class ArtefactError(RenvoiError):
    """The built data cannot be served."""


class NotBuilt(ArtefactError):
    """Nothing has been built yet."""


class SchemaMismatch(ArtefactError):
    """The database has another schema version than this program."""


class GenerationMismatch(ArtefactError):
    """The index and the store were not built together."""


class BuildFailed(ArtefactError):
    """A check after the build failed, or the build could not be written."""
