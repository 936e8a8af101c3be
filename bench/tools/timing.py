"""Times of many short calls, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

from bench.tools.metrics import quantile

T = TypeVar("T")
_MILLISECONDS = 1_000


class Latency(NamedTuple):
    """Median and 95th percentile, in milliseconds."""

    median: float
    p95: float


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    call()
    return perf_counter() - started


def processor_seconds(call: Callable[[], object]) -> float:
    """How long one call takes the processor: what other programs do meanwhile is not counted."""
    started = process_time()
    call()
    return process_time() - started


def seconds_of(call: Callable[[], T]) -> tuple[float, T]:
    """How long one call takes, and what it gives."""
    started = perf_counter()
    times = call()
    return perf_counter() - started, times


def each(call: Callable[[T], object], items: Sequence[T]) -> list[float]:
    """How long the call takes for each item, one after the other, in seconds."""
    return [seconds(lambda item=item: call(item)) for item in items]  # type: ignore[misc]


def latency(times: Sequence[float]) -> Latency:
    """The median and the 95th percentile of times in seconds.

    >>> latency([0.001, 0.002, 0.003])
    Latency(median=2.0, p95=2.9)
    """
    ordered = sorted(time * _MILLISECONDS for time in times)
    return Latency(round(quantile(ordered, 0.5), 4), round(quantile(ordered, 0.95), 4))


def typical(latencies: Sequence[Latency]) -> Latency:
    """The median of each figure over several rounds: one disturbed round changes nothing."""
    return Latency(median(one.median for one in latencies), median(one.p95 for one in latencies))
