"""What is computed once of a live object and belongs to it: it goes when the object goes, and no module holds it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
LIMIT = 200
"""Values kept of one function, the last ones asked for: a base has fewer codes, and no caller can fill the memory."""


class Memo:
    """Values by the function that computed them and its arguments. Two threads that ask at once compute once.

    >>> memo = Memo()
    >>> memo.value("length", "abc", lambda: 3), memo.value("length", "abc", lambda: 0)
    (3, 3)
    """

    def __init__(self) -> None:
        self._values: dict[Hashable, OrderedDict[Hashable, object]] = {}
        self._lock = RLock()

    def value(self, group: Hashable, key: Hashable, compute: Callable[[], T], limit: int = LIMIT) -> T:
        """Give the value of this key of a group, computed the first time; the oldest past the limit is forgotten."""
        with self._lock:
            values = self._values.setdefault(group, OrderedDict())
            if key not in values:
                values[key] = compute()
            values.move_to_end(key)
            if len(values) > limit:
                values.popitem(last=False)
            return cast("T", values[key])


class Remembering(Protocol):
    """A live object that keeps what was computed of it."""

    @property
    def memo(self) -> Memo:
        """Its own."""


Owner = TypeVar("Owner", bound=Remembering)


def remembered(
    limit: int = LIMIT,
) -> Callable[[Callable[Concatenate[Owner, P], T]], Callable[Concatenate[Owner, P], T]]:
    """Compute a function of a live object once for each of its other arguments, all hashable, and keep it there."""

    def decorate(function: Callable[Concatenate[Owner, P], T]) -> Callable[Concatenate[Owner, P], T]:
        @wraps(function)
        def call(owner: Owner, /, *args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            return owner.memo.value(function, key, lambda: function(owner, *args, **kwargs), limit)

        return call

    return decorate
