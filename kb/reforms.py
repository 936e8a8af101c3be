"""The acts that made or changed provisions, with the day of their entry into force, as data: `kb/reforms.toml`.

They tell more than the observations do: between an observation that has the former wording and one that has the new
one, the day of the change is that of the act. What an act gives is trusted as far as its support goes: an effect that
is only generally known (UNVERIFIED) gives no bound, and forbids that another one give any across it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kb.errors import InvalidInput
from kb.model import Bound, State, Version

SOURCE = ("kb", "reforms.toml")
"""Package and name of the table."""
_REFORM = {"act", "name", "day", "day_source", "effect"}
_EFFECT = {"kind", "text", "support", "source"}


class EffectKind(StrEnum):
    """What an act did to a provision."""

    CREATED = "created"
    REWROTE = "rewrote"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"
    """The number, which named another article until then, names this one; of a whole text, where numbers are not named:
    each of its numbers ends, begins, or names another article."""


class Support(StrEnum):
    """What shows an effect, the best first."""

    OBSERVED = "observed"
    STATED = "stated"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act did to provisions of one text; no numbers: to every number of it."""

    kind: EffectKind
    text: str
    numbers: tuple[str, ...]
    support: Support
    source: str


@dataclass(frozen=True, slots=True)
class Reform:
    """An act and what entered into force of it on `day`; `name` is French, as a page shows it."""

    act: str
    name: str
    day: date
    day_source: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one act did to one provision on a day; `whole` when it did so to every number of the text."""

    day: date
    kind: EffectKind
    act: str
    name: str
    support: Support
    source: str
    whole: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether a bound may rest on it."""
        return self.support is not Support.UNVERIFIED


@cache
def load_reforms() -> tuple[Reform, ...]:
    """Every reform of the table, in the order of time. Raises InvalidInput when the table is ill-formed."""
    return read_reforms(reforms_data().decode())


def reforms_data() -> bytes:
    """The bytes of the table, on which the dates of the codes depend."""
    return (files(SOURCE[0]) / SOURCE[1]).read_bytes()


def read_reforms(toml: str) -> tuple[Reform, ...]:
    """The reforms of a table, in the order of time. Raises InvalidInput on a missing or an unknown word."""
    reforms = (_reform(row) for row in tomllib.loads(toml)["reform"])
    return tuple(sorted(reforms, key=lambda reform: reform.day))


def _reform(row: Mapping[str, object]) -> Reform:
    _check(row, _REFORM, set())
    effects = row["effect"]
    day = row["day"]
    if not isinstance(effects, list) or not isinstance(day, date):
        raise InvalidInput(f"Table des réformes, {row['act']} : jour ou effets mal écrits.")
    found = tuple(_effect(effect) for effect in effects)
    return Reform(str(row["act"]), str(row["name"]), day, str(row["day_source"]), found)


def _effect(row: Mapping[str, object]) -> Effect:
    _check(row, _EFFECT, {"numbers"})
    kind, support, numbers = row["kind"], row["support"], row.get("numbers", [])
    if kind not in set(EffectKind) or support not in set(Support) or not isinstance(numbers, list):
        raise InvalidInput(
            f"Table des réformes, {row['text']} : {kind}, {support} ou {numbers} est mal écrit."
        )
    if not numbers and kind != EffectKind.RENUMBERED:
        raise InvalidInput(
            f"Table des réformes, {row['text']} : un effet nomme ses numéros, sauf renumbered."
        )
    names = tuple(str(number) for number in numbers)
    return Effect(EffectKind(str(kind)), str(row["text"]), names, Support(str(support)), str(row["source"]))


def _check(row: Mapping[str, object], needed: set[str], allowed: set[str]) -> None:
    if not needed <= set(row) <= needed | allowed:
        wrong = ", ".join(sorted(needed.symmetric_difference(row) - allowed))
        raise InvalidInput(f"Table des réformes, {row.get('act') or row.get('text')} : {wrong}.")


def changes_of(provision: str, reforms: Sequence[Reform] | None = None) -> tuple[Change, ...]:
    """What the acts did to a provision, in the order of time; `reforms` are those of the table by default.

    On a day when a whole text is numbered anew, what is said of a number stands for what is said of all.

    >>> [(str(change.day), str(change.kind), change.act) for change in changes_of("code-penal/225-10-1")]
    [('2003-03-19', 'created', 'loi/2003-239'), ('2016-04-15', 'repealed', 'loi/2016-444')]
    """
    text, _, number = provision.partition("/")
    found = list(_changes(text, number, load_reforms() if reforms is None else reforms))
    own = {change.day for change in found if not change.whole}
    return tuple(change for change in found if not change.whole or change.day not in own)


def _changes(text: str, number: str, reforms: Sequence[Reform]) -> Iterator[Change]:
    for reform in reforms:
        for effect in reform.effects:
            if effect.text == text and (number in effect.numbers or not effect.numbers):
                whole = not effect.numbers
                yield Change(
                    reform.day, effect.kind, reform.act, reform.name, effect.support, effect.source, whole
                )


def narrow_versions(
    versions: Sequence[Version], changes: Sequence[Change], observed: Sequence[date] = ()
) -> tuple[Version, ...]:
    """The same versions of one provision, their unknown bounds moved to the days on which acts changed it.

    `observed` are the days on which the whole text was seen: a wording that one of them lacks cannot begin before it.
    A wording begins on the day of the last act before its first observation, if that act is certain. The one before it
    ends on the day of the first certain act after its last observation: for sure so, when no other change is known
    from there and the table already followed the provision; at the latest, otherwise. Of several acts between two
    observations the wordings in the middle stay unknown. Wordings that one observation gives side by side are left as
    they are: no act tells which one it made.
    """
    if not changes or any(version.concurrent for version in versions):
        return tuple(versions)
    ordered = sorted(versions, key=lambda version: (version.start, version.ordinal))
    pairs = zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False)
    narrowed = {
        version.ordinal: _ended(_begun(version, before, changes, observed), after, changes)
        for version, before, after in pairs
    }
    if ordered:
        narrowed[ordered[0].ordinal] = _created(narrowed[ordered[0].ordinal], changes)
    return tuple(narrowed[version.ordinal] for version in versions)


def _created(first: Version, changes: Sequence[Change]) -> Version:
    """The first wording, with the days of before the act that made the article: it did not exist on any of them."""
    made = next((c for c in changes if c.is_certain and not c.whole and c.kind is EffectKind.CREATED), None)
    if made is None or made is not changes[0] or made.day > first.start:
        return first
    return replace(first, absent_from=date.min, absent_until=made.day - timedelta(days=1))


def _begun(
    version: Version, before: Version | None, changes: Sequence[Change], observed: Sequence[date]
) -> Version:
    """With the day on which it began, and the act that made it."""
    if version.start_bound is not Bound.UNKNOWN:
        made = next((c for c in changes if c.day == version.start and _makes(c)), None)
        return version if made is None or version.act else replace(version, act=made.name)
    within = [c for c in changes if c.day <= version.start and (before is None or c.day > before.last_seen)]
    last = within[-1] if within else None
    if last is None or not _makes(last) or any(last.day <= day < version.start for day in observed):
        return version
    return replace(version, start=last.day, start_bound=Bound.REFORM, act=version.act or last.name)


def _makes(change: Change) -> bool:
    """Whether a wording rests on this effect: it is certain, and said of this very number."""
    return change.is_certain and not change.whole and change.kind is not EffectKind.REPEALED


def _ended(version: Version, after: Version | None, changes: Sequence[Change]) -> Version:
    """With the day on which it ended, or the first one on which it surely no longer applied."""
    if version.end_bound is not Bound.UNKNOWN:
        return version
    last = after.start if after is not None else version.end
    within = [c for c in changes if c.day > version.last_seen and (last is None or c.day <= last)]
    first = next((change for change in within if change.is_certain), None)
    if first is None:
        return version
    followed = any(change.day <= version.last_seen and not change.whole for change in changes)
    exact = followed and first is within[0] and first.kind is not EffectKind.CREATED
    bound = Bound.REFORM if exact else Bound.UNKNOWN
    state = _past(first.kind) or (version.state if version.end else State.MODIFIED)
    return replace(version, end=first.day, end_bound=bound, state=state)


def _past(kind: EffectKind) -> State | None:
    """The state of a wording that an act ended; None when the act does not tell."""
    return {EffectKind.REPEALED: State.REPEALED, EffectKind.REWROTE: State.MODIFIED}.get(kind)
