"""How many requests a key, an account or an address may send: counted in this process, told in the answer's headers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from time import time

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.http.authentication import Caller
from kb.errors import InvalidInput, TooManyRequests
from workplace.signing_in import network


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of the limit that is nearest to be reached. `reset` is in seconds from now."""

    limit: int
    window: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """Those of the IETF's draft on rate limits (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={self.window}",
        }


class Limiter:
    """Counts requests against limits as `600/minute; 20000/day`; none when there is no limit."""

    def __init__(self, rules: str) -> None:
        try:
            self._rules = parse_many(rules) if rules.strip() else []
        except ValueError as error:
            raise InvalidInput(
                f"RENVOI_RATE_LIMIT : « {rules} » ne se lit pas.", hint="Par exemple : 600/minute; 20000/day."
            ) from error
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, caller: Caller) -> Budget | None:
        """Count one request. None without a limit; a budget whose `remaining` is negative when it is spent."""
        if not self._rules:
            return None
        name = _name(caller)
        passed = [self._counter.hit(rule, name) for rule in self._rules]
        budgets = [self._budget(rule, name, hit) for rule, hit in zip(self._rules, passed, strict=True)]
        return min(budgets, key=lambda budget: (budget.remaining, -budget.reset))

    def _budget(self, rule: RateLimitItem, name: str, hit: bool) -> Budget:
        stats = self._counter.get_window_stats(rule, name)
        remaining = stats.remaining if hit else -1
        return Budget(rule.amount, rule.get_expiry(), remaining, max(1, ceil(stats.reset_time - time())))


def refusal(budget: Budget) -> TooManyRequests:
    """What is answered once it is spent."""
    return TooManyRequests(
        f"Trop de demandes : la limite est de {budget.limit} en {budget.window} secondes.",
        retry_after=budget.reset,
        hint=f"Attendez {budget.reset} secondes ; une clef d'API a sa propre limite.",
    )


def _name(caller: Caller) -> str:
    if caller.key is not None:
        return f"key:{caller.key.prefix}"
    if caller.account is not None:
        return f"account:{caller.account.id}"
    return f"address:{network(caller.address)}"
